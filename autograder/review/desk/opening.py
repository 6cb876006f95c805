"""Opening the desk: from a cell, from the notebook of a course folder."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from casestudies.errors import CasekitError, why

if TYPE_CHECKING:
    from autograder.review.desk.widget import ReviewDesk

NOTEBOOK = "revue.ipynb"
ASSIGNMENT_VARIABLE, MARKER_VARIABLE, DAY_VARIABLE = "CASEKIT_EVALUATION", "CASEKIT_RELECTEUR", "CASEKIT_ORAL"
"""What « casekit review » was asked to open, told to the notebook."""

INTRODUCTION = """# Revue des copies

Placez-vous dans la cellule ci-dessous et exécutez-la (**Maj + Entrée**) : la revue s’ouvre à sa place. Choisissez votre
nom et l’évaluation, puis relisez avec le clavier ; la touche **?** donne les raccourcis.

Tout est enregistré aussitôt dans la base de notes du cours. Si la page se ferme ou si le noyau s’arrête, exécutez de
nouveau la cellule : la revue reprend où vous en étiez."""

CELL = """from autograder.review.desk import ouvrir_revue

ouvrir_revue()"""


def ouvrir_revue(
    evaluation: str = "", relecteur: str = "", cours: str | Path = ".", oral: Sequence[str] = ()
) -> ReviewDesk:
    """Open the review desk of a course in the notebook; what is not given is asked.

    Parameters
    ----------
    evaluation
        The assignment, « e2-performance ».
    relecteur
        The marker's name, which is written beside every review.
    cours
        The course folder; by default, where the notebook is.
    oral
        The identifiers of the candidates of an oral, in the order of the day: it opens on the first of them.

    Raises
    ------
    CasekitError
        When the folder is no course, or the assignment or the name will not do.
    """
    from autograder.course.course import Course
    from autograder.privacy.spellings import settle_spellings
    from autograder.review.desk.widget import ReviewDesk

    course = Course(Path(cours).resolve())
    settle_spellings(course)
    return ReviewDesk(
        course,
        evaluation or os.environ.get(ASSIGNMENT_VARIABLE, ""),
        relecteur or os.environ.get(MARKER_VARIABLE, ""),
        day=oral or os.environ.get(DAY_VARIABLE, "").splitlines(),
    )


def write_notebook(root: Path) -> Path:
    """Write the notebook that opens the desk where it is missing, and return its path.

    Raises
    ------
    CasekitError
        When the folder cannot be written.
    """
    path = root / NOTEBOOK
    if path.exists():
        return path
    cells = [
        {"cell_type": "markdown", "id": "revue-mode-d-emploi", "metadata": {}, "source": INTRODUCTION},
        {
            "cell_type": "code", "id": "revue", "metadata": {}, "outputs": [], "execution_count": None, "source": CELL,
        },
    ]  # fmt: skip
    kernel = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    try:
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise CasekitError(f"{path} ne peut pas être écrit ({why(error)}).") from error
    return path
