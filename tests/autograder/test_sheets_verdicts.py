"""The rules from points and reviews to verdicts, as a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.referentiel import load_referentiel
from autograder.sheets.model import Verdict
from autograder.sheets.verdicts import (
    THRESHOLDS,
    Parts,
    bloc_explanation,
    bloc_verdict,
    competency_verdict,
    decide,
    machine_level,
    review_level,
    rules,
)

YES, PART, NO, WAIT = Verdict.ACQUIRED, Verdict.PARTIAL, Verdict.NOT_ACQUIRED, Verdict.TO_REVIEW
ASSESSMENTS = list(load_referentiel().assessments.values())


@pytest.mark.parametrize(
    ("points", "top", "level"),
    [(10, 10, 4), (8.5, 10, 4), (8.49, 10, 3), (6.5, 10, 3), (6.4, 10, 2), (4, 10, 2), (3.9, 10, 1), (0, 10, 1),
     (1.7, 2, 4), (5.95, 7, 4), (0.65 * 3, 3, 3), (0.1 + 0.3, 1, 2)],
)  # fmt: skip
def test_share_of_points_to_level(points: float, top: float, level: int) -> None:
    assert machine_level(points, top) == level


@pytest.mark.parametrize(
    ("scores", "level"),
    [([4], 4), ([4, 3], 3), ([4, 4, 3], 3), ([2, 3], 2), ([0], 1), ([0, 4], 2), ([3.9], 3), ([9], 4)],
)
def test_several_reviewed_parts_take_their_mean_rounded_down(scores: list[float], level: int) -> None:
    assert review_level(scores) == level


@pytest.mark.parametrize(
    ("parts", "validation", "auto", "reviewed", "level", "verdict"),
    [
        # graded only
        (Parts(10, 10), 3, 4, None, 4, YES),
        (Parts(5, 10), 3, 2, None, 2, PART),
        (Parts(0, 10), 3, 1, None, 1, NO),
        # reviewed only
        (Parts(None, 0, (3,)), 3, None, 3, 3, YES),
        (Parts(0, 0, (1,)), 3, None, 1, 1, NO),
        # both: the lower one
        (Parts(10, 10, (2,)), 3, 4, 2, 2, PART),
        (Parts(1, 10, (4,)), 3, 1, 4, 1, NO),
        (Parts(7, 10, (4, 3)), 3, 3, 3, 3, YES),
        # not known: never a zero
        (Parts(10, 10, (None,)), 3, 4, None, None, WAIT),
        (Parts(10, 10, (4, None)), 3, 4, None, None, WAIT),
        (Parts(0, 10, (None,)), 3, 1, None, None, WAIT),
        (Parts(None, 10, (), ("Copie non corrigée",)), 3, None, None, None, WAIT),
        (Parts(None, 10, (4,), ("Copie non corrigée",)), 3, None, 4, None, WAIT),
        (Parts(10, 10, (), (), ("Pas de cellule",)), 3, 4, None, None, WAIT),
        (Parts(None, 0), 3, None, None, None, WAIT),
        # another setting of the centre
        (Parts(5, 10), 2, 2, None, 2, YES),
        (Parts(7, 10), 4, 3, None, 3, PART),
        (Parts(0, 10), 1, 1, None, 1, YES),
    ],
)
def test_criterion(
    parts: Parts, validation: int, auto: int | None, reviewed: int | None, level: int | None, verdict: Verdict
) -> None:
    found = decide(parts, validation)
    assert (found.auto_level, found.review_level, found.level, found.verdict) == (auto, reviewed, level, verdict)


@pytest.mark.parametrize(
    ("criteria", "verdict"),
    [([YES, YES], YES), ([YES, PART], PART), ([YES, NO], PART), ([NO, PART], PART), ([NO, NO], NO), ([NO, WAIT], WAIT),
     ([YES, WAIT], WAIT), ([], WAIT)],
)  # fmt: skip
def test_competency(criteria: list[Verdict], verdict: Verdict) -> None:
    assert competency_verdict(criteria) is verdict


def test_a_bloc_with_two_assessments_is_not_decided_by_one() -> None:
    referentiel = load_referentiel()
    first, second = referentiel.blocs["B1"], referentiel.blocs["B2"]
    assert bloc_verdict(first, ASSESSMENTS, [YES, YES]) is None
    assert bloc_verdict(second, ASSESSMENTS, [YES, YES]) is YES
    assert bloc_verdict(second, ASSESSMENTS, [YES, NO]) is PART
    here = referentiel.assessments["E2"]
    for found, words in ((YES, "est acquise, reste E1"), (NO, "n’est pas acquise"), (WAIT, "reste à relire")):
        said = bloc_explanation(first, here, ASSESSMENTS, [found])
        assert "E1 et E2" in said
        assert words in said
    assert "seule évaluation (E3)" in bloc_explanation(second, referentiel.assessments["E3"], ASSESSMENTS, [YES])


@pytest.mark.parametrize(
    ("validation", "words"),
    [
        (1, "à partir du niveau 1 (réglage du centre, sans compensation entre critères)."),
        (2, "critères) ; non acquis au niveau 1."),
        (3, "critères) ; partiellement acquis au niveau 2, non acquis au niveau 1."),
        (4, "critères) ; partiellement acquis au niveau 2 ou 3, non acquis au niveau 1."),
    ],
)
def test_the_rules_say_the_thresholds_in_use(validation: int, words: str) -> None:
    said = "\n".join(rules(validation))
    assert words in said
    assert all(f"niveau {level} à partir de {least * 100:.0f} % des points" in said for least, level in THRESHOLDS)
    assert "moyenne arrondie à l’entier inférieur" in said


@given(st.floats(0, 20), st.floats(0, 20), st.lists(st.floats(0, 4), max_size=3))
def test_more_points_never_give_a_lower_level(one: float, other: float, scores: list[float]) -> None:
    low, high = sorted((one, other))
    levels = [decide(Parts(points, 20, tuple(scores)), 3).level for points in (low, high)]
    assert levels[0] is not None
    assert levels[1] is not None
    assert levels[0] <= levels[1]
