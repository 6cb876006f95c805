"""How to break the rules of the roadmap and its axes: an objective without action, a crowd, a word that is bare."""

from collections.abc import Iterator
from datetime import timedelta

import pandas as pd
from breaking import UNKNOWN, Broken, breaks, cells, put, put_all

from autograder.keys.cases import Case
from autograder.keys.questions.e3_plan_operationnel.feuille_de_route_tables import (
    HelpersApart,
    ObjectivesServed,
    OfficialTargets,
    PlainClaims,
    TwoAtOnce,
    WithinProject,
    objectives,
)

Table = pd.DataFrame


@breaks(ObjectivesServed)
def serve_an_unknown_objective(rule: ObjectivesServed, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "objectif"):
        yield Broken(put(table, row, objectif=UNKNOWN), "n’est pas un objectif")


@breaks(ObjectivesServed)
def serve_one_objective_only(rule: ObjectivesServed, table: Table, case: Case) -> Iterator[Broken]:
    kept, left = case.fact(objectives)
    alone = table
    for row, _ in cells(table, "objectif"):
        alone = put(alone, row, objectif=kept)
    yield Broken(alone, f"aucune action ne sert « {left} »")


@breaks(HelpersApart)
def help_oneself(rule: HelpersApart, table: Table, case: Case) -> Iterator[Broken]:
    for row, owner in cells(table, "responsable"):
        yield Broken(put(table, row, collaborateurs=owner), "est déjà responsable")


@breaks(HelpersApart)
def call_everybody(rule: HelpersApart, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "collaborateurs"):
        yield Broken(put(table, row, collaborateurs="toute l’équipe"), "n’est pas un rôle")


@breaks(WithinProject)
def end_after_the_day_promised(rule: WithinProject, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in reversed(cells(table, "duree_jours")):
        yield Broken(put(table, row, duree_jours=60), "après le jour promis")


@breaks(WithinProject)
def begin_too_early(rule: WithinProject, table: Table, case: Case) -> Iterator[Broken]:
    before = case.period("lancement").debut - timedelta(3)
    yield Broken(put(table, 0, debut=before.isoformat()), "précède le premier jour")


@breaks(TwoAtOnce)
def give_everything_to_one_role(rule: TwoAtOnce, table: Table, case: Case) -> Iterator[Broken]:
    busy = table
    for row, _ in cells(table, "responsable"):
        busy = put_all(busy, row, {"responsable": "Contenus", "collaborateurs": "aucun", "duree_jours": 1})
    for day in {str(day) for _, day in cells(table, "debut")}:
        crowd = busy
        for row, _ in cells(table, "debut"):
            crowd = put(crowd, row, debut=day)
        yield Broken(crowd, "répond de plus de 2 actions")


@breaks(OfficialTargets)
def cite_a_target_that_is_not(rule: OfficialTargets, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "cible_odd"):
        yield Broken(put(table, row, cible_odd="12.99"), "n’est pas une cible")


@breaks(OfficialTargets)
def stay_with_one_goal(rule: OfficialTargets, table: Table, case: Case) -> Iterator[Broken]:
    same = table
    for row, target in zip(range(len(table)), ("12.2", "12.5", "12.8"), strict=False):
        same = put(same, row, cible_odd=target)
    yield Broken(same, "1 objectif(s) seulement")


@breaks(PlainClaims)
def promise_without_measure(rule: PlainClaims, table: Table, case: Case) -> Iterator[Broken]:
    for name in rule.names:
        for row, text in cells(table, name):
            yield Broken(put_all(table, row, {name: f"{text}, respectueux de l’environnement"}), "ne se prouve pas")
