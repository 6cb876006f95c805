"""Rule: nobody is asked for more hours than there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import count, in_french, number_in
from autograder.keys.checks.choice import plain
from autograder.keys.checks.dates import read_date, say_date, working_days
from autograder.keys.checks.tables import filled_rows, label, place, shown
from casestudies.answers import Value

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
            f"{in_french(over[who, days[0]], 1)} h, et {in_french(there, 1)} h sont disponibles. "
            "Décalez une tâche, allongez-la, ou confiez-la à quelqu’un d’autre."
        )
