"""One rehearsal of one learner: what is asked, what was done before, and what is kept of it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from casestudies.errors import CasekitError
from casestudies.levelling.kept import LEVELS, OwnLevel
from casestudies.levelling.model import marks_in
from casestudies.levelling.own_levels import UNKNOWN_LEVEL, Levelling
from casestudies.repetition.drawing import questions_of
from casestudies.repetition.figures import own_questions
from casestudies.repetition.kept import KeptRehearsals, Rehearsal, rehearsal
from casestudies.repetition.model import OralGuide, OralQuestion
from casestudies.repetition.talk import talk_of
from casestudies.seeds import seed_of

NOT_KEPT = "Cette répétition n’a pas pu être gardée : le dossier du notebook ne peut pas être écrit."
NOT_LEVELLED = "La grille n’est pas disponible ici : vos temps peuvent être gardés, sans niveau."
NO_TIME = "Donnez vos temps en secondes : une liste, une durée par diapositive, par exemple `[40, 62, 75]`."
MOST_TIMES = 20


class OralSession:
    """The rehearsal at hand: the talk, the questions drawn for it, and those of the past.

    ``right`` holds the learner's own answers that were found right. Without ``guide`` (a machine that holds the
    learner's side alone), the clock runs, no question is drawn and no level is given.
    """

    def __init__(
        self, company: str, learner: str, folder: Path, guide: OralGuide | None, right: Mapping[str, Mapping[str, Any]]
    ) -> None:
        """Read the plan and what is kept in ``folder``, and draw the questions."""
        self.guide = guide
        self.talk = talk_of(folder, learner)
        self._kept = KeptRehearsals(folder, learner)
        self._company, self._learner = company, learner
        self._own = own_questions(right, self.talk)
        self.past: tuple[Rehearsal, ...] = ()
        self.questions: tuple[OralQuestion, ...] = ()
        self.prepare()

    def prepare(self) -> None:
        """Draw the questions of the next rehearsal: the same ones until something is kept."""
        self.past, asked = self._kept.all(), self._kept.asked()
        seed = seed_of(self._company, self._learner, sum(asked.values()))
        self.questions = questions_of(self.guide, self._own, asked, seed) if self.guide else ()

    @property
    def standing(self) -> Levelling | None:
        """Where the learner stands on the rubric, for a comparison; None before a level is given, or without rubric."""
        last = self.past[-1] if self.past else None
        if self.guide is None or last is None or last.level is None:
            return None
        level = self.guide.level
        return Levelling("", level, (OwnLevel(last.level, last.at, last.next_time, last.seen, level.rubric),), "")

    def keep(
        self, times: object, answers_seconds: object = 0, asked: object = None, level: object = None,
        next_time: object = "", seen: object = "",
    ) -> None:  # fmt: skip
        """Keep a rehearsal: seconds of each slide, or of the whole talk, and the level given.

        ``asked`` is how many of the questions drawn were asked: all of them when it is None.

        Raises
        ------
        CasekitError
            When the times or the level are none, or when nothing can be written.
        """
        if level is not None and self.guide is None:
            raise CasekitError(NOT_LEVELLED)
        if level is not None and (type(level) is not int or level not in LEVELS):
            raise CasekitError(UNKNOWN_LEVEL)
        count = len(self.questions) if type(asked) is not int else max(asked, 0)
        marks = filter(self.guide.level.has, marks_in(str(seen))) if self.guide else ()
        done = rehearsal(_times(times), self.talk.slides, answers_seconds, level, str(next_time), marks)
        if not self._kept.add(done, [one.id for one in self.questions[:count]]):
            raise CasekitError(NOT_KEPT)
        self.prepare()


def _times(given: object) -> Sequence[object]:
    if isinstance(given, int | float):
        given = [given]
    if not isinstance(given, Iterable) or isinstance(given, str | bytes | Mapping):
        raise CasekitError(NO_TIME)
    times = [one for one, _ in zip(given, range(MOST_TIMES), strict=False)]
    if not times or not all(isinstance(one, int | float) and one >= 0 for one in times):
        raise CasekitError(NO_TIME)
    return times
