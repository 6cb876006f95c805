"""Which company serves as the worked example of each graded one: always another, so that nothing is given away."""

from functools import cache

from casestudies.company import COMPANIES, Company, company_class
from casestudies.strict import packaged


@cache
def examples() -> dict[str, str]:
    """Return the worked-example company of each graded company, by slug, as ``examples.toml`` states it."""
    return packaged("casestudies", "examples.toml").data


def example_of(slug: str) -> type[Company] | None:
    """Return the class of the company whose figures are worked through before ``slug`` is graded.

    Nothing is returned while that company is not in the kit.

    Raises
    ------
    UnknownNameError
        When ``slug`` is not a company of the kit.
    """
    other = examples().get(company_class(slug).slug, "")
    return company_class(other) if other in COMPANIES else None
