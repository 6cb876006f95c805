"""What grading says at the end: one line per learner, one per incident, and what to do next."""

from rich.table import Table

from autograder.console import out, say
from autograder.grading.run import Graded
from casestudies.display import french_number
from casestudies.typography import french

LOST = frozenset({"illisible", "notebook-absent", "echec"})
"""Incidents that leave criteria without a score."""


def print_report(graded: list[Graded]) -> int:
    """Print the table of the class and its incidents; return how many incidents leave something without a score."""
    table = Table(title=french("Correction automatique"), title_justify="left")
    for name in ("Apprenant", "Points", "Sur", "Notebooks", "Incidents"):
        table.add_column(name, justify="right" if name in ("Points", "Sur") else "left")
    for one in graded:
        points = sum(result.points for record in one.records for result in record.results.values())
        top = sum(result.max_points for record in one.records for result in record.results.values())
        done = sum(bool(record.results) for record in one.records)
        table.add_row(
            one.learner,
            french_number(points, 1),
            french_number(top, 0),
            f"{done}/{len(one.records)}",
            str(len(one.incidents) or ""),
        )
    out.print(table)
    for one in graded:
        for incident in one.incidents:
            say(f"• {one.learner} : {incident.what} → {incident.advice}")
    lost = sum(incident.code in LOST for one in graded for incident in one.incidents)
    say(
        f"{len(graded)} copie(s) corrigée(s), {sum(len(one.incidents) for one in graded)} incident(s), "
        f"dont {lost} sans note."
    )
    return lost
