"""Which draw a learner is given: the first whose story holds and where no catalogued mistake looks right."""

from collections.abc import Iterator
from functools import lru_cache

from autograder.keys.cases import Case, case_of
from autograder.keys.checks.numbers import CloseTo, separation
from autograder.keys.questions import questions_of
from casestudies.errors import CasekitError
from casestudies.seeds import REFERENCE

SEPARATION = 0.02
"""Least relative distance between a right value and a catalogued wrong one."""

MAX_DRAWS = 40


def objections(case: Case) -> Iterator[str]:
    """Yield, in French, each reason why this variant cannot be given to a learner."""
    for statement, holds in case.company.invariants().items():
        if not holds:
            yield f"récit : {statement}"
    for question in questions_of(company=case.company.slug):
        if question.key is None or not isinstance(question.check, CloseTo):
            continue
        key = question.key(case)
        if key.sign and float(key.right) * key.sign <= 0:  # type: ignore[arg-type]
            yield f"{question.id} : signe contraire au récit"
        for identifier, distance in separation(key):
            if distance < SEPARATION:
                yield f"{question.id} : {identifier} à {distance:.2%} du résultat juste"


@lru_cache(maxsize=4096)
def accepted_draw(company: str, learner: str, after: int = -1) -> int:
    """Return the first accepted draw of a learner beyond ``after``, for a session whose figures are others.

    Raises
    ------
    CasekitError
        When no draw is accepted: the parameters of the company are at fault.
    """
    for draw in range(after + 1, after + 1 + MAX_DRAWS):
        if next(objections(case_of(company, learner, draw)), None) is None:
            return draw
    raise CasekitError(f"Aucune variante acceptable de « {company} » pour « {learner} » en {MAX_DRAWS} tirages.")


def reference_case(company: str) -> Case:
    """Return the case of the reference edition, shown to people who gave no name."""
    return case_of(company, REFERENCE, accepted_draw(company, REFERENCE))
