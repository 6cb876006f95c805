"""Neighbours do not share their letters, and what is right in a story varies with it."""

import sys
from collections import Counter

import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.checks.choices import Letter
from autograder.keys.questions import questions_of
from casestudies.choices import authored_options, shown_order

CHOICES = [one for one in questions_of(assignment="e2-performance") if isinstance(one.check, Letter)]
LEARNERS = [f"lettre-{number}" for number in range(200)]
VARYING = {"q2-corps": 0.9, "q2-visage": 0.9, "q3-cas-bas": 0.9, "q4-verdict": 0.9, "q5-sens": 0.8}
"""Choices whose right option depends on the variant, and the share of learners that one option may have."""
ONE_IN_FIVE = {"q4-verdict": 0, "q2-corps": 2}
"""The option, from 0, that is right in about one variant in five: a promotion worth doing again, an effect in doubt."""


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [case_of("kerlavandre", learner, 0) for learner in LEARNERS]


def test_no_letter_is_right_for_more_than_three_learners_in_five(cases: list[Case]) -> None:
    fixed = [one for one in CHOICES if one.id not in VARYING]
    for question in fixed:
        letters = Counter(question.key(case).right for case in cases)  # type: ignore[misc]
        assert max(letters.values()) <= 0.6 * len(LEARNERS), (question.id, letters)


@pytest.mark.slow
def test_the_right_option_varies_with_the_story(cases: list[Case]) -> None:
    for question in (one for one in CHOICES if one.id in VARYING):
        rights = [str(question.key(case).right) for case in cases]  # type: ignore[misc]
        assert max(Counter(rights).values()) <= 0.6 * len(LEARNERS), question.id
        orders = [shown_order(question.id, "kerlavandre", learner, 0) for learner in LEARNERS]
        options = Counter(order["ABCD".index(right)] for order, right in zip(orders, rights, strict=True))
        assert len(options) >= 2, question.id
        assert max(options.values()) <= VARYING[question.id] * len(LEARNERS), (question.id, options)
        assert set(options) <= set(range(len(authored_options()[question.id])))
        if question.id in ONE_IN_FIVE:
            share = options[ONE_IN_FIVE[question.id]] / len(LEARNERS)
            sys.stdout.write(f"{question.id} : {share:.0%}\n")
            assert 0.12 <= share <= 0.30, question.id
