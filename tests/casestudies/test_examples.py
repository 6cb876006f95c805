"""The worked example of a graded case always comes from another company."""

import pytest

from casestudies.company import COMPANIES
from casestudies.errors import UnknownNameError
from casestudies.examples import example_of, examples

SIX = {"bocanterre", "hetrabelle", "isolombre", "kerlavandre", "septembrune", "treziflow"}


def test_every_company_has_a_worked_example_from_another():
    assert set(examples()) == SIX
    assert set(COMPANIES) <= SIX
    for graded, example in examples().items():
        assert example in SIX
        assert example != graded
    assert examples()["kerlavandre"] == "treziflow"


@pytest.mark.parametrize("slug", COMPANIES)
def test_the_example_is_a_company_of_the_kit(slug):
    found = example_of(slug)
    assert found is None or found.slug == examples()[slug]
    assert (found is None) == (examples()[slug] not in COMPANIES)


def test_an_unknown_company_has_no_example():
    with pytest.raises(UnknownNameError, match="Noms possibles"):
        example_of("inconnue")
