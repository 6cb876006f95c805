"""What the machine found of a reviewed part, and what is expected of it: French sentences for markers."""

from collections.abc import Sequence

from autograder.grading.records import Record
from autograder.grading.triage.refusal import LOST
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.questions import Question, questions_of, reviews_of
from autograder.referentiel.rubric import load_rubrics
from autograder.review.fields import Fields
from autograder.review.model import Part
from casestudies.findings import Finding, Outcome

READY, TO_COMPLETE, NOT_HANDED_IN = "prêt à relire", "à compléter", "non remis"
TOLD_LEARNER = "Ce que la personne a lu"
TOLD = LOST | {"livrable-absent", "images-retirees", "programme-arrete", "temps-depasse"}
"""Incidents that explain what is missing from a work; suspicions, which name somebody else, are not shown here."""


def notebook_of(part: Part) -> str:
    """Return the notebook of a part as the questions name it: « e1-strategie/02-concurrence-swot »."""
    return f"{part.assignment}/{part.notebook}" if part.notebook else ""


def deliverables_of(part: Part) -> list[Question]:
    """Return the questions whose answers make a reviewed part: those of its criterion that are checked for their form.

    When a notebook has several reviewed parts on a criterion, each part's own deliverable comes first: the one that
    ends with the same word, as « q2-note » for « r2-note ».
    """
    asked = [one for one in _asked(part) if one.key is None]
    own = [one for one in asked if _topic(one.id) == _topic(part.id)]
    reviews = reviews_of(notebook=notebook_of(part))
    theirs = {_topic(one.id) for one in reviews if one.criterion == part.criterion and one.id != part.id}
    shared = [one for one in asked if one not in own and _topic(one.id) not in theirs]
    others = [one for one in asked if one not in own and one not in shared]
    if not theirs:  # nothing to tell apart: the order of the notebook is the best one
        return asked
    return [*own, *shared, *others]


def keyed_of(part: Part) -> list[Question]:
    """Return the questions of the same criterion and notebook that have a right answer."""
    return [one for one in _asked(part) if one.key is not None]


def status_of(part: Part, record: Record | None, is_written: bool) -> str:
    """Return how far a part is; ``is_written`` says whether the learner may have written in the reviewed cell."""
    results = record.results if record else {}
    outcomes = [results[one.id].finding.outcome for one in deliverables_of(part) if one.id in results]
    if outcomes and all(outcome is Outcome.NOT_ATTEMPTED for outcome in outcomes):
        return NOT_HANDED_IN
    if outcomes:
        ready = all(outcome in (Outcome.READY, Outcome.RECORDED) for outcome in outcomes)
        return READY if ready else TO_COMPLETE
    if not is_written:
        return NOT_HANDED_IN
    return READY if record is not None and not deliverables_of(part) else TO_COMPLETE


def findings_of(part: Part, record: Record | None) -> list[str]:
    """Return what the machine found: what explains a gap, the form of each deliverable, the criterion’s figures."""
    if record is None:
        return []
    said = [one.what for one in record.incidents if one.code in TOLD]
    for question in deliverables_of(part):
        if question.id in record.results:
            finding = record.results[question.id].finding
            said.append(f"{question.title} : {_first_lower(finding.outcome.label)}.")
            said += [f"{TOLD_LEARNER} : « {remark} »" for remark in finding.remarks]
    return said + _figures(keyed_of(part), record)


def expected_of(part: Part, fields: Fields | None) -> list[str]:
    """Return what is expected of a part, then the right answers to the questions of the criterion in this variant.

    The letter of a choice is left out: it says nothing without the choices.
    """
    rubric = load_rubrics().get(part.criterion)
    said = list(rubric.for_markers) if rubric else []
    if fields is None:
        return said
    said = [fields.fill(text).text for text in said]
    answers = [(one.title, fields.right_answer(one)) for one in keyed_of(part)]
    return said + [f"{title} : {answer}" for title, answer in answers if answer is not None and len(answer) > 1]


def _asked(part: Part) -> list[Question]:
    notebook = notebook_of(part)
    return [one for one in questions_of(notebook=notebook) if one.criterion == part.criterion] if notebook else []


def _topic(identifier: str) -> str:
    return identifier.partition("-")[2]


def _figures(questions: Sequence[Question], record: Record) -> list[str]:
    """Say how many numbers are right, and what is known of the others."""
    results = {one.title: record.results[one.id].finding for one in questions if one.id in record.results}
    if not results:
        return []
    wrong = {title: finding for title, finding in results.items() if not finding.done}
    said = [f"Questions du critère : {len(results) - len(wrong)} justes sur {len(results)}."]
    silent = [title for title, finding in wrong.items() if finding.outcome is Outcome.NOT_ATTEMPTED]
    if len(silent) > 1:
        wrong = {title: finding for title, finding in wrong.items() if title not in silent}
        said.append(f"Sans réponse ({len(silent)}) : {' ; '.join(silent)}.")
    return said + [f"{title} : {_why(finding)}" for title, finding in wrong.items()]


def _why(finding: Finding) -> str:
    catalogue = load_misconceptions()
    titles = [catalogue[one].title for one in finding.misconceptions if one in catalogue]
    label = _first_lower(finding.outcome.label)
    return f"{label} ({' ; '.join(_first_lower(title) for title in titles)})." if titles else f"{label}."


def _first_lower(text: str) -> str:
    return text[:1].lower() + text[1:]
