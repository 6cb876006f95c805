"""The tables of the reviews, beside nbgrader's own in its database; ``migrations/`` makes and changes them."""

from sqlalchemy import Column, DateTime, Float, Integer, MetaData, String, Table, Text

METADATA = MetaData()
VERSION_TABLE = "casekit_alembic_version"


def _place() -> list[Column[str]]:
    return [
        Column("assignment", String(128), primary_key=True),
        Column("learner", String(256), primary_key=True),
        Column("part", String(128), primary_key=True),
    ]


PARTS = Table(
    "casekit_review_part",
    METADATA,
    *_place(),
    Column("grade_row", String(32)),
    Column("score", Float(53)),
    Column("comment", Text, nullable=False),
)
"""What nbgrader's tables held for a part when they were last written or looked at; its row is locked to write."""

SECONDS = Table(
    "casekit_review_second",
    METADATA,
    *_place(),
    Column("marker", String(128), nullable=False),
    Column("at", DateTime, nullable=False),
)
"""Who was asked to mark a part a second time."""

REVIEWS = Table(
    "casekit_review",
    METADATA,
    *_place(),
    Column("stage", String(16), primary_key=True),
    Column("marker", String(128), nullable=False),
    Column("level", Float(53)),
    Column("comment", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("rubric", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("decided", Integer, nullable=False),
    Column("work", String(64), nullable=False, server_default=""),
)
"""The readings as they stand; ``version`` and ``decided`` are lines of the history."""

CHANGES = Table(
    "casekit_review_change",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("assignment", String(128), nullable=False, index=True),
    Column("learner", String(256), nullable=False),
    Column("part", String(128), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("marker", String(128), nullable=False),
    Column("undoes", Integer),
    Column("decides", Integer, nullable=False),
    *(
        Column(f"{field}_{side}", kind, nullable=field == "level")
        for side in ("before", "after")
        for field, kind in (
            ("marker", String(128)), ("level", Float(53)), ("comment", Text), ("note", Text), ("rubric", String(64)),
        )
    ),
    *(Column(f"work_{side}", String(64), nullable=False, server_default="") for side in ("before", "after")),
    sqlite_autoincrement=True,
)  # fmt: skip
"""The history: lines are added, never changed nor taken out."""

BANK = Table(
    "casekit_review_comment",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("criterion", String(32), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("marker", String(128), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("place", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""The comment bank; a comment that is edited or taken out is only hidden."""

CALIBRATIONS = Table(
    "casekit_review_calibration",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("marker", String(128), nullable=False, index=True),
    Column("criterion", String(32), nullable=False),
    Column("rubric", String(64), nullable=False),
    Column("copy", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("given", Integer, nullable=False),
    Column("agreed", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What markers gave to the sample copies: one line for each copy of an exercise, as it was agreed that day."""

POSITIONS = Table(
    "casekit_review_position",
    METADATA,
    Column("assignment", String(128), primary_key=True),
    Column("marker", String(128), primary_key=True),
    Column("mode", String(16), nullable=False),
    Column("learner", String(256), nullable=False),
    Column("part", String(128), nullable=False),
)
"""Where each marker stands in the desk."""

QUALITIES = Table(
    "casekit_review_quality",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("assignment", String(128), nullable=False, index=True),
    Column("learner", String(256), nullable=False),
    Column("marker", String(128), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("text", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Free comments on the qualities that are never scored: lines are added only, the last of a learner counts."""

ORALS = Table(
    "casekit_review_oral",
    METADATA,
    *_place(),
    Column("marker", String(128), primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("talk_s", Integer, nullable=False),
    Column("answers_s", Integer, nullable=False),
    Column("asked", Text, nullable=False),
    Column("heard", Text, nullable=False),
)
"""What each marker kept of an oral: seconds of talk and of answers, questions asked and things heard, one a line."""
