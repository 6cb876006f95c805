"""How a figure is written in a portrait, from its unit."""

from casestudies.company import Headline
from casestudies.display import french_number


def written(value: float, unit: str) -> str:
    r"""Return a value the French way: shares as percentages, large amounts without decimals.

    >>> written(0.0214, "proportion")
    '2,14\xa0%'
    >>> written(1_922_497.0, "€ TTC")
    '1\u202f922\u202f497\xa0€ TTC'
    """
    if unit == "proportion":
        return french_number(100 * value, 2, "%")
    return french_number(value, 0 if abs(value) >= 1000 else 2, unit)


def bare(value: float, unit: str) -> str:
    r"""Return a value without its unit, for a column that names it.

    >>> bare(0.0214, "proportion")
    '2,14'
    """
    return french_number(*((100 * value, 2) if unit == "proportion" else (value, 0 if abs(value) >= 1000 else 2)))


def named(headline: Headline) -> str:
    """Return the label of a headline rate with its unit."""
    return f"{headline.label} ({'%' if headline.unit == 'proportion' else headline.unit})"


def believed(headline: Headline) -> str:
    """Return the range in which a headline rate is believed."""
    return f"de {written(headline.low, headline.unit)} à {written(headline.high, headline.unit)}"
