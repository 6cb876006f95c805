"""Rules about the numbers of a table: scales, weights and scores, targets, figures that the case gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.reading import (
    Known,
    ReadNumber,
    is_blank,
    number_in,
    plain,
    read_number,
    same,
    settle,
    share_in,
)
from autograder.keys.checks.tables import Row, column, faults, filled_records, filled_rows, label, place, shown
from autograder.keys.metrics import change, points
from casestudies.answers import Value
from casestudies.french import short_number


@dataclass(frozen=True)
class WithinRange:
    """Each filled cell of ``name`` is a number from ``low`` to ``high``, both included."""

    name: str
    low: Known[float]
    high: Known[float]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no number or is off the scale."""
        low, high = settle(self.low, case), settle(self.high, case)
        scale = f"on attend un nombre de {short_number(low)} à {short_number(high)}"

        def fault(cell: object) -> str:
            number = number_in(cell)
            if number is None:
                return f"{shown(cell)} n’est pas un nombre ; {scale}."
            return "" if low <= number <= high else f"{shown(cell)} ; {scale}. Relisez l’échelle, puis l’unité."

        return faults(answer, fault, self.name)


_SUM_TOLERANCE = 0.005 + 1e-9


@dataclass(frozen=True)
class WeightsSumToOne:
    """The filled weights of ``name`` sum to 1, in each group of the column ``by`` when there is one.

    « 25 % » counts for 0.25.
    """

    name: str
    by: str = ""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no number, then one per group whose sum differs."""
        cells = column(answer, self.name)
        groups = column(answer, self.by) if self.by else [""] * len(cells)
        remarks: list[str] = []
        sums: dict[str, float] = {}
        titles: dict[str, str] = {}
        unread: set[str] = set()
        for row, (group, cell) in enumerate(zip(groups, cells, strict=False), start=1):
            if is_blank(cell) or (self.by and is_blank(group)):
                continue
            titles.setdefault(plain(group), label(group))
            share = share_in(cell)
            if share is None:
                unread.add(plain(group))
                remarks.append(
                    f"{place(row, self.name)} : {shown(cell)} n’est pas un nombre. Écrivez par exemple 0,25."
                )
            else:
                sums[plain(group)] = sums.get(plain(group), 0.0) + share
        off = [group for group, total in sums.items() if group not in unread and abs(total - 1) > _SUM_TOLERANCE]
        return remarks + [self._say(titles[group], sums[group]) for group in off]

    def _say(self, group: str, total: float) -> str:
        whose = f" de « {group} »" if group else ""
        return (
            f"Colonne « {self.name} » : les poids{whose} font {short_number(total, 3)} au total ; on attend 1. "
            "Répartissez de nouveau l’importance entre les lignes."
        )


_SCORE_TOLERANCE = 0.01 + 1e-9


@dataclass(frozen=True)
class WeightedScores:
    """In each row, ``score`` is ``weight`` × ``note``, to the nearest hundredth; a weight may be in per cent."""

    weight: str
    note: str
    score: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per score to review; weights and notes that are no numbers are left to other rules."""
        remarks = []
        for row, (weight, note, score) in filled_rows(answer, self.weight, self.note, self.score):
            share, mark, given = share_in(weight), number_in(note), number_in(score)
            if given is None:
                remarks.append(f"{place(row, self.score)} : {shown(score)} n’est pas un nombre.")
            elif share is not None and mark is not None and abs(share * mark - given) > _SCORE_TOLERANCE:
                remarks.append(
                    f"{place(row, self.score)} : {shown(score)} n’est pas le produit de « {self.weight} » par "
                    f"« {self.note} ». Refaites la multiplication de cette ligne."
                )
        return remarks


@dataclass(frozen=True)
class StartAndTarget:
    """``start`` and ``target`` are numbers, and different; blanks are left to other rules."""

    start: str
    target: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose values are no numbers or do not move."""
        remarks = []
        for row, cells in filled_rows(answer, self.start, self.target):
            start, target = (share_in(cell) for cell in cells)
            if start is None or target is None:
                remarks.append(
                    f"Ligne {row} : « {self.start} » et « {self.target} » doivent être deux nombres, sans texte autour."
                )
            elif start == target:
                remarks.append(
                    f"Ligne {row} : « {self.start} » et « {self.target} » sont égales. Que voulez-vous faire changer ?"
                )
        return remarks


_SMALL = 1e-6


@dataclass(frozen=True)
class Recomputed:
    """Each filled cell of ``name`` is what ``expected`` computes for its row, within ``tolerance`` or ``step``.

    ``tolerance`` is relative; ``step``, in the unit of the column, is for values that come near zero.

    ``expected(case, row)`` finds the cells of the row whatever case and accents of their names; it returns None for a
    row that is not concerned. ``what`` says in French what the column holds. The right value is never said.
    """

    name: str
    expected: Callable[[Case, Row], float | None]
    what: str
    tolerance: float = 0.005
    step: float = 0.0

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no number or differs."""
        remarks = []
        for row, cell, record in filled_records(answer, self.name):
            right = self._expected(case, record)
            if right is None:
                continue
            read = read_number(cell)
            if read is None:
                remarks.append(f"{place(row, self.name)} : {shown(cell)} n’est pas un nombre ; on attend {self.what}.")
            elif not self._agrees(read, right):
                remarks.append(
                    f"{place(row, self.name)} : {shown(cell)} n’est pas ce que donnent vos tables. "
                    f"On attend {self.what} : refaites ce calcul pour cette ligne."
                )
        return remarks

    def _expected(self, case: Case, record: Row) -> float | None:
        try:
            return self.expected(case, record)
        except (ArithmeticError, LookupError, TypeError, ValueError):  # a strange cell elsewhere in the row
            return None

    def _agrees(self, read: ReadNumber, right: float) -> bool:
        return any(
            abs(value - right) <= max(self.tolerance * abs(right), self.step, _SMALL)
            for value in (read.value, read.share)
        )


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
    read = read_number(cell)
    if read is None:
        return None
    return read.value / 100 if plain(unit) == "%" else read.share


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
            for given_label, unit, cell in zip(labels, units, column(answer, name), strict=False):
                if plain(given_label) not in expected or is_blank(cell):
                    continue
                title, indicator = expected[plain(given_label)]
                right = indicator.before if name == self.before else indicator.after
                given = read_cell(cell, unit)
                if given is None:
                    remarks.append(self._say(title, name, "on attend un nombre."))
                elif not same(given, right, _RATE_STEP if indicator.is_rate else 1.0 if abs(right) > 100 else 0.0):
                    remarks.append(self._say(title, name, "la valeur n’est pas celle que donnent vos tables."))
        return remarks

    def _say(self, title: str, name: str, words: str) -> str:
        return f"Ligne « {title} », colonne « {name} » : {words}"


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
        for number, (name, unit, before, after, given) in enumerate(rows, start=1):
            if is_blank(given):
                continue
            words = self._judge(unit, read_cell(before, unit), read_cell(after, unit), given)
            if words:
                title = str(name)[:40] if name else number
                remarks.append(f"Ligne « {title} », colonne « {self.change} » : {words}")
        return remarks

    def _judge(self, unit: object, before: float | None, after: float | None, given: object) -> str:
        read = read_number(given)
        if read is None:
            return "on attend un nombre."
        if before is None or after is None or before == 0:
            return ""
        if plain(unit) in RATE_UNITS:
            if read.suffix == "%":
                return "l’écart entre deux taux se donne en points."
            agrees = same(read.value, points(before, after), _POINTS_STEP)
        else:
            agrees = same(read.share, change(before, after), _RELATIVE_STEP)
        return "" if agrees else "elle ne se déduit pas de vos valeurs d’avant et d’après."
