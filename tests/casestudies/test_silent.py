"""Slips that Python accepts in silence: which are seen, and what is left alone."""

import pandas as pd
import pytest

from casestudies.silent import MAX_SEEN, MAX_SOURCE, looked_at, slips

ORDERS = pd.DataFrame({"statut": ["payée", "annulée"], "qte": [1, 2], "jour": pd.to_datetime(["2026-01-05"] * 2)})

LEFT_ALONE = (
    "taux = 0.5",
    "a, b = 1, 2",
    "couple = (1,2)",
    "rangs = [1,2]",
    "triple = 1,2,3",
    "annee = 2026 - 1",
    "part = 3 / 4 / 5",
    "def f(a: int) -> int:\n    b: int = 3\n    return a",
    'p = table[table["statut"] == "payée"]',
    'p = table[table["qte"] == 3]',
    'p = table[table["absente"] == "x"]',
    'p = autre[autre["statut"] == "x"]',
    'p = vide[vide["statut"] == "x"]',
    'vrai = "payee" == "payée"',
    "table.shape",
    "colonne = table.statut",
    "x = (",
    "",
)


@pytest.mark.parametrize("source", LEFT_ALONE)
def test_what_is_right_is_left_alone(source: str) -> None:
    names = {"table": ORDERS, "vide": ORDERS[:0], "autre": 3, "colonne": ORDERS.statut}
    assert slips(source, names, names) == ()


def test_a_word_is_looked_for_in_the_table_as_it_was_and_as_it_is() -> None:
    source = 'table = table[table["statut"] == "payee"]'
    (seen,) = slips(source, looked_at(source, {"table": ORDERS, "n": 1}), {"table": ORDERS[:0]})
    assert "« payée »" in seen.said.tries[0]
    source = 'table = table[table["statut"] == "payée"]\nn = (table["statut"] == "annulée").sum()'
    assert slips(source, looked_at(source, {"table": ORDERS}), {"table": ORDERS[:1]}) == ()


def test_the_values_of_a_column_are_listed_when_none_is_close() -> None:
    (seen,) = slips('table[table.statut == "web"]', {}, {"table": ORDERS})
    assert "« payée », « annulée »" in seen.said.tries[-1]


def test_the_line_is_that_of_the_slip() -> None:
    (seen,) = slips("x = 1\n\ntaux = 12,5  # pour cent", {}, {})
    assert (seen.number, seen.line) == (3, "taux = 12,5  # pour cent")


def test_few_are_said_and_a_huge_cell_is_not_read() -> None:
    assert len(slips("\n".join(["t = 0,5"] * 9), {}, {})) == MAX_SEEN
    assert slips("t = 0,5\n" * MAX_SOURCE, {}, {}) == ()
    assert slips("(" * 9000 + ")" * 9000, {}, {}) == ()
