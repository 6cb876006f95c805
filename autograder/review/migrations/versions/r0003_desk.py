"""Make the tables of the review desk: where each marker stands, and the comments on qualities never scored."""

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "casekit_review_position",
        sa.Column("assignment", sa.String(128), primary_key=True),
        sa.Column("marker", sa.String(128), primary_key=True),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("learner", sa.String(256), nullable=False),
        sa.Column("part", sa.String(128), nullable=False),
    )
    op.create_table(
        "casekit_review_quality",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("assignment", sa.String(128), nullable=False, index=True),
        sa.Column("learner", sa.String(256), nullable=False),
        sa.Column("marker", sa.String(128), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
