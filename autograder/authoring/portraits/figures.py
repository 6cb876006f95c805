"""How a figure is written in a portrait, from its unit."""

from casestudies.company import Headline
from casestudies.french import french_number

NO_UNIT = "sans unité"


def _scaled(value: float, unit: str) -> tuple[float, str]:
    """Return the number to write and what follows it: shares become percentages."""
    if unit == "proportion":
        return 100 * value, "%"
    return value, "" if unit == NO_UNIT else unit


def _short(value: float) -> str:
    """Return a number without needless decimals, two at most."""
    places = next((places for places in (0, 1) if abs(round(value, places) - value) < 1e-9), 2)
    return french_number(value, places)


def written(value: float, unit: str) -> str:
    r"""Return a value the French way: shares as percentages, whole and large numbers without decimals.

    >>> written(0.0214, "proportion")
    '2,14\xa0%'
    >>> written(1_922_497.3, "€ TTC")
    '1\u202f922\u202f497\xa0€ TTC'
    >>> written(80.0, "jours"), written(3.5, "sans unité")
    ('80\xa0jours', '3,50')
    """
    number, unit = _scaled(value, unit)
    return french_number(number, 0 if abs(number) >= 1000 or number == round(number) else 2, unit)


def bare(value: float, unit: str) -> str:
    r"""Return a value without its unit, for a column that names it.

    >>> bare(0.0214, "proportion")
    '2,14'
    """
    number, _ = _scaled(value, unit)
    return french_number(number, 0 if abs(number) >= 1000 else 2)


def named(headline: Headline) -> str:
    """Return the label of a headline rate with its unit."""
    _, unit = _scaled(headline.value, headline.unit)
    return f"{headline.label} ({unit})" if unit else headline.label


def bounds(headline: Headline) -> tuple[str, str]:
    """Return the two ends of the range of a headline rate, without its unit or needless decimals."""
    return _short(_scaled(headline.low, headline.unit)[0]), _short(_scaled(headline.high, headline.unit)[0])


def believed(headline: Headline) -> str:
    """Return the range in which a headline rate is believed, its unit said once."""
    low, high = bounds(headline)
    _, unit = _scaled(headline.low, headline.unit)
    return f"de {low} à {high} {unit}".rstrip()
