"""How to break the rules that only assessment E2 uses."""

from collections.abc import Iterator

import pandas as pd
from breaking import Broken, breaks, cells, each, put_all, share_value, without

from autograder.keys.cases import Case
from autograder.keys.checks.reading import number_in, plain
from autograder.keys.questions.e2_performance import budget, levers
from autograder.keys.questions.e2_performance.budget_tables import (
    BudgetDecided,
    CashFollows,
    HiddenCostsFound,
    LowUnderHigh,
    TotalsOfTheData,
)
from autograder.keys.questions.e2_performance.ecarts_tables import (
    FiguresRecomputed,
    LargeVariancesTreated,
    SameLever,
    SenseOfVariance,
)
from casestudies.prevision import forecast

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
        other = next(lever for lever in levers.LEVERS if plain(lever) != plain(content))
        yield Broken(put_all(table, row, {"levier_action": other}), "l’action porte sur un autre levier")


@breaks(HiddenCostsFound)
def forget_a_hidden_cost(rule: HiddenCostsFound, table: Table, case: Case) -> Iterator[Broken]:
    hidden = table.index[(table["nature"] == "coût caché") & (table["levier"] == budget.LEDGER_LEVER)]
    for row in hidden:
        yield Broken(table.drop(index=row).reset_index(drop=True), "une ligne pour chacun")


@breaks(HiddenCostsFound)
def miscount_a_hidden_cost(rule: HiddenCostsFound, table: Table, case: Case) -> Iterator[Broken]:
    changed = table.copy()
    hidden = (changed["nature"] == "coût caché") & (changed["levier"] == budget.LEDGER_LEVER)
    changed.loc[hidden, "montant_ht"] = changed.loc[hidden, "montant_ht"].astype(float) * 1.2
    yield Broken(changed, "leur total n’est pas celui du journal")


@breaks(LowUnderHigh)
def swap_the_cases(rule: LowUnderHigh, table: Table, case: Case) -> Iterator[Broken]:
    rate = float(case.table("hypotheses").set_index("cle")["valeur"]["taux_mcv"])
    changed = table.copy()
    low, high = changed["ca_bas_ht"].copy(), changed["ca_haut_ht"].copy()
    changed["ca_bas_ht"], changed["ca_haut_ht"] = high, low
    for name, before, after in (("bas", low, high), ("haut", high, low)):
        changed[f"tresorerie_{name}_ht"] = changed[f"tresorerie_{name}_ht"] + ((after - before) * rate).cumsum()
    yield Broken(changed, "le cas bas dépasse le cas haut")


@breaks(CashFollows)
def miscount_the_cash(rule: CashFollows, table: Table, case: Case) -> Iterator[Broken]:
    changed = table.copy()
    name = f"tresorerie_{rule.case_name}_ht"
    changed[name] = changed[name].astype(float) + 1000
    yield Broken(changed, f"Trésorerie du cas {rule.case_name}")


@breaks(BudgetDecided)
def decide_nothing(rule: BudgetDecided, table: Table, case: Case) -> Iterator[Broken]:
    tables = {name: case.table(name) for name in ("budget", "ventes_jour", "hypotheses")}
    renewed = forecast(tables, {}, -0.1, 0.08)
    yield Broken(renewed[list(table.columns)], "presque reconduit")
