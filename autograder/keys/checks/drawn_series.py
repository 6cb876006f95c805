"""Rule: a chart shows data, and says which series is which."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from casestudies.answers import Value
from casestudies.charts import Chart


@dataclass(frozen=True)
class DrawnSeries:
    """At least ``least`` lines or bars are drawn, and the legend names at least as many different series."""

    least: int = 2

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return what is missing."""
        assert isinstance(answer, Chart)
        if answer.lines + answer.bars < self.least:
            return [f"Tracez au moins {self.least} séries\u00a0: ce que vous montrez et un point de comparaison."]
        names = {plain(name) for name in answer.legend if name.strip() and not name.startswith("_")}
        if len(names) < self.least:
            return [f"La légende nomme {len(names)} série(s)\u00a0; elle doit en nommer au moins {self.least}."]
        return []
