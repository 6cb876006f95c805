"""The rule on evidence: it says what it is cited for."""

import pandas as pd

from autograder.keys.cases import case_of
from autograder.keys.checks.evidence import EvidenceSupports
from casestudies.seeds import REFERENCE

CASE = case_of("kerlavandre", REFERENCE, 0)
IDS = {"prix": ["A001", "A002", "A003"], "parfum": ["A004"]}


def supporting(case, row):
    """Return the ids listed for the theme of the row."""
    return IDS.get(row["thème"])


RULE = EvidenceSupports("avis", supporting, "un avis qui en parle", least=2)


def remarks(*rows: tuple[str, str]) -> list[str]:
    """Return what the rule says of rows (theme, evidence)."""
    return RULE(pd.DataFrame(rows, columns=["Thème", "avis"]), CASE)


def test_enough_evidence_of_the_right_theme_passes() -> None:
    assert remarks(("prix", "A001, a003"), ("prix", "A002 A001 et A003")) == []


def test_evidence_of_another_theme_is_named() -> None:
    (said,) = remarks(("prix", "A001, A004, A002"))
    assert "Ligne 1" in said
    assert "« A004 »" in said
    assert "A003" not in said


def test_evidence_repeated_or_single_is_not_enough() -> None:
    assert len(remarks(("prix", "A001"), ("prix", "A001, A001"))) == 2


def test_blank_cells_and_unknown_themes_are_left_to_other_rules() -> None:
    assert remarks(("prix", ""), ("beauté", "A001"), ("parfum", "…")) == []
