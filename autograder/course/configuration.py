"""The course's nbgrader configuration, said once. ``nbgrader_config.py`` only calls ``configure``."""

from pathlib import Path
from typing import Any

from autograder.course import engine  # noqa: F401  nbgrader's own programs open the gradebook as the kit does

BEGIN_SOLUTION = "### DÉBUT SOLUTION"
END_SOLUTION = "### FIN SOLUTION"
STUB = "# Écrivez votre réponse ici."
TEXT_STUB = "Écrivez votre texte ici."
NOT_FOR_LEARNERS = ("*.md", "*.py", ".casekit", ".ipynb_checkpoints", "*.pyc", "__pycache__", "*.original*")
RECORDS = Path("build") / "answers"
VALUES = Path("build") / "valeurs"
"""What the tables of each variant say, kept so that answers are evaluated again without building the tables."""
WORK_ROOM = Path("build") / ".correction"
"""Where a graded copy is made whole before it is put in its place; empty when no grading is running."""
MARK = "casekit"
"""Set by ``configure`` in the configuration, so that a course whose configuration did not load is recognised."""


def configure(config: Any, file: str, anonymised: bool = False) -> None:
    """Fill nbgrader's ``config`` for the course whose configuration file is ``file``.

    ``anonymised`` says that the course is a copy under other identifiers: grading it again would use other figures.

    The lists of preprocessors are nbgrader's own, with the kit's put in their place: questions that nobody knows are
    refused, solutions under either mark are taken out, cells are repaired before they are overwritten, the notebook is
    run under the learner's identity, and answers are evaluated right after.
    """
    root = Path(file).resolve().parent
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = root.name.replace("+", "-") or "cours"
    config.CourseDirectory.source_directory = "notebooks"
    for step in ("release", "submitted", "autograded", "feedback"):
        setattr(config.CourseDirectory, f"{step}_directory", f"build/{step}")
    config.CourseDirectory.ignore = list(NOT_FOR_LEARNERS)
    config.ClearSolutions.begin_solution_delimeter = BEGIN_SOLUTION
    config.ClearSolutions.end_solution_delimeter = END_SOLUTION
    config.ClearSolutions.code_stub = {"python": STUB}
    config.ClearSolutions.text_stub = TEXT_STUB
    config.Execute.timeout = 30
    config.Execute.iopub_timeout = 30  # a busy machine takes its time to stop an endless loop
    config.Execute.shutdown_kernel = "immediate"
    config.LimitOutput.max_lines = 1000
    config.LimitOutput.max_traceback = 100
    _set_preprocessors(config)
    config.EvaluateAnswers.records = str(root / RECORDS)
    # The page has its own exporter: HTMLExporter's settings are those of formgrader's pages, where copies are hostile.
    marking = "autograder.grading.feedback.marking"
    config.HTMLExporter.preprocessors = [f"{marking}.SafeForMarking"]
    config.HTMLExporter.filters = {"markdown2html": f"{marking}.markdown_html"}
    config.GenerateFeedback.exporter_class = "autograder.grading.feedback.exporter.FeedbackExporter"
    config.GenerateFeedback.preprocessors = []
    config.FeedbackExporter.records = str(root / RECORDS)
    before = "autograder.grading.before"
    config.Autograde.pre_convert_hook = f"{before}.{'refuse_anonymised' if anonymised else 'replace_links'}"
    config.Casekit.mark = MARK
    config.Casekit.anonymised = anonymised


def _set_preprocessors(config: Any) -> None:
    config.GenerateAssignment.preprocessors = [
        "autograder.grading.asked.RequireKnownQuestions",
        "nbgrader.preprocessors.IncludeHeaderFooter",
        "nbgrader.preprocessors.InstantiateTests",
        "nbgrader.preprocessors.LockCells",
        "autograder.grading.solutions.ClearMarkedSolutions",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.CheckCellMetadata",
        "nbgrader.preprocessors.ComputeChecksums",
        "nbgrader.preprocessors.SaveCells",
        "nbgrader.preprocessors.ClearHiddenTests",
        "nbgrader.preprocessors.ClearMarkScheme",
        "nbgrader.preprocessors.ComputeChecksums",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    config.Autograde.sanitize_preprocessors = [
        "autograder.grading.repair.ReadHandedIn",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.DeduplicateIds",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "autograder.grading.repair.RepairCells",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    config.Autograde.autograde_preprocessors = [
        "autograder.grading.asked.RequireKnownQuestions",
        "autograder.grading.execute.ExecuteAsLearner",
        "autograder.grading.evaluate.EvaluateAnswers",
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
