"""How to break the rules on the range: a product unknown or left out, a loss unexplained, an element not served."""

from collections.abc import Iterator

import pandas as pd
from breaking import UNKNOWN, Broken, again, breaks, cell, cells, put_all

from autograder.keys.cases import Case
from autograder.keys.checks.reading import plain
from autograder.keys.checks.tables import Row
from autograder.keys.questions.e3_plan_operationnel import gamme as facts
from autograder.keys.questions.e3_plan_operationnel.gamme_tables import (
    CommitteeAnswered,
    EveryElementServed,
    KnownProduct,
    LossExplained,
    gain_of,
)

Table = pd.DataFrame


def moved(table: Table, case: Case, row: int, product: str, decision: str) -> Table:
    """Return the table where a row is about another product, or decides otherwise, its gain computed again."""
    gain = gain_of(case, Row({"produit_id": product, "decision": decision}))
    return put_all(table, row, {"produit_id": product, "décision": decision, "gain_ht": gain})


@breaks(KnownProduct)
def add_an_unknown_product(rule: KnownProduct, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "produit_id"):
        yield Broken(again(table, row, produit_id=UNKNOWN), "n’est pas une référence de la gamme")


@breaks(CommitteeAnswered)
def forget_a_product_of_the_committee(rule: CommitteeAnswered, table: Table, case: Case) -> Iterator[Broken]:
    for row, product in cells(table, "produit_id"):
        if plain(product) in map(plain, case.fact(facts.targeted)):
            for decision in ("maintenir", "supprimer"):
                yield Broken(moved(table, case, row, "LIT06", decision), "n’a pas sa ligne")


@breaks(LossExplained)
def lose_without_a_word(rule: LossExplained, table: Table, case: Case) -> Iterator[Broken]:
    for row, product in cells(table, "produit_id"):
        for decision in ("maintenir", "supprimer", "améliorer"):
            yield Broken(moved(table, case, row, str(product), decision), "fait baisser le résultat")


@breaks(EveryElementServed)
def serve_one_element_twice(rule: EveryElementServed, table: Table, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, "element_id"):
        other = cell(table, (row + 1) % len(table), "element_id")
        yield Broken(put_all(table, row, {"element_id": other}), "n’est pas suivi")
