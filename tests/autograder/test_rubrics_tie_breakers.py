"""« 2 ou 3 ? »: one line of each rubric breaks the tie between the two levels that markers confuse."""

import pytest

from autograder.referentiel import load_rubrics

WRITTEN = [rubric for rubric in load_rubrics().values() if rubric.tie_breaker]


def test_each_rubric_of_the_strategy_has_one() -> None:
    strategy = {f"B1-C{number:02d}" for number in range(1, 12)}
    assert strategy <= {rubric.code for rubric in WRITTEN}


@pytest.mark.parametrize("rubric", WRITTEN, ids=lambda rubric: rubric.code)
def test_it_says_what_to_look_at_and_where_it_leads(rubric) -> None:
    assert 12 <= len(rubric.tie_breaker.split()) <= 45
    assert "niveau 2" in rubric.tie_breaker or "niveau 3" in rubric.tie_breaker
    assert rubric.for_markers == (*rubric.expected, f"2 ou 3 ? {rubric.tie_breaker}")


def test_no_two_are_the_same() -> None:
    assert len({rubric.tie_breaker for rubric in WRITTEN}) == len(WRITTEN)
