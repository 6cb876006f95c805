"""Writing the keys of a class where nobody but its trainer looks, several at once, and saying what was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.course.private import private_folder
from autograder.key_sheets.build import NoVariantError, asked_in, build_key_sheet
from autograder.key_sheets.model import KeySheet
from autograder.key_sheets.page import as_pdf
from autograder.key_sheets.table import class_table
from autograder.parallel import spread
from autograder.sheets.files import write_whole
from casestudies import typesetting

FOLDER = Path("build") / "corriges"
PREFIX = "corrige-"
TABLE = "classe.xlsx"


@dataclass(frozen=True)
class WrittenKeys:
    """What was written in a folder, and why some learners have nothing, in French."""

    folder: Path
    files: tuple[Path, ...]
    left_out: tuple[str, ...] = ()


def write_keys(
    course: Course, assignment: str, learners: Sequence[Learner], table: bool = False, pages: bool = True,
    today: date | None = None,
) -> WrittenKeys:  # fmt: skip
    """Write the key of each learner, and the table of them all; each file is whole, even when this is interrupted.

    Parameters
    ----------
    table
        Whether the workbook of the class is written.
    pages
        Whether the PDF of each learner is.

    Raises
    ------
    CasekitError
        When the assignment asks nothing, the course is a copy without identities, or a file cannot be written.
    """
    course.require_original()
    asked_in(course, assignment)
    folder = private_folder(course.root / FOLDER) / assignment
    private_folder(folder)
    work = partial(_written, course.root, assignment, folder if pages else None, today or date.today())
    found = spread(work, learners, "Corrigés", 1 if typesetting.begun() else None)
    sheets = [one for one in found if isinstance(one, KeySheet)]
    files = [_file(folder, one.learner) for one in sheets] if pages else []
    if table and sheets:
        files.append(write_whole(folder / TABLE, class_table(sheets)))
    return WrittenKeys(folder, tuple(files), tuple(one for one in found if isinstance(one, str)))


def _written(root: Path, assignment: str, folder: Path | None, today: date, learner: Learner) -> KeySheet | str:
    """Return a learner's key, its page written, or why there is none."""
    try:
        sheet = build_key_sheet(Course(root), assignment, learner, today)
    except NoVariantError as error:
        return str(error)
    if folder is not None:
        write_whole(_file(folder, learner), as_pdf(sheet))
    return sheet


def _file(folder: Path, learner: Learner) -> Path:
    return folder / f"{PREFIX}{learner.id}.pdf"
