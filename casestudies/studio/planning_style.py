"""What the chart and the workbook of a planning share: the charter's colours, the states of a task, reading a day."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from casestudies.display import Card
from casestudies.french import date_in

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
NOTHING = Card("Rien à montrer", "mixed", "!", ("Le planning est vide : remplissez-le, puis relancez cette cellule.",))


def moment(value: object) -> date | None:
    """Return a value that is a date, None for anything else."""
    return value.date() if isinstance(value, pd.Timestamp) else value if isinstance(value, date) else None


def day_of(value: object) -> date | None:
    """Return the day of a cell: a date, or text such as « 2027-01-04 » or « 04/01/2027 »; None for anything else."""
    known = moment(value)
    if known is not None or not isinstance(value, str):
        return known if known == known else None
    return date_in(value)
