"""The simulator of a team's work: its loads, its levels and its end are those that the notebook computes."""

from pathlib import Path
from time import perf_counter

import pandas as pd
import pytest

from casestudies.charts import ALT_ATTRIBUTE
from casestudies.company import company_of
from casestudies.dossier import Dossier
from casestudies.equipe import debuts, transferts
from casestudies.errors import CasekitError
from casestudies.identity import Identity
from casestudies.septembrune import story
from casestudies.septembrune.company import Septembrune
from casestudies.studio import deplacer, equipe
from casestudies.studio.simulator import BACK, LOCK


@pytest.fixture(scope="module")
def company() -> Septembrune:
    found = company_of("septembrune", "ana.martin", 0)
    assert isinstance(found, Septembrune)
    return found


@pytest.fixture(scope="module")
def dossier(company: Septembrune, tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    return Dossier(company, Identity(company.learner, 0), tmp_path_factory.mktemp("deplacer"), None)


@pytest.fixture(scope="module")
def scene(dossier: Dossier) -> deplacer.TeamScene:
    return deplacer.scene_of(dossier)


def worked(company: Septembrune) -> pd.DataFrame:
    return story.charges(company).rename(columns={"duree_j": "attendue"})


def test_the_start_is_what_the_tables_say(company: Septembrune, scene: deplacer.TeamScene) -> None:
    loads = story.loads(company)["charge"]
    assert scene.busy == loads.idxmax()
    assert {name: scene.loads({})[name] for name in loads.index} == pytest.approx(loads.to_dict())
    assert scene.late({}) == pytest.approx((loads.max() - 1) * company.table("disponibilites")["semaine"].nunique())
    assert scene.under({}) == [company.truth()["tache_trop_haute"]]


def test_a_move_is_what_the_learner_s_helper_says(company: Septembrune, scene: deplacer.TeamScene) -> None:
    days = company.table("disponibilites").groupby("membre")["jours_projet"].sum()
    found = transferts(worked(company), company.table("competences"), days, scene.busy)
    assert len(found) > 20
    for row in found.itertuples():
        loads = scene.loads({str(row.tache_id): str(row.vers)})
        assert (loads[scene.busy], loads[str(row.vers)]) == pytest.approx((row.donneur, row.receveur))
    able = found[found["niveau"] >= found["niveau_requis"]]
    piece, to = scene.best()
    loads = scene.loads({piece.name: to})
    assert max(loads[scene.busy], loads[to]) == pytest.approx(able[["donneur", "receveur"]].max(axis=1).min())


def test_a_task_given_to_a_beginner_is_said(scene: deplacer.TeamScene) -> None:
    piece = scene.movable[0]
    novice = min(scene.free, key=lambda name: scene.levels[name, piece.skill])
    assert piece.name in scene.under({piece.name: novice})
    assert piece.name in deplacer.status(scene, deplacer.moved_by(scene, {**_home(scene), piece.name: novice}))


def _home(scene: deplacer.TeamScene) -> dict[str, str]:
    return {one.name: one.owner for one in scene.movable}


def test_moves_are_quick_and_said(dossier: Dossier, scene: deplacer.TeamScene) -> None:
    simulator = deplacer.experiment(dossier)
    assert simulator.view().chart == ""
    simulator.put("bet", deplacer.LOW)
    simulator.press(LOCK)
    assert "Aucune tâche déplacée" in simulator.view().status
    start, moves = perf_counter(), 0
    for piece in scene.movable:
        for name in scene.offered(piece):
            simulator.put(piece.name, name)
            seen = simulator.view()
            assert "La personne la plus chargée" in seen.status
            assert "Jours de chacun" in seen.chart
            moves += 1
    assert (perf_counter() - start) / moves < 0.1
    assert moves >= 12
    assert "donc «" in simulator.view().words.replace("\u00a0", " ")
    simulator.press(BACK)
    assert "Aucune tâche déplacée" in simulator.view().status


def test_some_moves_bring_everybody_in_time(tmp_path: Path) -> None:
    said = set()
    for number in range(24):
        found = company_of("septembrune", f"pari-{number}", 0)
        if not all(found.invariants().values()):
            continue
        scene = deplacer.scene_of(Dossier(found, Identity(found.learner, 0), tmp_path, None))
        piece, to = scene.best()
        assert scene.late({piece.name: to}) == 0
        assert piece in scene.movable
        assert to in scene.offered(piece)
        said |= {
            one for one in (deplacer.LOW, deplacer.MIDDLE, deplacer.HIGH) if f"« {one} »" in deplacer.outcome(scene)
        }
    assert said == {deplacer.LOW, deplacer.MIDDLE, deplacer.HIGH}


def test_helpers_refuse_in_french_what_they_cannot_read(company: Septembrune) -> None:
    tasks, levels = company.table("taches"), company.table("competences")
    days = company.table("disponibilites").groupby("membre")["jours_projet"].sum()
    with pytest.raises(CasekitError, match="n’est pas encore calculée"):
        debuts(tasks)
    with pytest.raises(CasekitError, match="n’est pas encore calculée"):
        transferts(tasks, levels, days, "M01")
    with pytest.raises(CasekitError, match="n’a pas de tâche"):
        transferts(worked(company), levels, days, "<b>moi</b>")


def test_first_days_follow_what_tasks_wait_for(company: Septembrune) -> None:
    first = debuts(worked(company))
    assert first["T01"] == "2026-10-05"
    assert first.max() <= str(company.deadline)
    assert first.between("2026-10-05", str(company.deadline)).all()
    assert first["T02"] > first["T01"]


def test_charts_take_what_learners_may_have_written(company: Septembrune) -> None:
    seen = company.table("avancement")
    for value in (None, float("nan"), "cher", True, -2.0):
        assert "Pas encore" in repr(equipe.dessiner_avancement(150.0, seen, value)) or value is True
    drawn = equipe.dessiner_avancement(150.0, seen, 180.0)
    assert "dépasse le prévu de 30 jours-homme" in str(getattr(drawn, ALT_ATTRIBUTE)).replace("\u00a0", " ")
    assert "48 tâches en 7 lots" in str(getattr(equipe.dessiner_lots(company.table("taches")), ALT_ATTRIBUTE)).replace(
        "\u00a0", " "
    )
