"""What a right answer is told: its value written the French way, what it means, the trap that was avoided."""

import re
from dataclasses import replace

from autograder.keys.cases import Case
from autograder.keys.checks.numbers import PROPORTION, CloseTo
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.model import Question
from casestudies.findings import Finding, Outcome
from casestudies.french import french_number, short_number
from casestudies.typography import NBSP

DEFINING = ("indice", "nombre de", "note")
"""How a unit begins that says what a number is, and is not written after it."""
_ONE = re.compile(r"^(\w+)s(?=$| par | de )")
"""A unit in the plural, which French writes from 2 on."""
VALUE = "{value}"
"""In the sentence of a question, the place of its right value."""


def taught(question: Question, case: Case, finding: Finding) -> Finding:
    """Return the finding of an answer; a right one says its value, what it means and which trap it avoided.

    Nothing here is said before the answer is right.
    """
    if finding.outcome not in (Outcome.RIGHT, Outcome.READY) or finding.fraction < 1:
        return finding
    if question.key is None:
        return replace(finding, message=f"{finding.message} {question.means}".strip())
    key = question.key(case)
    value = shown_value(question.check, float(key.right)) if isinstance(question.check, CloseTo) else ""  # type: ignore[arg-type]
    said = question.means.replace(VALUE, value)
    opening = finding.message
    if value and VALUE not in question.means:
        opening = f"{opening.rstrip('.')} : {value}."
    trap = next((load_misconceptions()[wrong.misconception].title for wrong in key.wrong), "")
    remarks = (*finding.remarks, f"Piège évité : {_within(trap)}.") if trap else finding.remarks
    return replace(finding, message=f"{opening} {said}".strip(), remarks=remarks)


def _within(title: str) -> str:
    """Return a title inside a sentence: its capital goes, an acronym keeps its own.

    >>> _within("Rapport inversé"), _within("ROAS à la place du ROI")
    ('rapport inversé', 'ROAS à la place du ROI')
    """
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def shown_value(check: CloseTo, value: float) -> str:
    r"""Return a number as its question announces it, with its unit.

    >>> shown_value(CloseTo("sessions", 0), 56945.0)
    '56\u202f945\xa0sessions'
    >>> shown_value(CloseTo("proportion"), 0.0237)
    '2,37\xa0%'
    >>> shown_value(CloseTo("note sur 5"), 4.0)
    '4'
    >>> shown_value(CloseTo("points"), 0.24)
    '0,24\xa0point'
    >>> shown_value(CloseTo("€", -2), 12_345.0)
    '12\u202f300\xa0€'
    """
    if check.unit == PROPORTION:
        return f"{short_number(100 * value)}{NBSP}%"
    if check.unit.startswith(DEFINING):
        return short_number(value, 3 if check.decimals is None else max(check.decimals, 0))
    unit = _ONE.sub(r"\1", check.unit) if abs(value) < 2 else check.unit
    if check.decimals is None:
        return f"{short_number(value)}{NBSP}{unit}"
    return french_number(round(value, check.decimals), max(check.decimals, 0), unit)
