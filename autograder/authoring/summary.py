"""What a learner's home says of each notebook, compiled from the text twins into ``casestudies/summary.json``.

Title, company and minutes come from the twin's header, what one will produce from its deliverables and from the
questions whose answer is a table, a text or a chart. It is derived: written by ``make notebooks``, never edited.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import casestudies
from autograder.authoring.expansion import Blocks
from autograder.authoring.texts import as_json
from autograder.keys.checks.structure import ComputedTable, Structure
from autograder.keys.questions import question_of
from autograder.referentiel.loader import load_referentiel
from casestudies.errors import CasekitError
from casestudies.home.summary import FILE

_TITLE = re.compile(r"^# (?:\d+\. )?(.+)$", re.MULTILINE)
_ASSESSMENT = re.compile(r"\*\*Évaluation (\w+)")
_DURATION = re.compile(r"^\| Durée \| ([^|,;:.]+)", re.MULTILINE)
_COMPANY = re.compile(r"^dossier = ouvrir_dossier\(\"(\w+)\"", re.MULTILINE)


def summary_path() -> Path:
    """Return the compiled file."""
    return Path(casestudies.__file__).parent / FILE


def entry_of(notebook: str, text: str, blocks: Blocks) -> dict[str, Any]:
    """Return what the home says of « assignment/notebook », whose twin is ``text``."""
    asked = {name: one.block for name, one in blocks.asked.items()}
    return {
        "notebook": notebook,
        "assessment": _found(_ASSESSMENT, text),
        "title": _found(_TITLE, text),
        "company": _found(_COMPANY, text),
        "duration": _found(_DURATION, text),
        "produces": list(dict.fromkeys(block.option("title") for name, block in asked.items() if _is_produced(name))),
        "questions": [
            {"id": name, "title": block.option("title"), "criterion": block.option("criterion")}
            for name, block in asked.items()
        ],
    }


def summary_bytes(entries: Iterable[dict[str, Any]]) -> str:
    """Return the file content of the entries of all the notebooks, with the titles of their assessments."""
    notebooks = list(entries)
    known = load_referentiel().assessments
    codes = dict.fromkeys(entry["assessment"] for entry in notebooks)
    titles = {code: known[code].title for code in codes if code in known}
    return as_json({"assessments": titles, "notebooks": notebooks})


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1].strip() if found else ""


def _is_produced(question: str) -> bool:
    try:
        return isinstance(question_of(question).check, Structure | ComputedTable)
    except CasekitError:  # its key is still to be written
        return False
