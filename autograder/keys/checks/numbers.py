"""Reading a number as a person writes it, and saying whether two numbers are the same answer."""

from dataclasses import dataclass

from casestudies.answers import Value
from casestudies.french import split_number

RELATIVE_TOLERANCE = 0.005
"""Half a per cent; right and catalogued wrong values are at least four times further apart."""

_NO_UNIT = (
    "", "€", "eur", "euro", "euros", "€ht", "€ttc", "€/jour", "€parjour", "j", "jour", "jours", "x", "fois",
    "unité", "unités", "unités/jour", "commande", "commandes", "session", "sessions", "visite", "visites",
    "client", "clients", "ligne", "lignes",
)  # fmt: skip
_SUFFIXES = {
    **dict.fromkeys(_NO_UNIT, ""),
    **dict.fromkeys(("%", "pourcent"), "%"),
    **dict.fromkeys(("pt", "pts", "point", "points"), "points"),
    "k€": "k",
}


@dataclass(frozen=True)
class ReadNumber:
    """A number and what its writing says of its unit: « % », « points », or nothing."""

    value: float
    suffix: str = ""


def read_number(value: Value) -> ReadNumber | None:
    """Return the number in ``value`` (a number, or text such as « 1 234,50 € » or « 12,5 % »), or None.

    >>> read_number("1 234,50 €").value
    1234.5
    >>> read_number("12,5 %")
    ReadNumber(value=12.5, suffix='%')
    >>> read_number("environ 3") is None
    True
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return ReadNumber(float(value))
    if isinstance(value, list) and len(value) == 1:
        return read_number(value[0])
    found = split_number(value) if isinstance(value, str) else None
    unit = _SUFFIXES.get(found[1]) if found else None
    if found is None or unit is None:
        return None
    return ReadNumber(found[0] * 1000.0) if unit == "k" else ReadNumber(found[0], unit)


def same(given: float, expected: float, step: float = 0.0) -> bool:
    """Say whether ``given`` is ``expected`` within 0.5 % or within half the announced rounding ``step``.

    >>> same(100.4, 100.0), same(101.0, 100.0), same(2.0, 2.04, step=0.1)
    (True, False, True)
    """
    return abs(given - expected) <= max(RELATIVE_TOLERANCE * abs(expected), step / 2 * (1 + 1e-9))
