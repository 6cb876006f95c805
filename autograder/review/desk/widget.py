"""The desk in the page: one message from the page does one thing, and the page is sent what it shows."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from autograder.course.course import Course
from autograder.keys.questions import Review
from autograder.review.desk.workplace import Workplace
from casestudies.errors import CasekitError
from casestudies.studio.page_scripts import page_script
from casestudies.typography import french

HERE = Path(__file__).parent
UNEXPECTED = (
    "La revue n’a pas pu faire cela ({}). Ce qui était enregistré l’est toujours : relancez la cellule, puis "
    "recommencez."
)
_LOG = logging.getLogger(__name__)


class ReviewDesk(anywidget.AnyWidget):
    """The review desk of a course; ``state`` is what the page shows, ``deliverable`` what was handed in."""

    _esm = page_script(HERE / "desk.js", HERE / "oral.js")
    _css = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("desk.css", "oral.css"))
    setup = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    deliverable = traitlets.Dict().tag(sync=True)

    def __init__(
        self, course: Course, assignment: str = "", marker: str = "", declared: Sequence[Review] | None = None,
        day: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Open an assignment for a marker, or ask for both; with ``day``, open its oral for these candidates.

        Raises
        ------
        CasekitError
            When the course, the assignment or the marker's name will not do.
        """
        super().__init__()
        self._work = Workplace(course, declared, day)
        self._home = {"assignments": course.assignments(), "assignment": assignment, "marker": marker}
        self._answered = 0
        if assignment and marker:
            self._work.enter(assignment, marker)
        self._push()
        self.on_msg(lambda _widget, message, _buffers: self.do(message))

    def close(self) -> None:
        """Close the database and stop reading ahead."""
        self._work.leave()
        super().close()

    def do(self, message: Any) -> None:
        """Do what a message of the page asks, and send what is shown then; what goes wrong is told there."""
        work = self._work
        work.told, work.alert = "", ""
        try:
            work.act(message)
        except CasekitError as error:
            work.alert = work.anonymous(str(error))
        except Exception as error:  # whatever happens, the marker reads a sentence and goes on
            _LOG.exception("the review desk")
            work.alert = UNEXPECTED.format(type(error).__name__)
        number = message.get("seq") if isinstance(message, dict) else None
        self._answered = number if isinstance(number, int) else self._answered
        self._push()

    def _push(self) -> None:
        """Send what is shown; what was handed in is sent again only when another part is shown."""
        work = self._work
        state: dict[str, Any] = {"screen": work.screen, "home": self._home, "answered": self._answered}
        deliverable = dict(self.deliverable)
        try:
            state |= work.shown()
            if not work.key or work.key != deliverable.get("key"):
                deliverable = work.handed_in()
        except CasekitError as error:
            work.alert = work.anonymous(str(error))
        state |= {"told": french(work.told), "alert": french(work.alert)}
        with self.hold_sync():
            self.setup, self.state, self.deliverable = work.setup, state, deliverable
        work.prepare()
