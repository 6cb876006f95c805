"""The two things that every check says the same way: nothing was answered, or it could not be read."""

import pandas as pd

from casestudies.answers import Unreadable, Value
from casestudies.findings import Finding, Outcome

_BLANKS = {"", "...", "…", "____", "à compléter", "none"}


def is_blank(cell: object) -> bool:
    """Say whether a cell was left as it was: empty, or still holding a placeholder."""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in _BLANKS)


def unreadable_or_missing(answer: Value | Unreadable) -> Finding | None:
    """Return the finding for an answer that is missing or cannot be read; None for any other."""
    if isinstance(answer, Unreadable):
        return Finding(Outcome.UNREADABLE, 0.0, answer.reason)
    if _is_missing(answer):
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, "Remplacez « None » ou les cases vides par votre réponse.")
    return None


def _is_missing(answer: Value) -> bool:
    if isinstance(answer, pd.DataFrame):
        return all(is_blank(cell) for cell in answer.to_numpy().ravel())
    if isinstance(answer, list):
        return all(is_blank(item) for item in answer)
    if isinstance(answer, dict):
        return all(is_blank(item) for item in answer.values())
    return is_blank(answer)
