"""Grading an assignment for a class: what is new or changed, by several processes, none able to stop the others."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from autograder.course.course import Course
from autograder.grading.asked import require_known_release
from autograder.grading.handed_in import Submitted, look_at
from autograder.grading.handed_in_at import NAME, hand_in_time
from autograder.grading.job import Graded
from autograder.grading.lock import alone
from autograder.grading.mishaps import concerns_everybody, failed, said_in_french, unwritten
from autograder.grading.pool import PoolPlan, Result, grade_here
from autograder.grading.records import Incident, Record, load_record, record_path
from autograder.grading.source import AssignmentSource, read_source
from autograder.grading.triage.survey import settle, suggested, survey
from autograder.grading.writer import GradedEntry, Writer, work_room
from autograder.keys.questions import questions_of
from autograder.keys.sessions import origin_of
from autograder.privacy.spellings import settle_spellings
from casestudies import __version__
from casestudies.errors import CasekitError
from casestudies.quoting import shown
from casestudies.remise.receipt import NAME as RECEIPT
from casestudies.seeds import DATA_VERSION

Engine = Callable[[PoolPlan, Iterable[Submitted]], Iterator[list[Result]]]
"""Grades submissions and yields the results, those that are ready at the same time together."""


@dataclass
class GradingRun:
    """What a run did: the submissions graded now, those left as they were, the protections that were missing."""

    graded: list[Graded] = field(default_factory=list)
    unchanged: list[Graded] = field(default_factory=list)
    missing: tuple[str, ...] = ()

    @property
    def everyone(self) -> list[Graded]:
        """Every submission, by learner."""
        return sorted([*self.graded, *self.unchanged], key=lambda one: one.learner)


def engine_of(jobs: int | None = None) -> Engine:
    """Return who does the work: ``jobs`` processes of this machine, one for each core."""
    return lambda plan, copies: grade_here(plan, copies, jobs or os.cpu_count() or 1)


def grade(course: Course, assignment: str, learners: list[str] | None = None) -> list[Graded]:
    """Grade the submissions of an assignment, all again, and return what became of each; see ``grade_class``."""
    return grade_class(course, assignment, learners, force=True).everyone


def grade_class(
    course: Course,
    assignment: str,
    learners: list[str] | None = None,
    *,
    force: bool = False,
    engine: Engine | None = None,
    tell: Callable[[Graded, int, int], None] = lambda *_: None,
) -> GradingRun:
    """Grade the submissions that are new or changed (all of them with ``force``).

    Parameters
    ----------
    learners
        Only these; everybody when None.
    engine
        Who does the work: ``engine_of()`` unless another is given.
    tell
        Called after each submission with its result, how many are done and how many there are to do.

    Raises
    ------
    CasekitError
        When the course's configuration did not load, the assignment was not released or asks an unknown question,
        nothing was handed in, another grading of this course is running, or the disk or the gradebook refuses to be
        written.
    """
    course.require(assignment)
    course.require_original()
    with said_in_french(course), alone(course):
        settle_spellings(course)
        shutil.rmtree(work_room(course), ignore_errors=True)
        source = source_of(course, assignment)
        require_known_release(source)
        session = GradingRun()
        folders, renamed = _folders(course, assignment, learners, session)
        plan = PoolPlan(source, course.config)
        with Writer(course, source) as writer:
            journal = {} if force else writer.journal()
            todo, lost = _todo(course, source, folders, journal, session)
            for batch in filter(None, chain([lost], (engine or engine_of())(plan, todo))):
                for copy, found in batch:
                    found.incidents += [told for told in [renamed.get(copy.learner)] if told]
                for graded in _kept(course, source, writer, batch):
                    _lighten(graded)
                    session.graded.append(graded)
                    session.missing = graded.missing or session.missing
                    tell(graded, len(session.graded), len(todo) + len(lost))
    return session


def _kept(course: Course, source: AssignmentSource, writer: Writer, batch: list[Result]) -> Iterator[Graded]:
    """Write down what became of submissions, then yield it: together, or one by one when that fails.

    One that cannot be written alone either has an incident instead.
    """
    try:
        writer.write([_entry(course, source, writer, *one) for one in batch])
    except Exception as error:
        if concerns_everybody(error):
            raise
        why = error
    else:
        yield from (graded for _, graded in batch)
        return
    for copy, graded in batch:
        if len(batch) > 1:
            yield from _kept(course, source, writer, [(copy, graded)])
        else:
            yield _lost(course, source, writer, copy, why)


def _lost(course: Course, source: AssignmentSource, writer: Writer, copy: Submitted, why: Exception) -> Graded:
    """Write down that a submission could not be written because of ``why``, and return what is said of it."""
    lost = unwritten(copy.learner, why, kept=False)
    try:
        writer.write([_entry(course, source, writer, replace(copy, digests={}), lost)])
        return lost
    except Exception as error:
        if concerns_everybody(error):
            raise
    return unwritten(copy.learner, why, kept=True)


def _entry(course: Course, source: AssignmentSource, writer: Writer, copy: Submitted, graded: Graded) -> GradedEntry:
    """Return what is to be recorded of a submission; asked again, it is the same."""
    handed_in = None
    if not copy.digests.keys().isdisjoint((NAME, RECEIPT)):
        time = hand_in_time(copy.folder, writer.due())
        handed_in = time.kept
        graded.incidents += [told for told in [time.incident] if told and told not in graded.incidents]
    _complete(source, graded)
    return GradedEntry(copy, graded, "" if graded.failed else _print(course, source, copy, graded.changed), handed_in)


def _folders(
    course: Course, assignment: str, learners: list[str] | None, session: GradingRun
) -> tuple[list[Path], dict[str, Incident]]:
    """Return the submissions and what to say of those put in their place; those of nobody known go to the session."""
    members = course.learners()
    seen = survey(course.folder("submitted"), assignment, members, course.assignments())
    for name in learners or ():
        if name not in members and name not in seen.folders and name not in dict(seen.apart):
            near = ", ".join(f"« {one} »" for one in suggested(name, members))
            hint = f"Identifiants proches : {near}." if near else "Vérifiez l’identifiant."
            raise CasekitError(f"« {name} » n’est pas dans eleves.csv. {hint}")
    renamed = settle(seen, assignment)
    chosen = [name for name in sorted(seen.folders) if learners is None or name in learners]
    folders = [seen.folders[name] for name in chosen]
    apart = [(name, incident) for name, incident in seen.apart if learners is None or name in learners]
    session.graded += [Graded(shown(name), incidents=[incident]) for name, incident in apart]
    if not folders and not apart:
        raise CasekitError(
            f"Aucune copie à corriger pour « {assignment} » dans {course.folder('submitted')}. "
            "Chaque copie va dans build/submitted/IDENTIFIANT/ÉVALUATION."
        )
    return folders, renamed


def _todo(
    course: Course, source: AssignmentSource, folders: list[Path], journal: dict[str, str], session: GradingRun
) -> tuple[list[Submitted], list[Result]]:
    """Return the submissions to grade, and those that cannot be; what was graded as it is goes to the session."""
    todo: list[Submitted] = []
    lost: list[Result] = []
    for folder in folders:
        learner = folder.parent.name
        try:
            copy = look_at(folder, learner, source.expected)
            known = None
            if journal.get(learner) == _print(course, source, copy):
                known = _as_recorded(course, source, learner)
        except Exception as error:
            lost.append((Submitted(learner, folder), failed(learner, error, "lue")))
            continue
        if known:
            session.unchanged.append(known)
        else:
            todo.append(copy)
    return todo, lost


def _print(course: Course, source: AssignmentSource, copy: Submitted, mended: dict[str, bytes] | None = None) -> str:
    """Return a hash of all that a submission's grade depends on."""
    settings = repr(course.config).replace(str(course.root), "")
    told = f"{source.fingerprint}|{__version__}|{DATA_VERSION}|{settings}|{copy.fingerprint(mended)}"
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def _as_recorded(course: Course, source: AssignmentSource, learner: str) -> Graded | None:
    """Return what was recorded of a submission; None when a record is damaged, so that it is graded again."""
    paths = [record_path(course.records, source.name, learner, name) for name in source.expected]
    try:
        records = [load_record(path) for path in paths if path.is_file()]
    except CasekitError:
        return None
    incidents = list(dict.fromkeys(incident for record in records for incident in record.incidents))
    return Graded(learner, records=records, incidents=incidents)


def source_of(course: Course, assignment: str) -> AssignmentSource:
    """Return a released assignment as nbgrader keeps it, with the files that every copy starts from.

    Raises
    ------
    CasekitError
        When the assignment was not released.
    """
    folder = course.source(assignment)
    ignored = tuple(course.config.CourseDirectory.ignore)
    spared = tuple(course.config.Autograde.get("exclude_overwriting", {}).get(assignment, ()))
    files = {
        name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix != ".ipynb"
        and (name := path.relative_to(folder).as_posix()) not in spared
        and not any(Path(part).match(pattern) for part in Path(name).parts for pattern in ignored)
    }
    return read_source(course.db_url, course.course_id, assignment, files)


def _complete(source: AssignmentSource, graded: Graded) -> None:
    """Attach the incidents to the records, so that every question without a score has its reason."""
    companies = {question.notebook: question.company for question in questions_of(assignment=source.name)}
    known = {record.notebook: record for record in graded.records}
    graded.records = []
    noticed = list(graded.incidents)
    for notebook in source.expected:
        mine = [incident for incident in noticed if incident.notebook in (notebook, "")]
        company = companies.get(origin_of(f"{source.name}/{notebook}"), "")
        empty = Record(source.name, notebook, graded.learner, company, None, __version__)
        record = known.get(notebook, empty) if notebook in graded.notebooks else empty
        graded.incidents += [incident for incident in record.incidents if incident not in graded.incidents]
        record.incidents = [*mine, *(incident for incident in record.incidents if incident not in mine)]
        graded.records.append(record)


def _lighten(graded: Graded) -> None:
    """Drop what is written down by now, so that a class of any size fits in memory."""
    graded.notebooks = dict.fromkeys(graded.notebooks, "")
    graded.values = {}
    graded.repaired = {}
    for record in graded.records:
        record.answers = {}
