"""The members of a jury, ``membres.csv``, and what is to be remembered of its composition."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from autograder.certification.pathway import FORMATION, MIXED, VAE
from autograder.course.course import Course
from autograder.course.lists import read_rows
from autograder.referentiel import ContentError
from autograder.review.rows import clean
from casestudies.strict import Table

FILE = "membres.csv"
COLUMNS = ("nom", "qualite")
OPTIONAL = ("presidence", "candidats_lies", "presence")
PROFESSIONAL, CENTRE = QUALITIES = ("professionnel", "centre")
PRESENT, ABSENT, EXCUSED = "présent", "absent", "excusé"
PRESENCES = {
    "": "", PRESENT: PRESENT, "présente": PRESENT, ABSENT: ABSENT, "absente": ABSENT, EXCUSED: EXCUSED,
    "excusée": EXCUSED,
}  # fmt: skip
"""What the column « presence » may say, and what it means; empty before the session."""
LEAST_MEMBERS = 2
"""Code du travail, art. D. 6412-6 (VAE), checked on 2026-11-26."""
MAX_NAME = 120
REMINDERS = Path(__file__).parent / "rappels.toml"


@dataclass(frozen=True)
class JuryMember:
    """A member of a jury: qualified in the profession or of the centre, and the candidates they are linked to.

    ``presence`` is one of the values of ``PRESENCES``, empty while nobody said.
    """

    name: str
    quality: str
    president: bool = False
    linked: tuple[str, ...] = ()
    presence: str = ""

    @property
    def sits(self) -> bool:
        """Whether they sit, as far as is known."""
        return self.presence not in (ABSENT, EXCUSED)


@dataclass(frozen=True)
class Reminder:
    """A rule on the composition of a jury; ``source`` is empty for what the centre has to check by itself."""

    ways: tuple[str, ...]
    text: str
    source: str
    link: str
    checked_on: date | None

    def __str__(self) -> str:
        """Return the rule with its source and the day it was checked, or the mention that the centre checks it."""
        if self.checked_on is None:
            return f"{self.text} (À vérifier par le centre.)"
        return f"{self.text} ({self.source} ; vérifié le {self.checked_on:%d/%m/%Y}.)"


def members_of(course: Course) -> tuple[JuryMember, ...]:
    """Return the members that ``membres.csv`` lists; without the file, nobody.

    Raises
    ------
    CasekitError
        When it is not filled as it must be.
    """
    path = course.root / FILE
    return read_members(path) if path.exists() else ()


def read_members(path: Path) -> tuple[JuryMember, ...]:
    """Return the members that a file lists, absent ones among them.

    Its columns are ``nom``, ``qualite`` and, optional, ``presidence``, ``candidats_lies`` and ``presence``.

    Raises
    ------
    CasekitError
        When a line is at fault, two members have the same name, or two preside.
    """
    rows, problems = read_rows(path, COLUMNS, OPTIONAL)
    members: list[JuryMember] = []
    for row in rows:
        name = " ".join(clean(row["nom"]).split())
        if not name or len(name) > MAX_NAME:
            row.fail(f"le nom est vide, ou dépasse {MAX_NAME} caractères.")
        elif any(one.name.casefold() == name.casefold() for one in members):
            row.fail(f"« {name[:40]} » est déjà dans la liste.")
        quality = row.choice("qualite", QUALITIES)
        president = row.choice("presidence", ("", "non", "oui")) == "oui"
        if president and any(one.president for one in members):
            row.fail("une autre personne préside déjà le jury.")
        linked = tuple(filter(None, re.split(r"[\s,;]+", row["candidats_lies"])))
        presence = PRESENCES[row.choice("presence", tuple(PRESENCES))]
        members.append(JuryMember(name, quality, president, linked, presence))
    problems.settle("Le jury n’a pas été lu : corrigez ces lignes, puis relancez.")
    return tuple(members)


def remarks(members: Iterable[JuryMember], ways: Iterable[str]) -> list[str]:
    """Return what the composition of a jury lacks for these ways, as far as a list can tell."""
    everybody, asked = list(members), set(ways)
    listed = [one for one in everybody if one.sits]
    if not everybody:
        return ["La liste des membres est vide : remplissez membres.csv, ou complétez le procès-verbal à la main."]
    if not listed:
        return ["Aucun membre n’est présent d’après membres.csv : le jury ne peut pas délibérer."]
    said = []
    if not any(one.president for one in listed):
        said.append("Aucun membre ne préside : désignez un président ou un responsable de jury.")
    if asked & {VAE, MIXED}:
        if len(listed) < LEAST_MEMBERS:
            said.append(f"VAE : le jury compte {len(listed)} membre ; {LEAST_MEMBERS} au moins sont demandés.")
        if not any(one.quality == PROFESSIONAL for one in listed):
            said.append("VAE : aucun membre « professionnel » ; une personne qualifiée au moins est demandée.")
    return said


def reminders(ways: Iterable[str]) -> list[Reminder]:
    """Return the rules to remember for these ways; those of the formation for who has none."""
    asked = set(ways) or {FORMATION}
    return [one for one in all_reminders() if asked & set(one.ways)]


@cache
def all_reminders() -> tuple[Reminder, ...]:
    """Return every rule, read once."""
    return tuple(map(_reminder, Table.read(REMINDERS, ContentError).only("rappels").tables("rappels")))


def _reminder(table: Table) -> Reminder:
    sourced = not table.flag("a_verifier")
    table.only("voies", "texte", *(("source", "lien", "verifie_le") if sourced else ("a_verifier",)))
    if not sourced:
        return Reminder(table.texts("voies"), table.text("texte"), "", "", None)
    checked = table.data["verifie_le"]
    if not isinstance(checked, date):
        table.fail("verifie_le", "une date est attendue")
    return Reminder(table.texts("voies"), table.text("texte"), table.text("source"), table.text("lien"), checked)
