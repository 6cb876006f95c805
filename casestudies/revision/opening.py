"""Opening the revision of the day, in a notebook or as text."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casestudies.findings import FeedbackService
from casestudies.revision.session import Session
from casestudies.revision.view import RevisionView
from casestudies.session import running_shell

if TYPE_CHECKING:
    from casestudies.studio.revision_live import RevisionPanel as _Panel


class Revision:
    """The day's revision of one learner; a notebook shows it with buttons, and ``repondre`` does without them."""

    def __init__(self, session: Session) -> None:
        """Show a session; where a kernel runs, with a panel."""
        self._session = session
        self._live: _Panel | None = None
        if hasattr(running_shell(), "kernel"):
            from casestudies.studio.revision_live import RevisionPanel  # widgets take a moment to load

            self._live = RevisionPanel(session)

    def repondre(self, reponse: object) -> RevisionView:
        """Answer the question shown, by a letter or a number; what is said of it comes with the next question."""
        self._session.advance()  # when a button was pressed before
        verdict = self._session.answer(reponse)
        self._session.advance()
        if self._live:
            self._live.tell()
        return RevisionView.of(self._session, verdict=verdict)

    def __repr__(self) -> str:
        """Return the question as text."""
        return RevisionView.of(self._session).text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return RevisionView.of(self._session, self._live.key if self._live else "")._repr_mimebundle_()


def revision_of(learner: str, folder: Path, service: FeedbackService | None) -> Revision:
    """Return today's revision of a learner whose notebooks are in ``folder``."""
    return Revision(Session(learner, folder, service, date.today()))
