"""What is looked at before a submission is run: each notebook can be read, and is the one that was asked for."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from autograder.grading.records import Incident

MAX_BYTES = 20 * 1024 * 1024


@dataclass
class Intake:
    """One submission: the notebooks that can be graded and the incidents met on the way."""

    learner: str
    ready: list[str] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)


def take_in(folder: Path, learner: str, expected: dict[str, set[str]]) -> Intake:
    """Look at the submission in ``folder``.

    Parameters
    ----------
    expected
        The grade ids of each notebook of the assignment, by notebook name.

    A notebook that was only renamed is copied under its right name; the file that was handed in stays as it is.
    """
    intake = Intake(learner)
    for name, identifiers in expected.items():
        path = folder / f"{name}.ipynb"
        if not path.is_file() and not _recover_renamed(folder, name, identifiers, expected, intake):
            intake.incidents.append(
                Incident(
                    "notebook-absent",
                    f"Le notebook « {name}.ipynb » n’a pas été remis.",
                    "Demandez-le ; sans lui, ses critères restent « à reprendre ».",
                    name,
                )
            )
            continue
        problem = unreadable(path)
        if problem:
            advice = (
                "Demandez un nouveau dépôt : rouvrir le notebook dans JupyterLab, l’enregistrer, puis le redéposer."
            )
            intake.incidents.append(Incident("illisible", f"« {name}.ipynb » : {problem}", advice, name))
        else:
            intake.ready.append(name)
    return intake


def unreadable(path: Path) -> str:
    """Return, in French, why a file cannot be graded as a notebook; an empty text when it can."""
    if path.is_symlink():
        return "c’est un lien vers un autre fichier."
    if path.stat().st_size > MAX_BYTES:
        return f"le fichier dépasse {MAX_BYTES // 1024 // 1024} Mio."
    try:
        nb = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        nbformat.validate(nb)
    except UnicodeDecodeError:
        return "le fichier n’est pas du texte UTF-8."
    except (json.JSONDecodeError, nbformat.reader.NotJSONError):
        return "le fichier est abîmé ou incomplet (JSON invalide)."
    except (nbformat.ValidationError, AttributeError, KeyError, TypeError, RecursionError):
        return "le fichier n’est pas un notebook Jupyter."
    return ""


def _recover_renamed(
    folder: Path, name: str, identifiers: set[str], expected: dict[str, set[str]], intake: Intake
) -> bool:
    """Copy the one misnamed notebook that holds the cells of ``name`` to where it should be."""
    strangers = [path for path in sorted(folder.glob("*.ipynb")) if path.stem not in expected]
    matches = [
        path
        for path in strangers
        if not unreadable(path) and len(_grade_ids(path) & identifiers) > len(identifiers) / 2
    ]
    if len(matches) != 1:
        return False
    shutil.copyfile(matches[0], folder / f"{name}.ipynb")
    what = f"Le fichier « {matches[0].name} » a été reconnu et corrigé comme « {name}.ipynb »."
    intake.incidents.append(Incident("renomme", what, "Rien à faire ; rappelez de ne pas renommer les fichiers.", name))
    return True


def _grade_ids(path: Path) -> set[str]:
    cells: list[Any] = nbformat.read(path, as_version=4).cells
    return {str(cell.metadata.get("nbgrader", {}).get("grade_id")) for cell in cells}
