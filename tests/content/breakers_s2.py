"""How to break the rules of E1’s notebook 02."""

from collections.abc import Iterator

import pandas as pd
from breaking import Broken, breaks, cells, put_all

from autograder.keys.cases import Case
from autograder.keys.checks.evidence import CrossedKinds


@breaks(CrossedKinds)
def cross_other_rows(rule: CrossedKinds, table: pd.DataFrame, case: Case) -> Iterator[Broken]:
    for row, _ in cells(table, rule.ids):
        for other, content in cells(table, rule.ids):
            if row != other:
                yield Broken(put_all(table, row, {rule.ids: content}), "et rien d’autre. Relisez les lignes citées")
