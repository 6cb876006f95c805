"""Erasing one person from a course: what is theirs goes, what the law may oblige to keep stays, and both are said.

Each step can be done twice: an erasing that was stopped at any instant is finished by asking for it again. The class
list, which holds the names that the last look-round needs, comes last.
"""

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from nbgrader.api import Gradebook, Student
from sqlalchemy import Connection, delete, func, select

from autograder.course.class_list import ID, NAMES, Learner
from autograder.course.configuration import WORK_ROOM
from autograder.course.course import Course
from autograder.faults import told_in_french
from autograder.grading.history import read_history
from autograder.grading.lock import alone
from autograder.grading.records import DamagedRecordError, load_record, save_record
from autograder.privacy import places, trace
from autograder.privacy.database import exists, opened, opened_if_any, write_anew
from autograder.privacy.masking import People
from autograder.privacy.searching import leftovers, naming
from autograder.rooms import sweep_rooms
from autograder.sheets.files import write_whole
from casestudies.company import COMPANIES
from casestudies.errors import CasekitError, why
from casestudies.french import simplified
from casestudies.identity import normal_form, read_json, write_json
from casestudies.spreadsheets import readable_text
from casestudies.variants import draw_key

SEPARATORS = (";", "\t", ",")
"""Those of a list, the surest first: a comma also stands within a cell."""
ERASED = "une personne effacée"
"""What the records of others say in the place of an erased person's identifier."""


@dataclass(frozen=True)
class ErasingPlan:
    """What an erasing takes away and what it keeps."""

    learner: Learner
    folders: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    shared: tuple[Path, ...] = ()
    lines: int = 0
    draws: int = 0
    others: tuple[Path, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    lists: tuple[Path, ...] = ()
    kept_files: tuple[Path, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the course holds nothing of this person that could be erased."""
        return not (self.folders or self.files or self.lines or self.draws or self.rows or self.lists)


def plan_of(course: Course, identifier: str, everything: bool = False) -> ErasingPlan:
    """Return what erasing somebody would do; nothing is changed.

    Parameters
    ----------
    everything
        Take away too what is kept by default, such as acquired blocs.

    Raises
    ------
    CasekitError
        When the identifier is none, or the gradebook cannot be read.
    """
    if not identifier or identifier.startswith(".") or any(sign in identifier for sign in "/\\\x00"):
        raise CasekitError(f"« {identifier[:40]} » n’est pas un identifiant d’apprenant.")
    learner = _learner(course, identifier)
    with opened_if_any(course) as connection:
        counted = {} if connection is None else _counted(connection, identifier)
    kept = set() if everything else {table.name for table in places.TABLES if table.kept}
    return ErasingPlan(
        learner,
        folders=tuple(places.own_folders(course, identifier)),
        files=tuple(places.own_files(course, identifier, everything)),
        shared=tuple(places.shared_files(course)),
        lines=sum(
            line.get("learner") == identifier for path in places.histories(course) for line in read_history(path)
        ),
        draws=sum(key in read_json(path) for path in places.draws_files(course) for key in _keys(identifier)),
        others=tuple(_records_about(course, identifier)),
        rows={name: number for name, number in counted.items() if name not in kept},
        kept={name: number for name, number in counted.items() if name in kept},
        kept_files=() if everything else tuple(naming(course, places.kept_folder(course), learner)),
        lists=tuple(path for path in _lists(course) if without(_text(path), identifier)[1]),
    )


def forget(course: Course, plan: ErasingPlan, everything: bool = False) -> list[str]:
    """Erase a person and return where they are still named, for the trainer to look at.

    Raises
    ------
    CasekitError
        When a file or the database cannot be written: what was erased stays erased, asking again does the rest.
    """
    with alone(course):
        trace.begin(course, plan.learner.id)
        for step in STEPS:
            step(course, plan, everything)
        found = leftovers(course, plan.learner, plan.kept, None if everything else places.kept_folder(course))
        trace.end(course, plan.learner.id)
    return found


def _folders(course: Course, plan: ErasingPlan, everything: bool) -> None:
    sweep_rooms()
    _remove(course.root / WORK_ROOM)  # what a grading that was killed left there: none is running
    for folder in places.own_folders(course, plan.learner.id):
        _remove(folder)
    for file in (*places.own_files(course, plan.learner.id, everything), *places.shared_files(course)):
        _remove(file)


def _lines(course: Course, plan: ErasingPlan, _everything: bool) -> None:
    """Take the person's lines out of the journals, their draws out of the draws, their name out of others' records."""
    identifier = plan.learner.id
    for path in places.histories(course):
        lines = read_history(path)
        left = [line for line in lines if line.get("learner") != identifier]
        if len(left) < len(lines):
            write_whole(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in left).encode("utf-8"))
    for path in places.draws_files(course):
        draws = read_json(path)
        left_over = {key: draw for key, draw in draws.items() if key not in _keys(identifier)}
        if left_over != draws and not write_json(path, left_over):
            raise CasekitError(f"{path} ne peut pas être écrit. Réglez cela, puis relancez : le reste sera fait.")
    people = People([Learner(identifier)])
    for path in _records_about(course, identifier):
        record = load_record(path)
        record.incidents = [
            replace(one, what=people.mask(one.what.replace(f"« {identifier} »", ERASED), {identifier: ERASED}))
            for one in record.incidents
        ]
        save_record(course.records, record)


def _rows(course: Course, plan: ErasingPlan, everything: bool) -> None:
    identifier = plan.learner.id
    if not exists(course):
        return
    with opened(course.db_url) as connection:
        for table in places.about_learners(connection):
            if table.name not in places.NBGRADER and (everything or not table.kept):
                found = places.reflected(connection, table.name)
                connection.execute(delete(found).where(found.c[table.learner] == identifier))
    with told_in_french(), Gradebook(course.db_url, course.course_id) as gradebook:
        if gradebook.db.query(Student).filter(Student.id == identifier).count():
            gradebook.remove_student(identifier)
    write_anew(course)


def _class_lists(course: Course, plan: ErasingPlan, _everything: bool) -> None:
    for path in reversed(_lists(course)):
        kept, gone = without(_text(path), plan.learner.id)
        if gone:
            write_whole(path, kept.encode("utf-8"))


def without(text: str, identifier: str) -> tuple[str, int]:
    r"""Return a class list without the lines of a learner, the others to the letter, and how many were taken out.

    >>> without("identifiant;nom\r\nlea;Léa\r\nnoe;Noé\r\n", "lea")
    ('identifiant;nom\r\nnoe;Noé\r\n', 1)
    """
    head, *lines = text.splitlines(keepends=True) or [""]
    while lines and not head.strip("\ufeff;,\t\r\n "):
        head, lines = head + lines[0], lines[1:]
    first = head.strip("\ufeff\r\n").splitlines()[-1:] or [""]
    separator = next((sign for sign in SEPARATORS if sign in first[0]), ",")
    names = [simplified(name) for name in next(csv.reader(first, delimiter=separator), [])]
    column = next((names.index(name) for name in NAMES[ID] if name in names), None)
    if column is None:
        return text, 0

    def is_theirs(line: str) -> bool:
        cells = next(csv.reader([line], delimiter=separator), [])
        return [normal_form(cell.strip().removeprefix("'")) for cell in cells[column : column + 1]] == [identifier]

    left = [line for line in lines if not is_theirs(line)]
    return "".join([head, *left]), len(lines) - len(left)


STEPS: tuple[Callable[[Course, ErasingPlan, bool], None], ...] = (_folders, _lines, _rows, _class_lists)
"""In order; each does nothing more when it is done again."""


def _lists(course: Course) -> list[Path]:
    return [path for name in places.LISTS if (path := course.root / name).is_file()]


def _text(path: Path) -> str:
    """Return a file's text, its ends of line as they are, whatever a spreadsheet wrote it in; empty when it is none."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return readable_text(content) or ""


def _learner(course: Course, identifier: str) -> Learner:
    """Return a person with their names, from the class list, else from the gradebook, else the identifier alone."""
    listed = course.learners().get(identifier)
    if listed:
        return listed
    with opened_if_any(course) as connection:
        known = {} if connection is None else places.students(connection)
    return known.get(identifier, Learner(identifier))


def _counted(connection: Connection, identifier: str) -> dict[str, int]:
    """Return how many rows of each table are a person's; tables with none are left out."""
    counted = {}
    for table in places.about_learners(connection):
        found = places.reflected(connection, table.name)
        query = select(func.count()).select_from(found).where(found.c[table.learner] == identifier)
        counted[table.name] = int(connection.execute(query).scalar_one())
    return {name: number for name, number in counted.items() if number}


def _records_about(course: Course, identifier: str) -> Iterator[Path]:
    """Yield the records of others whose incidents name a person, such as a copy worked on their variant."""
    people = People([Learner(identifier)])
    for path in places.record_files(course):
        if path.parent.name == identifier:
            continue
        try:
            incidents = load_record(path).incidents
        except DamagedRecordError:
            continue
        if any(f"« {identifier} »" in one.what or people.named_in(one.what) for one in incidents):
            yield path


def _keys(identifier: str) -> set[str]:
    return {draw_key(company, identifier) for company in COMPANIES}


def _remove(path: Path) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise CasekitError(
            f"{path} ne peut pas être supprimé ({why(error)}). Ce qui est effacé le reste : réglez cela, puis "
            "relancez la même commande, elle finira."
        ) from error
