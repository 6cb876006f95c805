"""Rules about plans: ranks, dependencies between tasks, hours available."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from autograder.keys.cases import Case
from autograder.keys.checks.dates import read_date, say_date, working_days
from autograder.keys.checks.reading import count, is_blank, number_in, plain
from autograder.keys.checks.tables import by_plain, cited, column, filled_rows, ids_of, label, place, rows, shown
from casestudies.answers import Value
from casestudies.french import short_number


@dataclass(frozen=True)
class Permutation:
    """The ranks in ``name`` are 1 to n, once each.

    With ``status``, only the rows where it says ``kept`` are ranked, and each of them is; without, blanks are left to
    other rules.
    """

    name: str
    status: str = ""
    kept: str = ""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no rank, or else one about the whole."""
        remarks, ranks = [], []
        for row, cell in self._ranked(answer):
            number = number_in(cell)
            if number is None or number < 1 or not number.is_integer():
                seen = "le rang manque" if is_blank(cell) else f"{shown(cell)} n’est pas un rang"
                remarks.append(
                    f"{place(row, self.name)} : {seen}. Écrivez 1 pour la première ligne, 2 pour la suivante…"
                )
            else:
                ranks.append(int(number))
        if remarks or sorted(ranks) == list(range(1, len(ranks) + 1)):
            return remarks
        seen = ", ".join(str(rank) for rank in sorted(ranks)[:20])
        return [
            f"Colonne « {self.name} » : vos rangs sont {seen} ; on attend de 1 à {len(ranks)}, une fois chacun. "
            "Départagez les ex æquo et comblez les trous."
        ]

    def _ranked(self, answer: Value) -> list[tuple[int, object]]:
        cells = list(enumerate(column(answer, self.name), start=1))
        if not self.status:
            return [(row, cell) for row, cell in cells if not is_blank(cell)]
        said = column(answer, self.status)
        return [
            (row, cell) for (row, cell), status in zip(cells, said, strict=False) if plain(status) == plain(self.kept)
        ]


def _ranks(answer: Value, name: str, rank: str) -> list[tuple[str, float]]:
    """Return the label, written plainly, and the rank of each row that has both."""
    return [
        (plain(title), number)
        for _, (title, cell) in filled_rows(answer, name, rank)
        if (number := number_in(cell)) is not None
    ]


@dataclass(frozen=True)
class Precedes:
    """The row whose ``name`` is ``first`` ranks before, or with, the one whose ``name`` is ``then``, when both do."""

    name: str
    rank: str
    first: str
    then: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the order is the other way."""
        ranks = dict(reversed(_ranks(answer, self.name, self.rank)))  # where a row is repeated, the first counts
        first, then = ranks.get(plain(self.first)), ranks.get(plain(self.then))
        if first is None or then is None or first <= then:
            return []
        return [
            f"« {self.first} » a le rang {short_number(first)}, après « {self.then} » (rang {short_number(then)}). "
            "Lequel des deux a besoin de l’autre pour commencer ? Revoyez leur ordre."
        ]


@dataclass(frozen=True)
class RankedAfter:
    """Each row of ``name`` has a higher ``rank`` than the rows that its ``predecessors`` cite, when both are ranked."""

    name: str
    rank: str
    predecessors: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per pair in the other order."""
        known = by_plain(ids_of(column(answer, self.name)))
        ranks = dict(_ranks(answer, self.name, self.rank))
        remarks = []
        for _, (title, cell) in filled_rows(answer, self.name, self.predecessors):
            own = ranks.get(plain(title))
            for first in cited(cell, known)[0]:
                before = ranks.get(plain(first))
                if own is not None and before is not None and before >= own:
                    remarks.append(
                        f"« {title} » dépend de « {first} », mais son rang ({short_number(own)}) n’est pas après "
                        f"({short_number(before)}). Revoyez leur ordre, ou la dépendance."
                    )
        return remarks


@dataclass(frozen=True)
class RankedByDate:
    """From one rank of ``rank`` to the next, the day of ``date`` never goes back; two may start on the same day."""

    rank: str
    date: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per pair of neighbours in the other order."""
        ranked = sorted(
            (number, day)
            for _, (cell, moment) in filled_rows(answer, self.rank, self.date)
            if (number := number_in(cell)) is not None and (day := read_date(moment))
        )
        return [
            f"Le rang {short_number(after)} commence le {say_date(late)}, avant le rang {short_number(before)} "
            f"({say_date(early)}). Accordez « {self.rank} » et « {self.date} »."
            for (before, early), (after, late) in pairwise(ranked)
            if late < early and after > before
        ]


@dataclass(frozen=True)
class Acyclic:
    """Each id of ``predecessors`` is one of ``task``, and no task waits for itself through the others."""

    task: str
    predecessors: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per unknown predecessor, and one that names a cycle."""
        known = by_plain(ids_of(column(answer, self.task)))
        remarks, waits = [], {}
        for row, (task, cell) in rows(answer, self.task, self.predecessors):
            found, unknown = cited(cell, known)
            waits[label(task)] = found
            if unknown:
                remarks.append(
                    f"{place(row, self.predecessors)} : {shown(unknown[0])} n’est pas dans la colonne « {self.task} ». "
                    "Citez des tâches du tableau, séparées par des virgules."
                )
        loop = find_cycle(waits)
        if loop:
            named = loop if len(loop) <= 10 else [*loop[:5], "…", *loop[-4:]]
            remarks.append(
                f"Des tâches s’attendent en rond : {' → '.join(named)}. Aucune ne peut commencer : "
                "quel lien est de trop ?"
            )
        return remarks


def find_cycle(waits: Mapping[str, list[str]]) -> list[str]:
    """Return one cycle of a graph, its first task again at the end; nothing when there is none.

    >>> find_cycle({"A": ["B"], "B": ["C"], "C": ["B"]})
    ['B', 'C', 'B']
    """
    left = {task: list(after) for task, after in waits.items()}
    done: set[str] = set()
    for start in waits:
        path, places = [start], {start: 0}
        while path:
            after = left.get(path[-1], [])
            if not after:
                places.pop(path[-1])
                done.add(path.pop())
                continue
            following = after.pop()
            if following in places:
                return [*path[places[following] :], following]
            if following not in done:
                places[following] = len(path)
                path.append(following)
    return []


@dataclass(frozen=True)
class AfterPredecessors:
    """No task starts before the day that follows the end of its predecessors: both ends are days of work."""

    task: str
    start: str
    end: str
    predecessors: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per task that starts too early; unreadable days and ids are left to other rules."""
        known = by_plain(ids_of(column(answer, self.task)))
        ends = {label(task): read_date(end) for _, (task, end) in rows(answer, self.task, self.end)}
        remarks = []
        for row, (task, start, cell) in rows(answer, self.task, self.start, self.predecessors):
            begins = read_date(start)
            if begins is None:
                continue
            late = [(day, name) for name in cited(cell, known)[0] if (day := ends.get(name)) and day >= begins]
            if late:
                day, name = max(late)
                remarks.append(
                    f"Ligne {row}, « {label(task)} » : elle commence le {say_date(begins)}, alors que « {name} », "
                    f"qu’elle attend, finit le {say_date(day)}. Faites-la commencer après."
                )
        return remarks


Capacity = Mapping[tuple[str, str], float]
"""Hours available by (resource, ISO day); a day without an entry has none."""


@dataclass(frozen=True)
class WithinCapacity:
    """The hours asked of each resource never exceed those it has on that day.

    The ``load`` of a task, in hours, is spread evenly over the working days from ``start`` to ``end`` when its
    ``resource`` is there. Resources that ``capacity(case)`` does not know are left to other rules.
    """

    start: str
    end: str
    load: str
    resource: str
    capacity: Callable[[Case], Capacity]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per load that is no number, per task without a day of presence, per resource overloaded."""
        hours = {(plain(who), day): float(number) for (who, day), number in self.capacity(case).items()}
        known = {who for who, _ in hours}
        asked: dict[tuple[str, date], float] = {}
        titles: dict[str, str] = {}
        remarks = []
        for row, (first, last, load, resource) in filled_rows(answer, self.start, self.end, self.load, self.resource):
            start, end, number, who = read_date(first), read_date(last), number_in(load), plain(resource)
            if number is None:
                remarks.append(f"{place(row, self.load)} : {shown(load)} n’est pas un nombre d’heures.")
            elif start is not None and end is not None and start <= end and who in known:
                titles.setdefault(who, label(resource))
                days = [day for day in working_days(start, end) if hours.get((who, day.isoformat()), 0.0) > 0]
                if not days and number > 0:
                    remarks.append(f"Ligne {row} : {shown(resource)} n’est là aucun jour de cette tâche. Déplacez-la.")
                for day in days:
                    asked[who, day] = asked.get((who, day), 0.0) + number / len(days)
        over = {key: load for key, load in asked.items() if load > hours[key[0], key[1].isoformat()] + 0.01}
        return remarks + [self._say(who, titles[who], over, hours) for who in dict.fromkeys(who for who, _ in over)]

    def _say(self, who: str, title: str, over: Mapping[tuple[str, date], float], hours: Capacity) -> str:
        days = sorted(day for name, day in over if name == who)
        there = hours[who, days[0].isoformat()]
        return (
            f"« {title} » : {count(len(days), 'jour')} de surcharge. Le {say_date(days[0])}, vous demandez "
            f"{short_number(over[who, days[0]], 1)} h, et {short_number(there, 1)} h sont disponibles. "
            "Décalez une tâche, allongez-la, ou confiez-la à quelqu’un d’autre."
        )
