"""Rule: the table has the announced columns, and enough rows."""

from dataclasses import dataclass

import pandas as pd

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from casestudies.answers import Value


@dataclass(frozen=True)
class Columns:
    """Every name of ``names`` is a column, whatever the order; there are at least ``rows`` rows."""

    names: tuple[str, ...]
    rows: int = 1

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return the missing columns, and what is missing in rows."""
        assert isinstance(answer, pd.DataFrame)
        missing = [f"La colonne « {name} » manque." for name in self.missing(answer)]
        if len(answer) < self.rows:
            missing.append(f"Il faut au moins {self.rows} lignes ; le tableau en compte {len(answer)}.")
        return missing

    def missing(self, table: pd.DataFrame) -> list[str]:
        """Return the names that ``table`` lacks."""
        present = {plain(name) for name in table.columns}
        return [name for name in self.names if plain(name) not in present]
