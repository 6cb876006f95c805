"""The key of one learner: right values from their own variant, and what they handed in, when it was graded."""

from collections.abc import Iterable
from datetime import date

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.grading.asked import asked_by
from autograder.grading.records import Record, Result
from autograder.key_sheets.answers import also_accepted, likely_mistakes, shown_answer
from autograder.key_sheets.expected import expected_form
from autograder.key_sheets.handed import handed_in
from autograder.key_sheets.model import KeyLine, KeySheet
from autograder.keys.cases import Case
from autograder.keys.questions import Question, questions_of
from autograder.referentiel import load_referentiel
from autograder.review.fields import Fields
from autograder.sheets.model import Variant
from casestudies.company import company_class
from casestudies.errors import CasekitError
from casestudies.french import meant, nearest
from casestudies.identity import normal_form
from casestudies.seeds import seed_of


class NoVariantError(CasekitError):
    """A learner who was given no figures: nothing is right for them yet."""


def assignment_named(course: Course, name: str) -> str:
    """Return the assignment that is meant: its name, or the code of an assessment (« E2 »).

    Raises
    ------
    CasekitError
        When the course has none, or several for this code.
    """
    code = name.strip().upper()
    if code not in load_referentiel().assessments:
        return course.require(name)
    found = [one for one in course.assignments() if one.upper().startswith((f"{code}-", f"{code}_"))]
    if len(found) != 1:
        listed = ", ".join(f"« {one} »" for one in found or course.assignments()) or "aucune"
        many = f"Le cours a plusieurs évaluations pour {code}" if found else f"Le cours n’a pas d’évaluation {code}"
        raise CasekitError(f"{many}. Dites laquelle : {listed}.")
    return found[0]


def known_learners(course: Course, names: Iterable[str]) -> list[Learner]:
    """Return the learners of these identifiers, each once.

    Raises
    ------
    CasekitError
        When one is not in the class list; the message proposes those that look like it.
    """
    listed = course.learners()
    wanted = list(dict.fromkeys(map(normal_form, names)))
    for name in wanted:
        if name not in listed:
            near = meant(nearest(name, listed))
            raise CasekitError(
                f"« {name[:40]} » n’est pas dans eleves.csv : vérifiez l’identifiant.{' ' if near else ''}{near}"
            )
    return [listed[name] for name in wanted]


def asked_in(course: Course, assignment: str) -> list[Question]:
    """Return the kit's questions that an assignment of the course asks: its notebooks may leave some out.

    Raises
    ------
    CasekitError
        When there is none.
    """
    source = course.source(assignment)
    here = {(f"{assignment}/{path.stem}", name) for path in source.glob("*.ipynb") for name, _ in asked_by(path)}
    found = [one for one in questions_of(assignment=assignment) if (one.notebook, one.id) in here]
    if not found:
        raise CasekitError(
            f"« {assignment} » ne pose aucune question du kit : il n’y a pas de valeur propre à chacun à montrer."
        )
    return found


def build_key_sheet(course: Course, assignment: str, learner: Learner, today: date | None = None) -> KeySheet:
    """Return the key of one learner: as their copy was graded, else as their figures were released.

    Raises
    ------
    NoVariantError
        When they were given no figures.
    """
    asked = asked_in(course, assignment)
    fields = Fields(course, assignment, learner.id, "")
    cases = {company: fields.case(company) for company in dict.fromkeys(one.company for one in asked)}
    known = {company: case for company, case in cases.items() if case is not None}
    if len(known) < len(cases):
        names = ", ".join(company_class(company).name for company in cases if company not in known)
        raise NoVariantError(
            f"« {learner.id} » n’a pas encore de chiffres pour {names}. Lancez « casekit release {assignment} », qui "
            "les lui donne."
        )
    answers = _answers(fields.records)
    return KeySheet(
        learner,
        assignment,
        tuple(_variant(case) for case in known.values()),
        tuple(_line(one, known[one.company], answers.get(one.id)) for one in asked),
        today or date.today(),
    )


def _variant(case: Case) -> Variant:
    slug, learner, draw = case.company.slug, case.company.learner, case.company.draw
    return Variant(slug, draw, seed_of(slug, learner, draw).hex())


def _answers(records: Iterable[Record]) -> dict[str, tuple[object, Result]]:
    """Return each encoded answer that was graded, with its result, by question."""
    return {name: (record.answers.get(name), result) for record in records for name, result in record.results.items()}


def _line(question: Question, case: Case, given: tuple[object, Result] | None) -> KeyLine:
    handed = None if given is None else handed_in(question, *given)
    if question.key is None:
        return KeyLine(question.id, None, expected_form(question, case), (), handed)
    key = question.key(case)
    shown = (*shown_answer(question, key.right, case), *also_accepted(question))
    return KeyLine(question.id, key.right, shown, likely_mistakes(question, key, case), handed)
