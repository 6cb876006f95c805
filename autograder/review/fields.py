"""The fields of a comment, filled for one learner.

=================  ======================================================================================
field              what it becomes
=================  ======================================================================================
``{prenom}``       the first name in ``eleves.csv``, put in only where the learner reads: marking is anonymous
``{nom}``          the last name, likewise
``{entreprise}``   the company of the notebook that is read
``{q4-roi}``       the right value of this question in the learner's own variant, in its unit
``{q4-roi:rendu}`` what the learner handed in to this question
=================  ======================================================================================

Any question that asks for a number can be named. A field whose value is not known stays as it is written, and is told.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.grading.records import Record, read_records
from autograder.keys.cases import Case, case_of
from autograder.keys.checks.numbers import PROPORTION, CloseTo
from autograder.keys.checks.reading import read_number
from autograder.keys.questions import Question, all_keys, questions_of
from autograder.keys.right_answers import in_one_line, shown_parts
from autograder.keys.sessions import origin_of
from casestudies.answers import decode
from casestudies.company import company_class
from casestudies.errors import CasekitError
from casestudies.french import french_number
from casestudies.variants import known_draw

NAMES = ("prenom", "nom")
HANDED_IN = ":rendu"
_FIELD = re.compile(r"\{([^{}\n]{1,80})\}")


@dataclass(frozen=True)
class FilledComment:
    """A comment with its fields filled, and the fields whose value is not known."""

    text: str
    missing: tuple[str, ...] = ()


def fill(text: str, value: Callable[[str], str | None]) -> FilledComment:
    """Return ``text`` with each field replaced by its value; names wait for the learner.

    >>> fill("{prenom}, le ROI est de {q4-roi} et non {q4-roi:rendu}.", {"q4-roi": "0,42"}.get)
    FilledComment(text='{prenom}, le ROI est de 0,42 et non {q4-roi:rendu}.', missing=('q4-roi:rendu',))
    """
    missing: dict[str, None] = {}

    def replaced(found: re.Match[str]) -> str:
        name = found[1]
        known = None if name in NAMES else value(name)
        if known is None and name not in NAMES:
            missing[name] = None
        return found[0] if known is None else known

    filled = _FIELD.sub(replaced, text)
    return FilledComment(filled, tuple(missing))


def named(text: str, learner: Learner) -> str:
    """Return ``text`` as the learner reads it: with their names.

    >>> named("{prenom}, c’est clair.", Learner("a01", "Apprenant", "A01"))
    'Apprenant, c’est clair.'
    """
    names = {"prenom": learner.first_name or learner.full_name, "nom": learner.last_name or learner.full_name}
    return _FIELD.sub(lambda found: names.get(found[1], found[0]), text)


def known_fields(assignment: str = "") -> dict[str, str]:
    """Return what can be put in a comment, with what each field is, in French."""
    found = {"prenom": "Prénom", "nom": "Nom", "entreprise": "Entreprise étudiée"}
    for question in questions_of(assignment=assignment):
        if _asks_a_number(question):
            found[question.id] = f"{question.title} : la valeur juste"
            found[question.id + HANDED_IN] = f"{question.title} : la valeur rendue"
    return found


def require_known(text: str) -> str:
    """Return ``text`` when every field in it exists.

    Raises
    ------
    CasekitError
        When one does not, with the way to write them.
    """
    known = known_fields()
    unknown = [name for name in _FIELD.findall(text) if name not in known]
    if unknown:
        listed = ", ".join(f"« {{{name}}} »" for name in dict.fromkeys(unknown))
        raise CasekitError(
            f"Champ inconnu : {listed}. On peut écrire « {{prenom}} », « {{nom}} », « {{entreprise}} », ou "
            "l’identifiant d’une question chiffrée : « {q4-roi} » pour la valeur juste, « {q4-roi:rendu} » pour la "
            "valeur rendue."
        )
    return text


class Fields:
    """The values of the fields for one learner's notebook; what is costly is computed when a comment asks for it."""

    def __init__(self, course: Course, assignment: str, learner: str, notebook: str) -> None:
        self._course, self._assignment, self._learner, self._notebook = course, assignment, learner, notebook

    def fill(self, text: str) -> FilledComment:
        """Return a comment with this learner's own figures."""
        return fill(text, self.value)

    def value(self, name: str) -> str | None:
        """Return the value of a field, None when it is not known."""
        if name == "entreprise":
            slug = _company(f"{self._assignment}/{self._notebook}")
            return company_class(slug).name if slug else None
        question = self._questions.get(name.removesuffix(HANDED_IN))
        if question is None:
            return None
        return self._handed_in(question) if name.endswith(HANDED_IN) else self.right_answer(question)

    def right_answer(self, question: Question) -> str | None:
        """Return the right answer to any question in this learner's variant, in words; None when it is not known."""
        case = None if question.key is None else self.case(question.company)
        if case is None or question.key is None:
            return None
        right = question.key(case).right
        if _asks_a_number(question):
            return _shown(float(right), question)  # type: ignore[arg-type]
        return in_one_line(shown_parts(question.check, right))

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        return {one.id: one for one in questions_of(assignment=self._assignment) if _asks_a_number(one)}

    @cached_property
    def records(self) -> list[Record]:
        """What was recorded of this learner's copies of the assignment, by notebook."""
        return read_records(self._course.records, self._assignment, self._learner)

    def case(self, company: str) -> Case | None:
        """Return the learner's case of a company: as it was graded, else as it was released; None without either."""
        draws = [one.draw for one in self.records if one.company == company and one.draw is not None]
        draw = draws[0] if draws else known_draw(company, self._learner, self._course.source(self._assignment))
        return None if draw is None else case_of(company, self._learner, draw)

    def _handed_in(self, question: Question) -> str | None:
        for record in self.records:
            answer = record.answers.get(question.id)
            read = None if answer is None else read_number(decode(answer))
            if read is not None:
                percent = read.suffix == "%" and _check(question).unit == PROPORTION
                return _shown(read.value / 100 if percent else read.value, question)
        return None


def _asks_a_number(question: Question) -> bool:
    return isinstance(question.check, CloseTo) and question.key is not None


def _check(question: Question) -> CloseTo:
    assert isinstance(question.check, CloseTo)
    return question.check


def _shown(value: float, question: Question) -> str:
    check = _check(question)
    if check.unit == PROPORTION:
        return french_number(100 * value, 1, "%")
    return french_number(value, 2 if check.decimals is None else check.decimals, check.unit)


def _company(notebook: str) -> str:
    return next((keys.company for keys in all_keys() if keys.notebook == origin_of(notebook)), "")
