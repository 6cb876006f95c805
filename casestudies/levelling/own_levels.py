"""Levelling at the learner's seat: where they stand on one piece of work, and a level given to it as it is now."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casestudies.errors import CasekitError
from casestudies.levelling.kept import LEVELS, KeptLevels, OwnLevel, own_level
from casestudies.levelling.model import LevelGuide, marks_in
from casestudies.livrables.handed import recall

if TYPE_CHECKING:
    from casestudies.findings import FeedbackService

UNKNOWN_LEVEL = "Choisissez une des quatre descriptions, de 1 à 4 : celle qui ressemble le plus à votre travail."
SAME_WORK = (
    "Vous avez déjà situé ce travail tel qu’il est. Révisez-le, relancez sa cellule et sa vérification : vous pourrez "
    "alors le situer de nouveau."
)
NOT_KEPT = "Votre niveau n’a pas pu être gardé : le dossier du notebook ne peut pas être écrit."

Answers = Mapping[str, Mapping[str, Any]]
"""The encoded answers handed in since the notebook was opened, by question."""


@dataclass(frozen=True)
class Levelling:
    """Where a learner stands on a piece of work: what it is levelled with, the levels given, a digest of it now."""

    question: str
    guide: LevelGuide
    given: tuple[OwnLevel, ...]
    work: str

    @property
    def last(self) -> OwnLevel | None:
        """The level given last."""
        return self.given[-1] if self.given else None

    @property
    def is_open(self) -> bool:
        """Whether the work, as it is now, may be given a level: it has none yet."""
        return self.last is None or self.last.work != self.work


class OwnLevels:
    """The levels that one learner gives their own work; without a feedback service, none can be given."""

    def __init__(self, folder: Path, learner: str, service: "FeedbackService | None") -> None:
        """Keep where levels are kept, whose they are, and who knows the descriptions."""
        self._folder, self._learner, self._service = folder, learner, service
        self._kept = KeptLevels(folder, learner)

    def on(self, question: str, answers: Answers) -> Levelling | None:
        """Return where the learner stands on the work that ``question`` ends; None when it is none that people read."""
        guide = self._service.level_guide(question) if self._service else None
        if guide is None:
            return None
        return Levelling(question, guide, self._kept.of(question), self._digest(guide, answers))

    def give(self, standing: Levelling, level: object, reason: object = "", seen: object = "") -> None:
        """Give the work as it is now a level, and keep it with the time.

        Raises
        ------
        CasekitError
            When the level is none, was given already, or cannot be kept.
        """
        if type(level) is not int or level not in LEVELS:
            raise CasekitError(UNKNOWN_LEVEL)
        if not standing.is_open:
            raise CasekitError(SAME_WORK)
        marks = filter(standing.guide.has, marks_in(str(seen)))
        given = own_level(level, str(reason), marks, standing.guide.rubric, standing.work)
        if not self._kept.add(standing.question, given):
            raise CasekitError(NOT_KEPT)

    def plain(self, question: str) -> list[dict[str, Any]]:
        """Return the levels given on a question as plain data, to hand in."""
        return [one.plain for one in self._kept.of(question)]

    def _digest(self, guide: LevelGuide, answers: Answers) -> str:
        told = [answers.get(one) or recall(self._folder, self._learner, one) for one in guide.work]
        return hashlib.blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=12).hexdigest()
