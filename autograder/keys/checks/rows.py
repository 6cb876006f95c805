"""Rules about the rows of a table: repeated, missing, in groups, treated."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice, product
from textwrap import shorten

from autograder.keys.cases import Case
from autograder.keys.checks.reading import count, is_blank, plain, share_in
from autograder.keys.checks.tables import column, filled_rows, label, place, rows, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class DistinctRows:
    """The filled cells of ``name`` are all different, whatever case and accents."""

    name: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that repeats an earlier one."""
        first: dict[str, int] = {}
        return [
            f"{place(row, self.name)} : elle répète la ligne {same}."
            for row, (cell,) in filled_rows(answer, self.name)
            if (same := first.setdefault(plain(cell), row)) != row
        ]


@dataclass(frozen=True)
class AtLeastDistinct:
    """The filled cells of ``name`` hold at least ``count`` different values, whatever case and accents."""

    name: str
    count: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when there are fewer."""
        found = len({plain(cell) for _, (cell,) in filled_rows(answer, self.name)})
        if found >= self.count:
            return []
        seen = f"{found} valeur{'s' if found > 1 else ''} différente{'s' if found > 1 else ''}"
        return [f"Colonne « {self.name} » : {seen} ; on en attend au moins {self.count}. Élargissez votre recherche."]


@dataclass(frozen=True)
class OneRowEach:
    """Each of ``labels`` is found exactly once in the column ``name``; other rows are welcome."""

    name: str
    labels: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per label that is missing or repeated."""
        found = [plain(cell) for cell in column(answer, self.name)]
        remarks = []
        for title in self.labels:
            times = found.count(plain(title))
            if times == 0:
                remarks.append(f"Colonne « {self.name} » : la ligne « {title} » manque.")
            elif times > 1:
                remarks.append(f"Colonne « {self.name} » : « {title} » figure {times} fois.")
        return remarks


@dataclass(frozen=True)
class HasEach:
    """Each of ``labels`` is in the column ``name`` of at least one row whose ``kind`` column says ``value``.

    Without ``labels``, one row of that kind is enough.
    """

    name: str
    kind: str
    value: str
    labels: tuple[str, ...] = ()

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per label that has no row of that kind."""
        pairs = zip(column(answer, self.name), column(answer, self.kind), strict=False)
        found = {plain(label) for label, kind in pairs if plain(kind) == plain(self.value)}
        if not self.labels:
            return [] if found else [f"Aucune ligne « {self.value} » : il en faut au moins une."]
        return [
            f"« {label} » : il manque une ligne « {self.value} »." for label in self.labels if plain(label) not in found
        ]


@dataclass(frozen=True)
class OnePerQuadrant:
    """Each of ``labels`` is in the column ``name`` of at least ``least`` rows."""

    name: str
    labels: tuple[str, ...]
    least: int = 3

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per label with too few rows."""
        found = [plain(cell) for cell in column(answer, self.name)]
        return [
            f"« {label} » : {count(found.count(plain(label)), 'ligne')} ; on en attend au moins {self.least}. "
            f"Ajoutez ce qui manque, ou relisez la colonne « {self.name} » des autres lignes."
            for label in self.labels
            if found.count(plain(label)) < self.least
        ]


_SAID = 5
"""Pairs named at most in each kind of remark: the learner mends some, then asks again."""


@dataclass(frozen=True)
class CompleteGrid:
    """Every pair of the values met in ``first`` and ``second`` has one row, and one only.

    At least ``least_first`` and ``least_second`` different values are met.
    """

    first: str
    second: str
    least_first: int = 1
    least_second: int = 1

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return what is missing or repeated; pairs are looked at when there are enough values."""
        titles: tuple[dict[str, str], dict[str, str]] = ({}, {})
        pairs: Counter[tuple[str, str]] = Counter()
        for _, cells in filled_rows(answer, self.first, self.second):
            for title, cell in zip(titles, cells, strict=True):
                title.setdefault(plain(cell), label(cell))
            pairs[plain(cells[0]), plain(cells[1])] += 1
        few = [
            f"Colonne « {name} » : {count(len(title), 'valeur')} ; on en attend au moins {least}. Ajoutez des lignes."
            for name, title, least in zip(
                (self.first, self.second), titles, (self.least_first, self.least_second), strict=True
            )
            if len(title) < least
        ]
        return few or self._pairs(titles, pairs)

    def _pairs(self, titles: tuple[dict[str, str], dict[str, str]], pairs: Counter[tuple[str, str]]) -> list[str]:
        def said(key: str, under: str) -> str:
            return f"« {titles[0][key]} » et « {titles[1][under]} »"

        # every pair is tried only while it is there: a table has few more pairs than rows before some are missing
        missing = islice((pair for pair in product(*titles) if pair not in pairs), _SAID)
        ranks = [{key: rank for rank, key in enumerate(title)} for title in titles]
        repeated = [pair for pair, times in pairs.items() if times > 1]
        twice = sorted(repeated, key=lambda pair: (ranks[0][pair[0]], ranks[1][pair[1]]))[:_SAID]
        return [f"{said(*pair)} : la ligne manque. Ajoutez-la." for pair in missing] + [
            f"{said(*pair)} : {pairs[pair]} lignes. Gardez-en une seule." for pair in twice
        ]


@dataclass(frozen=True)
class OrderedStages:
    """The column ``name`` holds exactly ``stages``, one row each, in that order."""

    name: str
    stages: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return what is missing, unknown or repeated; the order is looked at when all is there."""
        cells = [(row, cell) for row, cell in enumerate(column(answer, self.name), start=1) if not is_blank(cell)]
        found, expected = [plain(cell) for _, cell in cells], [plain(stage) for stage in self.stages]
        remarks = [
            f"L’étape « {stage} » manque. Ajoutez sa ligne, à sa place."
            for stage in self.stages
            if plain(stage) not in found
        ]
        remarks += [
            f"L’étape « {stage} » a {found.count(plain(stage))} lignes ; on en attend une seule."
            for stage in self.stages
            if found.count(plain(stage)) > 1
        ]
        remarks += [
            f"{place(row, self.name)} : {shown(cell)} n’est pas une des étapes demandées. Reprenez leur nom exact."
            for row, cell in cells
            if plain(cell) not in expected
        ]
        if remarks or found == expected:
            return remarks
        row, cell = next(pair for pair, stage in zip(cells, expected, strict=True) if plain(pair[1]) != stage)
        return [
            f"{place(row, self.name)} : {shown(cell)} n’est pas à sa place. "
            "Suivez l’ordre du parcours, du début à la fin."
        ]


@dataclass(frozen=True)
class SameForGroup:
    """The value of ``name`` is the same in all the rows that share their value of ``by``."""

    name: str
    by: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per group that holds several values."""
        first: dict[str, tuple[int, object]] = {}
        remarks: dict[str, str] = {}
        for row, (group, cell) in filled_rows(answer, self.by, self.name):
            start, kept = first.setdefault(plain(group), (row, cell))
            if not _alike(kept, cell):
                remarks.setdefault(
                    plain(group),
                    f"{shown(group)} : la colonne « {self.name} » dit {shown(kept)} à la ligne {start}, puis "
                    f"{shown(cell)} à la ligne {row}. Gardez une seule valeur pour toutes ses lignes.",
                )
        return list(remarks.values())


def _alike(one: object, other: object) -> bool:
    first, second = share_in(one), share_in(other)
    if first is None or second is None:
        return plain(one) == plain(other)
    return abs(first - second) < 1e-9


@dataclass(frozen=True)
class InternalExternal:
    """The cell ``origin`` (« interne », « externe ») agrees with the cell ``quadrant`` of its row."""

    quadrant: str
    origin: str
    internal: tuple[str, ...] = ("force", "faiblesse")
    external: tuple[str, ...] = ("opportunité", "menace")

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose two cells disagree; other words are left to other rules."""
        sides = dict.fromkeys(map(plain, self.internal), "interne") | dict.fromkeys(
            map(plain, self.external), "externe"
        )
        remarks = []
        for row, (quadrant, origin) in filled_rows(answer, self.quadrant, self.origin):
            side = sides.get(plain(quadrant))
            if side and plain(origin) in ("interne", "externe") and plain(origin) != side:
                remarks.append(
                    f"Ligne {row} : {shown(quadrant)} va avec une origine {side}, et vous avez écrit {shown(origin)}. "
                    "L’entreprise peut-elle changer ce fait seule ? Si oui, il est interne ; sinon, il est externe."
                )
        return remarks


@dataclass(frozen=True)
class Reciprocal:
    """In each row, ``first`` and ``second`` are both filled, and different; a row blank on both sides is left aside."""

    first: str
    second: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row with one side only, or the same words on both."""
        remarks = []
        for row, (one, other) in rows(answer, self.first, self.second):
            if is_blank(one) != is_blank(other):
                empty = self.first if is_blank(one) else self.second
                remarks.append(f"Ligne {row} : « {empty} » est vide. Dites ce que chacun apporte à l’autre.")
            elif not is_blank(one) and plain(one) == plain(other):
                remarks.append(
                    f"Ligne {row} : « {self.first} » et « {self.second} » disent la même chose. "
                    "Que donne chacun que l’autre n’a pas ?"
                )
        return remarks


@dataclass(frozen=True)
class TreatedWithReason:
    """In each row, ``status`` says ``kept`` or ``aside``; a row set aside has its ``reason``.

    ``name`` is the column that names the row. A blank status is left to other rules.
    """

    name: str
    status: str
    kept: str
    aside: str
    reason: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that is neither, and per row set aside without a reason."""
        remarks = []
        for row, (title, status, reason) in rows(answer, self.name, self.status, self.reason):
            where = f"Ligne {row}" if is_blank(title) else f"« {shorten(label(title), 60, placeholder='…')} »"
            if is_blank(status) or plain(status) == plain(self.kept):
                continue
            if plain(status) != plain(self.aside):
                remarks.append(
                    f"{where} : {shown(status)} dans « {self.status} » ; on attend « {self.kept} » ou « {self.aside} »."
                )
            elif is_blank(reason):
                remarks.append(
                    f"{where} : écarté sans motif. Dites pourquoi dans « {self.reason} », par un fait du cas."
                )
        return remarks
