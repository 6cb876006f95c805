"""What the tables say, kept from one evaluation to the next: the same to the bit, and forgotten when code changes."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

import autograder
import casestudies
from autograder.grading.memory import Memory, forget_fingerprints
from autograder.grading.memory.fingerprint import Reader, fingerprint
from autograder.grading.memory.plain import NotPlainError, from_plain, name_of, named, to_plain
from autograder.grading.memory.store import data_seal, seal_of
from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.evaluation import evaluate_all
from autograder.keys.model import Key, Wrong
from autograder.keys.questions import Question, questions_of
from autograder.keys.questions.e2_performance import facts
from casestudies.answers import encode
from casestudies.company import company_class, company_of
from casestudies.kerlavandre import sales

COMPANY, LEARNER = "kerlavandre", "memoire"
ASKED = questions_of(company=COMPANY)
KEYED = [question for question in ASKED if question.key]
PLUMBING = {"Asked.__call__", "key_of", "_specs", "_spec", "_specs.<locals>.<dictcomp>", "_spec.<locals>.<genexpr>"}
"""Reads ``tables.toml``, whose text is in the fingerprint; runs once in a process."""
KIT = tuple(str(Path(package.__file__).parent) for package in (autograder, casestudies))


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Fingerprints of code as it is now, before and after each test."""
    forget_fingerprints()
    company_of.cache_clear()
    yield
    forget_fingerprints()
    company_of.cache_clear()


def answers_of(case: Case) -> dict[str, object]:
    """Return answers of which one out of four is wrong, so that consequences are looked for too."""
    found = {}
    for number, question in enumerate(KEYED):
        right = question.key(case).right
        found[question.id] = encode(right * 1.1 if number % 4 == 0 and isinstance(right, float) else right)
    return found


def test_what_is_said_is_the_same_with_and_without_memory(tmp_path: Path) -> None:
    first = Memory(tmp_path, COMPANY, LEARNER, 0)
    answers = answers_of(first.case)
    said = evaluate_all(ASKED, first.case, answers)
    first.save()
    again = Memory(tmp_path, COMPANY, LEARNER, 0)
    assert len(again._known) > 5
    assert evaluate_all(ASKED, again.case, answers) == said


def test_values_are_kept_to_the_bit(tmp_path: Path) -> None:
    first = Memory(tmp_path, COMPANY, LEARNER, 0)
    known = first.case.fact(facts.promotion)
    first.save()
    second = Memory(tmp_path, COMPANY, LEARNER, 0)
    assert second._facts[facts.promotion] == known
    assert type(second._facts[facts.promotion]) is type(known)


def test_another_draw_is_another_variant(tmp_path: Path) -> None:
    first = Memory(tmp_path, COMPANY, LEARNER, 0)
    first.case.fact(facts.hypotheses)
    first.save()
    assert Memory(tmp_path, COMPANY, LEARNER, 0)._known
    assert not Memory(tmp_path, COMPANY, LEARNER, 1)._known


@pytest.mark.parametrize("text", ["", "[]", '{"draw": 0}', '{"draw": 0, "values": ["[1", 3, "[]", "null"]}'])
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / COMPANY / f"{LEARNER}.json"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    memory = Memory(tmp_path, COMPANY, LEARNER, 0)
    assert not memory._known
    assert memory.case.fact(facts.hypotheses)


def test_only_the_kit_s_own_things_are_made_again(tmp_path: Path) -> None:
    path = tmp_path / COMPANY / f"{LEARNER}.json"
    path.parent.mkdir()
    seal = seal_of(str(name_of(facts.hypotheses)), COMPANY)
    for made in ("os:system", "autograder.keys.metrics:ratio", "subprocess:Popen"):
        entry = json.dumps([name_of(facts.hypotheses), None, seal, {"made": made, "of": {}}])
        path.write_text(json.dumps({"draw": 0, "values": [entry]}), encoding="utf-8")
        assert not Memory(tmp_path, COMPANY, LEARNER, 0)._known


def test_a_corrected_formula_is_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Memory(tmp_path, COMPANY, LEARNER, 0)
    before = first.case.fact(facts.promotion)
    first.case.fact(facts.hypotheses)
    first.save()

    def corrected(past: float, reference: float, past_reference: float) -> float:
        return past * reference / past_reference + 1

    monkeypatch.setattr(metrics, "base_units", corrected)
    forget_fingerprints()
    second = Memory(tmp_path, COMPANY, LEARNER, 0)
    assert facts.promotion not in second._known
    assert facts.hypotheses in second._known
    assert second.case.fact(facts.promotion).base == pytest.approx(before.base + 1)


def test_a_corrected_market_forgets_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = data_seal(COMPANY)
    monkeypatch.setattr(sales, "jitter", lambda *_: 0.0)
    forget_fingerprints()
    assert data_seal(COMPANY) != before


def test_a_remark_changes_no_fingerprint_and_a_number_does() -> None:
    scope: dict[str, object] = {"__name__": "autograder.essai"}

    def made(source: str) -> object:
        exec(source, scope)
        return scope["add"]

    plain = fingerprint([made("def add(x: float) -> float:\n    return x + 1.5\n")])
    assert fingerprint([made("def add(x: int) -> int:\n    # words\n\n    return x + 1.5\n")]) == plain
    assert fingerprint([made("def add(x: float) -> float:\n    return x + 1.6\n")]) != plain
    scope["MORE"] = (1, 2)
    named_first = fingerprint([made("def add(x: float) -> float:\n    return x + MORE[0]\n")])
    scope["MORE"] = (1, 3)
    assert fingerprint([scope["add"]]) != named_first


def executed(question: Question) -> set[CodeType]:
    """Return the kit's code that computing a key on a fresh variant runs."""
    case, seen = Case(company_class(question.company)("trace", 0)), set()
    compute = named(str(name_of(question.key)))

    def watch(frame, event, _):
        if event == "call" and frame.f_code.co_filename.startswith(KIT):
            seen.add(frame.f_code)

    sys.setprofile(watch)
    try:
        compute(case)
    finally:
        sys.setprofile(None)
    return seen


@pytest.mark.parametrize("question", [one for one in questions_of() if one.key], ids=lambda one: one.id)
def test_no_code_behind_a_key_is_overlooked(question: Question) -> None:
    """A value computed by code that the fingerprint did not read could outlive its correction."""
    ran = executed(question)
    keys = {one.id: one.key for one in questions_of(company=question.company)}
    reader = Reader(keys.get)
    for root in (Case, question.key, company_class(question.company)):
        reader.read(root)
    assert ran
    assert {code.co_qualname for code in ran - reader.codes} - PLUMBING == set()


def test_every_key_is_plain_and_found_by_its_name() -> None:
    case = Case(company_class(COMPANY)(LEARNER, 0))
    for question in KEYED:
        key = question.key(case)
        assert from_plain(json.loads(json.dumps(to_plain(key)))) == key, question.id
        assert name_of(question.key), question.id


def test_a_table_is_not_plain() -> None:
    case = Case(company_class(COMPANY)(LEARNER, 0))
    with pytest.raises(NotPlainError):
        to_plain({"budget": case.table("budget")})


def test_a_key_comes_back_as_it_was() -> None:
    key = Key({"SEO": 1.5, "SEA": 2}, (Wrong("M01", (1, "a", None)), Wrong("M02", [True, 0.1])), -1)
    back = from_plain(json.loads(json.dumps(to_plain(key))))
    assert back == key
    assert type(back.right["SEA"]) is int


def test_a_fingerprint_is_made_for_every_key() -> None:
    seals = {seal_of(str(name_of(question.key)), COMPANY) for question in KEYED}
    assert len(seals) > len(KEYED) * 0.9
