"""What grading says at the end: one line per learner, one per incident, and what to do next."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.markup import escape
from rich.table import Table

from autograder.console import out, say
from autograder.grading import wall
from autograder.grading.job import Graded
from autograder.grading.run import GradingRun
from autograder.grading.triage.refusal import LOST
from casestudies.french import french_number
from casestudies.quoting import shown
from casestudies.typography import french


def points(one: Graded) -> tuple[float, float]:
    """Return the machine's points of a submission and the most it could have: what people will read is not counted.

    A notebook without questions of the kit has the points that nbgrader found.
    """
    results = [result for record in one.records for result in record.results.values()]
    asked = {record.notebook for record in one.records if record.results}
    others = [score for name, score in one.scores.items() if name not in asked]
    earned = sum(result.points for result in results) + sum(points for points, _ in others)
    return earned, sum(result.max_points for result in results) + sum(top for _, top in others)


def report_json(session: GradingRun, reread: Sequence[tuple[str, str]] = ()) -> str:
    """Return the whole report for a machine: who, graded now or before, points, incidents, missing protections.

    ``reread`` holds learners, and what to say of a part of theirs that changed since it was read.
    """
    now = {one.learner for one in session.graded}
    learners = [
        {
            "learner": one.learner, "graded_now": one.learner in now, "points": points(one)[0], "max": points(one)[1],
            "incidents": [asdict(incident) for incident in one.incidents],
        }
        for one in session.everyone
    ]  # fmt: skip
    told = {
        "learners": learners,
        "missing_protections": list(session.missing),
        "to_read_again": [{"learner": learner, "what": what} for learner, what in reread],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def print_report(session: GradingRun, reread: Sequence[tuple[str, str]] = ()) -> int:
    """Print the table of the class and its incidents; return how many incidents leave something without a score."""
    graded = session.everyone
    table = Table(title=french("Correction automatique"), title_justify="left")
    for name in ("Apprenant", "Points", "Sur", "Notebooks", "Incidents"):
        table.add_column(name, justify="right" if name in ("Points", "Sur") else "left")
    for one in graded:
        earned, top = points(one)
        done = len(one.notebooks) or sum(bool(record.results) for record in one.records)
        table.add_row(
            escape(shown(one.learner)),
            french_number(earned, 1),
            french_number(top, 0),
            f"{done}/{len(one.records)}",
            str(len(one.incidents) or ""),
        )
    out.print(table)
    for one in graded:
        for incident in one.incidents:
            say(f"• {shown(one.learner)} : {incident.what} → {incident.advice}")
    for learner, what in reread:
        say(f"• {shown(learner)} : {what}")
    lost = sum(incident.code in LOST for one in graded for incident in one.incidents)
    kept = f", {len(session.unchanged)} inchangée(s) (« --tout » les recorrige)" if session.unchanged else ""
    say(
        f"{len(session.graded)} copie(s) corrigée(s){kept}, {sum(len(one.incidents) for one in graded)} incident(s), "
        f"dont {lost} sans note."
    )
    if set(wall.CODES) <= set(session.missing):
        say("Ces copies n’étaient pas confinées : leur code s’est exécuté avec tous les droits du compte qui corrige.")
    elif session.missing:
        say("Des protections manquaient pendant la correction : « casekit doctor » dit lesquelles et pourquoi.")
    return lost
