"""How to break the rules of E1’s notebooks 04 and 05."""

from collections.abc import Iterator
from datetime import timedelta

import pandas as pd
from breaking import Broken, breaks, cell, cells, each, put_all, without

from autograder.keys.cases import Case
from autograder.keys.checks.dates import LeadTime, SortedBy, read_date
from autograder.keys.checks.reading import plain
from autograder.keys.checks.tables import label
from autograder.keys.questions.e1_strategie.calendrier_rules import InYear, RoleThere, ServesPeriods, absences
from autograder.keys.questions.e1_strategie.planning_rules import (
    BreachesListed,
    CriticalInAlert,
    DoneByAble,
    FileNameAgrees,
    FollowsCharter,
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


@breaks(RoleThere)
def publish_on_leave(rule: RoleThere, table: Table, case: Case) -> Iterator[Broken]:
    away = sorted(absences(case), key=lambda one: one[1])
    for row, role in cells(table, rule.role):
        for one, day in away:
            if one == plain(role):
                yield Broken(put_all(table, row, {rule.day: day.isoformat()}), "est absent (")


@breaks(ServesPeriods)
def announce_nothing(rule: ServesPeriods, table: Table, case: Case) -> Iterator[Broken]:
    days = [row for row, _ in cells(table, rule.day)]
    for row in days:
        late = [
            (other, f"2027-12-{day:02d}")
            for other, day in zip(range(row, len(days)), (1, 2, 3, 6, 7, 8, 9), strict=False)
        ]
        changed = table
        for other, day in late:
            changed = put_all(changed, other, {rule.day: day})
        yield Broken(changed, "Aucun contenu n’annonce")
    for row in days:
        yield Broken(without(table, {row}), "Aucun contenu n’annonce")


@breaks(BreachesListed)
def accuse_what_is_sound(rule: BreachesListed, table: Table, case: Case) -> Iterator[Broken]:
    given = {label(content) for _, content in cells(table, rule.name)}
    for mark in (f"L{rank:02d}" for rank in range(1, 17)):
        if mark not in given:
            for _, changed in each(table, rule.name, lambda content, mark=mark: mark):
                yield Broken(changed, "1 écart(s) à trouver encore, 1 élément(s) cité(s) à tort")


@breaks(FollowsCharter)
def correct_in_another_form(rule: FollowsCharter, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.correction, lambda content: "?"):
        yield Broken(changed, "ne suit pas encore la charte")
