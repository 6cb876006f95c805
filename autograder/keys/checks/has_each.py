"""Rule: among the rows of one kind, each announced label is found at least once."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.tables import column
from casestudies.answers import Value


@dataclass(frozen=True)
class HasEach:
    """Each of ``labels`` is in the column ``name`` of at least one row whose ``kind`` column says ``value``.

    Without ``labels``, one row of that kind is enough.
    """

    name: str
    kind: str
    value: str
    labels: tuple[str, ...] = ()

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per label that has no row of that kind."""
        pairs = zip(column(answer, self.name), column(answer, self.kind), strict=False)
        found = {plain(label) for label, kind in pairs if plain(kind) == plain(self.value)}
        if not self.labels:
            return [] if found else [f"Aucune ligne «\u00a0{self.value}\u00a0»\u00a0: il en faut au moins une."]
        return [
            f"«\u00a0{label}\u00a0»\u00a0: il manque une ligne «\u00a0{self.value}\u00a0»."
            for label in self.labels
            if plain(label) not in found
        ]
