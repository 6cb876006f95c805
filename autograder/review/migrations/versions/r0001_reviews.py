"""Make the tables of the reviews, of their history and of the comment bank."""

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "casekit_review_part",
        *_place(),
        sa.Column("grade_row", sa.String(32)),
        sa.Column("score", sa.Float(53)),
        sa.Column("comment", sa.Text, nullable=False),
    )
    op.create_table(
        "casekit_review_second",
        *_place(),
        sa.Column("marker", sa.String(128), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "casekit_review",
        *_place(),
        sa.Column("stage", sa.String(16), primary_key=True),
        sa.Column("marker", sa.String(128), nullable=False),
        sa.Column("level", sa.Float(53)),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("rubric", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("decided", sa.Integer, nullable=False),
    )
    _history()
    op.create_table(
        "casekit_review_comment",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("criterion", sa.String(32), nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("marker", sa.String(128), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("removed", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )


def _history() -> None:
    op.create_table(
        "casekit_review_change",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("assignment", sa.String(128), nullable=False, index=True),
        sa.Column("learner", sa.String(256), nullable=False),
        sa.Column("part", sa.String(128), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("marker", sa.String(128), nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("decides", sa.Integer, nullable=False),
        *_state("before"),
        *_state("after"),
        sqlite_autoincrement=True,
    )


def _place() -> list[sa.Column[str]]:
    return [
        sa.Column("assignment", sa.String(128), primary_key=True),
        sa.Column("learner", sa.String(256), primary_key=True),
        sa.Column("part", sa.String(128), primary_key=True),
    ]


def _state(side: str) -> list[sa.Column[str]]:
    return [
        sa.Column(f"marker_{side}", sa.String(128), nullable=False),
        sa.Column(f"level_{side}", sa.Float(53)),
        sa.Column(f"comment_{side}", sa.Text, nullable=False),
        sa.Column(f"note_{side}", sa.Text, nullable=False),
        sa.Column(f"rubric_{side}", sa.String(64), nullable=False),
    ]
