"""How to break the rule about evidence that says what it is cited for."""

from collections.abc import Iterator

import pandas as pd
from breaking import UNKNOWN, Broken, breaks, cells, put_all

from autograder.keys.cases import Case
from autograder.keys.checks.evidence import EvidenceSupports
from autograder.keys.checks.tables import records

Table = pd.DataFrame


@breaks(EvidenceSupports)
def cite_what_says_something_else(rule: EvidenceSupports, table: Table, case: Case) -> Iterator[Broken]:
    for row, content in cells(table, rule.name):
        words = f"Ligne {row + 1}, colonne « {rule.name} » : « {UNKNOWN} » n’est pas {rule.what}"
        yield Broken(put_all(table, row, {rule.name: f"{content}, {UNKNOWN}"}), words)


@breaks(EvidenceSupports)
def cite_too_little(rule: EvidenceSupports, table: Table, case: Case) -> Iterator[Broken]:
    rows = records(table)
    for row, _ in cells(table, rule.name):
        known = rule.supporting(case, rows[row])
        if known and rule.least > 1:  # a blank cell is left to another rule
            few = ", ".join(list(known)[: rule.least - 1])
            yield Broken(put_all(table, row, {rule.name: few}), "preuves différentes")
