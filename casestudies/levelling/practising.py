"""Levelling in one notebook: what its panels and ``dossier.situer`` do, on the answers handed in so far."""

from collections.abc import Callable, Mapping
from typing import Any

from casestudies.display import Card
from casestudies.errors import CasekitError
from casestudies.levelling.own_levels import Answers, Levelling, OwnLevels
from casestudies.levelling.view import LevelComparison, asking_card

NOT_TO_LEVEL = (
    "Situer son travail demande un livrable relu par un formateur, et sa vérification « Prêt à relire ». Lancez "
    "d’abord sa cellule de contrôle."
)


class LevelPractice:
    """The works of one notebook that its learner may level: those that are ready to be read."""

    def __init__(
        self, levels: OwnLevels, answers: Answers, is_ready: Callable[[str], bool], redraw: Callable[[str], object]
    ) -> None:
        """Level what ``answers`` hold; ``redraw`` makes the panel of a question show where it stands."""
        self._levels, self._answers, self._is_ready, self._redraw = levels, answers, is_ready, redraw

    def standing(self, question: str) -> Levelling | None:
        """Return where the learner stands on the work that a question ends; None when it is not ready to be read."""
        return self._levels.on(question, self._answers) if self._is_ready(question) else None

    def plain(self, question: str) -> list[dict[str, Any]]:
        """Return the levels given on a question as plain data, to hand in."""
        return self._levels.plain(question)

    def situate(self, question: str, level: object, reason: object = "", seen: object = "") -> Card:
        """Give the work that ``question`` ends a level and compare; without a level, return what to choose from.

        Raises
        ------
        CasekitError
            When the work is not one that people read, is not ready, or has its level already.
        """
        standing = self._known(question)
        if level is not None:
            self._levels.give(standing, level, reason, seen)
            self._redraw(question)  # its form goes away
            standing = self._known(question)
        return asking_card(question, standing) if standing.is_open else LevelComparison(standing).card()

    def hear(self, question: str, message: Mapping[str, Any]) -> str:
        """Give the level that a page asks for, and return what to announce.

        Raises
        ------
        CasekitError
            As ``situate`` does.
        """
        self.situate(question, *(message.get(part, "") for part in ("level", "reason", "seen")))
        return LevelComparison(self._known(question)).said

    def _known(self, question: str) -> Levelling:
        standing = self.standing(question)
        if standing is None:
            raise CasekitError(NOT_TO_LEVEL)
        return standing
