"""Rule: both axes of a chart are named, the vertical one with its unit."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from casestudies.answers import Value
from casestudies.charts import Chart

UNITS = ("unité", "€", "euro", "%", "pour cent", "point", "session", "visite", "commande", "client", "article", "jour")


@dataclass(frozen=True)
class LabelledAxes:
    """The horizontal axis has a name; the vertical one names one of ``units``."""

    units: tuple[str, ...] = UNITS

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per axis to complete."""
        assert isinstance(answer, Chart)
        remarks = []
        if not answer.x_label.strip():
            remarks.append("L’axe horizontal n’a pas de nom.")
        label = plain(answer.y_label)
        if not label:
            remarks.append("L’axe vertical n’a pas de nom.")
        elif not any(plain(unit) in label for unit in self.units):
            remarks.append("L’axe vertical ne dit pas son unité (par exemple «\u00a0unités par jour\u00a0»).")
        return remarks
