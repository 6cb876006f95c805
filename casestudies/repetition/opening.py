"""Opening a rehearsal, in a notebook or as text."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casestudies.display import Card
from casestudies.errors import CasekitError
from casestudies.findings import FeedbackService
from casestudies.livrables.loading import deliverables
from casestudies.names import name_of
from casestudies.repetition.session import OralSession
from casestudies.repetition.talk import PLAN
from casestudies.repetition.view import OralSheet, result_card
from casestudies.session import running_shell

if TYPE_CHECKING:
    from casestudies.studio.repetition_live import RehearsalPanel as _Panel

NO_LEVEL = "Pour garder une répétition, donnez aussi vos temps : `dossier.repetition(3, [40, 62, 75])`."


class Repetition:
    """The rehearsal of one learner; a notebook shows it with a clock, elsewhere it is a sheet to print."""

    def __init__(self, session: OralSession) -> None:
        """Show a session; where a kernel runs, with a clock."""
        self._session = session
        self._live: _Panel | None = None
        if hasattr(running_shell(), "kernel"):
            from casestudies.studio.repetition_live import RehearsalPanel  # widgets take a moment to load

            self._live = RehearsalPanel(session)

    def __repr__(self) -> str:
        """Return the sheet as text."""
        return OralSheet(self._session).text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        sheet = OralSheet(self._session, self._live.key if self._live else "")
        return {"text/plain": sheet.text(), "text/html": sheet.html()}


def rehearse(
    company: str, learner: str, folder: Path, service: FeedbackService | None,
    right: Mapping[str, Mapping[str, Any]], level: object = None, times: object = None, next_time: object = "",
) -> Repetition | Card:  # fmt: skip
    """Return the rehearsal of a learner; with ``times``, keep one that was done, and return what follows from it.

    Raises
    ------
    CasekitError
        When the company has no oral, or when what is given cannot be kept.
    """
    wanted = deliverables()[PLAN].company
    if company != wanted:
        raise CasekitError(f"La soutenance se prépare sur {name_of(wanted)} : ouvrez le notebook 3 de l’évaluation E4.")
    session = OralSession(company, learner, folder, service.oral_guide(company) if service else None, right)
    if times is None and level is None:
        return Repetition(session)
    if times is None:
        raise CasekitError(NO_LEVEL)
    session.keep(times, level=level, next_time=next_time)
    return result_card(session)
