"""Rule: a column shows enough variety."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.tables import filled_rows
from casestudies.answers import Value


@dataclass(frozen=True)
class AtLeastDistinct:
    """The filled cells of ``name`` hold at least ``count`` different values, whatever case and accents."""

    name: str
    count: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when there are fewer."""
        found = len({plain(cell) for _, (cell,) in filled_rows(answer, self.name)})
        if found >= self.count:
            return []
        seen = f"{found} valeur{'s' if found > 1 else ''} différente{'s' if found > 1 else ''}"
        return [f"Colonne « {self.name} » : {seen} ; on en attend au moins {self.count}. Élargissez votre recherche."]
