"""How the documents of a jury are said in French, once for every format."""

from datetime import date

from autograder.certification.model import Entry
from autograder.certification.proposals import Proposal
from autograder.sheets.wording import MONTHS

UNNAMED_CENTRE = "Centre de formation (nom à écrire dans centre.toml)"


def long_day(day: date) -> str:
    """Return a day in full.

    >>> long_day(date(2026, 5, 1)), long_day(date(2026, 11, 26))
    ('1er mai 2026', '26 novembre 2026')
    """
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def bloc_name(code: str) -> str:
    """Return « Bloc 1 »."""
    return f"Bloc {code.removeprefix('B')}"


def proposed(proposal: Proposal, entry: Entry | None) -> str:
    """Return what was proposed: as it was when the jury decided, if it did."""
    return entry.decided.proposal if entry and entry.decided.proposal else proposal.proposed.value


def decided(entry: Entry | None) -> str:
    """Return what the jury decided; nothing while nothing is recorded."""
    return entry.ruling.value if entry else ""
