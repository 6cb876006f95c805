"""What the tables say, kept from one evaluation to the next: the same to the bit, and forgotten when code changes."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import casestudies
from autograder.grading.memory.plain import NotPlainError, from_plain, name_of, named, to_plain
from autograder.grading.memory.store import Memory, seal_of, sources
from autograder.keys.cases import Case, hypotheses
from autograder.keys.evaluation import evaluate_all
from autograder.keys.model import Key, Wrong
from autograder.keys.questions import Question, questions_of
from autograder.keys.questions.e2_performance import facts
from casestudies.answers import encode
from casestudies.company import company_class, company_of

pytestmark = pytest.mark.slow

COMPANY, LEARNER = "kerlavandre", "memoire"
ASKED = questions_of(company=COMPANY)
KEYED = [question for question in ASKED if question.key]
KIT, PACKAGES = Path(casestudies.__file__).parents[1], {"autograder", "casestudies"}


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Read the sources and build the tables anew, before and after each test."""
    seal_of.cache_clear()
    company_of.cache_clear()
    yield
    seal_of.cache_clear()
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
    first.case.fact(hypotheses)
    first.save()
    assert Memory(tmp_path, COMPANY, LEARNER, 0)._known
    assert not Memory(tmp_path, COMPANY, LEARNER, 1)._known


@pytest.mark.parametrize(
    "text", ["", "[]", '{"draw": 0}', '{"draw": 0, "seal": "@", "values": ["[1", 3, "[]", "null"]}']
)
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / COMPANY / f"{LEARNER}.json"
    path.parent.mkdir()
    path.write_text(text.replace("@", seal_of(COMPANY)), encoding="utf-8")
    memory = Memory(tmp_path, COMPANY, LEARNER, 0)
    assert not memory._known
    assert memory.case.fact(hypotheses)


def test_only_the_kit_s_own_things_are_made_again(tmp_path: Path) -> None:
    path = tmp_path / COMPANY / f"{LEARNER}.json"
    path.parent.mkdir()
    for made in ("os:system", "autograder.keys.metrics:ratio", "subprocess:Popen"):
        entry = json.dumps([name_of(hypotheses), None, {"made": made, "of": {}}])
        path.write_text(json.dumps({"draw": 0, "seal": seal_of(COMPANY), "values": [entry]}), encoding="utf-8")
        assert not Memory(tmp_path, COMPANY, LEARNER, 0)._known


@pytest.mark.parametrize("name", ["metrics.py", "facts.py", "orders.py", "sales.py", "tables.toml"])
def test_a_corrected_source_is_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    first = Memory(tmp_path, COMPANY, LEARNER, 0)
    first.case.fact(facts.promotion)
    first.save()
    assert Memory(tmp_path, COMPANY, LEARNER, 0)._known
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b" " * (path.name == name))
    seal_of.cache_clear()
    assert not Memory(tmp_path, COMPANY, LEARNER, 0)._known


def test_a_corrected_check_and_another_company_forget_nothing() -> None:
    read = {path.relative_to(KIT).as_posix() for path in sources(COMPANY)}
    assert "autograder/keys/evaluation.py" in read
    assert {name for name in read if "/checks/" in name or "/treziflow/" in name} == set()


def executed(question: Question) -> set[Path]:
    """Return the kit's files of which computing a key on a fresh variant runs code."""
    case, seen = Case(company_class(question.company)("trace", 0)), set()
    name = name_of(question.key)
    compute = named(name) if name else question.key

    def watch(frame, event, _):
        if event == "call":
            seen.add(frame.f_code.co_filename)

    sys.setprofile(watch)
    try:
        compute(case)
    finally:
        sys.setprofile(None)
    return {path for path in map(Path, seen) if path.is_relative_to(KIT) and path.relative_to(KIT).parts[0] in PACKAGES}


@pytest.mark.parametrize("question", [one for one in questions_of() if one.key], ids=lambda one: one.id)
def test_no_source_behind_a_key_is_overlooked(question: Question) -> None:
    """A value computed by a file that is not in the hash could outlive its correction."""
    ran = executed(question)
    assert ran
    assert ran <= set(sources(question.company))


def test_every_key_is_plain_and_found_by_its_name_or_computes_nothing() -> None:
    case = Case(company_class(COMPANY)(LEARNER, 0))
    for question in KEYED:
        known = set(case.facts)
        key = question.key(case)
        assert from_plain(json.loads(json.dumps(to_plain(key)))) == key, question.id
        assert name_of(question.key) or known == set(case.facts), question.id


def test_a_table_is_not_plain() -> None:
    case = Case(company_class(COMPANY)(LEARNER, 0))
    with pytest.raises(NotPlainError):
        to_plain({"budget": case.table("budget")})


def test_a_key_comes_back_as_it_was() -> None:
    key = Key({"SEO": 1.5, "SEA": 2}, (Wrong("M01", (1, "a", None)), Wrong("M02", [True, 0.1])), -1)
    back = from_plain(json.loads(json.dumps(to_plain(key))))
    assert back == key
    assert type(back.right["SEA"]) is int
