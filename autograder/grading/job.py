"""Grading one submission: a pure function from what was handed in to what is to be kept. It touches no course folder.

The steps are nbgrader's own preprocessors, in the order of the course's configuration; those that write to the
gradebook are left to the one writer (see ``writer``).
"""

import hashlib
import tempfile
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from nbgrader.utils import determine_grade, is_grade
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from autograder.grading import nbgrader_seam
from autograder.grading.execute import ExecuteAsLearner
from autograder.grading.handed_in import HandedIn, drop, put, unpack
from autograder.grading.kernel.keeper import NurseryLostError
from autograder.grading.memory.store import entries_of
from autograder.grading.quick import quick_checks
from autograder.grading.records import Incident, Record
from autograder.grading.source import AssignmentSource, SourceBook
from autograder.grading.triage.files import hash_file
from autograder.grading.triage.plan import take_in
from autograder.grading.triage.refusal import RefusedError
from autograder.keys.cases import case_of
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.questions import questions_of
from autograder.rooms import room_prefix
from casestudies.company import company_class

WRITING = (SaveAutoGrades, AssignLatePenalties)
Variant = tuple[str, int]
"""A company and the number of a draw."""
LOCAL_DATABASE = "sqlite://"
"""What the steps are given as the gradebook's address: none of those that run here opens it."""


@dataclass
class Graded:
    """What became of one learner's submission.

    ``notebooks`` are the graded ones (text by name); ``repaired`` are files that triage mended, to be put beside the
    originals; ``missing`` are the protections that this machine did not give; ``scores`` are the points that nbgrader
    gives each notebook by machine, and the most it could; ``values`` are what the tables say, for a later regrade.
    ``changed`` are the hashes of the notebooks that triage wrote, under all their names; ``failed`` says that the whole
    submission is to be taken up again by the next grading.
    """

    learner: str
    notebooks: dict[str, str] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    repaired: dict[str, bytes] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    scores: dict[str, tuple[float, float]] = field(default_factory=dict)
    values: dict[Variant, list[str]] = field(default_factory=dict)
    changed: dict[str, bytes] = field(default_factory=dict)
    failed: bool = False


def warm_up(source: AssignmentSource, config: Config) -> None:
    """Import and compile what every copy needs, once: workers that are forked afterwards share it."""
    for named in (*config.Autograde.sanitize_preprocessors, *config.Autograde.autograde_preprocessors):
        import_item(named)
    for company in dict.fromkeys(question.company for question in questions_of(assignment=source.name)):
        company_class(company)
    load_misconceptions()
    with quick_checks():
        nbformat.validate(new_notebook(cells=[new_code_cell(), new_markdown_cell()]))


def grade_submission(source: AssignmentSource, config: Config, handed: HandedIn, nursery: str = "") -> Graded:
    """Grade what ``handed`` holds and return what is to be kept; a notebook that fails does not stop the others.

    The files of ``handed`` are let go once they are in a folder of their own: they may be large, and triage reads them.
    """
    graded = Graded(handed.learner)
    with tempfile.TemporaryDirectory(prefix=room_prefix()) as temporary:
        folder = Path(temporary)
        hollow = unpack(handed, folder)
        before = {name: hashlib.blake2b(content).digest() for name, content in handed.files.items() if "/" not in name}
        handed.files.clear()
        intake = take_in(folder, handed.learner, source.expected)
        graded.incidents += intake.incidents
        drop(folder, hollow)
        graded.repaired = {f"{name}.ipynb": intake.ready[name] for name in intake.to_write if name in intake.ready}
        graded.changed = _changed(folder, before)
        for name, content in source.files.items():
            put(folder, name, content)
        for name in source.expected:
            if name in intake.ready:
                _grade_notebook(source, config, folder, name, graded, nursery)
            elif not (folder / f"{name}.ipynb").exists():
                graded.absent.append(name)
    graded.values = _values(graded.records)
    return graded


def _values(records: list[Record]) -> dict[Variant, list[str]]:
    """Return what was computed from the tables of a learner's variants while the answers were evaluated."""
    variants = dict.fromkeys((one.company, one.learner, one.draw) for one in records if one.draw is not None)
    found = {(company, draw): entries_of(case_of(company, learner, draw).facts) for company, learner, draw in variants}
    return {variant: entries for variant, entries in found.items() if entries}


def _changed(folder: Path, before: dict[str, bytes]) -> dict[str, bytes]:
    """Return the hashes of the notebooks that triage wrote in ``folder``, originals that it set aside among them."""
    now = {}
    for path in folder.glob("*.ipynb*"):
        if path.is_file() and not path.is_symlink():
            with suppress(RefusedError):  # what the trainer may not read is as it was
                now[path.name] = hash_file(path)
    return {name: digest for name, digest in now.items() if before.get(name) != digest}


def _grade_notebook(
    source: AssignmentSource, config: Config, folder: Path, name: str, graded: Graded, nursery: str
) -> None:
    who = {
        "student": graded.learner, "assignment": source.name, "notebook": name, "db_url": LOCAL_DATABASE,
        "collected": graded.records, "draws": source.draws,
    }  # fmt: skip
    resources: dict[str, Any] = {"nbgrader": who, "metadata": {"path": str(folder)}, "unique_key": name}
    try:
        nb = nbformat.reads((folder / f"{name}.ipynb").read_text(encoding="utf-8"), as_version=4)
        with quick_checks():
            with nbgrader_seam.reading(SourceBook(source)):
                nb = _run_steps(config, config.Autograde.sanitize_preprocessors, nb, resources, nursery, graded)
            nb = _run_steps(config, config.Autograde.autograde_preprocessors, nb, resources, nursery, graded)
        graded.scores[name] = _score(nb)
        graded.notebooks[name] = nbformat.writes(nb, version=nbformat.NO_CONVERT) + "\n"
    except NurseryLostError as error:
        graded.failed = True
        graded.incidents.append(Incident("echec", str(error), "Relancez la correction : la copie sera reprise.", name))
    except Exception as error:  # whatever a copy holds, the class goes on; the trainer reads what happened
        last = traceback.extract_tb(error.__traceback__)[-1]
        what = f"La correction n’a pas abouti : {type(error).__name__} ({last.name})."
        advice = "Ouvrez la copie dans JupyterLab ; si elle y fonctionne, signalez ce message."
        graded.incidents.append(Incident("echec", what, advice, name))


def _score(nb: NotebookNode) -> tuple[float, float]:
    """Return what nbgrader gives the cells that a machine grades, and the most they can have."""
    grades = [determine_grade(cell) for cell in nb.cells if is_grade(cell)]
    given = [(earned, top) for earned, top in grades if earned is not None]
    return sum(earned for earned, _ in given), sum(top for _, top in given)


def _run_steps(
    config: Config, steps: list[Any], nb: NotebookNode, resources: dict[str, Any], nursery: str, graded: Graded
) -> NotebookNode:
    for named in steps:
        kind = import_item(named) if isinstance(named, str) else named
        if issubclass(kind, WRITING):
            continue
        step = kind(config=config)
        if isinstance(step, ExecuteAsLearner):
            step.nursery = nursery
        nb, resources = step(nb, resources)
        if isinstance(step, ExecuteAsLearner):
            graded.missing = step.missing_protections
    return nb
