"""How figures and dates of a variant are written in the brief and in the documents."""

from datetime import date

from casestudies.typography import NARROW

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
LEADERSHIP = {
    "transverse": (
        "transverse",
        "La conduite de projet n’a pas d’autorité hiérarchique sur les membres : elle obtient leur temps "
        "auprès des deux responsables d’équipe, qui gardent les congés, les entretiens et l’arbitrage entre clients.",
        "Un engagement donné en réunion peut être repris le lendemain par un autre client.",
    ),
    "hiérarchique": (
        "hiérarchique",
        "La conduite de projet a autorité sur les membres pendant la durée du projet : elle fixe leurs "
        "priorités et valide leurs congés, les deux responsables d’équipe n’ayant plus qu’un rôle de conseil.",
        "Une décision prise sans les personnes concernées est appliquée à la lettre, puis contournée.",
    ),
}
"""Kind of leadership: its name, who decides, and what it risks."""


def french_date(day: date) -> str:
    """Return a date as it is written in a sentence.

    >>> french_date(date(2027, 1, 1))
    '1er janvier 2027'
    """
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {MONTHS[day.month - 1]} {day.year}"


def number(value: float) -> str:
    r"""Return a whole number with its thousands apart.

    >>> number(81400)
    '81\u202f400'
    """
    return f"{value:,.0f}".replace(",", NARROW)
