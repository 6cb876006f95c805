"""Make the tables of the certification: the register of the juries' decisions and the tutors' grids."""

import sqlalchemy as sa
from alembic import op

revision = "r0004"
down_revision = "r0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "casekit_certification_ruling",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("author", sa.String(128), nullable=False),
        sa.Column("learner", sa.String(256), nullable=False, index=True),
        sa.Column("bloc", sa.String(16), nullable=False),
        sa.Column("session", sa.String(128), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("jury", sa.Text, nullable=False),
        sa.Column("ruling", sa.String(16), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("proposal", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("corrects", sa.Integer, nullable=False),
        sa.Column("kit_version", sa.String(32), nullable=False),
        sa.Column("referentiel", sa.String(64), nullable=False),
        sa.UniqueConstraint("learner", "bloc", "session", "corrects", name="uq_casekit_certification_ruling"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "casekit_certification_tutor",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("learner", sa.String(256), nullable=False, index=True),
        sa.Column("company", sa.String(256), nullable=False),
        sa.Column("tutor", sa.String(256), nullable=False),
        sa.Column("role", sa.String(256), nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("end", sa.Date, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("ratings", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sqlite_autoincrement=True,
    )
