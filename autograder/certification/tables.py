"""The tables of the certification, beside the reviews' in the gradebook's database and under the same migrations."""

from sqlalchemy import Column, Date, DateTime, Integer, String, Table, Text, UniqueConstraint

from autograder.review.tables import METADATA

RULINGS = Table(
    "casekit_certification_ruling",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("author", String(128), nullable=False),
    Column("learner", String(256), nullable=False, index=True),
    Column("bloc", String(16), nullable=False),
    Column("session", String(128), nullable=False),
    Column("day", Date, nullable=False),
    Column("jury", Text, nullable=False),
    Column("ruling", String(16), nullable=False),
    Column("way", String(16), nullable=False),
    Column("proposal", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("corrects", Integer, nullable=False),
    Column("kit_version", String(32), nullable=False),
    Column("referentiel", String(64), nullable=False),
    Column("place", String(256), nullable=False, server_default=""),
    Column("opened", String(5), nullable=False, server_default=""),
    Column("closed", String(5), nullable=False, server_default=""),
    Column("votes", String(16), nullable=False, server_default=""),
    UniqueConstraint("learner", "bloc", "session", "corrects", name="uq_casekit_certification_ruling"),
    sqlite_autoincrement=True,
)
"""The register: lines are added only. ``corrects`` is the line that this one puts right, 0 for a jury's own line.

``bloc`` is a bloc's code, or ``WHOLE``; ``jury`` is the JSON list of its members. ``opened`` and ``closed`` are hours,
« 09:30 », ``votes`` those for, against and abstained, « 2/1/0 »; each is empty where nobody wrote it. The constraint
keeps two people from recording, or correcting, the same line.
"""

TUTOR_GRIDS = Table(
    "casekit_certification_tutor",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("learner", String(256), nullable=False, index=True),
    Column("company", String(256), nullable=False),
    Column("tutor", String(256), nullable=False),
    Column("role", String(256), nullable=False),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("day", Date, nullable=False),
    Column("ratings", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    sqlite_autoincrement=True,
)
"""The tutors' grids read back: lines are added only, the last of a learner and a company counts.

``ratings`` is a JSON list of competency, level (null: not observed) and comment; ``digest`` the SHA-256 of the file.
"""
