"""What ``casekit regrade`` says: what would change for whom and why, what was written, what to do next."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from autograder.console import say, warn
from autograder.grading.history import reason
from autograder.grading.records import Result
from autograder.grading.regrade import Regraded, ScoreChange
from autograder.grading.rewrite import Applied
from autograder.keys.questions import questions_of
from casestudies.findings import Finding
from casestudies.french import french_number

SHOWN = 300
"""Characters shown of a finding, the rest is in the JSON."""


def print_changes(assignment: str, regraded: Regraded) -> None:
    """Print the changes by question, those alike together: who, how many points, what was said and what is said now."""
    titles = {question.id: question.title for question in questions_of(assignment=assignment)}
    alike: dict[str, dict[tuple[Result, Result], list[str]]] = defaultdict(lambda: defaultdict(list))
    for change in regraded.changes:
        alike[change.question][change.before, change.after].append(change.learner)
    for question in (name for name in titles if name in alike):
        say(f"{question} : {titles[question]}")
        for (before, after), learners in alike[question].items():
            say(f"  • {_points(before, after)} : {', '.join(learners)}")
            say(f"      avant : {said(before.finding)}")
            say(f"      maintenant : {said(after.finding)}")
    _print_total(regraded)


def _points(before: Result, after: Result) -> str:
    if before.points == after.points:
        return f"{french_number(after.points, 2)} point(s) sur {french_number(after.max_points, 2)}, comme avant"
    return (
        f"{french_number(before.points, 2)} → {french_number(after.points, 2)} point(s) "
        f"sur {french_number(after.max_points, 2)}"
    )


def said(finding: Finding) -> str:
    """Return a finding on one line: outcome, misconceptions, message, remarks."""
    ids = f" ({', '.join(finding.misconceptions)})" if finding.misconceptions else ""
    text = " ".join([f"{finding.outcome.label}{ids}.", finding.message, *finding.remarks])
    return text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"


def _print_total(regraded: Regraded) -> None:
    for problem in regraded.problems:
        warn(f"• {problem.learner} : {problem.what}")
    changes = regraded.changes
    if not changes:
        say(f"{regraded.records} notebook(s) réévalué(s) : rien ne change.")
        return
    more, less = (sum(1 for one in changes if sign * one.points > 0) for sign in (1, -1))
    people = len({change.learner for change in changes})
    say(
        f"{regraded.records} notebook(s) réévalué(s), {people} personne(s) concernée(s). "
        f"Réponses qui gagnent des points : {more} ; qui en perdent : {less} ; mêmes points, dites autrement : "
        f"{len(changes) - more - less}."
    )


def print_unwritten(assignment: str) -> None:
    """Say that nothing was written, and how to."""
    say(f"Rien n’a été écrit. Pour enregistrer : « casekit regrade {assignment} --appliquer ».")


def print_applied(assignment: str, applied: Applied) -> None:
    """Say what was written, whose points a person gave, and what has to be made again."""
    for problem in applied.problems:
        warn(f"• {problem.learner} : {problem.what}")
    for change in applied.by_hand:
        say(
            f"• {change.learner} : « {change.question} » a été notée par une personne ; ses points sont gardés, "
            "ceux de la machine ont changé : vérifiez."
        )
    say(f"{len(applied.written)} résultat(s) enregistré(s) : carnet de notes, copies corrigées, historique.")
    if applied.written:
        say(
            "Les retours et les fiches déjà faits ne le savent pas : relancez "
            f"« casekit feedback {assignment} », puis « casekit sheets {assignment} »."
        )


def as_json(assignment: str, regraded: Regraded, applied: Applied | None = None) -> str:
    """Return everything as JSON text; ``applied`` is None when nothing was to be written."""
    problems = [*regraded.problems, *(applied.problems if applied else ())]
    told = {
        "assignment": assignment,
        "records": regraded.records,
        "applied": applied is not None,
        "changes": [_change(change) for change in regraded.changes],
        "written": _places(applied.written) if applied else [],
        "marked_by_hand": _places(applied.by_hand) if applied else [],
        "problems": [asdict(problem) for problem in problems],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _change(change: ScoreChange) -> dict[str, Any]:
    return {**_place(change), "from": asdict(change.before), "to": asdict(change.after), "reason": reason(change)}


def _place(change: ScoreChange) -> dict[str, str]:
    return {"learner": change.learner, "notebook": change.notebook, "question": change.question}


def _places(changes: Sequence[ScoreChange]) -> list[dict[str, str]]:
    return [_place(change) for change in changes]
