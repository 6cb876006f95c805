"""How many draws a learner needs: stories are drawn so that they hold, and nearly every first draw is kept."""

import sys

import numpy as np
import pytest

from autograder.keys.variants import accepted_draw
from casestudies.names import NAMES

LEARNERS = 40
MOST = 1.15
"""Draws by learner, on average."""


@pytest.mark.slow
@pytest.mark.parametrize("company", sorted(NAMES))
def test_a_learner_seldom_needs_a_second_draw(company: str) -> None:
    """The story holds, signs are those it states, and no catalogued mistake looks right."""
    mean = float(np.mean([1 + accepted_draw(company, f"tirage-{number}") for number in range(LEARNERS)]))
    sys.stdout.write(f"{company} : {mean:.2f} tirage par personne\n")
    assert mean <= MOST
