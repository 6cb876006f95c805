"""Agreement as published, drift, the order of copies, the fields of a comment."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course.course import LEARNERS_FILE, Course
from autograder.course.creation import write_config
from autograder.grading.records import Record, Result, save_record
from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.review.agreement import (
    agreement,
    alpha,
    by_criterion_and_markers,
    by_markers,
    drift,
)
from autograder.review.double import pairs
from autograder.review.fields import Fields, known_fields
from autograder.review.model import Part, Reading, Stage
from autograder.review.order import alias, shuffled
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome
from casestudies.french import french_number

START = datetime(2026, 3, 2, 8, tzinfo=UTC)

PUBLISHED = {
    # Krippendorff, « Computing Krippendorff’s Alpha-Reliability » (2011), A: binary data, two observers
    "2011, A": (0.095, ("0100000010", "1110010000")),
    # the same paper, C and D: any metric, four observers, incomplete; ordinal
    "2011, D": (0.815, ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")),
}


def rows(lines: tuple[str, ...]) -> list[dict[int, float]]:
    return [{unit: float(sign) for unit, sign in enumerate(line) if sign != "."} for line in lines]


def right_value(case: Case, question: str) -> float:
    key = question_of(question).key
    assert key is not None
    return float(key(case).right)


@pytest.mark.parametrize("name", PUBLISHED)
def test_alpha_is_that_of_the_published_examples(name: str) -> None:
    published, lines = PUBLISHED[name]
    assert round(alpha(rows(lines)), 3) == published


def textbook(lines: list[dict[int, float]]) -> float:
    """Return alpha by the definition: coincidences, and the ordinal difference of the same paper."""
    units = [[line[unit] for line in lines if unit in line] for unit in {unit for line in lines for unit in line}]
    coincidences: Counter[tuple[float, float]] = Counter()
    for values in (values for values in units if len(values) > 1):
        for pair in permutations(values, 2):
            coincidences[pair] += 1 / (len(values) - 1)
    totals: Counter[float] = Counter()
    for (one, _), count in coincidences.items():
        totals[one] += count

    def difference(one: float, other: float) -> float:
        between = sum(count for value, count in totals.items() if min(one, other) <= value <= max(one, other))
        return (between - (totals[one] + totals[other]) / 2) ** 2

    total = sum(totals.values())
    observed = sum(count * difference(*pair) for pair, count in coincidences.items()) / total
    expected = sum(totals[a] * totals[b] * difference(a, b) for a in totals for b in totals if a != b)
    return 1 - observed / (expected / (total * (total - 1)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, 8), st.integers(1, 4), max_size=9), min_size=2, max_size=4))
def test_alpha_is_that_of_the_definition_whatever_the_class(lines: list[dict[int, float]]) -> None:
    found = alpha(lines)
    shared = [unit for unit in range(9) if sum(unit in line for line in lines) > 1]
    if len({line[unit] for line in lines for unit in shared if unit in line}) < 2:
        assert found is None
    else:
        assert found == pytest.approx(textbook(lines))


def level(sign: str) -> float | None:
    return None if sign == "." else float(sign)


def reviews(criterion: str, first: str, second: str, levels: str, start: int = 0) -> dict[Part, dict[Stage, Reading]]:
    """Return readings of parts by two markers: « 34 22 1. » is one part a word, the first level then the second."""
    found = {}
    turns = ((Stage.FIRST, first, 0), (Stage.SECOND, second, 1))
    for number, word in enumerate(levels.split()):
        part = Part("e2-performance", f"a{start + number:02}", "r-1", criterion, "02")
        when = START + timedelta(minutes=number)
        found[part] = {
            stage: Reading(
                part, stage, marker, level(word[turn]), "", "", when, "", 2 * number + turn, 2 * number + turn
            )
            for stage, marker, turn in turns
        }
    return found


def test_agreement_by_criterion_and_by_markers() -> None:
    readings = (
        reviews("B1-C13", "m1", "m2", "33 22 41 1. .2")
        | reviews("B1-C16", "m2", "m1", "44 33 22 11", 10)
        | reviews("B1-C14", "m1", "m3", "33 33", 20)
    )
    found = pairs(readings)
    assert agreement(found).count == 9
    assert agreement(found).exact == pytest.approx(8 / 9)
    by = {code: one for (code, _), one in by_criterion_and_markers(found).items()}
    assert (by["B1-C13"].count, by["B1-C13"].exact) == (3, pytest.approx(2 / 3))
    assert by["B1-C13"].alpha == pytest.approx(textbook([{0: 3, 1: 2, 2: 4}, {0: 3, 1: 2, 2: 1}]))
    assert (by["B1-C16"].exact, by["B1-C16"].alpha) == (1, 1)
    assert (by["B1-C14"].exact, by["B1-C14"].alpha) == (1, None), "one level only: alpha says nothing"
    assert {names: one.count for names, one in by_markers(found).items()} == {("m1", "m2"): 7, ("m1", "m3"): 2}
    assert by_criterion_and_markers(found)["B1-C16", ("m1", "m2")].alpha == 1
    nothing = agreement([])
    assert (nothing.count, nothing.exact, nothing.alpha) == (0, None, None)


def test_a_marker_who_grows_stricter_is_seen() -> None:
    readings = reviews("B1-C13", "m1", "m2", " ".join(["33"] * 10 + ["23"] * 10 + ["1."] * 5))
    found = drift(readings)
    assert [(one.count, one.level, one.gap) for one in found["m1"]] == [(10, 3, 0), (10, 2, -1), (5, 1, None)]
    assert [(one.count, one.level, one.gap) for one in found["m2"]] == [(10, 3, 0), (10, 3, 1)]
    assert found["m1"][0].since == START
    assert found["m1"][0].until == START + timedelta(minutes=9)
    mean = (30 + 20 + 5 + 60) / 45
    assert [one.severity for one in found["m1"]] == pytest.approx([3 - mean, 2 - mean, 1 - mean])


CLASS = [f"a{number:03}" for number in range(200)]


def test_copies_come_in_another_order_for_each_part_and_always_the_same() -> None:
    order = shuffled(CLASS, "e2-performance", "r2-note")
    assert order == shuffled(reversed(CLASS), "e2-performance", "r2-note")
    assert sorted(order) == CLASS
    assert order != CLASS
    assert order != shuffled(CLASS, "e2-performance", "r2-constats")
    assert order != shuffled(CLASS, "e1-strategie", "r2-note")
    names = [alias(learner, "e2-performance", "r2-note") for learner in CLASS]
    assert len(set(names)) == 200
    assert not [name for name in names if any(learner in name for learner in CLASS)]


@given(st.sets(st.text(min_size=1, max_size=8).filter(str.isprintable), max_size=20), st.text(min_size=1, max_size=5))
def test_a_learner_who_is_added_moves_nobody(names: set[str], added: str) -> None:
    before = shuffled(names, "e2-performance", "r2-note")
    after = shuffled(names | {added}, "e2-performance", "r2-note")
    assert [name for name in after if name in names] == before


@pytest.fixture
def course(tmp_path) -> Course:
    write_config(tmp_path)
    (tmp_path / LEARNERS_FILE).write_text("identifiant;prenom;nom\na01;Apprenant;A01\n", encoding="utf-8")
    answers = {"q1-sessions": encode("1 234"), "q1-conversion": encode("2,5 %"), "q1-commandes": encode(None)}
    results = {"q1-sessions": Result(Finding(Outcome.WRONG, 0.0, ""), 0.0, 1.0)}
    save_record(
        tmp_path / "build" / "answers",
        Record("e2-performance", "01-indicateurs-promotion", "a01", "kerlavandre", 1, "9", answers, results=results),
    )
    return Course(tmp_path)


def test_fields_are_filled_with_the_figures_of_the_variant(course: Course) -> None:
    fields = Fields(course, "e2-performance", "a01", "02-analyse-avant-apres")
    right = right_value(case_of("kerlavandre", "a01", 1), "q1-sessions")
    text = "{prenom}, chez {entreprise} : {q1-sessions} et non {q1-sessions:rendu}, {q1-conversion:rendu} ; {autre}."
    filled = fields.fill(text)
    assert filled.text == (
        f"{{prenom}}, chez Kerlavandre : {french_number(right, 0, 'sessions')} et non "
        f"{french_number(1234, 0, 'sessions')}, {french_number(2.5, 1, '%')} ; {{autre}}."
    )
    assert filled.missing == ("autre",)
    assert fields.fill("{q1-commandes:rendu}").missing == ("q1-commandes:rendu",)
    other = Fields(course, "e2-performance", "a02", "02-analyse-avant-apres")
    assert other.fill("{q1-sessions}").missing == ("q1-sessions",), "whose variant is not known"


def test_every_field_that_is_offered_has_a_value_for_whoever_handed_everything_in(course: Course) -> None:
    case = case_of("kerlavandre", "a01", 1)
    fields = Fields(course, "e2-performance", "a01", "01-indicateurs-promotion")
    offered = [name for name in known_fields("e2-performance") if name not in ("prenom", "nom") and ":" not in name]
    assert len(offered) > 40
    filled = fields.fill(json.dumps([f"{{{name}}}" for name in offered], ensure_ascii=False))
    assert filled.missing == ()
    assert french_number(100 * right_value(case, "q1-conversion"), 1, "%") in filled.text


def test_a_damaged_record_leaves_its_fields_unknown(course: Course) -> None:
    path = course.records / "e2-performance" / "a01" / "01-indicateurs-promotion.json"
    path.write_text("{", encoding="utf-8")
    assert Fields(course, "e2-performance", "a01", "x").fill("{q1-sessions:rendu}").missing == ("q1-sessions:rendu",)
