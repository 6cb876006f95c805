"""Learners who know nothing and hand in numbers, letters and words all the same: what do they earn?"""

import json
import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from autograder.content import notebooks_folder
from autograder.keys.cases import Case, case_of
from autograder.keys.checks.choices import Choice, ChosenId, SameLabels, SameSet
from autograder.keys.checks.numbers import CloseTo, SameValues
from autograder.keys.evaluation import evaluate_all
from autograder.keys.questions import Question, questions_of
from autograder.keys.variants import accepted_draw
from casestudies.answers import Value, encode
from casestudies.findings import Finding

CONSTANTS = (
    0.0, 1.0, -1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 12.0, 14.0, 20.0, 30.0, 50.0, 100.0, 1000.0, 10000.0, 0.5, 0.25, 0.2, 0.1,
    0.15, 0.05, 0.01, 0.3, 0.33, 0.75, 0.9, -0.1, -0.5, -100.0, 1.2, 1.5, 2.5, 3.5, 4.5, 15.0, 25.0, 40.0, 60.0, 365.0,
)  # fmt: skip
"""What somebody types everywhere."""
KINDS = ("letters", "constant", "neighbour", "random", "chained")
EACH = 40
SIZES = (("proportion", -3.0, 0.0), ("€", 0.0, 5.5), ("points", -1.0, 1.5), ("indice", -0.5, 2.2), ("note", 0.0, 0.7))
"""Powers of ten between which somebody who reads « proportion » or « € HT » draws a number, by what the unit holds."""


@dataclass(frozen=True)
class Guess:
    """What a guesser is told of a question, and the means of drawing."""

    question: Question
    case: Case
    draw: random.Random
    number: Callable[[Question], float]


@cache
def points() -> Mapping[str, float]:
    """Return the points of every question, as its notebook says."""
    found = {}
    for path in sorted(notebooks_folder().glob("*/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            marked = cell["metadata"].get("nbgrader", {})
            if marked.get("grade"):
                found[marked["grade_id"]] = float(marked["points"])
    return found


def keyed(assignment: str) -> list[Question]:
    """Return the questions of an assignment that have a right value: what a guesser can hope to meet."""
    return [question for question in questions_of(assignment=assignment) if question.key is not None]


@cache
def accepted(company: str, learner: str) -> Case:
    """Return the case that a learner is given."""
    return case_of(company, learner, accepted_draw(company, learner))


def guessers() -> Iterator[tuple[str, int]]:
    """Yield every guesser: what they do, and their number."""
    for kind in KINDS:
        for number in range(EACH):
            yield kind, number


def found_of(kind: str, number: int, assignment: str) -> dict[str, Finding]:
    """Return what is said of each answer of a guesser, by question id."""
    draw = random.Random(f"{kind}-{number}-{assignment}")
    learner, neighbour = f"devin-{number % 4}", f"voisin-{number % 3}"
    by_notebook: dict[str, list[Question]] = {}
    for question in keyed(assignment):
        by_notebook.setdefault(question.notebook, []).append(question)
    found: dict[str, Finding] = {}
    for asked in by_notebook.values():
        case = accepted(asked[0].company, learner)
        if kind == "neighbour":
            other = accepted(asked[0].company, neighbour)
            answers = {one.id: encode(one.key(other).right) for one in asked if one.key}
        else:
            number_of = numbers(kind, number, draw)
            answers = {}
            for one in asked:
                answers[one.id] = encode(guessed(Guess(one, case, draw, number_of)))
        found |= evaluate_all(asked, case, answers)
    return found


def numbers(kind: str, number: int, draw: random.Random) -> Callable[[Question], float]:
    """Return how a guesser chooses the number of a question."""
    if kind == "constant":
        return lambda _: CONSTANTS[number % len(CONSTANTS)]
    if kind == "chained":  # a few constants, one for each unit
        kept: dict[str, float] = {}
        return lambda one: kept.setdefault(unit_of(one), draw.choice(CONSTANTS))
    return lambda one: of_unit(unit_of(one), draw)


def unit_of(question: Question) -> str:
    """Return the unit that the question announces."""
    return question.check.unit if isinstance(question.check, CloseTo | SameValues) else ""


def of_unit(unit: str, draw: random.Random) -> float:
    """Return a number of the size that a unit suggests, either sign for a share."""
    least, most = next(((low, high) for words, low, high in SIZES if words in unit), (0.0, 4.0))
    sign = -1 if unit in ("proportion", "points") and draw.random() < 0.3 else 1
    return sign * float(f"{math.pow(10, draw.uniform(least, most)):.3g}")


def guessed(guess: Guess) -> Value:
    """Return an answer of the right form and of no knowledge."""
    check, key = guess.question.check, guess.question.key
    assert key is not None
    right = key(guess.case).right
    if isinstance(check, CloseTo):
        return guess.number(guess.question)
    if isinstance(check, SameValues):
        assert isinstance(right, Mapping)
        return {name: guess.number(guess.question) for name in right}
    if isinstance(check, Choice):
        return guess.draw.choice(check.options)
    if isinstance(check, ChosenId):
        return guess.draw.choice([str(one) for one in guess.case.table(check.table)[check.column]])
    if isinstance(check, SameSet):
        ids = [str(one) for one in guess.case.table(check.table)[check.column]]
        return [one for one in ids if guess.draw.random() < 0.5]
    if isinstance(check, SameLabels):
        return [one for one in check.options if guess.draw.random() < 0.5]
    if isinstance(right, Mapping):
        return {name: guess.number(guess.question) for name in right}
    return guess.number(guess.question)
