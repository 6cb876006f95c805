"""Rule: ranks follow each other, from 1, without a gap or a tie."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import number_in
from autograder.keys.checks.choice import plain
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column, place, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class Permutation:
    """The ranks in ``name`` are 1 to n, once each.

    With ``status``, only the rows where it says ``kept`` are ranked, and each of them is; without, blanks are left to
    other rules.
    """

    name: str
    status: str = ""
    kept: str = ""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no rank, or else one about the whole."""
        remarks, ranks = [], []
        for row, cell in self._ranked(answer):
            number = number_in(cell)
            if number is None or number < 1 or not number.is_integer():
                seen = "le rang manque" if is_blank(cell) else f"{shown(cell)} n’est pas un rang"
                remarks.append(
                    f"{place(row, self.name)} : {seen}. Écrivez 1 pour la première ligne, 2 pour la suivante…"
                )
            else:
                ranks.append(int(number))
        if remarks or sorted(ranks) == list(range(1, len(ranks) + 1)):
            return remarks
        seen = ", ".join(str(rank) for rank in sorted(ranks)[:20])
        return [
            f"Colonne « {self.name} » : vos rangs sont {seen} ; on attend de 1 à {len(ranks)}, une fois chacun. "
            "Départagez les ex æquo et comblez les trous."
        ]

    def _ranked(self, answer: Value) -> list[tuple[int, object]]:
        cells = list(enumerate(column(answer, self.name), start=1))
        if not self.status:
            return [(row, cell) for row, cell in cells if not is_blank(cell)]
        said = column(answer, self.status)
        return [
            (row, cell) for (row, cell), status in zip(cells, said, strict=False) if plain(status) == plain(self.kept)
        ]
