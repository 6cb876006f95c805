"""What nbgrader's own grading does before it copies a submission: links are refused or replaced, times are checked.

nbgrader calls these for each submission (``Autograde.pre_convert_hook``); it logs what they raise and grades all the
same, so what must stop it ends the program instead, or takes the notebooks of that submission out of nbgrader's list.
"""

import os
import stat
from datetime import UTC
from pathlib import Path

from autograder.console import warn
from autograder.grading.handed_in_at import NAME, hand_in_time
from autograder.grading.triage.files import kind_of, link_at, replace_file
from casestudies.errors import why
from casestudies.quoting import shown

UNWRITABLE = (
    "La copie {folder} contient un lien ou une date de remise qui ne peut pas être remplacé ({why}) : rien n’a été "
    "corrigé. Rendez ce dossier modifiable, ou supprimez ce fichier, puis relancez."
)


def replace_links(*, notebooks: list[str], **_: object) -> None:
    """Put a text that says what it was in the place of each link, pipe or socket of a submission.

    nbgrader copies a submission's files and follows their links, which may lead anywhere on this machine. The text is
    no notebook: when a notebook was a link, nbgrader reports that submission as failed and goes on to the others. So it
    does when the submission itself, or its learner's folder, is a link: the list of ``notebooks``, which is nbgrader's
    own, is emptied, and no score is recorded.
    """
    for folder in {Path(one).parent for one in notebooks}:
        linked = [path for path in (folder.parent, folder) if path.is_symlink()]
        if linked:
            said = link_at(linked[0])
            warn(f"{shown(folder.parent.name)} : {said.what} Cette copie n’est pas corrigée. {said.advice}")
            notebooks.clear()
            return
        try:
            for path in _odd(folder):
                _replace(path)
            _settle_time(folder)
        except OSError as error:
            raise SystemExit(UNWRITABLE.format(folder=folder, why=why(error))) from error


def refuse_anonymised(**_: object) -> None:
    """Stop before anything is graded in a copy under other identifiers."""
    from autograder.course.course import NOT_THE_ORIGINAL

    raise SystemExit(NOT_THE_ORIGINAL)


def _settle_time(folder: Path) -> None:
    """Put the time that is kept in place of one that nbgrader cannot read or that cannot be true, and say so.

    The time of a receipt, which nbgrader does not read, is written where it reads one.

    The due date is not known here: ``casekit grade`` also says which time alone puts a copy before it.
    """
    found = hand_in_time(folder)
    if found.kept and (found.incident or not (folder / NAME).exists()):
        replace_file(folder / NAME, f"{found.kept:%Y-%m-%d %H:%M:%S.%f} UTC".encode())
        os.utime(folder / NAME, (found.kept.replace(tzinfo=UTC).timestamp(),) * 2)
    if found.incident:
        warn(f"{shown(folder.parent.name)} : {found.incident.what} {found.incident.advice}")


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
