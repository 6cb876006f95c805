"""Add the hash of the work that a reading is about; it is unknown, and stays empty, for readings made before."""

import sqlalchemy as sa
from alembic import op

revision = "r0005"
down_revision = "r0004"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("casekit_review", _hash("work"))
    for side in ("before", "after"):
        op.add_column("casekit_review_change", _hash(f"work_{side}"))


def _hash(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(64), nullable=False, server_default="")
