"""Making the learners' version of an assignment, with the draws of the class, and proving that it leaks nothing."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from nbgrader.api import Gradebook

from autograder.course.configuration import BEGIN_SOLUTION, END_SOLUTION
from autograder.course.course import Course
from autograder.course.private import CONFIDENTIAL, open_to_hand_out
from autograder.faults import in_log
from autograder.grading.asked import require_known_source
from autograder.keys.questions import questions_of
from autograder.keys.sessions import session_of
from autograder.keys.variants import accepted_draw
from autograder.parallel import spread
from casestudies.atomic import write_atomically
from casestudies.errors import CasekitError
from casestudies.identity import json_bytes, read_json
from casestudies.livrables import deliverables
from casestudies.livrables.places import TEMPLATES
from casestudies.variants import DRAWS_FILE, draw_key, draw_of

FORBIDDEN = re.compile(
    "|".join([
        re.escape(BEGIN_SOLUTION), re.escape(END_SOLUTION), "BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "autograder",
        r'"hints": *\[', re.escape(CONFIDENTIAL),
    ])
)  # fmt: skip
"""What no released file may contain: marks of solutions or hidden tests, any way to the keys, the compiled texts,
what only a trainer may see."""
NOT_RELEASED = {".json", ".md", ".py", ".toml"}
"""Endings of files that stay with the trainer; the draws of the class are the one JSON file that goes out."""


def release(course: Course, assignment: str) -> Path:
    """Write the learners' version of an assignment and return its folder.

    Who was given a draw of a company before, in this assignment or another of the course, keeps it.

    Raises
    ------
    CasekitError
        When a locked cell asks an unknown question, nbgrader cannot make it, or what it made would leak.
    """
    course.require(assignment)
    course.require_original()
    require_known_source(assignment, course.source(assignment))
    learners = course.learners()
    there = {path.stem for path in course.source(assignment).glob("*.ipynb")}
    questions = [one for one in questions_of(assignment=assignment) if PurePath(one.notebook).name in there]
    if questions:
        companies = list(dict.fromkeys(question.company for question in questions))
        pairs = [(company, name) for company in companies for name in learners]
        file = course.source(assignment) / DRAWS_FILE
        known = read_json(file)
        given = _drawn_elsewhere(course, assignment)
        draw = partial(_draw, known, given) if session_of(assignment) > 1 else partial(_draw, given | known, {})
        found = spread(draw, pairs, "Tirage des variantes")
        draws = {draw_key(*pair): draw for pair, draw in zip(pairs, found, strict=True)}
        write_atomically(file, json_bytes(dict(sorted((known | draws).items()))))
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        for learner in learners.values():
            gradebook.update_or_create_student(learner.id, first_name=learner.first_name, last_name=learner.last_name)
    result = course.api.generate_assignment(assignment, force=True, create=True)
    folder = course.folder("release") / assignment
    if not result["success"]:
        raise CasekitError(f"La version des apprenants n’a pas pu être produite : {_reason(result)}")
    write_templates(folder, (question.id for question in questions))
    leaks = scan(folder)
    if leaks:
        raise CasekitError("La version des apprenants laisse voir un corrigé : " + " ; ".join(leaks))
    open_to_hand_out(folder)
    return folder


def _drawn_elsewhere(course: Course, assignment: str) -> dict[str, int]:
    """Return the draws that the other assignments of the course gave out: a company has one set of figures for each.

    A later session draws anew: its draws are its own, and for it the last one given elsewhere is what counts.
    """
    found: dict[str, int] = {}
    for other in course.assignments():
        if other == assignment or (session_of(other) > 1 and session_of(assignment) == 1):
            continue
        for key, draw in read_json(course.source(other) / DRAWS_FILE).items():
            if isinstance(draw, int):
                found[key] = max(draw, found.get(key, draw))
    return found


def _draw(known: Mapping[str, Any], used: Mapping[str, int], pair: tuple[str, str]) -> int:
    """Return the draw of a company and a learner: the one given before, else the first accepted beyond those used."""
    return draw_of(*pair, known, partial(accepted_draw, after=used.get(draw_key(*pair), -1)))


def scan(folder: Path) -> list[str]:
    """Return, for each released file that holds a solution, a key or a twin, what was found in it."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix in NOT_RELEASED and name != DRAWS_FILE:
            found.append(f"{name} ne doit pas être distribué")
        matches = (FORBIDDEN.search(content.decode("utf-8", "replace")) for content in _contents(path))
        found += [f"« {match.group()} » dans {name}" for match in matches if match]
    return found


def _contents(path: Path) -> Iterator[bytes]:
    """Yield what a file holds; of a workbook, each of its parts once unzipped."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(part) for part in archive.infolist())


def write_templates(folder: Path, questions: Iterable[str]) -> None:
    """Write the blank workbook of each deliverable that these questions check, in ``modeles/`` of ``folder``."""
    from casestudies.livrables.template import write_xlsx  # openpyxl: only when there is something to release

    asked = set(questions)
    for deliverable in deliverables().values():
        if deliverable.is_table and deliverable.question in asked:
            path = folder / TEMPLATES / f"{deliverable.slug}.xlsx"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(write_xlsx(deliverable))


def _reason(result: dict[str, object]) -> str:
    """Return why nbgrader could not: a fault of the disk or the database in French, else its last words."""
    told = str(result.get("error") or "") + "\n" + str(result.get("log") or "")
    lines = [line for line in told.splitlines() if line.strip()]
    return in_log(told) or (lines[-1] if lines else "raison inconnue")
