"""``python -m benchmarks``: run every measure and print the ratios."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.grading import evaluation
from benchmarks.measure import Line
from benchmarks.variants import COMPANY, LEARNERS, companies, draws, tables, whole_class
from casestudies.display import french_number
from casestudies.typography import french

OUT = Console(highlight=False)


def show(title: str, lines: Sequence[Line]) -> None:
    """Print one table: seconds are this machine's, ratios can be compared from one machine to another."""
    with_memory = any(line.peak is not None for line in lines)
    table = Table(title=french(title), title_justify="left")
    table.add_column("Mesure")
    for name in ("Rapport", "Temps", *(("Pic de mémoire",) if with_memory else ())):
        table.add_column(name, justify="right")
    for line in lines:
        cells = [french(line.name), percent(line.ratio), french_number(1000 * line.seconds, 1, "ms")]
        if with_memory:
            cells.append("" if line.peak is None else french_number(line.peak, 1, "Mio"))
        table.add_row(*cells)
    OUT.print(table)


def percent(ratio: float) -> str:
    """Return a ratio as a percentage with enough digits to be read."""
    return french_number(100 * ratio, 0 if ratio >= 0.1 else 2, "%")


def main() -> None:
    """Run every measure."""
    show(f"Tables d’une variante de « {COMPANY} », rapportées à la variante entière", tables())
    show("Une variante entière de chaque entreprise, rapportée à celle qui a le plus de lignes", companies())
    lines, mean, most = draws()
    show(f"Tirage des variantes : {LEARNERS} apprenants", lines)
    OUT.print(french(f"Tirages par apprenant : {french_number(mean, 2)} en moyenne, {most} au plus."))
    show(f"Une classe de « {COMPANY} » par plusieurs processus", whole_class())
    show("Évaluation d’une petite copie (un notebook), rapportée à son exécution", evaluation())


if __name__ == "__main__":
    main()
