"""The values of E4's notebook on a team's work computed again from the tables, row by row: for three learners."""

import re
from math import erf, sqrt

import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw

LEARNERS = ("ana.martin", "zoé", "b07")


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("septembrune", request.param, accepted_draw("septembrune", request.param))


def rows(case: Case, table: str) -> list[dict]:  # type: ignore[type-arg]
    return case.table(table).to_dict("records")


def right(case: Case, question: str) -> object:
    key = question_of(question).key
    assert key is not None
    return key(case).right


def work_of(case: Case) -> dict[str, float]:
    """Return person-days by task: the mean of a beta law of PERT, (low + high) / 6 + 2 / 3 of the likely one."""
    return {
        row["tache_id"]: (
            (row["duree_optimiste_j"] + row["duree_pessimiste_j"]) / 6 + 2 * row["duree_probable_j"] / 3
        ) * row["affectation_pct"] / 100
        for row in rows(case, "taches")
    }  # fmt: skip


def asked_of(case: Case) -> dict[str, float]:
    work, asked = work_of(case), {row["membre"]: 0.0 for row in rows(case, "equipe")}
    for row in rows(case, "taches"):
        asked[row["responsable"]] += work[row["tache_id"]]
    return asked


def days_of(case: Case, since: str = "2026-01-01") -> dict[str, float]:
    """Return the days for the project: working days less absences and other clients."""
    days = {row["membre"]: 0.0 for row in rows(case, "equipe")}
    for row in rows(case, "disponibilites"):
        if str(row["semaine"])[:10] >= since:
            days[row["membre"]] += row["jours_ouvres"] - row["jours_absence"] - row["jours_autres_clients"]
    return days


def test_loads(case: Case) -> None:
    assert right(case, "o1-charge-projet") == pytest.approx(sum(work_of(case).values()))
    asked, days = asked_of(case), days_of(case)
    load = max(asked[name] / days[name] for name in asked if asked[name])
    assert right(case, "o1-surcharge") == pytest.approx(load)
    busy = max((name for name in asked if asked[name]), key=lambda name: asked[name] / days[name])
    weeks = len({row["semaine"] for row in rows(case, "disponibilites")})
    pace = days[busy] / weeks
    assert right(case, "o1-semaines") == pytest.approx((asked[busy] - days[busy]) / pace)
    assert right(case, "o1-absence") == pytest.approx(asked["M19"] / days_of(case, "2026-10-26")["M19"])


def test_the_chance_of_the_deadline(case: Case) -> None:
    """Walk back from the last task along whatever ends last; then the normal law by the error function."""
    plan = {row["tache_id"]: row for row in rows(case, "taches")}
    ends: dict[str, float] = {}
    before: dict[str, list[str]] = {}
    for name, row in plan.items():
        before[name] = re.findall(r"T\d+", str(row["predecesseurs"]))
        mean = (row["duree_optimiste_j"] + row["duree_pessimiste_j"]) / 6 + 2 * row["duree_probable_j"] / 3
        ends[name] = max((ends[one] for one in before[name]), default=0.0) + mean
    path = [max(ends, key=lambda name: ends[name])]
    while before[path[-1]]:
        path.append(max(before[path[-1]], key=lambda name: ends[name]))
    gaps = pd.Series({name: plan[name]["duree_pessimiste_j"] - plan[name]["duree_optimiste_j"] for name in path})
    spread = sqrt(float((gaps**2).sum())) / 6
    limit = case.table("hypotheses").set_index("cle").loc["jours_ouvres_projet", "valeur"]
    chance = (1 + erf((limit - ends[path[0]]) / spread / sqrt(2))) / 2
    assert right(case, "o1-chance") == pytest.approx(chance)
    assert 0.6 < chance < 0.95


def test_levels(case: Case) -> None:
    level = {row["membre"]: row for row in rows(case, "competences")}
    high = [
        row["tache_id"]
        for row in rows(case, "taches")
        if level[row["responsable"]][row["competence"]] < row["niveau_requis"]
    ]
    assert [right(case, "o1-niveau")] == high
    skills = [name for name in case.table("competences").columns if name != "membre"]
    assert [right(case, "o1-rare")] == [
        skill for skill in skills if sum(one[skill] >= 3 for one in level.values()) == 1
    ]


def test_the_best_transfer(case: Case) -> None:
    asked, days, work = asked_of(case), days_of(case), work_of(case)
    level = {row["membre"]: row for row in rows(case, "competences")}
    busy = max((name for name in asked if asked[name]), key=lambda name: asked[name] / days[name])
    peaks = []
    for row in rows(case, "taches"):
        for name in level:
            able = level[name][row["competence"]] >= row["niveau_requis"]
            if row["responsable"] == busy and name != busy and able and days[name]:
                moved = work[row["tache_id"]]
                peaks.append(max((asked[busy] - moved) / days[busy], (asked[name] + moved) / days[name]))
    assert right(case, "o1-pointe") == pytest.approx(min(peaks))


def test_the_follow_up(case: Case) -> None:
    work, consumed, left = work_of(case), 0.0, {}
    for row in rows(case, "avancement"):
        consumed += row["consomme_j"]
        left[row["tache_id"]] = row["reste_a_faire_j"]
    drift = (consumed + sum(left.values())) / sum(work[name] for name in left)
    assert right(case, "o1-derive") == pytest.approx(drift)
    assert right(case, "o1-prevision") == pytest.approx(drift * sum(work.values()))
    assert drift > 1.03
