"""Essential questions: without them a criterion is not acquired by the machine, and the sheet says why."""

from dataclasses import replace

import pytest

from autograder.grading.records import Record, Result
from autograder.keys.questions import questions_of
from autograder.referentiel import load_referentiel
from autograder.sheets.centre import Centre
from autograder.sheets.criteria import MarkedCopy, criterion_row
from autograder.sheets.marks import Marks
from autograder.sheets.model import CriterionRow, Verdict
from casestudies.findings import Finding, Outcome

CRITERION = load_referentiel().criteria["B1-C15"]
ASKED = questions_of(assignment="e2-performance")
RETURNS = ("q4-roi", "q5-roi-sea")
RIGHT = Finding(Outcome.RIGHT, 1.0, "Juste.")
ROAS = Finding(Outcome.MISCONCEPTION, 0.0, "Un ROAS.", "", ("M22",))


def row_of(wrong: tuple[str, ...], essential: bool = True) -> CriterionRow:
    """Return the row of B1-C15 for a copy where only ``wrong`` is wrong."""
    questions = [one if essential else replace(one, essential=False) for one in ASKED]
    records = {}
    for name in {one.notebook.partition("/")[2] for one in questions}:
        mine = [one.id for one in questions if one.notebook.endswith(name)]
        found = {one: ROAS if one in wrong else RIGHT for one in mine}
        results = {one: Result(finding, finding.fraction, 1.0) for one, finding in found.items()}
        records[name] = Record("e2-performance", name, "lea", "kerlavandre", 1, "0", results=results)
    copy = MarkedCopy(records, {}, "")
    return criterion_row(CRITERION, questions, [], copy, Marks({one.id: 1.0 for one in questions}, {}, {}), Centre())


@pytest.mark.parametrize("wrong", [RETURNS, RETURNS[:1], RETURNS[1:]])
def test_a_roas_taken_for_a_roi_does_not_acquire_its_criterion(wrong: tuple[str, ...]) -> None:
    row = row_of(wrong)
    assert row.auto_points / row.auto_max > 0.8
    assert (row.auto_level, row.verdict) == (2, Verdict.PARTIAL)
    assert sum("question essentielle" in reason for reason in row.reasons) == len(wrong)


def test_other_mistakes_cost_their_points_alone() -> None:
    assert row_of(("q5-cpc",)).verdict is Verdict.ACQUIRED
    assert row_of(RETURNS, essential=False).auto_level == 4


def test_few_questions_are_essential() -> None:
    known = [one.id for one in questions_of() if one.essential]
    assert sorted(known) == sorted(RETURNS)
