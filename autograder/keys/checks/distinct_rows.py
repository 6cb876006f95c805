"""Rule: no row says again what another row says."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column
from casestudies.answers import Value


@dataclass(frozen=True)
class DistinctRows:
    """The filled cells of ``name`` are all different, whatever case and accents."""

    name: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that repeats an earlier one."""
        first: dict[str, int] = {}
        remarks = []
        for row, cell in enumerate(column(answer, self.name), start=1):
            if is_blank(cell):
                continue
            same = first.setdefault(plain(cell), row)
            if same != row:
                remarks.append(f"Ligne {row}, colonne «\u00a0{self.name}\u00a0»\u00a0: elle répète la ligne {same}.")
        return remarks
