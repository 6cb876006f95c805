"""The exercise: the sample copies of a criterion in an order that says nothing, levels given, then the verdict.

An item is shown as a learner's part is: a ``Shown`` and a ``Rubric``. Nothing of the agreed level is in it.
"""

from dataclasses import dataclass, field
from typing import Self

import pandas as pd

from autograder.referentiel import LEVELS
from autograder.referentiel.rubric import Rubric, load_rubrics
from autograder.review.calibration.records import Attempt, CalibrationRecords
from autograder.review.calibration.samples import SampleCopy, SampleSet, load_samples
from autograder.review.calibration.verdict import CalibrationVerdict, Gap
from autograder.review.model import Marker
from autograder.review.order import shuffled
from autograder.review.shown.found import READY
from autograder.review.shown.rendering import answer_html, note, section, text_html
from autograder.review.shown.shelf import Shown
from casestudies.answers import encode
from casestudies.errors import CasekitError

_LETTERS = "ABC"


@dataclass(frozen=True)
class ExerciseItem:
    """One sample copy as a marker meets it; ``copy`` is its name, « Copie A »."""

    copy: str
    shown: Shown
    rubric: Rubric
    sample: SampleCopy = field(repr=False)


@dataclass
class Exercise:
    """The samples of one criterion in front of one marker, and the levels given so far."""

    marker: Marker
    code: str
    items: tuple[ExerciseItem, ...]
    levels: dict[str, int] = field(default_factory=dict)

    def give(self, copy: str, level: int) -> Self:
        """Give a level to a copy, or another one.

        Raises
        ------
        CasekitError
            When the exercise has no such copy, or the rubric no such level.
        """
        if copy not in [item.copy for item in self.items]:
            raise CasekitError(f"L’exercice n’a pas de « {copy} ».")
        if level not in LEVELS:
            raise CasekitError(f"Le niveau va de {LEVELS[0]} à {LEVELS[-1]} : « {level} » n’en est pas un.")
        self.levels[copy] = level
        return self

    @property
    def left(self) -> list[str]:
        """The copies that have no level yet, in order."""
        return [item.copy for item in self.items if item.copy not in self.levels]

    def verdict(self) -> CalibrationVerdict:
        """Return the agreed levels, the differences and the reasons: only once every copy has its level.

        Raises
        ------
        CasekitError
            When a copy has none.
        """
        if self.left:
            listed = ", ".join(self.left)
            raise CasekitError(f"Donnez un niveau à chaque copie avant de voir ceux qui étaient convenus : {listed}.")
        return CalibrationVerdict(
            tuple(
                Gap(item.copy, item.sample.title, self.levels[item.copy], item.sample.level, item.sample.reason)
                for item in self.items
            )
        )

    def finish(self, records: CalibrationRecords) -> CalibrationVerdict:
        """Keep the levels given, and return the verdict.

        Raises
        ------
        CasekitError
            When a copy has no level, or the gradebook cannot be written.
        """
        verdict = self.verdict()
        records.add(Attempt(self.marker.name, self.code, self.items[0].rubric.digest, verdict))
        return verdict


def exercise_of(code: str, marker: Marker) -> Exercise:
    """Return the exercise on a criterion; its order is another one for each marker.

    Raises
    ------
    CasekitError
        When the kit has no sample copy for this criterion.
    """
    samples = load_samples().get(code)
    if samples is None:
        raise CasekitError(f"Le critère « {code} » n’a pas encore de copies d’étalonnage.")
    rubric = load_rubrics()[code]
    by_title = {sample.title: sample for sample in samples.copies}
    order = shuffled(by_title, marker.name, code)
    items = (
        ExerciseItem(copy := f"Copie {letter}", _shown(copy, samples, by_title[title], rubric), rubric, by_title[title])
        for letter, title in zip(_LETTERS, order, strict=True)
    )
    return Exercise(marker, code, tuple(items))


def _shown(copy: str, samples: SampleSet, sample: SampleCopy, rubric: Rubric) -> Shown:
    tables = [
        section(
            table.title, answer_html(None, table.title, encode(pd.DataFrame(list(table.rows), columns=table.columns)))
        )
        for table in sample.tables
    ]
    html = "".join((note(samples.context), *tables, section("Texte remis", text_html(sample.text))))
    return Shown(f"{copy} : {rubric.title}", html, READY, (), rubric.for_markers)
