"""The values of E3’s notebook on the roadmap computed again from the tables, by other ways: for three learners.

Chains are walked forwards, day by day of the earliest dates; the chance comes from the error function; sums are made
row by row.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import erf, sqrt

import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw

LEARNERS = ("ana.martin", "zoé", "b07")


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("hetrabelle", request.param, accepted_draw("hetrabelle", request.param))


def rows(case: Case, table: str) -> list[dict[str, object]]:
    return case.table(table).to_dict("records")  # type: ignore[return-value]


def marks(case: Case) -> dict[str, float]:
    return {row["cle"]: row["valeur"] for row in rows(case, "lancement_reperes")}  # type: ignore[misc]


def three(low: float, likely: float, high: float) -> float:
    """Return the mean of a beta law of PERT: (low + high) / 6 + 2 / 3 of the likely one."""
    return (low + high) / 6 + 2 * likely / 3


def durations(case: Case) -> dict[str, float]:
    return {
        str(row["tache_id"]): three(row["optimiste_j"], row["probable_j"], row["pessimiste_j"])  # type: ignore[arg-type]
        for row in rows(case, "lancement_taches")
    }


def waits(case: Case) -> dict[str, list[str]]:
    return {
        str(row["tache_id"]): str(row["attend"]).replace(",", " ").split() for row in rows(case, "lancement_taches")
    }


def finish(days: dict[str, float], after: dict[str, list[str]]) -> dict[str, float]:
    """Return the earliest end of each task: tasks of the table come after those they wait for."""
    ends: dict[str, float] = {}
    for name in after:
        ends[name] = days[name] + max((ends[one] for one in after[name]), default=0.0)
    return ends


def last_chain(days: dict[str, float], after: dict[str, list[str]]) -> Iterator[str]:
    """Yield the tasks that decide the end, from the last: each time the predecessor that ends last."""
    ends = finish(days, after)
    name = max(ends, key=lambda one: ends[one])
    yield name
    while after[name]:
        name = max(after[name], key=lambda one: ends[one])
        yield name


def latest(case: Case) -> dict[str, float]:
    """Return the latest end of each task that keeps the end of the project."""
    days, after = durations(case), waits(case)
    whole = max(finish(days, after).values())
    ends = dict.fromkeys(days, whole)
    for name in reversed(list(after)):
        for one in after[name]:
            ends[one] = min(ends[one], ends[name] - days[name])
    return ends


def recomputed(case: Case) -> dict[str, object]:
    known, days, after = marks(case), durations(case), waits(case)
    ends = finish(days, after)
    whole = max(ends.values())
    net = [
        row["budget"] * 100 / 120 if row["base"] == "TTC" else row["budget"]  # type: ignore[operator]
        for row in rows(case, "feuille_agence")
    ]
    asked: dict[str, float] = {}
    for row in rows(case, "lancement_charges"):
        asked[str(row["role"])] = asked.get(str(row["role"]), 0.0) + float(str(row["jours"]))
    free = {row["role"]: row["jours_disponibles"] for row in rows(case, "lancement_equipe")}
    spans = {row["tache_id"]: row["pessimiste_j"] - row["optimiste_j"] for row in rows(case, "lancement_taches")}  # type: ignore[operator]
    variance = sum((spans[name] / 6) ** 2 for name in last_chain(days, after))
    seen = case.table("suivi_lancement")
    earned, spent, total = (
        seen["budget_ht"] @ seen["avancement_reel"],
        seen["depense_ht"].sum(),
        seen["budget_ht"].sum(),
    )
    label = next(str(row["libelle"]) for row in rows(case, "lancement_reperes") if row["cle"] == "st_probable_j")
    shorter = days | {
        label.split()[0]: three(*(known[f"st_{one}_j"] for one in ("optimiste", "probable", "pessimiste")))
    }
    return {
        "p7-marge-budget": known["enveloppe_agence_ht"] - sum(net),
        "p7-charge": {role: asked[role] / free[role] for role in asked},  # type: ignore[operator]
        "p7-duree": whole,
        "p7-marge-tache": latest(case)["L07"] - ends["L07"],
        "p7-chance": (1 + erf((known["delai_promis_j"] - whole) / sqrt(2 * variance))) / 2,
        "p7-indice": earned / spent,
        "p7-prevision": total + (spent - earned) * total / earned,
        "p7-confier": max(finish(shorter, after).values()),
    }


def test_numbers(case: Case) -> None:
    for name, value in recomputed(case).items():
        key = question_of(name).key
        assert key is not None
        right = key(case).right
        assert right == pytest.approx(value), name


def test_words(case: Case) -> None:
    def right(name: str) -> str:
        key = question_of(name).key
        assert key is not None
        return str(key(case).right)

    actions = {str(row["action_id"]): row for row in rows(case, "feuille_agence")}
    found = actions[right("p7-impossible")]
    assert pd.Timestamp(str(found["fin"])) < pd.Timestamp(str(found["debut"]))
    targets = pd.read_csv("datasets/references/odd_cibles.csv", dtype=str)
    pairs = set(zip(targets["numero"], targets["libelle_court"].str.replace("\u00a0", " "), strict=True))
    axes = rows(case, "axes_agence")
    exact = [row for row in axes if (row["cible"], str(row["libelle_cite"]).replace("\u00a0", " ")) in pairs]
    assert [row["axe_id"] for row in exact] == [right("p7-odd")]
    claims = {row["allegation_id"]: str(row["allegation"]) for row in rows(case, "allegations_agence")}
    proved = [
        name for name, text in claims.items() if any(one in text for one in ("certifiées", "bois recyclé", "dix ans"))
    ]
    assert proved == [right("p7-allegation")]


def test_tasks_come_after_those_they_wait_for(case: Case) -> None:
    order = list(waits(case))
    assert all(order.index(one) < order.index(name) for name, before in waits(case).items() for one in before)
    assert all(first < then for first, then in pairwise(order))
