"""Rule: the values of a table of indicators are those that the tables of the case give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.numbers import read_number, same
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column
from casestudies.answers import Scalar, Value

RATE_UNITS = ("%", "proportion")
"""How the unit of a rate may be written: « % » for 2.4, « proportion » for 0.024."""

_RATE_STEP = 0.0001
"""A rate may be rounded to a hundredth of a per cent."""


@dataclass(frozen=True)
class Indicator:
    """The value of one indicator in two windows; a rate is a proportion."""

    before: float
    after: float
    is_rate: bool = False


def read_cell(cell: object, unit: object) -> float | None:
    """Return the number of a cell in the unit of its row, per cents as a proportion; None when it is not a number.

    >>> read_cell("2,4 %", "%"), read_cell(2.4, "%"), read_cell(0.024, "proportion")
    (0.024, 0.024, 0.024)
    """
    read = read_number(cell) if isinstance(cell, Scalar) else None
    if read is None:
        return None
    return read.value / 100 if read.suffix == "%" or plain(unit) == "%" else read.value


@dataclass(frozen=True)
class IndicatorValues:
    """Where a row is labelled by a known indicator, its cells ``before`` and ``after`` hold the right values."""

    label: str
    unit: str
    before: str
    after: str
    values: Callable[[Case], Mapping[str, Indicator]]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per value to review, never the value expected."""
        expected = {plain(label): (label, indicator) for label, indicator in case.once(self.values).items()}
        labels, units = column(answer, self.label), column(answer, self.unit)
        remarks: list[str] = []
        for name in (self.before, self.after):
            for label, unit, cell in zip(labels, units, column(answer, name), strict=False):
                if plain(label) not in expected or is_blank(cell):
                    continue
                title, indicator = expected[plain(label)]
                right = indicator.before if name == self.before else indicator.after
                given = read_cell(cell, unit)
                if given is None:
                    remarks.append(self._say(title, name, "on attend un nombre."))
                elif not same(given, right, _RATE_STEP if indicator.is_rate else 1.0 if abs(right) > 100 else 0.0):
                    remarks.append(self._say(title, name, "la valeur n’est pas celle que donnent vos tables."))
        return remarks

    def _say(self, title: str, name: str, words: str) -> str:
        return f"Ligne «\u00a0{title}\u00a0», colonne «\u00a0{name}\u00a0»\u00a0: {words}"
