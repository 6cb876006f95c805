"""How to break the rules of E1’s notebook 04."""

from collections.abc import Iterator
from datetime import timedelta

import pandas as pd
from breaking import Broken, breaks, cell, cells, each, put_all

from autograder.keys.cases import Case
from autograder.keys.checks.dates import LeadTime, SortedBy, read_date
from autograder.keys.checks.reading import plain
from autograder.keys.checks.tables import label
from autograder.keys.questions.e1_strategie.calendrier_rules import (
    CriticalInAlert,
    DoneByAble,
    FileNameAgrees,
    InYear,
    LinksKept,
)

Table = pd.DataFrame


@breaks(InYear)
def mistake_the_year(rule: InYear, table: Table, case: Case) -> Iterator[Broken]:
    for years in (1, -1):
        for name in reversed(rule.names):
            for row, content in cells(table, name):
                day = read_date(content)
                if day:
                    other = (day + timedelta(365 * years)).isoformat()
                    yield Broken(put_all(table, row, {name: other}), f"n’est pas en {rule.year}")


@breaks(LeadTime)
def begin_too_late(rule: LeadTime, table: Table, case: Case) -> Iterator[Broken]:
    for row, content in cells(table, rule.then):
        day = read_date(content)
        if day:
            late = (day - timedelta(max(rule.days - 1, 0))).isoformat()
            yield Broken(put_all(table, row, {rule.first: late}), f"il en faut au moins {rule.days}")


@breaks(SortedBy)
def disorder_the_rows(rule: SortedBy, table: Table, case: Case) -> Iterator[Broken]:
    for row in range(len(table) - 1):
        order = [*range(row), row + 1, row, *range(row + 2, len(table))]
        if cell(table, row, rule.name) != cell(table, row + 1, rule.name):
            yield Broken(table.iloc[order].reset_index(drop=True), "revient en arrière")


@breaks(LinksKept)
def lose_a_link(rule: LinksKept, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, "prédécesseurs", lambda content: ", ".join(label(content).split(",")[1:])):
        yield Broken(changed, "a disparu")


@breaks(DoneByAble)
def give_a_task_to_anybody(rule: DoneByAble, table: Table, case: Case) -> Iterator[Broken]:
    for role in dict.fromkeys(content for _, content in cells(table, "rôle")):
        for _, changed in each(table, "rôle", lambda content, role=role: role):
            yield Broken(changed, "n’est ni le rôle prévu ni son suppléant")
    for _, changed in each(table, "rôle", lambda content: "Stagiaire"):
        yield Broken(changed, "n’est ni le rôle prévu ni son suppléant")


@breaks(CriticalInAlert)
def miss_an_alert(rule: CriticalInAlert, table: Table, case: Case) -> Iterator[Broken]:
    states = cells(table, "état")
    calm = next(content for _, content in states if plain(content) != "alerte")
    for row, content in states:
        if plain(content) == "alerte":
            yield Broken(put_all(table, row, {"état": calm}), "1 tâche(s) du chemin critique sans alerte")


@breaks(CriticalInAlert)
def alert_for_nothing(rule: CriticalInAlert, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, "état", lambda content: "alerte"):
        yield Broken(changed, "0 tâche(s) du chemin critique sans alerte, 1 alerte(s) en dehors")


@breaks(FileNameAgrees)
def forget_the_version(rule: FileNameAgrees, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, "version", lambda content: "v99"):
        yield Broken(changed, "ne dit pas la même date ou la même version")
