"""Rule: the stages of a path are all there, in their order."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.spoken import is_blank
from autograder.keys.checks.tables import column, place, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class OrderedStages:
    """The column ``name`` holds exactly ``stages``, one row each, in that order."""

    name: str
    stages: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return what is missing, unknown or repeated; the order is looked at when all is there."""
        cells = [(row, cell) for row, cell in enumerate(column(answer, self.name), start=1) if not is_blank(cell)]
        found, expected = [plain(cell) for _, cell in cells], [plain(stage) for stage in self.stages]
        remarks = [
            f"L’étape « {stage} » manque. Ajoutez sa ligne, à sa place."
            for stage in self.stages
            if plain(stage) not in found
        ]
        remarks += [
            f"L’étape « {stage} » a {found.count(plain(stage))} lignes ; on en attend une seule."
            for stage in self.stages
            if found.count(plain(stage)) > 1
        ]
        remarks += [
            f"{place(row, self.name)} : {shown(cell)} n’est pas une des étapes demandées. Reprenez leur nom exact."
            for row, cell in cells
            if plain(cell) not in expected
        ]
        if remarks or found == expected:
            return remarks
        row, cell = next(pair for pair, stage in zip(cells, expected, strict=True) if plain(pair[1]) != stage)
        return [
            f"{place(row, self.name)} : {shown(cell)} n’est pas à sa place. "
            "Suivez l’ordre du parcours, du début à la fin."
        ]
