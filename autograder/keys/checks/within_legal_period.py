"""Rule: the word « soldes » stands for the legal periods only."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.dates import read_date, say_date
from autograder.keys.checks.tables import filled_rows, shown
from casestudies.answers import Value
from casestudies.market.calendar import soldes

_SALES = re.compile(r"\bsoldes?\b")
_NOT_SALES = re.compile(
    r"\b(?:hors|avant|apres|sans|pas de|fin des|depuis)\b(?: les?| des?| la periode des?)* soldes?\b"
)


@dataclass(frozen=True)
class WithinLegalPeriod:
    """A row whose ``label`` announces « soldes » lies, from ``start`` to ``end``, within the legal sales.

    « Hors soldes », « après les soldes » announce none. The periods are those of mainland France (code of commerce,
    article L310-3): they change with the year only, not with the case.
    """

    label: str
    start: str
    end: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row outside the periods; unreadable days are left to other rules."""
        remarks = []
        for row, (label, first, last) in filled_rows(answer, self.label, self.start, self.end):
            start, end = read_date(first), read_date(last)
            if not announces_sales(label) or start is None or end is None or end < start:
                continue
            if not any(opens <= start and end <= closes for opens, closes in soldes(start.year)):
                remarks.append(
                    f"Ligne {row}, {shown(label)} : du {say_date(start)} au {say_date(end)}, on sort des soldes "
                    "légaux. Alignez les dates sur le calendrier officiel, ou écrivez « promotion »."
                )
        return remarks


def announces_sales(label: object) -> bool:
    """Say whether a label announces sales.

    >>> announces_sales("Soldes d’hiver"), announces_sales("Promotion hors soldes"), announces_sales("Rentrée")
    (True, False, False)
    """
    return bool(_SALES.search(_NOT_SALES.sub(" ", plain(label))))
