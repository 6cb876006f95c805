"""What a right answer is told: its value written the French way, what it means, the trap that was avoided."""

import math
import re
from collections.abc import Mapping
from dataclasses import replace

from autograder.keys.cases import Case
from autograder.keys.checks.numbers import PROPORTION, CloseTo
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.model import Question
from casestudies.answers import Value
from casestudies.choices import LETTERS, shown_options
from casestudies.findings import Finding, Outcome
from casestudies.french import french_number, short_number
from casestudies.typography import NBSP

DEFINING = ("indice", "nombre de", "note", "corrélation", "rapport de")
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


def shown_value(check: CloseTo, value: float, decimals: int = 2) -> str:
    r"""Return a number as its question announces it, with its unit; ``decimals`` at most when it announces none.

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
        return f"{short_number(100 * value, decimals)}{NBSP}%"
    if check.unit.startswith(DEFINING):
        return short_number(value, max(decimals, 3) if check.decimals is None else max(check.decimals, 0))
    unit = _ONE.sub(r"\1", check.unit) if abs(value) < 2 else check.unit
    if check.decimals is None:
        return f"{short_number(value, decimals)}{NBSP}{unit}"
    return french_number(round(value, check.decimals), max(check.decimals, 0), unit)


def shown_parts(check: object, value: Value) -> tuple[str, ...]:
    r"""Return an answer of a key as people read it: a number, a word, or a line for each of its parts, then their unit.

    Numbers without an announced rounding keep three significant digits, so that two that differ look different.

    >>> shown_parts(CloseTo("€ HT"), {"SEO": 1630.4, "SEA": 12.0})
    ('SEO : 1\u202f630,4', 'SEA : 12', '(€ HT)')
    >>> shown_parts(CloseTo(PROPORTION), 0.000713), shown_parts(None, ["T01", "T04"])
    (('0,0713\xa0%',), ('T01, T04',))
    """
    if isinstance(value, list):
        return (", ".join(map(str, value)),)
    unit = str(getattr(check, "unit", ""))
    if isinstance(value, Mapping):
        lines = tuple(f"{name} : {bare_number(one, unit == PROPORTION)}" for name, one in value.items())
        return (*lines, f"({unit})") if unit and unit != PROPORTION else lines
    if isinstance(check, CloseTo) and isinstance(value, float | int):
        decimals = significant_decimals(100 * value if unit == PROPORTION else value)
        shown = shown_value(check, float(value), decimals)
        return (shown, f"({unit})") if unit.startswith(DEFINING) else (shown,)
    return (str(value),)


def in_one_line(parts: tuple[str, ...]) -> str:
    """Return what ``shown_parts`` gives as one line.

    >>> in_one_line(("SEO : 1", "SEA : 2", "(€ HT)")), in_one_line(("12 %",))
    ('SEO : 1 ; SEA : 2 (€ HT)', '12 %')
    """
    *values, last = parts
    return f"{' ; '.join(values)} {last}" if values and last.startswith("(") else " ; ".join(parts)


def shown_option(question: str, letter: str, case: Case) -> str:
    """Return what the learner of a case reads beside a letter; empty when there is no such option."""
    company = case.company
    options = shown_options(question, company.slug, company.learner, company.draw)
    place = LETTERS.find(letter)
    return options[place] if letter and 0 <= place < len(options) else ""


def significant_decimals(value: float) -> int:
    """Return how many decimals show three significant digits of a number, two at least.

    >>> significant_decimals(1234.5), significant_decimals(0.0713), significant_decimals(0)
    (2, 4, 2)
    """
    return 2 if not value or not math.isfinite(value) else max(2, 2 - math.floor(math.log10(abs(value))))


def bare_number(value: object, is_proportion: bool = False) -> str:
    r"""Return a number with three significant digits at least, without a unit but « % »; any other value as it is.

    >>> bare_number(0.0071, is_proportion=True), bare_number(56945.0), bare_number("Cheveux")
    ('0,71\xa0%', '56\u202f945', 'Cheveux')
    """
    if isinstance(value, bool) or not isinstance(value, float | int):
        return str(value)
    number = 100 * value if is_proportion else value
    return short_number(number, significant_decimals(number)) + (f"{NBSP}%" if is_proportion else "")
