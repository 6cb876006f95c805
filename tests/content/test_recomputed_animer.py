"""The values of E4's notebook 02 computed again, row by row or by another tool: for three learners, keys agree."""

from collections import Counter, defaultdict
from datetime import date
from statistics import fmean

import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw

LEARNERS = ("ana.martin", "zoé", "b07")
LAST_DAY = date(2026, 9, 30)


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("septembrune", request.param, accepted_draw("septembrune", request.param))


def belonging(case: Case) -> dict[str, float]:
    """Return the mean of each mode as the mean of its three questions, the last one turned over."""
    found = {}
    for mode, rows in case.table("enquete_qvct").groupby("mode"):
        means = rows[["information_partagee", "entraide", "isolement"]].mean()
        found[str(mode)] = (means["information_partagee"] + means["entraide"] + 6 - means["isolement"]) / 3
    return found


def recommendation(case: Case) -> float:
    counted = Counter(
        "+" if mark > 8 else "-" if mark < 7 else "0" for mark in case.table("enquete_qvct")["recommandation_0_10"]
    )
    return (counted["+"] - counted["-"]) / counted.total() * 100


def unwritten(case: Case) -> dict[str, float]:
    decided: dict[str, list[int]] = defaultdict(list)
    for row in case.table("reunions").to_dict("records"):
        if row["decision"] == "oui":
            decided[row["mode"]].append(row["compte_rendu"] == "non")
    return {mode: fmean(lines) for mode, lines in decided.items()}


def drive(case: Case) -> dict[str, float]:
    """Return the gigabytes of copies, of old files, of both, of films and old films; the oldest of a print stays."""
    seen: set[str] = set()
    weight: dict[str, float] = defaultdict(float)
    rows = case.table("fichiers").to_dict("records")
    for row in sorted(rows, key=lambda row: (row["creation"], row["fichier_id"])):
        size, asleep = row["taille_octets"] / 10**9, (LAST_DAY - row["derniere_ouverture"].date()).days
        copied = row["empreinte"] in seen
        seen.add(row["empreinte"])
        weight["copies"] += size * copied
        weight["anciens"] += size * (asleep >= 730)
        weight["tous"] += size * (copied or asleep >= 730)
        if row["nom"].endswith(".mp4"):
            weight["films"] += size
            weight["films anciens"] += size * (asleep >= 365)
    return weight


def test_another_path_gives_the_same_values(case: Case) -> None:
    files = drive(case)
    values: dict[str, object] = {
        "t2-enps": recommendation(case),
        "t2-appartenance": belonging(case),
        "t2-decisions": unwritten(case),
        "t2-gains": {name: files[name] for name in ("copies", "anciens")},
        "t2-fourchette": {"bas": files["tous"] * 0.105, "haut": files["tous"] * 0.153},
        "t2-films": files["films anciens"] / files["films"],
    }
    for name, value in values.items():
        key = question_of(name).key
        assert key is not None
        assert key(case).right == pytest.approx(value, rel=1e-9), name
