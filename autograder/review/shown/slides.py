"""What a candidate handed in to be defended aloud: the slides of their plan with their seconds, then the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from autograder.course.course import Course
from autograder.grading.records import DamagedRecordError, Record, load_record, record_path
from autograder.keys.questions import Question, questions_of
from autograder.review.model import Part
from autograder.review.orals import clock
from autograder.review.shown.rendering import answer_html, note, section
from casestudies.french import clean
from casestudies.livrables.handed import rows_in
from casestudies.livrables.loading import deliverable_of_question
from casestudies.livrables.model import Deliverable
from casestudies.quoting import printable
from casestudies.typography import french

PLAN = "plan-soutenance"
MOST_SLIDES, LONGEST = 20, 300
"""Slides that are shown, and characters of each of their texts."""
ORAL = "Cette partie se juge à l’oral : il n’y a pas de document à lire ici."
NO_PLAN = "Aucun plan de soutenance n’a été remis."


@dataclass(frozen=True)
class HandedSlide:
    """One line of the plan: its message, its proof and its seconds, None when they are not said."""

    message: str
    proof: str
    seconds: float | None


def slides_of(course: Course, part: Part) -> list[HandedSlide]:
    """Return the slides of the plan that was handed in for an oral; none when there is no plan."""
    return [slide for question in _asked(part) for slide in _slides(question, _answer(course, part, question))]


def oral_html(course: Course, part: Part) -> str:
    """Return what is read beside an oral, as harmless HTML: the slides, then the criterion's other deliverables.

    Nothing is masked in it: the candidate is in the room.
    """
    shown = []
    for question in _asked(part):
        described, answer = deliverable_of_question(question.id), _answer(course, part, question)
        if _is_plan(described):
            slides = _slides(question, answer)
            shown.append(section("Diapositives", _list(slides) if slides else note(NO_PLAN)))
        elif answer is not None:
            shown.append(section(question.title, answer_html(described, question.title, answer)))
    return "".join(shown) or note(ORAL)


def _asked(part: Part) -> list[Question]:
    """Return the deliverables of the oral's criterion, whichever notebook asks for them."""
    asked = questions_of(assignment=part.assignment)
    return [one for one in asked if one.criterion == part.criterion and one.key is None]


def _answer(course: Course, part: Part, question: Question) -> object:
    record = _record(course, part, question.notebook.rpartition("/")[2])
    return None if record is None else record.answers.get(question.id)


def _record(course: Course, part: Part, notebook: str) -> Record | None:
    path = record_path(course.records, part.assignment, part.learner, notebook)
    try:
        return load_record(path) if path.is_file() else None
    except DamagedRecordError:
        return None


def _is_plan(described: Deliverable | None) -> bool:
    return described is not None and described.slug == PLAN


def _slides(question: Question, answer: object) -> list[HandedSlide]:
    described = deliverable_of_question(question.id)
    if described is None or not _is_plan(described) or answer is None:
        return []
    rows = rows_in(described, answer)[:MOST_SLIDES]
    return [HandedSlide(_text(row["message"]), _text(row["preuve"]), _seconds(row["secondes"])) for row in rows]


def _text(cell: object) -> str:
    words = printable(clean(str(cell))) if cell is not None else ""
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _seconds(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) and 0 <= cell < 6000 else None


def _list(slides: Iterable[HandedSlide]) -> str:
    shown, elapsed = [], 0.0
    for slide in slides:
        elapsed += slide.seconds or 0
        time = "" if slide.seconds is None else f"{slide.seconds:.0f} s, fin {clock(elapsed)}"
        more = " · ".join(words for words in (slide.proof, time) if words)
        shown.append(f"<li><b>{_html(slide.message) or '–'}</b><p>{_html(more)}</p></li>")
    return f'<ol class="ck-slides">{"".join(shown)}</ol>'


def _html(text: str) -> str:
    return escape(french(text))
