"""How to break the rules of the price sheet: a price out of its zone, no strategy kept, a price that does not hold."""

from collections.abc import Iterator

import pandas as pd
from breaking import Broken, breaks, cells, put_all

from autograder.keys.cases import Case
from autograder.keys.checks.reading import plain
from autograder.keys.questions.e3_plan_operationnel import prix as facts
from autograder.keys.questions.e3_plan_operationnel.prix_tables import KeptPriceHolds, OneKept, PriceInZone, market

Table = pd.DataFrame


def priced(table: Table, case: Case, row: int, price: float) -> Table:
    """Return the sheet with another price in a row, its gap and its margin computed again."""
    known = case.fact(facts.costs)
    gap = 100 * (price / case.fact(market) - 1)
    return put_all(
        table,
        row,
        {"prix_ttc": price, "écart_pourcent": gap, "marge_unitaire_ht": price / (1 + known.vat) - known.variable},
    )


@breaks(PriceInZone)
def price_between_two_zones(rule: PriceInZone, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "prix_ttc"):
        yield Broken(priced(table, case, row, 1.10 * case.fact(market)), "n’est pas dans la zone")


@breaks(OneKept)
def keep_nothing(rule: OneKept, table: Table, case: Case) -> Iterator[Broken]:
    for row, decision in cells(table, "décision"):
        if plain(decision) == "retenue":
            yield Broken(put_all(table, row, {"décision": "écartée"}), "aucune n’est retenue")


@breaks(OneKept)
def keep_two(rule: OneKept, table: Table, case: Case) -> Iterator[Broken]:
    for row, decision in cells(table, "décision"):
        if plain(decision) != "retenue":
            yield Broken(put_all(table, row, {"décision": "retenue"}), "2 sont retenues")


@breaks(KeptPriceHolds)
def keep_a_price_that_nobody_pays(rule: KeptPriceHolds, table: Table, case: Case) -> Iterator[Broken]:
    for row, decision in cells(table, "décision"):
        if plain(decision) != "retenue":
            keep = put_all(table, row, {"décision": "retenue"})
            for other, kept in cells(table, "décision"):
                if plain(kept) == "retenue":
                    keep = put_all(keep, other, {"décision": "écartée"})
            dear = 1.05 * case.fact(facts.acceptable)["PME"]
            yield Broken(priced(keep, case, row, dear), "au-dessus du PME")
    for row, decision in cells(table, "décision"):
        if plain(decision) == "retenue":
            yield Broken(priced(table, case, row, 1.05 * case.fact(facts.acceptable)["PME"]), "au-dessus du PME")
