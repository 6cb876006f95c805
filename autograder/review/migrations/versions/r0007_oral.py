"""Make the table of what each marker keeps of an oral: the time, the questions asked, what was heard."""

import sqlalchemy as sa
from alembic import op

revision = "r0007"
down_revision = "r0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "casekit_review_oral",
        sa.Column("assignment", sa.String(128), primary_key=True),
        sa.Column("learner", sa.String(256), primary_key=True),
        sa.Column("part", sa.String(128), primary_key=True),
        sa.Column("marker", sa.String(128), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("talk_s", sa.Integer, nullable=False),
        sa.Column("answers_s", sa.Integer, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("heard", sa.Text, nullable=False),
    )
