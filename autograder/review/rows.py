"""Rows of the reviews' tables to and from what they mean."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, insert, select, update

from autograder.review.model import Change, Kind, Part, Reading, Stage, State
from autograder.review.retained import Readings, by_stage
from autograder.review.tables import CHANGES, REVIEWS, SECONDS

_FIELDS = ("marker", "level", "comment", "note", "rubric", "work")
_COLUMNS = (*_FIELDS, "version", "decided")


def place_of(part: Part) -> dict[str, str]:
    """Return the key of a part in the tables: which it is, without what the kit's content says of it."""
    return {"assignment": part.assignment, "learner": part.learner, "part": part.id}


def at(table: Table, part: Part) -> Any:
    """Return the condition that finds the rows of a part."""
    return and_(*(table.c[name] == value for name, value in place_of(part).items()))


def readings_of(connection: Connection, part: Part) -> Readings:
    """Return the readings of one part, by stage."""
    rows = connection.execute(select(REVIEWS).where(at(REVIEWS, part))).mappings()
    return by_stage(_review(row, part) for row in rows)


def all_readings(
    connection: Connection, assignment: str, parts: Mapping[tuple[str, str], Part]
) -> dict[Part, Readings]:
    """Return the readings of the parts asked for, by part; ``parts`` is by learner and identifier."""
    found: dict[Part, list[Reading]] = defaultdict(list)
    query = select(REVIEWS).where(REVIEWS.c.assignment == assignment)
    learners = {part.learner for part in parts.values()}
    if len(learners) == 1:
        query = query.where(REVIEWS.c.learner == learners.pop())
    for row in connection.execute(query).mappings():
        part = parts.get((row["learner"], row["part"]))
        if part is not None:
            found[part].append(_review(row, part))
    return {part: by_stage(reviews) for part, reviews in found.items()}


def second_of(connection: Connection, part: Part) -> str | None:
    """Return who was asked to mark a part a second time."""
    found = connection.execute(select(SECONDS.c.marker).where(at(SECONDS, part))).scalar()
    return None if found is None else str(found)


def all_seconds(connection: Connection, assignment: str) -> dict[tuple[str, str], str]:
    """Return who was asked to mark a second time, by learner and part."""
    columns = (SECONDS.c.learner, SECONDS.c.part, SECONDS.c.marker)
    rows = connection.execute(select(*columns).where(SECONDS.c.assignment == assignment))
    return {(learner, part): marker for learner, part, marker in rows}


def add_change(
    connection: Connection, when: datetime, part: Part, stage: Stage, kind: Kind, marker: str, before: State,
    after: State, decides: bool, undoes: int | None,
) -> Change:  # fmt: skip
    """Write one line of the history, and return it."""
    states = {
        f"{name}_{side}": value
        for side, state in (("before", before), ("after", after))
        for name, value in asdict(state).items()
    }
    row = {**place_of(part), "stage": stage.value, "kind": kind.value, "marker": marker, "undoes": undoes,
           "decides": int(decides)}  # fmt: skip
    made = connection.execute(insert(CHANGES).values(**row, at=when, **states))
    assert made.inserted_primary_key is not None
    return Change(made.inserted_primary_key[0], aware(when), part, stage, kind, marker, before, after, undoes)


def changes(connection: Connection, assignment: str, parts: Mapping[tuple[str, str], Part], where: Any) -> list[Change]:
    """Return the lines of the history that ``where`` keeps, oldest first."""
    query = select(CHANGES).where(CHANGES.c.assignment == assignment, where).order_by(CHANGES.c.id)
    return [
        _change(row, parts[row["learner"], row["part"]])
        for row in connection.execute(query).mappings()
        if (row["learner"], row["part"]) in parts
    ]


def put_review(connection: Connection, review: Reading) -> None:
    """Write a reading as it stands."""
    values = {name: getattr(review, name) for name in _COLUMNS} | {"at": review.at.replace(tzinfo=None)}
    here = and_(at(REVIEWS, review.part), REVIEWS.c.stage == review.stage.value)
    if not connection.execute(update(REVIEWS).where(here).values(**values)).rowcount:
        connection.execute(insert(REVIEWS).values(**place_of(review.part), stage=review.stage.value, **values))


def state_of(review: Reading | None) -> State:
    """Return the fields of a reading that a change may touch; nothing yet is an empty one."""
    if review is None:
        return State()
    return State(review.marker, review.level, review.comment, review.note, review.rubric, review.work)


def aware(when: datetime) -> datetime:
    """Return a time read from the tables, which hold UTC, with its zone."""
    return when.replace(tzinfo=UTC)


def clean(text: str) -> str:
    r"""Return text without what a database refuses: NUL bytes, lone surrogates.

    >>> clean("a\x00b\ud800")
    'ab'
    """
    return "".join(sign for sign in text if sign != "\x00" and not "\ud800" <= sign <= "\udfff")


def _review(row: Mapping[Any, Any], part: Part) -> Reading:
    return Reading(part, Stage(row["stage"]), at=aware(row["at"]), **{name: row[name] for name in _COLUMNS})


def _change(row: Mapping[Any, Any], part: Part) -> Change:
    before, after = (State(*(row[f"{name}_{side}"] for name in _FIELDS)) for side in ("before", "after"))
    stage, kind = Stage(row["stage"]), Kind(row["kind"])
    return Change(row["id"], aware(row["at"]), part, stage, kind, row["marker"], before, after, row["undoes"])


def index(parts: Iterable[Part]) -> dict[tuple[str, str], Part]:
    """Return parts by learner and identifier."""
    return {(part.learner, part.id): part for part in parts}
