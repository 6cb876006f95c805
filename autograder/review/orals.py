"""What each marker keeps of an oral: the time, the questions asked, what was heard. Nobody is shown another's notes.

Each change is made on what stands, in one transaction: two windows of the same marker lose nothing of each other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from autograder.review.database import KeptInGradebook, now
from autograder.review.model import Marker, Part
from autograder.review.rows import at, aware, clean, place_of
from autograder.review.tables import ORALS
from casestudies.errors import CasekitError
from casestudies.quoting import on_one_line

LONGEST = 400
"""Characters of a question or of something heard."""
MOST_ASKED, MOST_HEARD = 40, 200
LONGEST_S = 99 * 60 + 59
"""Seconds that a clock of two digits shows."""
_COLUMNS = ("marker", "at", "talk_s", "answers_s", "asked", "heard")


@dataclass(frozen=True)
class Heard:
    """Something heard: what it shows of the rubric's expected elements, empty for anything else, and the words.

    ``id`` comes from the page, so that what is sent twice is kept once.
    """

    id: str
    expected: str
    words: str


@dataclass(frozen=True)
class OralNotes:
    """What one marker kept of one oral; ``at`` is when it last changed, None while nothing is kept."""

    marker: str
    talk_s: int = 0
    answers_s: int = 0
    asked: tuple[str, ...] = ()
    heard: tuple[Heard, ...] = ()
    at: datetime | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was kept."""
        return not (self.talk_s or self.answers_s or self.asked or self.heard)


class Orals(KeptInGradebook):
    """The notes of every marker on every oral; use it as a context."""

    def notes(self, part: Part, marker: Marker) -> OralNotes:
        """Return what ``marker`` kept of an oral."""
        return self.database.read(lambda connection: _notes(connection, part, marker) or OralNotes(marker.name))

    def of_part(self, part: Part) -> dict[str, OralNotes]:
        """Return what was kept of an oral by marker, hidden from nobody: not to be shown to one who marks."""
        query = select(*(ORALS.c[name] for name in _COLUMNS)).where(at(ORALS, part))
        rows = self.database.read(lambda connection: connection.execute(query).mappings().all())
        return {str(row["marker"]): _read(row) for row in rows}

    def of_assignment(self, assignment: str) -> dict[tuple[str, str], dict[str, OralNotes]]:
        """Return what was kept of the orals of an assignment, by learner and part, then by marker."""
        query = select(ORALS).where(ORALS.c.assignment == assignment)
        found: dict[tuple[str, str], dict[str, OralNotes]] = {}
        for row in self.database.read(lambda connection: connection.execute(query).mappings().all()):
            found.setdefault((row["learner"], row["part"]), {})[row["marker"]] = _read(row)
        return found

    def time(self, part: Part, marker: Marker, talk_s: int, answers_s: int) -> OralNotes:
        """Keep how long the candidate talked, then answered, in seconds."""
        talk_s, answers_s = (max(0, min(int(seconds), LONGEST_S)) for seconds in (talk_s, answers_s))
        return self._change(part, marker, lambda notes: replace(notes, talk_s=talk_s, answers_s=answers_s))

    def ask(self, part: Part, marker: Marker, question: str, asked: bool = True) -> OralNotes:
        """Keep that a question was asked, or that it was not.

        Raises
        ------
        CasekitError
            When it is empty or too long, or too many were asked.
        """
        words = _words(question, "La question")

        def change(notes: OralNotes) -> OralNotes:
            others = tuple(one for one in notes.asked if one != words)
            if asked and len(others) >= MOST_ASKED:
                raise CasekitError(f"Déjà {MOST_ASKED} questions : retirez-en une avant d’en ajouter.")
            if asked and words in notes.asked:
                return notes
            return replace(notes, asked=(*others, words) if asked else others)

        return self._change(part, marker, change)

    def hear(self, part: Part, marker: Marker, heard: Heard) -> OralNotes:
        """Keep something that was heard; sent twice, it is kept once.

        Raises
        ------
        CasekitError
            When it is empty or too long, or there are too many.
        """
        words = _words(heard.words, "La note")
        line = Heard(on_one_line(clean(heard.id))[:40], on_one_line(clean(heard.expected)), words)

        def change(notes: OralNotes) -> OralNotes:
            if any(one.id == line.id for one in notes.heard):
                return notes
            if len(notes.heard) >= MOST_HEARD:
                raise CasekitError(f"Déjà {MOST_HEARD} notes : retirez-en une avant d’en ajouter.")
            return replace(notes, heard=(*notes.heard, line))

        return self._change(part, marker, change)

    def unhear(self, part: Part, marker: Marker, identifier: str) -> OralNotes:
        """Take out something that was kept as heard."""
        return self._change(
            part,
            marker,
            lambda notes: replace(notes, heard=tuple(one for one in notes.heard if one.id != identifier)),
        )

    def _change(self, part: Part, marker: Marker, change: Callable[[OralNotes], OralNotes]) -> OralNotes:
        def write(connection: Connection) -> OralNotes:
            stands = _notes(connection, part, marker, lock=True)
            after = replace(change(stands or OralNotes(marker.name)), at=aware(now()))
            values = {**_row(after), "at": now()}
            if stands is None:
                connection.execute(insert(ORALS).values(**place_of(part), marker=marker.name, **values))
            else:
                here = at(ORALS, part) & (ORALS.c.marker == marker.name)
                connection.execute(update(ORALS).where(here).values(**values))
            return after

        return self.database.write(write)


def _notes(connection: Connection, part: Part, marker: Marker, lock: bool = False) -> OralNotes | None:
    query = select(*(ORALS.c[name] for name in _COLUMNS)).where(at(ORALS, part), ORALS.c.marker == marker.name)
    row = connection.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    return None if row is None else _read(row)


def _read(row: Mapping[Any, Any]) -> OralNotes:
    asked = tuple(line for line in row["asked"].split("\n") if line)
    heard = tuple(_heard(line) for line in row["heard"].split("\n") if line)
    return OralNotes(row["marker"], row["talk_s"], row["answers_s"], asked, heard, aware(row["at"]))


def _heard(line: str) -> Heard:
    """Return a line of « heard » : an anonymous copy may have masked part of it."""
    identifier, expected, words, *_ = [*line.split("\t"), "", ""]
    return Heard(identifier, expected, words)


def _row(notes: OralNotes) -> dict[str, Any]:
    """Return the columns of notes: a line for each question and each thing heard, whose three texts a tab parts."""
    heard = ("\t".join((one.id, one.expected, one.words)) for one in notes.heard)
    columns = {"talk_s": notes.talk_s, "answers_s": notes.answers_s}
    return {**columns, "asked": "\n".join(notes.asked), "heard": "\n".join(heard)}


def _words(text: str, what: str) -> str:
    words = on_one_line(clean(text))
    if not words:
        raise CasekitError(f"{what} est vide : rien n’a été enregistré.")
    if len(words) > LONGEST:
        raise CasekitError(f"{what} compte {len(words)} caractères : {LONGEST} au plus. Rien n’a été enregistré.")
    return words


def said(notes: OralNotes) -> list[str]:
    """Return what was kept of an oral, in French sentences, for the jury; empty when nothing was."""
    found = []
    if notes.talk_s or notes.answers_s:
        found.append(f"Temps : exposé {clock(notes.talk_s)}, questions {clock(notes.answers_s)}.")
    found += _listed("Question posée", notes.asked)
    found += _listed("Entendu", (f"{one.words} ({one.expected})" if one.expected else one.words for one in notes.heard))
    return found


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    return [f"{title} : {line}" for line in lines]


def clock(seconds: float) -> str:
    """Return minutes and seconds as a clock shows them.

    >>> clock(605)
    '10:05'
    """
    return f"{int(seconds) // 60:02}:{int(seconds) % 60:02}"
