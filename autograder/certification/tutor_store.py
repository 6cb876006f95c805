"""The tutors' grids in the gradebook's database: lines are added, the last of a learner and a company counts."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, insert, select

from autograder.certification.model import Rating, TutorGrid
from autograder.certification.tables import TUTOR_GRIDS
from autograder.review.database import Database, now

TEXTS = ("learner", "company", "tutor", "role", "start", "end", "day", "digest")


def keep_grid(database: Database, grid: TutorGrid) -> bool:
    """Keep a grid; return False when the very same file is the one that counts already."""

    def work(connection: Connection) -> bool:
        former = _last(_all(connection, grid.learner)).get(grid.learner, [])
        if any(one.digest == grid.digest for one in former):
            return False
        row = {name: getattr(grid, name) for name in TEXTS}
        ratings = json.dumps([asdict(one) for one in grid.ratings], ensure_ascii=False)
        connection.execute(insert(TUTOR_GRIDS).values(**row, at=now(), ratings=ratings))
        return True

    return database.write(work)


def grids_of(database: Database) -> dict[str, list[TutorGrid]]:
    """Return the grids that count, by learner: the last one of each company."""
    return _last(database.read(_all))


def _all(connection: Connection, learner: str | None = None) -> list[TutorGrid]:
    query = select(TUTOR_GRIDS).order_by(TUTOR_GRIDS.c.id)
    if learner is not None:
        query = query.where(TUTOR_GRIDS.c.learner == learner)
    return [_grid(row) for row in connection.execute(query).mappings()]


def _last(grids: list[TutorGrid]) -> dict[str, list[TutorGrid]]:
    found: dict[str, dict[str, TutorGrid]] = defaultdict(dict)
    for grid in grids:
        found[grid.learner][grid.company.casefold()] = grid
    return {learner: list(mine.values()) for learner, mine in found.items()}


def _grid(row: Mapping[Any, Any]) -> TutorGrid:
    ratings = tuple(Rating(**one) for one in json.loads(row["ratings"]))
    return TutorGrid(**{name: row[name] for name in TEXTS}, ratings=ratings)
