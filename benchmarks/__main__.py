"""``python -m benchmarks [all|quick|commands|grading|growth|hostile|faults|variants1000]``: measure, print."""

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.desk import next_learner
from benchmarks.faults import FAULTS, ROUNDS, disturbed
from benchmarks.grading import evaluation
from benchmarks.grading_table import show_grading, show_growth
from benchmarks.held import from_tests, show_held
from benchmarks.hostile import hostile_class
from benchmarks.measure import Line
from benchmarks.regrade import again
from benchmarks.simulators import moves
from benchmarks.startup import commands, demonstration
from benchmarks.variants import COMPANY, LEARNERS, companies, draws, tables, whole_class
from casestudies.french import french_number
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


def show_quick() -> None:
    """Run the quick measures: variants, answers evaluated again, the review desk, simulators."""
    show(f"Tables d’une variante de « {COMPANY} », rapportées à la variante entière", tables())
    show("Une variante entière de chaque entreprise, rapportée à celle qui a le plus de lignes", companies())
    lines, mean, most = draws()
    show(f"Tirage des variantes : {LEARNERS} apprenants", lines)
    OUT.print(french(f"Tirages par apprenant : {french_number(mean, 2)} en moyenne, {most} au plus."))
    show(f"Une classe de « {COMPANY} » par plusieurs processus", whole_class())
    show("Réponses enregistrées d’une classe, évaluées de nouveau", again())
    show("Revue : niveau donné, copie suivante montrée", next_learner())
    show("Un réglage d’un simulateur, rapporté à une image de matplotlib", moves())
    show("Évaluation d’une petite copie (un notebook), rapportée à son exécution", evaluation())


def main() -> None:
    """Run the measures that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures, side by side in one run.")
    choices = ("all", "quick", "commands", "grading", "growth", "hostile", "faults", "variants1000")
    parser.add_argument("what", nargs="?", choices=choices, default="all", help="all stops at growth")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how many times faults disturbs a grading")
    parser.add_argument("--fault", action="append", choices=tuple(FAULTS), default=[], help="those of faults (all)")
    parser.add_argument("--small", action="store_true", help="smaller classes, to see that it works")
    asked = parser.parse_args()
    if asked.what in ("all", "quick"):
        show_quick()
    if asked.what in ("all", "commands"):
        show("Ce que l’on attend d’une commande", commands())
        if not asked.small:
            show("La démonstration entière", demonstration())
    if asked.what in ("all", "grading"):
        show_grading(asked.small)
    if asked.what in ("all", "growth"):
        show_growth(asked.small)
    if asked.what == "hostile" and not show_held("Une classe hostile", hostile_class(asked.small)):
        sys.exit(1)
    if asked.what == "variants1000":
        found = from_tests("kept_thousand", "casestudies").write()
        OUT.print(french(f"Mille apprenants, cherchés de nouveau : {', '.join(found) or 'aucune entreprise'}."))
    if asked.what == "faults":
        held = disturbed(asked.rounds, asked.small, asked.fault)
        if not show_held("Une correction dérangée", held):
            sys.exit(1)


if __name__ == "__main__":
    main()
