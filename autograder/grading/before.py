"""What nbgrader's own grading does before it copies a submission: links are replaced, a copy without names is refused.

nbgrader calls these for each submission (``Autograde.pre_convert_hook``); it logs what they raise and goes on, so what
must stop it ends the program instead.
"""

import os
import stat
from pathlib import Path

from autograder.grading.triage.files import kind_of
from casestudies.quoting import shown

UNWRITABLE = (
    "La copie {folder} contient un lien qui ne peut pas être remplacé ({why}) : rien n’a été corrigé. Rendez ce "
    "dossier modifiable, ou supprimez le lien, puis relancez."
)


def replace_links(*, notebooks: list[str], **_: object) -> None:
    """Put a text that says what it was in the place of each link, pipe or socket of a submission.

    nbgrader copies a submission's files and follows their links, which may lead anywhere on this machine. The text is
    no notebook: when a notebook was a link, nbgrader reports that submission as failed and goes on to the others.
    """
    for folder in {Path(one).parent for one in notebooks}:
        try:
            for path in _odd(folder):
                _replace(path)
        except OSError as error:
            raise SystemExit(UNWRITABLE.format(folder=folder, why=error.strerror)) from error


def refuse_anonymised(**_: object) -> None:
    """Stop before anything is graded in a copy under other identifiers."""
    from autograder.course.course import NOT_THE_ORIGINAL

    raise SystemExit(NOT_THE_ORIGINAL)


def _odd(folder: Path) -> list[Path]:
    """Return what is neither a file nor a folder, wherever nbgrader walks; nothing is opened nor followed."""
    found = [Path(place, name) for place, _, names in os.walk(folder) for name in names]
    return [path for path in found if not stat.S_ISREG(path.lstat().st_mode)]


def _replace(path: Path) -> None:
    mode = path.lstat().st_mode
    where = f" vers « {shown(str(path.readlink()))} »" if stat.S_ISLNK(mode) else ""
    text = f"Ce fichier était {kind_of(mode)}{where} : il n’a pas été suivi. Demandez le fichier lui-même.\n"
    path.unlink()
    with path.open("x", encoding="utf-8", errors="replace") as file:
        file.write(text)
