"""How to break the rules of E4’s third notebook: presence counted, a person named, too many slides, too much time."""

import re
from collections.abc import Iterator

import pandas as pd
from breaking import Broken, again, breaks, cells, each, put_all

from autograder.keys.cases import Case
from autograder.keys.questions.e4_equipe.evaluer_defendre_tables import (
    ExactlyRows,
    NobodyNamed,
    NoWatching,
    OwnFigure,
    TimeKept,
)

Table = pd.DataFrame


@breaks(NoWatching)
def count_connections(rule: NoWatching, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for _, broken in each(table, name, lambda cell: f"{cell} et temps de connexion"):
            yield Broken(broken, "compte une présence")


@breaks(NoWatching)
def rank_people(rule: NoWatching, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for _, broken in each(table, name, lambda cell: f"{cell}, en classement individuel"):
            yield Broken(broken, "classe des personnes")


@breaks(NoWatching)
def point_at_somebody(rule: NoWatching, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for _, broken in each(table, name, lambda cell: f"{cell} de P07"):
            yield Broken(broken, "désigne une personne")


@breaks(ExactlyRows)
def add_a_slide(rule: ExactlyRows, table: Table, case: Case) -> Iterator[Broken]:
    for row, seconds in cells(table, "secondes"):
        shorter = put_all(table, row, {"secondes": float(seconds) / 2})
        yield Broken(again(shorter, row, message="Une diapositive de plus, pour conclure"), "on en attend")


@breaks(OwnFigure)
def quote_no_figure(rule: OwnFigure, table: Table | str, case: Case) -> Iterator[Broken]:
    if isinstance(table, str):
        yield Broken(re.sub(r"\d+", "99123", table), "chiffre(s) de votre dossier")
        return
    bare = table
    for row, _ in cells(table, rule.name):
        bare = put_all(bare, row, {rule.name: "table tickets"})
    yield Broken(bare, "un chiffre de votre dossier")


@breaks(TimeKept)
def talk_too_long(rule: TimeKept, table: Table, case: Case) -> Iterator[Broken]:
    longer = table
    for row, _ in cells(table, rule.name):
        longer = put_all(longer, row, {rule.name: 75})
    yield Broken(longer, "secondes en tout")


@breaks(TimeKept)
def talk_too_short(rule: TimeKept, table: Table, case: Case) -> Iterator[Broken]:
    shorter = table
    for row, _ in cells(table, rule.name):
        shorter = put_all(shorter, row, {rule.name: 45})
    yield Broken(shorter, "au moins sur")


@breaks(NobodyNamed)
def name_somebody_aloud(rule: NobodyNamed, answer: Table | str, case: Case) -> Iterator[Broken]:
    if isinstance(answer, str):
        yield Broken(f"{answer.rstrip()} Demandez à p07.", "désigne une personne")
        return
    for name in rule.names:
        for _, broken in each(answer, name, lambda cell: f"{cell}, P07"):
            yield Broken(broken, "parlez d’équipes")
