"""Rule: the value of a column is one of those that suit the label of its row."""

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column
from casestudies.answers import Value


@dataclass(frozen=True)
class AllowedFor:
    """In a row labelled ``label``, the cell of ``name`` is one of ``values[label]``, whatever case and accents."""

    label: str
    name: str
    values: Mapping[str, tuple[str, ...]]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row with another value; unknown labels and empty cells are left to other rules."""
        known = {plain(label): (label, values) for label, values in self.values.items()}
        remarks = []
        for label, cell in zip(column(answer, self.label), column(answer, self.name), strict=False):
            if plain(label) not in known or is_blank(cell):
                continue
            title, values = known[plain(label)]
            if plain(cell) not in {plain(value) for value in values}:
                listed = " ou ".join(f"«\u00a0{value}\u00a0»" for value in values)
                remarks.append(
                    f"Ligne «\u00a0{title}\u00a0», colonne «\u00a0{self.name}\u00a0»\u00a0: "
                    f"on attend {listed}, vous avez écrit «\u00a0{str(cell)[:40]}\u00a0»."
                )
        return remarks
