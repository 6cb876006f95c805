"""Coding reviews: the grid that learners see finds exactly the themes that reviews were written from."""

import numpy as np
import pandas as pd
import pytest

from casestudies.codage import coder, grille_de_codage
from casestudies.company import company_of
from casestudies.errors import UnknownNameError
from casestudies.kerlavandre.company import Kerlavandre


@pytest.mark.parametrize("learner", ["codage-1", "codage-2"])
def test_the_grid_finds_what_was_written(learner: str) -> None:
    company = company_of("kerlavandre", learner, 0)
    assert isinstance(company, Kerlavandre)
    grid = grille_de_codage("kerlavandre")
    found = coder(company.table("verbatims"), grid)[list(grid.index)].to_numpy(dtype=np.int64)
    assert (found == np.hstack([company.reviews.liked, company.reviews.held])).all()


def test_the_grid_shows_its_kinds_and_words() -> None:
    grid = grille_de_codage("kerlavandre")
    assert grid["type"].value_counts().to_dict() == {"motivation": 5, "frein": 5}
    assert grid.loc["prix", "thème"] == "prix à l’achat"
    assert grid.index.is_unique
    assert all(code.isascii() and code.isidentifier() for code in grid.index)


def test_reviews_are_not_changed() -> None:
    reviews = pd.DataFrame({"texte": ["Le prix"]})
    coder(reviews, grille_de_codage("kerlavandre"))
    assert list(reviews.columns) == ["texte"]


def test_a_company_without_reviews_has_no_grid() -> None:
    with pytest.raises(UnknownNameError):
        grille_de_codage("treziflow")
