"""The simulator « La prime » and the charts of a team: they show what the notebook teaches, fast, said in words."""

from itertools import product
from time import perf_counter

import pandas as pd
import pytest
from right_values import right

from autograder.keys.cases import Case
from casestudies.charts import ALT_ATTRIBUTE
from casestudies.demandes import jours_ouvres
from casestudies.dossier import Dossier
from casestudies.errors import CasekitError
from casestudies.french import french_number
from casestudies.studio import performance, prime
from casestudies.studio.simulator import BACK, LOCK

COMPANY = "septembrune"


def test_the_ways_of_working_are_made_of_what_the_notebook_computes(dossier: Dossier, case: Case) -> None:
    long, _, quick, sure = prime.scene_of(dossier).profiles
    a_day = long.figures[prime.HOURS] * long.figures[prime.VALUE]
    assert a_day == pytest.approx(right(case, "t3-valeur-jour"))
    middle = quick.figures[prime.VALUE]
    assert long.figures[prime.VALUE] / middle - 1 == pytest.approx(right(case, "t3-ecart-valeur"))
    back = right(case, "t3-retours")
    assert isinstance(back, dict)
    kept = sorted(1 - float(one) for one in back.values())
    assert [quick.figures[prime.QUALITY], sure.figures[prime.QUALITY]] == pytest.approx(kept)


def test_each_criterion_alone_rewards_another_way_of_working(dossier: Dossier) -> None:
    scene = prime.scene_of(dossier)
    alone = {name: scene.rewarded({one: int(one == name) for one in prime.CRITERIA}).name for name in prime.CRITERIA}
    assert alone == {prime.HOURS: prime.LONG, prime.VALUE: prime.TIDY, prime.QUALITY: prime.SURE}


def test_scores_are_weighted_means_of_shares_of_the_best(dossier: Dossier) -> None:
    scene = prime.scene_of(dossier)
    weights = {prime.HOURS: 2, prime.VALUE: 3, prime.QUALITY: 5}
    table = pd.DataFrame({one.name: dict(one.figures) for one in scene.profiles}).T
    expected = (100 * table / table.max()).mul(pd.Series(weights) / 10).sum(axis=1)
    for one in scene.profiles:
        assert scene.score(one, weights) == pytest.approx(expected[one.name])
    assert scene.rewarded(weights).name == expected.idxmax()
    drawn = prime.draw(scene, weights)
    assert 'role="img"' in drawn
    assert all(f"{one.name} {french_number(expected[one.name], 1)}" in drawn for one in scene.profiles)


def test_what_a_weight_buys_is_said(dossier: Dossier) -> None:
    scene = prime.scene_of(dossier)
    for name, words in {prime.HOURS: "rester tard", prime.VALUE: "missions", prime.QUALITY: "prudence"}.items():
        assert words in prime.status(scene, {one: int(one == name) for one in prime.CRITERIA})
    assert "la valeur et la qualité" in prime.status(scene, {prime.HOURS: 0, prime.VALUE: 4, prime.QUALITY: 4})
    assert "les trois critères" in prime.status(scene, dict.fromkeys(prime.CRITERIA, 3))
    none, even = dict.fromkeys(prime.CRITERIA, 0), dict.fromkeys(prime.CRITERIA, 1)
    assert scene.rewarded(none) == scene.rewarded(even)
    assert "comptent autant" in prime.status(scene, none).replace("\u00a0", " ")


def test_nobody_is_named(dossier: Dossier) -> None:
    scene = prime.scene_of(dossier)
    for values in product((0, 5, 10), repeat=3):
        weights = dict(zip(prime.CRITERIA, values, strict=True))
        said = prime.status(scene, weights) + prime.draw(scene, weights)
        assert not any(f"P{rank:02d}" in said for rank in range(1, 23))


def test_a_bet_first_then_each_move_takes_less_than_a_tenth_of_a_second(dossier: Dossier) -> None:
    simulator = prime.experiment(dossier)
    assert simulator.view().chart == ""
    simulator.put("bet", prime.TIDY)
    simulator.press(LOCK)
    start, moves = perf_counter(), 0
    for name, weight in product(prime.CRITERIA, (0, 3, 10)):
        simulator.put(name, weight)
        assert "La prime va à" in simulator.view().status
        moves += 1
    assert (perf_counter() - start) / moves < 0.1
    assert "c’est donc" in simulator.view().words
    simulator.press(BACK)
    assert [one.value for one in simulator.view().controls if one.kind == "slider"] == [10, 0, 0]


def test_charts_take_what_learners_may_have_written(dossier: Dossier) -> None:
    first = {"Studio": 4.0, "Croissance": 2.0}
    for odd in (None, "12", 3.5, {}, {"Studio": None}, {"Nord": 3.0, "Sud": 2.0}):
        assert "Pas encore" in repr(performance.dessiner_equipes(first, odd))
    drawn = performance.dessiner_equipes(first, pd.Series({"Studio": 5.0, "Croissance": 8.0}))
    assert "mais résout la dernière" in str(getattr(drawn, ALT_ATTRIBUTE))
    other = performance.dessiner_equipes(first, {"Studio": 9.0, "Croissance": 8.0})
    assert "et résout la première" in str(getattr(other, ALT_ATTRIBUTE))
    assert "notées en minutes" in str(getattr(performance.dessiner_releves(dossier.table("temps")), ALT_ATTRIBUTE))
    delays = pd.Series([1.0, 2.0, 40.0, None])
    told = str(getattr(performance.dessiner_delais(delays, "Studio"), ALT_ATTRIBUTE)).replace("\u00a0", " ")
    assert "3 demandes" in told
    assert "1 après plus de 30" in told


def test_working_days_skip_weekends_and_holidays_and_refuse_what_is_no_date() -> None:
    opened = pd.Series(pd.to_datetime(["2026-04-30", "2026-05-04", None]), index=["a", "b", "c"])
    closed = pd.Series(pd.to_datetime(["2026-05-04", None, "2026-05-04"]), index=["a", "b", "c"])
    found = jours_ouvres(opened, closed)
    assert found["a"] == 1
    assert found[["b", "c"]].isna().all()
    assert jours_ouvres("2026-05-07", "2026-05-11").tolist() == [1.0]
    assert jours_ouvres(opened, pd.Timestamp("2026-05-05")).tolist()[:2] == [2.0, 1.0]
    for start, end in ((opened, 5), (None, 3.0), ("hier", "demain"), (opened, closed[:2])):
        with pytest.raises(CasekitError, match="jours_ouvres"):
            jours_ouvres(start, end)
