"""How to break the rules of E1’s notebook 05."""

from collections.abc import Iterator

import pandas as pd
from breaking import Broken, breaks, cells, each, without

from autograder.keys.cases import Case
from autograder.keys.checks.reading import plain
from autograder.keys.questions.e1_strategie import partenariats as facts
from autograder.keys.questions.e1_strategie.partenariats_tables import LargestFileTreated, NoCompetitor

Table = pd.DataFrame


@breaks(NoCompetitor)
def choose_a_competitor(rule: NoCompetitor, table: Table, case: Case) -> Iterator[Broken]:
    sectors = case.fact(facts.directory)["secteur"]
    for competitor in sectors.index[sectors == facts.COMPETITORS]:
        for _, changed in each(table, rule.name, lambda content, name=competitor: name):
            yield Broken(changed, f"« {competitor} » fabrique des isolants")


@breaks(LargestFileTreated, "Columns", "a table may have just the least of rows")
def leave_the_favourite_out(rule: LargestFileTreated, table: Table, case: Case) -> Iterator[Broken]:
    largest = case.fact(facts.roles).largest_file
    rows = [row for row, content in cells(table, rule.name) if plain(content) == plain(largest)]
    yield Broken(without(table, rows), "n’a pas de ligne")
    for other in case.table("clients_haches")["structure_id"].unique():
        if other != largest:
            changed = table
            for row in rows:
                changed = changed.copy()
                changed.iat[row, list(map(plain, table.columns)).index(plain(rule.name))] = other
            yield Broken(changed, "n’a pas de ligne")
