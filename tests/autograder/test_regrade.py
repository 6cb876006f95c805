"""Answers evaluated again: what changes is said, what a notebook showed is kept, nothing is forgotten."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from autograder.grading.history import append_history, history_path, read_history
from autograder.grading.records import DamagedRecordError, Record, Result, load_record, record_path, save_record
from autograder.grading.regrade import ScoreChange, differences, regrade_learner
from autograder.keys.cases import Case, case_of
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import Question, questions_of
from casestudies import __version__
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome

ASSIGNMENT, NOTEBOOK, LEARNER, DRAW = "e2-performance", "01-indicateurs-promotion", "lea", 3
ASKED = {question.id: question for question in questions_of(notebook=f"{ASSIGNMENT}/{NOTEBOOK}")}
NUMBERS = [one for one in ASKED.values() if isinstance(one.check, CloseTo)]
FIRST = NUMBERS[0]


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of(FIRST.company, LEARNER, DRAW)


def record_with(case: Case, answers: dict[str, object]) -> Record:
    """Return what grading keeps of these answers, those that are not given being right."""
    record = Record(ASSIGNMENT, NOTEBOOK, LEARNER, FIRST.company, DRAW, __version__)
    for question in NUMBERS:
        assert question.key is not None
        record.answers[question.id] = encode(answers.get(question.id, question.key(case).right))
    for question in NUMBERS:
        finding = evaluate(question, case, record.answers[question.id], record.answers)
        record.results[question.id] = Result(finding, round(finding.fraction * 2, 2), 2.0)
    return record


def right(question: Question, case: Case) -> float:
    assert question.key is not None
    return float(question.key(case).right)  # type: ignore[arg-type]


def near(question: Question, case: Case) -> float:
    """Return a value that is refused today, and accepted once the check rounds more."""
    return right(question, case) * 1.011


def looser(question: Question) -> dict[str, Question]:
    assert isinstance(question.check, CloseTo)
    return {**ASKED, question.id: replace(question, check=replace(question.check, decimals=-4))}


def test_nothing_changes_when_nothing_changed(case: Case) -> None:
    record = record_with(case, {FIRST.id: near(FIRST, case)})
    found = differences(record, ASKED, case)
    assert record.results[FIRST.id].points == 0
    assert (found.changes, found.problems) == ([], [])


def test_a_corrected_check_changes_its_question_only(case: Case) -> None:
    record = record_with(case, {FIRST.id: near(FIRST, case), NUMBERS[-1].id: 1.0})
    found = differences(record, looser(FIRST), case)
    assert [change.question for change in found.changes] == [FIRST.id]
    change = found.changes[0]
    assert (change.before.points, change.after.points, change.points) == (0, 2, 2)
    assert change.before == record.results[FIRST.id]
    assert change.after.finding.outcome is Outcome.RIGHT


def test_the_points_of_the_record_are_the_most_one_can_have(case: Case) -> None:
    record = record_with(case, {FIRST.id: near(FIRST, case)})
    record.results[FIRST.id] = replace(record.results[FIRST.id], max_points=7.0)
    assert differences(record, looser(FIRST), case).changes[0].after.points == 7


@pytest.mark.parametrize("answer", [None, encode(None)], ids=["nothing handed in", "none handed in"])
def test_why_an_answer_is_missing_is_kept(case: Case, answer: object) -> None:
    record = record_with(case, {})
    stopped = Finding(Outcome.NOT_ATTEMPTED, 0.0, "Pas de réponse : votre cellule s’est arrêtée sur une erreur.")
    record.answers[FIRST.id] = answer
    record.results[FIRST.id] = Result(stopped, 0.0, 2.0)
    found = differences(record, ASKED, case)
    assert FIRST.id not in [change.question for change in found.changes]


def test_a_question_that_is_no_longer_asked_keeps_its_result(case: Case) -> None:
    record = record_with(case, {FIRST.id: near(FIRST, case)})
    others = {name: question for name, question in ASKED.items() if name != FIRST.id}
    assert differences(record, others, case).changes == []


def test_a_check_at_fault_leaves_the_others_theirs(case: Case) -> None:
    def broken(*_: object) -> Finding:
        raise ZeroDivisionError

    record = record_with(case, {NUMBERS[1].id: near(NUMBERS[1], case)})
    asked = {**looser(NUMBERS[1]), FIRST.id: replace(FIRST, check=broken)}
    found = differences(record, asked, case)
    assert [change.question for change in found.changes] == [NUMBERS[1].id]
    assert FIRST.id in found.problems[0].what
    assert "ZeroDivisionError" in found.problems[0].what


def stored(folder: Path, record: Record) -> Path:
    save_record(folder, record)
    return record_path(folder, record.assignment, record.learner, record.notebook)


def test_the_variant_is_the_one_that_was_graded(case: Case, tmp_path: Path) -> None:
    record = record_with(case, {})
    path = stored(tmp_path, record)
    assert regrade_learner(tmp_path / "valeurs", ASSIGNMENT, [path]).changes == []
    record.draw = DRAW + 1
    stored(tmp_path, record)
    changed = regrade_learner(tmp_path / "valeurs", ASSIGNMENT, [path]).changes
    assert FIRST.id in [change.question for change in changed]


@pytest.mark.parametrize(
    "text",
    [
        '{"assignment": "e2-perf',
        "[]",
        "{}",
        json.dumps({"results": {FIRST.id: {"finding": {"outcome": "inconnu"}}}}),
    ],
    ids=["cut", "a list", "empty", "unknown outcome"],
)
def test_a_damaged_record_is_named_and_the_others_go_on(case: Case, tmp_path: Path, text: str) -> None:
    good = stored(tmp_path, record_with(case, {}))
    bad = good.with_name("02-analyse-avant-apres.json")
    bad.write_text(text, encoding="utf-8")
    found = regrade_learner(tmp_path / "valeurs", ASSIGNMENT, [bad, good])
    assert found.records == 1
    assert [problem.learner for problem in found.problems] == [LEARNER]
    assert str(bad) in found.problems[0].what
    assert f"casekit grade {ASSIGNMENT} --apprenant {LEARNER}" in found.problems[0].what


def test_a_record_in_somebody_else_s_folder_is_not_believed(case: Case, tmp_path: Path) -> None:
    path = stored(tmp_path, record_with(case, {}))
    moved = path.parent.with_name("voisine") / path.name
    moved.parent.mkdir()
    path.rename(moved)
    with pytest.raises(DamagedRecordError, match="voisine"):
        load_record(moved)


def test_answers_about_other_figures_are_not_evaluated(case: Case, tmp_path: Path) -> None:
    record = record_with(case, {})
    record.data_version = "0"
    record.draw = DRAW + 1
    path = stored(tmp_path, record)
    found = regrade_learner(tmp_path / "valeurs", ASSIGNMENT, [path])
    assert found.changes == []
    assert "d’autres données" in found.problems[0].what


def test_an_old_record_was_made_with_the_first_data(case: Case, tmp_path: Path) -> None:
    path = stored(tmp_path, record_with(case, {}))
    raw = json.loads(path.read_text(encoding="utf-8"))
    del raw["data_version"]
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert load_record(path).data_version == "1"


def change_to(case: Case, points: float) -> ScoreChange:
    before = record_with(case, {FIRST.id: near(FIRST, case)}).results[FIRST.id]
    after = Result(replace(before.finding, outcome=Outcome.RIGHT, fraction=points / 2, remarks=("note",)), points, 2.0)
    return ScoreChange(LEARNER, NOTEBOOK, FIRST.id, before, after)


def test_the_history_holds_the_earlier_result_whole(case: Case, tmp_path: Path) -> None:
    change = change_to(case, 2.0)
    path = history_path(tmp_path, ASSIGNMENT)
    assert path == tmp_path / ASSIGNMENT / "historique.jsonl"
    assert append_history(path, [change]) == 1
    (line,) = read_history(path)
    assert line["from"] == json.loads(json.dumps(asdict(change.before)))
    assert (line["from"]["points"], line["to"]["points"], line["kit_version"]) == (0, 2, __version__)
    assert (line["learner"], line["notebook"], line["question"]) == (LEARNER, NOTEBOOK, FIRST.id)
    assert line["time"].endswith("+00:00")
    assert line["reason"] == "« Pas encore » devient « Juste »"


def test_the_history_is_only_added_to_and_says_nothing_twice(case: Case, tmp_path: Path) -> None:
    path = history_path(tmp_path, ASSIGNMENT)
    change = change_to(case, 2.0)
    back = replace(change, before=change.after, after=change.before)
    assert append_history(path, [change]) == 1
    first = path.read_bytes()
    assert append_history(path, [change]) == 0
    assert path.read_bytes() == first
    assert append_history(path, [back]) == 1
    assert append_history(path, [change]) == 1
    assert path.read_bytes().startswith(first)
    assert [line["to"]["points"] for line in read_history(path)] == [2, 0, 2]


def test_a_line_that_was_cut_costs_itself_only(case: Case, tmp_path: Path) -> None:
    path = history_path(tmp_path, ASSIGNMENT)
    append_history(path, [change_to(case, 1.0)])
    with path.open("ab") as file:
        file.write('{"time": "2026-01-01", "learner": "lé'.encode()[:-1])
    assert len(read_history(path)) == 1
    append_history(path, [change_to(case, 2.0)])
    assert [line["to"]["points"] for line in read_history(path)] == [1, 2]


def test_there_is_no_history_before_the_first_change(tmp_path: Path) -> None:
    path = history_path(tmp_path, ASSIGNMENT)
    assert read_history(path) == []
    assert append_history(path, []) == 0
    assert not path.exists()
