"""How to break each rule about groups, weights, scores, ranks and recomputed figures."""

from collections.abc import Iterator

import pandas as pd
from breaking import Broken, breaks, cell, cells, each, put_all, share_value, swapped, without

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import (
    CoherentChange,
    IndicatorValues,
    Recomputed,
    WeightedScores,
    WeightsSumToOne,
    WithinRange,
)
from autograder.keys.checks.budgets import BudgetWithin
from autograder.keys.checks.plans import Permutation, Precedes
from autograder.keys.checks.reading import number_in, plain, settle, share_in
from autograder.keys.checks.rows import CompleteGrid, InternalExternal, OnePerQuadrant, SameForGroup

Table = pd.DataFrame
WORD = "beaucoup"


@breaks(OnePerQuadrant, "Columns CrossedKinds", "a row less is missing, a row moved is wrong there")
def leave_a_quadrant_thin(rule: OnePerQuadrant, table: Table, case: Case) -> Iterator[Broken]:
    for title in rule.labels:
        rows = [row for row, content in cells(table, rule.name) if plain(content) == plain(title)]
        words = f"« {title} » : "
        for other in rule.labels:
            if other != title:
                changed = table
                for row in rows[rule.least - 1 :]:
                    changed = put_all(changed, row, {rule.name: other})
                yield Broken(changed, words)
        yield Broken(without(table, rows[rule.least - 1 :]), words)
        renamed = table
        for row in rows[rule.least - 1 :]:
            renamed = put_all(renamed, row, {rule.name: "Un tout autre titre"})
        yield Broken(renamed, words)


@breaks(InternalExternal)
def mistake_the_side(rule: InternalExternal, table: Table, case: Case) -> Iterator[Broken]:
    quadrants = cells(table, rule.quadrant)
    sides = dict.fromkeys(map(plain, rule.internal), "interne") | dict.fromkeys(map(plain, rule.external), "externe")
    for one, first in quadrants:
        for other, second in quadrants:
            if one < other and sides.get(plain(first)) != sides.get(plain(second)):
                yield Broken(swapped(table, one, other, rule.quadrant), "va avec une origine")
    for row, content in cells(table, rule.origin):
        opposite = "externe" if plain(content) == "interne" else "interne"
        yield Broken(put_all(table, row, {rule.origin: opposite}), f"vous avez écrit « {opposite} »")


@breaks(WeightsSumToOne, "WeightedScores", "another weight gives another score")
def weigh_too_little(rule: WeightsSumToOne, table: Table, case: Case) -> Iterator[Broken]:
    for row, content in reversed(cells(table, rule.name)):
        yield Broken(put_all(table, row, {rule.name: round((share_in(content) or 0) / 2, 4)}), "on attend 1")
    for rows in share_value(table):
        yield Broken(without(table, rows), "on attend 1")
    lighter = table
    for row, content in cells(table, rule.name):
        lighter = put_all(lighter, row, {rule.name: round((share_in(content) or 0) * 0.8, 4)})
    yield Broken(lighter, "on attend 1")


@breaks(SameForGroup, "WeightedScores WeightsSumToOne", "another weight gives another score and another sum")
def change_within_a_group(rule: SameForGroup, table: Table, case: Case) -> Iterator[Broken]:
    filled = cells(table, rule.name)
    for one, first in filled:
        for other, second in filled:
            if one < other and plain(first) != plain(second):
                yield Broken(swapped(table, one, other, rule.name), f"la colonne « {rule.name} » dit")
    for row, content in filled:
        number = number_in(content)
        other_value: object = "autre chose" if number is None else number * 1.1
        yield Broken(put_all(table, row, {rule.name: other_value}), f"la colonne « {rule.name} » dit")


@breaks(CompleteGrid, "Columns SameForGroup WeightsSumToOne", "a pair less is a row and a weight less")
def leave_a_hole(rule: CompleteGrid, table: Table, case: Case) -> Iterator[Broken]:
    for row in range(len(table)):
        yield Broken(without(table, [row]), "la ligne manque")
    for name in (rule.second, rule.first):
        for row, content in cells(table, name):
            yield Broken(put_all(table, row, {name: f"{content} bis"}), "la ligne manque")


@breaks(WithinRange, "Recomputed WeightedScores", "a note off the scale is another note, and gives another score")
def leave_the_scale(rule: WithinRange, table: Table, case: Case) -> Iterator[Broken]:
    low, high = settle(rule.low, case), settle(rule.high, case)
    for number in (high + 1, low - 1, high * 2 + 1):
        for _, changed in each(table, rule.name, lambda content, number=number: number):
            yield Broken(changed, f"colonne « {rule.name} »")


@breaks(WithinRange, "Recomputed", "a note that the case gives is a number")
def write_no_number(rule: WithinRange, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.name, lambda content: WORD):
        yield Broken(changed, f"« {WORD} » n’est pas un nombre")


@breaks(WeightedScores)
def multiply_badly(rule: WeightedScores, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.score, lambda content: (number_in(content) or 0) + 0.3):
        yield Broken(changed, "n’est pas le produit")


@breaks(Recomputed)
def compute_badly(rule: Recomputed, table: Table, case: Case) -> Iterator[Broken]:
    for factor, more in ((1.1, 0.0), (0.9, 0.0), (1.0, 1.0), (1.0, -1.0), (1.3, 1.0)):
        for _, changed in each(table, rule.name, lambda content, f=factor, m=more: (number_in(content) or 0) * f + m):
            yield Broken(changed, f"On attend {rule.what}")


@breaks(Permutation)
def tie_two_ranks(rule: Permutation, table: Table, case: Case) -> Iterator[Broken]:
    filled = [(row, content) for row, content in cells(table, rule.name) if number_in(content) is not None]
    for one, first in filled:
        for other, second in filled:
            if one < other and first != second:
                yield Broken(put_all(table, other, {rule.name: first}), "une fois chacun")
                yield Broken(put_all(table, one, {rule.name: second}), "une fois chacun")
    for row, _ in filled:
        yield Broken(put_all(table, row, {rule.name: len(table) + 3}), "une fois chacun")


@breaks(Precedes, "RankedAfter RankedByDate", "what must come first also starts first")
def put_the_cart_before_the_horse(rule: Precedes, table: Table, case: Case) -> Iterator[Broken]:
    rows = {plain(content): row for row, content in cells(table, rule.name)}
    first, then = rows.get(plain(rule.first)), rows.get(plain(rule.then))
    words = f"« {rule.first} » a le rang"
    if first is None or then is None:
        return
    yield Broken(swapped(table, first, then, rule.name), words)
    for row in range(len(table)):
        yield Broken(swapped(table, first, row, rule.name), words)
        yield Broken(swapped(table, then, row, rule.name), words)
    for row, _ in cells(table, rule.rank):
        yield Broken(swapped(table, first, row, rule.rank), words)
        yield Broken(swapped(table, then, row, rule.rank), words)


@breaks(BudgetWithin, "Recomputed", "an amount that the case gives cannot be another one")
def spend_too_much(rule: BudgetWithin, table: Table, case: Case) -> Iterator[Broken]:
    most = settle(rule.value, case)
    for row, content in cells(table, rule.name):
        total = sum(number_in(amount) or 0 for _, amount in cells(table, rule.name))
        more = (number_in(content) or 0) + most - total + 1000
        yield Broken(put_all(table, row, {rule.name: more}), "dépasse le plafond")


@breaks(BudgetWithin, "Recomputed", "an amount that the case gives is a number")
def write_no_amount(rule: BudgetWithin, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.name, lambda content: WORD):
        yield Broken(changed, f"« {WORD} » n’est pas un montant")


@breaks(BudgetWithin, "Recomputed", "an amount that the case gives cannot be another one")
def earn_by_spending(rule: BudgetWithin, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.name, lambda content: -100):
        yield Broken(changed, "est au-dessous de zéro")


@breaks(IndicatorValues)
def scale_both_values(rule: IndicatorValues, table: Table, case: Case) -> Iterator[Broken]:
    for row, before in cells(table, rule.before):
        numbers = {rule.before: number_in(before), rule.after: number_in(cell(table, row, rule.after))}
        if None not in numbers.values():
            scaled = {name: number * 1.05 for name, number in numbers.items() if number is not None}
            yield Broken(put_all(table, row, scaled), "la valeur n’est pas celle que donnent vos tables")


@breaks(IndicatorValues)
def write_no_value(rule: IndicatorValues, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.before, lambda content: WORD):
        yield Broken(changed, f"colonne « {rule.before} » : on attend un nombre")


@breaks(CoherentChange)
def change_otherwise(rule: CoherentChange, table: Table, case: Case) -> Iterator[Broken]:
    for _, changed in each(table, rule.change, lambda content: 999):
        yield Broken(changed, f"colonne « {rule.change} » : elle ne se déduit pas")
