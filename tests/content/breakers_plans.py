"""How to break each rule about days, tasks and people."""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
from breaking import UNKNOWN, Broken, breaks, cell, cells, each, put_all

from autograder.keys.cases import Case
from autograder.keys.checks.dates import (
    BeforeDeadline,
    DatedWithin,
    DateOrder,
    ValidDates,
    WithinLegalPeriod,
    WorkingDays,
    announces_sales,
    day_off,
    months_before,
    read_date,
    working_days,
)
from autograder.keys.checks.plans import Acyclic, AfterPredecessors, WithinCapacity
from autograder.keys.checks.reading import number_in, settle
from autograder.keys.checks.tables import by_plain, cited, column, ids_of, label, names_none

Table = pd.DataFrame
DAY = timedelta(1)


def days(table: Table, name: str) -> list[tuple[int, date]]:
    """Return the days of a column, with their row."""
    return [(row, day) for row, content in cells(table, name) if (day := read_date(content))]


def moved(table: Table, row: int, **to: date) -> Table:
    """Return the table with other days in one row, written ISO."""
    return put_all(table, row, {name: day.isoformat() for name, day in to.items()})


@breaks(ValidDates)
def write_a_day_that_does_not_exist(rule: ValidDates, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for row, changed in each(table, name, lambda content: "2027-02-31"):
            yield Broken(changed, f"Ligne {row + 1}, colonne « {name} » : « 2027-02-31 » ne se lit pas")


@breaks(DateOrder)
def end_before_the_start(rule: DateOrder, table: Table, case: Case) -> Iterator[Broken]:
    for row, end in days(table, rule.end):
        start = read_date(cell(table, row, rule.start))
        if start and start < end:
            yield Broken(moved(table, row, **{rule.start: end, rule.end: start}), f"Ligne {row + 1} : « {rule.end} »")
    for row, start in days(table, rule.start):
        earlier = list(working_days(start - 10 * DAY, start - DAY))[-1]
        yield Broken(moved(table, row, **{rule.end: earlier}), f"Ligne {row + 1} : « {rule.end} »")
    for row, end in days(table, rule.end):
        later = next(working_days(end + DAY, end + 10 * DAY))
        yield Broken(moved(table, row, **{rule.start: later}), f"Ligne {row + 1} : « {rule.end} »")


@breaks(WorkingDays)
def work_on_a_day_off(rule: WorkingDays, table: Table, case: Case) -> Iterator[Broken]:
    for way in (1, -1):
        for name in reversed(rule.names):
            for row, day in days(table, name):
                off = next(moment for k in range(1, 8) if day_off(moment := day + way * k * DAY))
                yield Broken(moved(table, row, **{name: off}), f"Ligne {row + 1}, colonne « {name} »")


@breaks(BeforeDeadline)
def miss_the_deadline(rule: BeforeDeadline, table: Table, case: Case) -> Iterator[Broken]:
    deadline = read_date(settle(rule.value, case))
    assert deadline
    late = next(working_days(deadline + DAY, deadline + 10 * DAY))
    for row, _ in reversed(days(table, rule.name)):
        yield Broken(moved(table, row, **{rule.name: late}), "dépasse l’échéance")


@breaks(DatedWithin)
def quote_an_old_source(rule: DatedWithin, table: Table, case: Case) -> Iterator[Broken]:
    today = read_date(rule.reference(case))
    assert today
    for row, _ in days(table, rule.name):
        old = months_before(today, rule.months + 3)
        yield Broken(moved(table, row, **{rule.name: old}), f"plus de {rule.months} mois")


@breaks(WithinLegalPeriod)
def call_anything_sales(rule: WithinLegalPeriod, table: Table, case: Case) -> Iterator[Broken]:
    for row, content in cells(table, rule.label):
        if not announces_sales(content):
            yield Broken(put_all(table, row, {rule.label: f"Soldes : {content}"}), "on sort des soldes légaux")
            yield Broken(put_all(table, row, {rule.label: "Soldes"}), "on sort des soldes légaux")
    for row, content in cells(table, rule.label):
        start, end = (read_date(cell(table, row, name)) for name in (rule.start, rule.end))
        if announces_sales(content) and start and end:
            for shift in (28, -28, 56, 91):
                later = {rule.start: start + shift * DAY, rule.end: end + shift * DAY}
                yield Broken(moved(table, row, **later), "on sort des soldes légaux")


@breaks(Acyclic)
def wait_for_an_unknown_task(rule: Acyclic, table: Table, case: Case) -> Iterator[Broken]:
    for row, changed in each(table, rule.predecessors, lambda content: f"{label(content)}, {UNKNOWN}"):
        if not names_none(cell(table, row, rule.predecessors)):
            yield Broken(changed, f"« {UNKNOWN} » n’est pas dans la colonne « {rule.task} »")


@breaks(Acyclic, "AfterPredecessors RankedAfter", "in a ring, one at least starts before what it waits for")
def wait_in_a_ring(rule: Acyclic, table: Table, case: Case) -> Iterator[Broken]:
    tasks = column(table, rule.task)
    for row, content in cells(table, rule.predecessors):
        for before in cited(content, by_plain(ids_of(tasks)))[0]:
            first = [label(task) for task in tasks].index(before)
            waits = cell(table, first, rule.predecessors)
            more = label(tasks[row]) if names_none(waits) else f"{label(waits)}, {label(tasks[row])}"
            yield Broken(put_all(table, first, {rule.predecessors: more}), "s’attendent en rond")


@breaks(AfterPredecessors)
def start_too_early(rule: AfterPredecessors, table: Table, case: Case) -> Iterator[Broken]:
    ends = days(table, rule.end)
    for row, start in days(table, rule.start):
        waits = cell(table, row, rule.predecessors)
        for other, end in ends:
            if other != row and end >= start:
                task = label(cell(table, other, rule.task))
                more = task if names_none(waits) else f"{label(waits)}, {task}"
                yield Broken(put_all(table, row, {rule.predecessors: more}), f"alors que « {task} »")
    for row, start in days(table, rule.start):
        earlier = list(working_days(start - 10 * DAY, start - DAY))[-1]
        yield Broken(moved(table, row, **{rule.start: earlier}), "elle commence le")


@breaks(WithinCapacity, "Recomputed", "a load that the case gives cannot be another one")
def ask_too_much(rule: WithinCapacity, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.load, lambda content: (number_in(content) or 1) * 10):
        yield Broken(changed, "de surcharge")


@breaks(WithinCapacity, "Recomputed", "a load that the case gives is a number")
def ask_in_words(rule: WithinCapacity, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.load, lambda content: "beaucoup"):
        yield Broken(changed, "« beaucoup » n’est pas un nombre d’heures")
