"""The step after execution: read the answers that the locked cells handed in, evaluate them here, write the points.

The notebook that arrives was run by the learner's code and is not believed: which question a locked cell asks comes
from nbgrader's own metadata, who the learner is from the gradebook, and the cell's outputs are all replaced.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Unicode

from autograder.grading.execute import draw_for
from autograder.grading.read_work import digest_of, work_digests
from autograder.grading.records import Incident, Record, Result, save_record
from autograder.keys.cases import case_of
from autograder.keys.evaluation import credited, evaluate
from autograder.keys.questions import Question, questions_of
from casestudies import __version__
from casestudies.answers import MIME, settled
from casestudies.finding_cards import finding_card
from casestudies.findings import Finding, Outcome
from casestudies.identity import normal_form
from casestudies.quoting import quoted

NOTES = "casekit"
NAMED = 5
"""How many questions are named at most in an incident."""


class EvaluateAnswers(NbGraderPreprocessor):
    """Evaluate the answers of a notebook outside the learner's process and put points in the locked cells."""

    records = Unicode("", help="Folder where the answers and results are kept.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Replace the outputs of every locked cell that asks a question of the kit, and keep the record."""
        who = resources["nbgrader"]
        asked = {question.id: question for question in questions_of(notebook=f"{who['assignment']}/{who['notebook']}")}
        cells = {
            cell.metadata.nbgrader.grade_id: cell
            for cell in locked_cells(nb)
            if cell.metadata.nbgrader.grade_id in asked
        }
        if not cells:
            return nb, resources
        company = next(iter(asked.values())).company
        draw, learner = draw_for(who, self.config), normal_form(who["student"])
        record = Record(who["assignment"], who["notebook"], learner, company, draw, __version__)
        notes = nb.metadata.get(NOTES, {})
        for name, cell in cells.items():
            record.answers[name] = settled(handed_in(cell).get("answer"))
            beside = notes.get("beside", {}).get(name, {})  # what the copy showed: its own folder is not handed in
            record.hints[name] = beside.get("hints", 0)
            if beside.get("levels"):
                record.own_levels[name] = beside["levels"]
        self._evaluate(record, asked, cells, _stopped_before(nb))
        record.work = work_digests(nb, f"{who['assignment']}/{who['notebook']}", record.answers)
        record.incidents = [Incident(**note) for note in notes.get("incidents", [])]
        record.incidents += _interrupted(nb, who["notebook"])
        record.incidents += _shown_otherwise(notes.get("shown", {}), record)
        if "collected" in who:
            who["collected"].append(record)  # whoever asked for this grading keeps it
        else:
            save_record(Path(self.records), record)
        nb.metadata.pop(NOTES, None)
        return nb, resources

    def _evaluate(
        self, record: Record, asked: dict[str, Question], cells: dict[str, NotebookNode], stopped: dict[str, str]
    ) -> None:
        """Evaluate each answer and write its points in its cell; ``stopped`` names the errors that left it empty."""
        case = case_of(record.company, record.learner, record.draw or 0)
        findings: dict[str, Finding] = {}
        for name, cell in cells.items():
            finding = _crash(cell) or evaluate(asked[name], case, record.answers[name], record.answers)
            if finding.outcome is Outcome.NOT_ATTEMPTED and stopped.get(name):
                finding = _stopped(stopped[name])
            findings[name] = finding
        for name, finding in credited(asked, findings).items():
            cell = cells[name]
            top = float(cell.metadata.nbgrader.points)
            record.results[name] = Result(finding, round(finding.fraction * top, 2), top)
            write_points(cell, record.results[name])


def locked_cells(nb: NotebookNode) -> Iterator[NotebookNode]:
    """Yield the code cells that carry points and that the learner cannot edit."""
    for cell in nb.cells:
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            yield cell


def handed_in(cell: NotebookNode) -> dict[str, Any]:
    """Return the last payload that a cell's outputs hold, an empty dict when there is none."""
    for output in reversed(cell.get("outputs", [])):
        payload = output.get("data", {}).get(MIME)
        if isinstance(payload, dict):
            return dict(payload)
    return {}


def write_points(cell: NotebookNode, result: Result) -> None:
    """Replace a cell's outputs by the finding and by the points, in the form that nbgrader records."""
    card = finding_card(result.finding)
    shown = {"text/plain": card.text(), "text/html": card.html()}
    cell.outputs = [
        new_output("display_data", data=shown),
        new_output("execute_result", data={"text/plain": repr(result.points)}, execution_count=cell.execution_count),
    ]


def _crash(cell: NotebookNode) -> Finding | None:
    """Return the finding of a locked cell that stopped on an error before it handed in anything."""
    error = next((output for output in cell.get("outputs", []) if output.output_type == "error"), None)
    if error is None or handed_in(cell):
        return None
    if error.ename == "NameError":
        message = (
            "Votre réponse n’existe pas au moment de la correction : la cellule qui la calcule manque ou s’est arrêtée."
        )
        return Finding(Outcome.NOT_ATTEMPTED, 0.0, message)
    if "Timeout" in error.ename:
        return Finding(Outcome.UNREADABLE, 0.0, "Le calcul a été arrêté : il dépassait le temps permis.")
    if "DeadKernel" in error.ename:
        return Finding(Outcome.UNREADABLE, 0.0, "Le programme s’est arrêté avant que cette réponse soit lue.")
    return Finding(
        Outcome.UNREADABLE, 0.0, f"La vérification s’est arrêtée sur une erreur ({quoted(error.ename, 60)})."
    )


def _stopped_before(nb: NotebookNode) -> dict[str, str]:
    """Return, for each locked cell, the name of the error that stopped a cell since the locked cell before it."""
    found: dict[str, str] = {}
    last = ""
    for cell in nb.cells:
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            found[cell.metadata.nbgrader.grade_id] = last
            last = ""
        for output in cell.get("outputs", []):
            last = output.ename if output.output_type == "error" else last
    return found


def _stopped(error: str) -> Finding:
    if "Timeout" in error:
        message = "Pas de réponse : le calcul a été arrêté, il dépassait le temps permis."
    else:
        message = f"Pas de réponse : votre cellule s’est arrêtée sur une erreur ({quoted(error, 60)})."
    return Finding(Outcome.NOT_ATTEMPTED, 0.0, message, "Que dit le message d’erreur, et à quelle ligne ?")


def _shown_otherwise(shown: Mapping[str, str], record: Record) -> list[Incident]:
    """Return an incident when answers that the copy shows are not those of a run from the top: it was not run again.

    ``shown`` holds the hashes of the answers stored in the copy. They are the learner's: nothing is graded on them.
    """
    late = [name for name, answer in record.answers.items() if shown.get(name, digest_of(answer)) != digest_of(answer)]
    if not late:
        return []
    named = ", ".join(late[:NAMED]) + (f" et {len(late) - NAMED} autre(s)" if len(late) > NAMED else "")
    what = f"{len(late)} réponse(s) enregistrée(s) dans la copie ne sont pas celles d’une exécution du début : {named}."
    advice = (
        "Une cellule a été modifiée sans être relancée, ou s’arrête sur une erreur : la personne a pu voir « Juste » à "
        "tort. C’est l’exécution du début qui compte ; dites-le-lui."
    )
    return [Incident("reponse-differente", what, advice, record.notebook)]


def _interrupted(nb: NotebookNode, notebook: str) -> list[Incident]:
    """Return an incident when cells were stopped because they took too long."""
    found = []
    late, ended = _cells_with(nb, "Timeout"), _cells_with(nb, "DeadKernel")
    if late:
        what = f"{late} cellule(s) arrêtée(s) : le calcul dépassait le temps permis (boucle sans fin ?)."
        advice = "Demandez à la personne de corriger la boucle et de redéposer ; les autres réponses sont corrigées."
        found.append(Incident("temps-depasse", what, advice, notebook))
    if ended:
        what = f"{ended} cellule(s) ont arrêté le programme (mémoire épuisée ou sortie forcée)."
        advice = "Lisez ces cellules et demandez un nouveau dépôt ; les autres réponses sont corrigées."
        found.append(Incident("programme-arrete", what, advice, notebook))
    return found


def _cells_with(nb: NotebookNode, error: str) -> int:
    """Return how many cells show an error whose name holds ``error``."""
    return sum(
        any(output.output_type == "error" and error in output.ename for output in cell.get("outputs", []))
        for cell in nb.cells
    )
