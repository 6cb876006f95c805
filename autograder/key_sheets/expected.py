"""What is expected of an answer that people judge, or that the machine recomputes cell by cell: its form, its cells."""

from collections.abc import Iterator
from typing import TypeVar

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import Indicator, IndicatorValues
from autograder.keys.checks.structure import Columns, ComputedTable, Rule, Structure
from autograder.keys.checks.texts import TextLength
from autograder.keys.questions import Question
from autograder.keys.right_answers import bare_number
from autograder.referentiel import load_rubrics
from casestudies.livrables.loading import deliverable_of_question

R = TypeVar("R", bound=Rule)
KINDS = {"table": "Un tableau", "text": "Un texte", "chart": "Un graphique"}


def expected_form(question: Question, case: Case) -> tuple[str, ...]:
    """Return, line by line, what form is expected, the cells that are known in this variant, and who judges."""
    check = question.check
    assert isinstance(check, Structure)
    lines = [_form(question, check)]
    for rule in _rules(check, IndicatorValues):
        lines += _indicators(rule, case)
    if question.criterion in load_rubrics() and not isinstance(check, ComputedTable):
        lines.append(f"Le fond est relu avec la grille {question.criterion}.")
    return tuple(lines)


def _form(question: Question, check: Structure) -> str:
    described = deliverable_of_question(question.id)
    columns = next(_rules(check, Columns), None)
    length = next((rule for rule in _rules(check, TextLength) if not rule.name), None)
    said = KINDS[check.kind]
    if columns is not None:
        labels = {field.name: field.label for field in described.fields} if described else {}
        named = ", ".join(labels.get(name, name.replace("_", " ")) for name in columns.names)
        return f"{said} de {columns.rows} ligne{'s' * (columns.rows > 1)} au moins. Colonnes : {named}."
    return f"{said} de {length.least} à {length.most} mots." if length else f"{said}."


def _indicators(rule: IndicatorValues, case: Case) -> Iterator[str]:
    """Yield the values of each indicator that a learner may choose, before then during."""
    yield f"Selon l’indicateur choisi, « {rule.before} » puis « {rule.after} » :"
    for name, one in case.once(rule.values).items():
        yield f"{name} : {' puis '.join(_cells(one))}"


def _cells(one: Indicator) -> Iterator[str]:
    for value in (one.before, one.after):
        yield bare_number(float(value), one.is_rate)


def _rules(check: Structure, kind: type[R]) -> Iterator[R]:
    return (rule for rule in check.rules if isinstance(rule, kind))
