"""Cutting leads in four groups: what a learner may write, and what is said when it cannot be done."""

import pandas as pd
import pytest

from casestudies.errors import CasekitError
from casestudies.segmentation import segmenter

LEADS = pd.DataFrame(
    {
        "effectif": ["0 salarié", "3 à 5", "6 à 9", ""],
        "score": [80, 40, 90, 10],
        "secteur": ["Transport", "Négoce", "Transport", "Négoce"],
        "source": ["SEO", "SEA", "SEO", "SEO"],
        "type_adresse": ["personnelle", "générique", "professionnelle", "générique"],
    }
)


@pytest.mark.parametrize(
    ("cut", "groups"),
    [
        ({"effectif": 3, "score": 60}, "CBAD"),
        ({"effectif": "1", "secteur": "transport"}, "CBAD"),
        ({"score": 0, "source": "SEO, SEA"}, "AAAA"),
    ],
)
def test_each_lead_has_the_group_of_its_two_conditions(cut: dict[str, object], groups: str) -> None:
    assert list(segmenter(LEADS, cut)) == list(groups)


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        ({"effectif": 3}, "deux variables"),
        ("effectif", "deux variables"),
        ({"effectif": "beaucoup", "score": 60}, "on attend un nombre"),
        ({"effectif": True, "score": 60}, "on attend un nombre"),
        ({"couleur": 3, "score": 60}, "n’est pas une variable prévue"),
        ({"secteur": "Astronomie", "score": 60}, "écrivez un ou plusieurs de ces noms"),
        ({"secteur": "", "score": 60}, "écrivez un ou plusieurs de ces noms"),
    ],
)
def test_a_cut_that_cannot_be_made_is_explained(cut: object, said: str) -> None:
    with pytest.raises(CasekitError, match=said):
        segmenter(LEADS, cut)  # type: ignore[arg-type]
