"""Rule: each change agrees with the two values of its row, in points for a rate, relative otherwise."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.indicator_values import RATE_UNITS, read_cell
from autograder.keys.checks.numbers import read_number, same
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column
from autograder.keys.metrics import change, points
from casestudies.answers import Scalar, Value

_RELATIVE_STEP = 0.001
"""A relative change may be rounded to a tenth of a per cent."""
_POINTS_STEP = 0.02
"""Points may be taken from rates already rounded to a hundredth."""


@dataclass(frozen=True)
class CoherentChange:
    """The cell ``change`` follows from the cells ``before`` and ``after`` of its row, right or wrong.

    A wrong value is thus said once, by the rule about values.
    """

    label: str
    before: str
    after: str
    unit: str
    change: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per change to review."""
        names = (self.label, self.unit, self.before, self.after, self.change)
        rows = zip(*(column(answer, name) for name in names), strict=False)
        remarks = []
        for number, (label, unit, before, after, given) in enumerate(rows, start=1):
            if is_blank(given):
                continue
            words = self._judge(unit, read_cell(before, unit), read_cell(after, unit), given)
            if words:
                title = str(label)[:40] if label else number
                remarks.append(f"Ligne «\u00a0{title}\u00a0», colonne «\u00a0{self.change}\u00a0»\u00a0: {words}")
        return remarks

    def _judge(self, unit: object, before: float | None, after: float | None, given: object) -> str:
        read = read_number(given) if isinstance(given, Scalar) else None
        if read is None:
            return "on attend un nombre."
        if before is None or after is None or before == 0:
            return ""
        if plain(unit) in RATE_UNITS:
            if read.suffix == "%":
                return "l’écart entre deux taux se donne en points."
            agrees = same(read.value, points(before, after), _POINTS_STEP)
        else:
            value = read.value / 100 if read.suffix == "%" else read.value
            agrees = same(value, change(before, after), _RELATIVE_STEP)
        return "" if agrees else "elle ne se déduit pas de vos valeurs d’avant et d’après."
