"""A round of the exercise in the desk: one sample copy at a time, then the verdict, and what was done before."""

from typing import Any

from autograder.referentiel.sample import load_samples
from autograder.review.calibration.exercise import Exercise, ExerciseItem, exercise_of
from autograder.review.calibration.records import Attempt, CalibrationRecords
from autograder.review.calibration.verdict import CalibrationVerdict
from autograder.review.model import Marker
from casestudies.errors import CasekitError
from casestudies.french import french_number, short_date
from casestudies.typography import french

NO_SAMPLES = "Les critères de cette évaluation n’ont pas encore de copies d’étalonnage."
SOURCE = (
    "Copies écrites pour l’étalonnage : leurs chiffres sont inventés et leur entreprise n’est pas celle du cas noté. "
    "Le niveau convenu et sa raison suivent les ancres de la grille. Rien de ceci n’entre dans une note."
)


class Round:
    """Where a marker stands in the exercise; nothing of it is a review."""

    def __init__(self, url: str, marker: Marker, criteria: list[str]) -> None:
        """Begin with the first of ``criteria`` that has samples and that the marker has not done yet.

        ``url`` is that of the gradebook, opened only when something is read or kept.

        Raises
        ------
        CasekitError
            When none has samples.
        """
        self._url, self._marker = url, marker
        self.codes = [code for code in criteria if code in load_samples()]
        if not self.codes:
            raise CasekitError(NO_SAMPLES)
        self.begin_next()

    def begin(self, code: str) -> None:
        """Begin the exercise on a criterion.

        Raises
        ------
        CasekitError
            When it has no samples here.
        """
        if code not in self.codes:
            raise CasekitError(f"Le critère « {code} » n’a pas de copies d’étalonnage dans cette évaluation.")
        self.exercise: Exercise = exercise_of(code, self._marker)
        self.verdict: CalibrationVerdict | None = None
        self._rank = 0

    def begin_next(self) -> None:
        """Begin the exercise on the first criterion that the marker has not done, or on the one done longest ago."""
        done = [one.criterion for one in self._attempts()]
        latest = list(dict.fromkeys(reversed(done)))
        self.begin(next((code for code in self.codes if code not in done), latest[-1] if latest else self.codes[0]))

    @property
    def item(self) -> ExerciseItem:
        """The copy at hand."""
        return self.exercise.items[self._rank]

    @property
    def key(self) -> str:
        """What a page calls the copy at hand."""
        return f"{self.item.copy} {self.exercise.code}"

    @property
    def place(self) -> tuple[int, int]:
        """The number of the copy, from 1, and how many there are."""
        return self._rank + 1, len(self.exercise.items)

    @property
    def level(self) -> int | None:
        """The level given to it so far."""
        return self.exercise.levels.get(self.item.copy)

    def give(self, level: int) -> None:
        """Give the copy at hand a level, or another one."""
        self.exercise.give(self.item.copy, level)

    def step(self, places: int) -> bool:
        """Show the copy ``places`` further; say if there is one."""
        rank = self._rank + places
        if not 0 <= rank < len(self.exercise.items):
            return False
        self._rank = rank
        return True

    def go_on(self) -> bool:
        """Show the next copy without a level; when every one has its level, keep them and show the verdict.

        Returns
        -------
        bool
            Whether a copy is left to level.
        """
        if self.exercise.left:
            copies = [item.copy for item in self.exercise.items]
            later = [*range(self._rank + 1, len(copies)), *range(self._rank + 1)]
            self._rank = next(rank for rank in later if copies[rank] in self.exercise.left)
            return True
        if self.verdict is None:
            with CalibrationRecords(self._url) as records:
                self.verdict = self.exercise.finish(records)
        return False

    def verdict_state(self) -> dict[str, Any]:
        """Return the verdict as a sentence and tables, then every exercise that the marker has done here."""
        assert self.verdict is not None
        return {
            "summary": french(" ".join(self.verdict.sentences)),
            "source": french(SOURCE),
            "tables": [
                {
                    "caption": french(f"{self.exercise.code} : vos niveaux et ceux qui étaient convenus"),
                    "head": ["Copie", "Donné", "Convenu", "Ce qui la marque", "Pourquoi ce niveau"],
                    "rows": [
                        [gap.copy, str(gap.given), str(gap.agreed), french(gap.title), french(gap.reason)]
                        for gap in self.verdict.gaps
                    ],
                },
                {
                    "caption": "Vos exercices, du plus ancien au plus récent",
                    "head": ["Critère", "Date", "Mêmes niveaux", "Écart moyen", "Tendance"],
                    "rows": [_line(one) for one in self._attempts()],
                },
            ],
        }

    def _attempts(self) -> list[Attempt]:
        with CalibrationRecords(self._url) as records:
            return [one for one in records.attempts(self._marker) if one.criterion in self.codes]


def _line(attempt: Attempt) -> list[str]:
    verdict = attempt.verdict
    same = sum(not gap.levels for gap in verdict.gaps)
    when = short_date(attempt.at.astimezone()) if attempt.at else "–"
    lean = french_number(verdict.severity, 1)
    sign = "+" if verdict.severity > 0 and lean.strip("0,") else ""
    return [
        attempt.criterion, when, f"{same} sur {len(verdict.gaps)}", french_number(verdict.distance, 1),
        f"{sign}{lean} : {verdict.leaning}",
    ]  # fmt: skip
