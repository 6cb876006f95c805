"""The answers of a key as a trainer reads them: the right one, and what each catalogued mistake gives."""

from autograder.key_sheets.model import LikelyMistake
from autograder.keys.cases import Case
from autograder.keys.checks.budgets import BestSplit
from autograder.keys.checks.choices import ChosenId, Letter
from autograder.keys.checks.segments import UsefulSegments
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.questions import Key, Question
from autograder.keys.right_answers import shown_option, shown_parts
from casestudies.answers import Value
from casestudies.french import french_number

MOST_PARTS = 4
"""How many parts of a wrong answer are shown; the class table has them all."""


def shown_answer(question: Question, value: Value, case: Case) -> tuple[str, ...]:
    """Return an answer line by line: a letter with the words beside it, an identifier with the words of its row."""
    check = question.check
    if isinstance(check, Letter):
        wording = shown_option(question.id, str(value), case)
        return (f"{value}. {wording}" if wording else str(value),)
    if isinstance(check, ChosenId):
        return (f"{value}{_named(check, str(value), case)}",)
    return shown_parts(check, value)


def also_accepted(question: Question) -> tuple[str, ...]:
    """Return what to know when other answers are right too."""
    check = question.check
    if isinstance(check, UsefulSegments):
        return ("(Exemple : toute coupe qui sert à l’entreprise est acceptée.)",)
    if isinstance(check, BestSplit):
        share = french_number(100 * check.enough, 0, "%")
        return (f"(La meilleure, en € HT ; celles qui gagnent au moins {share} de ce qu’elle gagne sont acceptées.)",)
    return ()


def likely_mistakes(question: Question, key: Key, case: Case) -> tuple[LikelyMistake, ...]:
    """Return the catalogued mistakes of a key, each once, with all that it may give in this variant."""
    catalogue, found = load_misconceptions(), dict[str, list[Value]]()
    for wrong in key.wrong:
        found.setdefault(wrong.misconception, []).append(wrong.value)
    return tuple(
        LikelyMistake(
            code, catalogue[code].title, tuple(values),
            tuple(dict.fromkeys(_shown_wrong(question, one, key.right, case) for one in values)),
        )
        for code, values in found.items()
    )  # fmt: skip


def _shown_wrong(question: Question, value: Value, right: Value, case: Case) -> str:
    if isinstance(value, list) and isinstance(right, list):
        return _moved(set(map(str, value)), set(map(str, right)))
    parts = differing(shown_answer(question, value, case), shown_answer(question, right, case))
    more = len(parts) - MOST_PARTS
    return " ; ".join(parts[:MOST_PARTS]) + (f" ; … ({more} de plus)" if more > 0 else "")


def _moved(given: set[str], right: set[str]) -> str:
    """Return what a wrong list has too many and lacks.

    >>> _moved({"T01", "T03"}, {"T01", "T02"})
    'en trop : T03 ; absent : T02'
    """
    sides = (("en trop", given - right), ("absent", right - given))
    return " ; ".join(f"{name} : {', '.join(sorted(ids))}" for name, ids in sides if ids)


def differing(shown: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of a wrong answer that are not those of the right one, units aside; all when none differs.

    >>> differing(("SEO : 2", "SEA : 3", "(€)"), ("SEO : 2", "SEA : 4", "(€)"))
    ('SEA : 3',)
    """
    return tuple(one for one in shown if one not in right and not one.startswith("(")) or shown


def _named(check: ChosenId, chosen: str, case: Case) -> str:
    """Return, in parentheses, the first words that the table has about a chosen row."""
    table = case.table(check.table)
    rows = table[table[check.column] == chosen].drop(columns=check.column)
    words = next((cell for cell in rows.iloc[0] if isinstance(cell, str) and cell), "") if len(rows) else ""
    return f" ({words})" if words else ""
