"""Add where a jury sat, when, and its votes; they are unknown, and stay empty, for what was decided before."""

import sqlalchemy as sa
from alembic import op

revision = "r0006"
down_revision = "r0005"


def upgrade() -> None:
    """Add the columns."""
    for name, length in (("place", 256), ("opened", 5), ("closed", 5), ("votes", 16)):
        column = sa.Column(name, sa.String(length), nullable=False, server_default="")
        op.add_column("casekit_certification_ruling", column)
