"""Make the table of what markers gave to the sample copies."""

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "casekit_review_calibration",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("marker", sa.String(128), nullable=False, index=True),
        sa.Column("criterion", sa.String(32), nullable=False),
        sa.Column("rubric", sa.String(64), nullable=False),
        sa.Column("copy", sa.String(32), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("given", sa.Integer, nullable=False),
        sa.Column("agreed", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
