"""How far a marker's levels are from the agreed ones: pure figures, and the sentence that sums them up."""

from dataclasses import dataclass
from statistics import fmean

from casestudies.french import french_number

LEANING = 0.5
"""From this mean gap on, in levels, a marker leans to one side; below, the gaps make up for each other."""


@dataclass(frozen=True)
class Gap:
    """One sample: what was given, what was agreed, and the reason."""

    copy: str
    title: str
    given: int
    agreed: int
    reason: str

    @property
    def levels(self) -> int:
        """How many levels above (more than 0) or below (less than 0) the agreed one."""
        return self.given - self.agreed


@dataclass(frozen=True)
class CalibrationVerdict:
    """What an exercise says of a marker, on the samples of one criterion or of several."""

    gaps: tuple[Gap, ...]

    @property
    def distance(self) -> float:
        """The mean gap, in levels, whatever its side."""
        return fmean(abs(gap.levels) for gap in self.gaps)

    @property
    def severity(self) -> float:
        """The mean gap with its side, in levels: less than 0 is stricter than agreed."""
        return fmean(gap.levels for gap in self.gaps)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the verdict in French, short.

        >>> CalibrationVerdict((Gap("A", "", 3, 4, ""), Gap("B", "", 2, 2, ""), Gap("C", "", 1, 1, ""))).sentences
        ('2 niveaux sur 3 sont ceux qui étaient convenus.', 'Écart moyen : 0,3 niveau, sans pencher d’un côté.')
        """
        same = sum(gap.levels == 0 for gap in self.gaps)
        if same == len(self.gaps):
            return ("Tous vos niveaux sont ceux qui étaient convenus.",)
        first = (
            "Aucun niveau n’est celui qui était convenu."
            if not same
            else f"{same} niveau{'x' if same > 1 else ''} sur {len(self.gaps)} "
            + ("sont ceux qui étaient convenus." if same > 1 else "est celui qui était convenu.")
        )
        side = self.leaning + (f", de {_levels(abs(self.severity))}" if abs(self.severity) >= LEANING else "")
        return first, f"Écart moyen : {_levels(self.distance)}, {side}."

    @property
    def leaning(self) -> str:
        """To which side the levels lean, in French."""
        if abs(self.severity) < LEANING:
            return "sans pencher d’un côté"
        return "plutôt indulgent" if self.severity > 0 else "plutôt sévère"


def _levels(size: float) -> str:
    return french_number(size, 1) + (" niveaux" if size >= 2 else " niveau")
