"""What the chart and the workbook of a planning share: the charter's colours, the states of a task, reading a day."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

import pandas as pd

from casestudies.display import Card

FEUILLE, EAU, TERRE, ENCRE, CREME, BLANC = "#3A6E3E", "#286282", "#C45428", "#26302B", "#FAF6EC", "#FFFFFF"
"""Colours of the charter; white on the first three has a contrast of at least 4.5:1, as the fourth on the fifth."""


@dataclass(frozen=True)
class StateStyle:
    """How one state of a task is told: a word, a sign, a colour, a texture."""

    word: str
    sign: str
    colour: str
    hatch: str = ""


STATES = {
    "fait": StateStyle("fait", "✓", FEUILLE, "."),
    "prevu": StateStyle("prévu", "○", EAU),
    "alerte": StateStyle("alerte", "!", TERRE, "//"),
}
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
NOTHING = Card("Rien à montrer", "mixed", "!", ("Le planning est vide : remplissez-le, puis relancez cette cellule.",))


def plain(text: object) -> str:
    """Return a text without case or accents.

    >>> plain(" État ")
    'etat'
    """
    letters = unicodedata.normalize("NFKD", str(text)).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()


def moment(value: object) -> date | None:
    """Return a value that is a date, None for anything else."""
    return value.date() if isinstance(value, pd.Timestamp) else value if isinstance(value, date) else None


def day_of(value: object) -> date | None:
    """Return the day of a cell: a date, or text such as « 2027-01-04 » or « 04/01/2027 »; None for anything else."""
    known = moment(value)
    if known is not None or not isinstance(value, str):
        return known if known == known else None
    found = _FRENCH_DAY.fullmatch(value.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None
