"""What a marker sees of one reviewed part of a learner's work: the deliverable, the machine's findings, what to expect.

Marking is anonymous: nothing here holds a name or an identifier of the learner. Texts keep ordinary spaces, except in
``html``: ``casestudies.typography.french`` sets the others where they are shown.
"""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Self

from nbgrader.api import Student
from sqlalchemy import Connection, select

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.keys.questions import Question, reviews_of
from autograder.review.database import KeptInGradebook
from autograder.review.fields import Fields
from autograder.review.model import Part
from autograder.review.order import alias
from autograder.review.shown.found import NOT_HANDED_IN, READY, deliverables_of, expected_of, findings_of, status_of
from autograder.review.shown.masking import Mask
from autograder.review.shown.own import OwnView, own_view
from autograder.review.shown.rendering import answer_html, note, section
from autograder.review.shown.slides import oral_html
from autograder.review.shown.work import NotebookWork, Stamp, cell_html, read_work, stamp_of
from casestudies.livrables.loading import deliverable_of_question

KEPT_PARTS, KEPT_WORKS = 512, 16
NOTHING = "Rien n’a été remis pour cette partie."
NOT_RECORDED = "La réponse enregistrée manque : voici la cellule où elle est écrite et ce que la copie en montre."


@dataclass(frozen=True)
class Shown:
    """What a marker sees of one part; never a name nor an identifier of the learner, but for what an oral defends.

    ``html`` is harmless and accessible: titles from the third level, tables with captions, pictures with alternative
    texts. ``status`` is « prêt à relire », « à compléter » or « non remis ». ``own`` is what the learner said of their
    own level: for a marker who has given one.
    """

    title: str
    html: str
    status: str
    findings: tuple[str, ...]
    expected: tuple[str, ...]
    own: OwnView | None = None


class WorkShelf:
    """The works of an assignment, read when they are asked for or a little before; use it as a context."""

    def __init__(self, course: Course, assignment: str) -> None:
        """Open the works; the names to mask are read at once.

        Raises
        ------
        CasekitError
            When the class list or the gradebook cannot be read.
        """
        self._course, self._assignment = course, assignment
        self._titles = {one.id: one.title for one in reviews_of(assignment=assignment)}
        self._people = _people(course)
        self._work = lru_cache(KEPT_WORKS)(self._read)
        self._shown = lru_cache(KEPT_PARTS)(self._compose)
        self._ahead: dict[Part, Future[Shown]] = {}
        self._lock = Lock()
        self._background = ThreadPoolExecutor(1, "relecture")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop reading ahead; what is being read is finished."""
        self._background.shutdown(wait=True, cancel_futures=True)

    def show(self, part: Part) -> Shown:
        """Return what is seen of a part; a copy that was graded again since is read again."""
        with self._lock:
            waiting = self._ahead.pop(part, None)
        if waiting is not None and not waiting.cancel():
            waiting.result()  # it is being read: what follows finds it
        return self._make(part)

    def prepare(self, parts: Iterable[Part]) -> None:
        """Read parts in the background, in the order given."""
        with self._lock:
            for part in parts:
                if part not in self._ahead:
                    self._ahead[part] = self._background.submit(self._make_ahead, part)

    def _make_ahead(self, part: Part) -> Shown:
        try:
            return self._make(part)
        finally:
            with self._lock:
                self._ahead.pop(part, None)

    def _make(self, part: Part) -> Shown:
        if not part.notebook:
            title = self._titles.get(part.id, part.id)
            return Shown(title, oral_html(self._course, part), READY, (), tuple(expected_of(part, None)))
        return self._shown(part, stamp_of(self._course, part.assignment, part.learner, part.notebook))

    def _compose(self, part: Part, stamp: Stamp) -> Shown:
        title = self._titles.get(part.id, part.id)
        work = self._work(part.assignment, part.learner, part.notebook, stamp)
        mask = self._mask(part)
        fields = Fields(self._course, part.assignment, part.learner, part.notebook)
        own = own_view(part, work.record)
        return Shown(
            title,
            mask.html(_html(part, work)),
            _status(part, work),
            tuple(mask.text(said) for said in (*work.problems, *findings_of(part, work.record))),
            tuple(expected_of(part, fields)),
            own.masked(mask.text) if own else None,
        )

    def _read(self, assignment: str, learner: str, notebook: str, _: Stamp) -> NotebookWork:
        return read_work(self._course, assignment, learner, notebook)

    def _mask(self, part: Part) -> Mask:
        known = self._people.get(part.learner, ())
        return Mask((Learner(part.learner), *known), alias(part.learner, part.assignment, part.id))


def _status(part: Part, work: NotebookWork) -> str:
    if not work.handed_in:
        return NOT_HANDED_IN
    may_be_written = not work.cells or work.is_written(part.id)  # a copy that cannot be read proves nothing
    return status_of(part, work.record, may_be_written)


def _html(part: Part, work: NotebookWork) -> str:
    """Return the deliverables of a part, then the cell that is reviewed."""
    if not work.handed_in:
        return note(NOTHING)
    cell = work.cell(part.id)
    own = cell_html(cell) if cell is not None else ""
    deliverables = [section(one.title, _deliverable(one, work)) for one in deliverables_of(part)]
    if cell is not None and cell.cell_type == "markdown":
        own = section("Texte remis", own if work.is_written(part.id) else note(NOTHING))
        return own + "".join(deliverables)
    if work.record is None and deliverables:  # which show their own cells, this one among them
        own = ""
    return "".join(deliverables) + own or note(NOTHING)


def _deliverable(question: Question, work: NotebookWork) -> str:
    if work.record is None:
        return note(NOT_RECORDED) + work.shown_by(question.id)
    answer = work.record.answers.get(question.id)
    if answer is None:
        return note(NOTHING)
    described = deliverable_of_question(question.id)
    drawn = described is not None and bool(described.figure)
    return answer_html(described, question.title, answer, work.picture(question.id, beyond=drawn))


def _people(course: Course) -> dict[str, list[Learner]]:
    """Return every name under which the class list and the gradebook know each learner."""
    people = {name: [learner] for name, learner in course.learners().items()}

    def read(connection: Connection) -> list[tuple[str, str, str]]:
        rows = connection.execute(select(Student.id, Student.first_name, Student.last_name))
        return [(name, first or "", last or "") for name, first, last in rows]

    with KeptInGradebook.of(course) as kept:
        for name, first, last in kept.database.read(read):
            people.setdefault(name, []).append(Learner(name, first, last))
    return people
