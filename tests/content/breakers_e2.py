"""How to break the rules that only assessment E2 uses."""

from collections.abc import Iterator

import pandas as pd
from breaking import Broken, breaks, cells, each, put_all, share_value, without

from autograder.keys.cases import Case
from autograder.keys.checks.reading import number_in, plain
from autograder.keys.questions.e2_performance import budget_roi as budget
from autograder.keys.questions.e2_performance.budget_roi_tables import (
    FiguresRecomputed,
    LargeVariancesTreated,
    SameLever,
    SenseOfVariance,
    TotalsOfTheData,
)

Table = pd.DataFrame


@breaks(TotalsOfTheData)
def miss_a_total(rule: TotalsOfTheData, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, "montant_ht", lambda content: (number_in(content) or 0) * 1.3):
        yield Broken(changed, "le total ne se retrouve pas")


@breaks(TotalsOfTheData)
def write_no_amount(rule: TotalsOfTheData, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, "montant_ht", lambda content: "beaucoup"):
        yield Broken(changed, "un montant n’est pas un nombre")


@breaks(LargeVariancesTreated)
def leave_a_variance_untreated(rule: LargeVariancesTreated, table: Table, case: Case) -> Iterator[Broken]:
    for rows in share_value(table):
        yield Broken(without(table, rows), "aucune ligne ne le traite")


@breaks(FiguresRecomputed)
def miscopy_a_figure(rule: FiguresRecomputed, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, "réel", lambda content: (number_in(content) or 0) * 1.1):
        yield Broken(changed, "colonne « réel » : ce n’est pas ce que donnent les données")


@breaks(FiguresRecomputed)
def write_no_figure(rule: FiguresRecomputed, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, "écart", lambda content: "beaucoup"):
        yield Broken(changed, "colonne « écart » : ce n’est pas ce que donnent les données")


@breaks(SenseOfVariance)
def judge_the_other_way(rule: SenseOfVariance, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, "F/D", lambda content: "D" if plain(content) == "f" else "F"):
        yield Broken(changed, "relisez le sens")


@breaks(SameLever)
def act_on_another_lever(rule: SameLever, table: Table, case: Case) -> Iterator[Broken]:
    for row, content in cells(table, "levier"):
        other = next(lever for lever in budget.LEVERS if plain(lever) != plain(content))
        yield Broken(put_all(table, row, {"levier_action": other}), "l’action porte sur un autre levier")
