"""The gradebook of a course copied under other names, from SQLite or PostgreSQL, into a new SQLite file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Base, Gradebook
from sqlalchemy import Connection, delete, insert, inspect, select

from autograder.course.course import Course
from autograder.privacy.database import opened
from autograder.privacy.places import TABLES, PersonTable, reflected
from autograder.review.database import Database
from autograder.review.model import FORMGRADER

Mask = Callable[[str, str], str]
"""Masks a text, given the learner whom it is about (empty when nobody in particular)."""

COMMENTS = PersonTable("comment", learner="", texts=("auto_comment", "manual_comment"))
BATCH = 1000
MARKERS = ", "
"""What stands between the markers whom a line of the history names together."""


def markers_of(course: Course) -> list[str]:
    """Return the names under which people mark in a course."""
    found: set[str] = set()
    with opened(course.db_url) as source:
        names = set(inspect(source).get_table_names())
        for one in TABLES:
            if one.name in names and one.markers:
                table = reflected(source, one.name)
                for column in one.markers:
                    for written in source.execute(select(table.c[column]).distinct()).scalars():
                        found |= set(_several(written))
    return sorted(found - {FORMGRADER})


def copy_gradebook(course: Course, target: Path, course_id: str, names: dict[str, str], mask: Mask) -> None:
    """Write the gradebook of ``course`` at ``target``; ``names`` gives the new identifier of each learner and marker.

    What is listed as private, or as not to be copied, is not there.
    """
    url = f"sqlite:///{target}"
    with Gradebook(url, course_id):
        pass  # its own tables, made by itself
    Database(url).close()
    known = {one.name: one for one in (*TABLES, COMMENTS)}
    tables = [table.name for table in Base.metadata.sorted_tables if table.name != "course"]
    tables += [one.name for one in TABLES if one.copied and one.name not in tables]
    with opened(course.db_url) as source, opened(url) as made:
        here, there = (set(inspect(one).get_table_names()) for one in (source, made))
        owners = _owners(source)
        for name in tables:
            if name in here & there:
                table = known.get(name, PersonTable(name, learner=""))
                _fill(made, name, _rows(source, table, course_id, names, mask, owners))


def _rows(
    source: Connection, table: PersonTable, course_id: str, names: dict[str, str], mask: Mask, owners: dict[str, str]
) -> Iterator[dict[str, Any]]:
    for row in source.execute(select(reflected(source, table.name))).mappings():
        made = dict(row)
        owner = made[table.learner] if table.learner else owners.get(made.get("notebook_id", ""), "")
        if table.learner:
            made[table.learner] = names[owner]
        made |= {column: _renamed(made[column], names) for column in table.markers}
        made |= {column: mask(made[column], owner) for column in table.texts if made[column]}
        made |= {column: "" if isinstance(made[column], str) else None for column in table.private if column in made}
        if "course_id" in made:
            made["course_id"] = course_id
        yield made


def _renamed(written: str | None, names: dict[str, str]) -> str | None:
    return written and MARKERS.join(names.get(one, one) for one in _several(written))


def _several(written: str | None) -> list[str]:
    """Return the markers of one cell: the history puts two together when both decided."""
    return [one for one in (written or "").split(MARKERS) if one]


def _fill(made: Connection, name: str, rows: Iterator[dict[str, Any]]) -> None:
    """Write rows in an order that tells nothing: as they were, they would follow the class list."""
    table = reflected(made, name)
    made.execute(delete(table))
    columns = set(table.c.keys())
    kept = [{column: value for column, value in row.items() if column in columns} for row in rows]
    kept.sort(key=lambda row: [str(value) for value in row.values()])
    for start in range(0, len(kept), BATCH):
        made.execute(insert(table), kept[start : start + BATCH])


def _owners(source: Connection) -> dict[str, str]:
    notebooks, submissions = reflected(source, "submitted_notebook"), reflected(source, "submitted_assignment")
    query = select(notebooks.c.id, submissions.c.student_id).join(
        submissions, notebooks.c.assignment_id == submissions.c.id
    )
    return {str(notebook): str(learner) for notebook, learner in source.execute(query)}
