"""Rule: the table has the announced columns, and enough rows."""

from dataclasses import dataclass

from autograder.cases import Case
from autograder.checks.choice import plain
from casestudies.answers import Value


@dataclass(frozen=True)
class Columns:
    """Every name of ``names`` is a column, whatever the order; there are at least ``rows`` rows."""

    names: tuple[str, ...]
    rows: int = 1

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return the missing columns, and what is missing in rows."""
        present = {plain(name) for name in answer.columns}  # type: ignore[union-attr]
        missing = [f"La colonne « {name} » manque." for name in self.names if plain(name) not in present]
        if len(answer) < self.rows:  # type: ignore[arg-type]
            missing.append(f"Il faut au moins {self.rows} lignes ; le tableau en compte {len(answer)}.")  # type: ignore[arg-type]
        return missing
