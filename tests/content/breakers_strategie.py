"""How to break the rules of a strategy: cells asked for in some rows, ranks, targets, useful budgets."""

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd
from breaking import Broken, breaks, cell, cells, put_all, swapped

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import StartAndTarget
from autograder.keys.checks.plans import RankedAfter, RankedByDate
from autograder.keys.questions.e1_strategie import strategie_leviers as facts
from autograder.keys.questions.e1_strategie.strategie_leviers_tables import UsefulBudget

Table = pd.DataFrame


@breaks(RankedAfter)
def depend_on_what_comes_later(rule: RankedAfter, table: Table, case: Case) -> Iterator[Broken]:
    for row, label in cells(table, rule.name):
        for _, other in cells(table, rule.name):
            if other != label:
                yield Broken(put_all(table, row, {rule.predecessors: other}), f"« {label} » dépend de « {other} »")


@breaks(RankedByDate)
def start_in_another_order(rule: RankedByDate, table: Table, case: Case) -> Iterator[Broken]:
    ranked = [row for row, _ in cells(table, rule.rank)]
    for one, other in pairwise(ranked):
        if cell(table, one, rule.date) != cell(table, other, rule.date):
            yield Broken(swapped(table, one, other, rule.date), "commence le")


@breaks(StartAndTarget)
def aim_at_where_one_is(rule: StartAndTarget, table: Table, case: Case) -> Iterator[Broken]:
    for row, start in cells(table, rule.start):
        yield Broken(put_all(table, row, {rule.target: start}), "sont égales")


@breaks(StartAndTarget)
def aim_in_words(rule: StartAndTarget, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, rule.target):
        yield Broken(put_all(table, row, {rule.target: "beaucoup"}), "deux nombres")


@breaks(UsefulBudget)
def starve_a_lever(rule: UsefulBudget, table: Table, case: Case) -> Iterator[Broken]:
    for row, lever in cells(table, "levier"):
        known = facts.IN_TABLES.get(str(lever))
        if known:
            budget = facts.bounds(case)[known][0] / 2
            clients = facts.curves(case)[known].clients(budget)
            yield Broken(
                put_all(table, row, {"budget_ht": budget, "clients_prévus": clients}), "sous le budget minimal"
            )
