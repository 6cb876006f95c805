"""``decisions.csv``: what the jury fills, one line per bloc and candidate, and the way from there to the register.

Votes, place and hours are optional, also as columns: a file of an earlier version has none. Place and hours may stand
on one line only.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from autograder.certification.model import Decided, Entry, JurySession, Ruling, Sitting, Votes
from autograder.certification.proposals import RULINGS, Proposal, Proposed
from autograder.certification.record import JuryRecord, RecordLine, require_sitting, session_name
from autograder.certification.register import Register
from autograder.course.course import Course
from autograder.course.lists import FileRow, Problems, read_rows
from autograder.review.model import NAME_LENGTH
from casestudies.errors import CasekitError
from casestudies.spreadsheets import csv_bytes

VOTES = ("pour", "contre", "abstention")
SITTING = ("lieu", "debut", "fin")
COLUMNS = (
    "session", "date", "identifiant", "nom", "voie", "bloc", "proposition", "decision", "motif", *VOTES, *SITTING,
)  # fmt: skip
REQUIRED = ("session", "date", "identifiant", "bloc", "proposition", "decision", "motif")
CONFIRMED = "confirmé"
"""What a jury writes to decide as proposed."""
CHOICES = ("", CONFIRMED, *map(str, Ruling))
T = TypeVar("T")
NOTHING_WRITTEN = "Rien n’a été enregistré : corrigez ces lignes, puis relancez."


def as_csv(record: JuryRecord) -> bytes:
    """Return the file to fill; what is recorded already is written in it."""
    rows: list[Iterable[str]] = [COLUMNS]
    sitting = record.session.sitting
    where = (sitting.place, *sitting.hours)
    for candidate in record.candidates:
        for line in candidate.to_decide:
            entry = line.entry
            votes = entry.votes if entry else None
            rows.append((
                record.session.name, record.session.day.isoformat(), candidate.id, candidate.name, line.proposal.way,
                line.code, line.proposal.proposed.value,
                entry.ruling.value if entry else "", entry.reason if entry else "",
                *(map(str, (votes.in_favour, votes.against, votes.abstained)) if votes else ("", "", "")), *where,
            ))  # fmt: skip
    return csv_bytes(rows)


def session_in(path: Path) -> JurySession:
    """Return the session that a filled file is about, without its jury.

    Raises
    ------
    CasekitError
        When the file holds no line, or several sessions.
    """
    rows, problems = _rows(path)
    if not rows:
        raise CasekitError(f"{path.name} ne contient aucune décision : partez du fichier écrit par « casekit jury ».")
    first = rows[0]
    day = first.day("date") or date.min
    for row in rows:
        if (row["session"], row["date"]) != (first["session"], first["date"]):
            row.fail("la session ou la date n’est pas celle de la première ligne : un fichier, une session.")
        if not row["date"]:
            row.fail("la date de la session manque.")
    place = _said_once(rows, "lieu", FileRow.__getitem__) or ""
    opened, closed = (_said_once(rows, name, FileRow.hour) for name in SITTING[1:])
    problems.settle(NOTHING_WRITTEN)
    return JurySession(session_name(first["session"]), day, (), require_sitting(Sitting(place, opened, closed)))


def learners_in(path: Path) -> list[str]:
    """Return the candidates that a file names, in its order."""
    return list(dict.fromkeys(row["identifiant"] for row in _rows(path)[0]))


def read_decisions(path: Path, record: JuryRecord, correcting: bool = False) -> list[Decided]:
    """Return what the jury decided, checked against what is proposed now; what is empty or recorded is left out.

    Raises
    ------
    CasekitError
        When a line is about nobody or nothing, a reason is missing, or a proposal changed since the file was written.
    """
    rows, problems = _rows(path)
    linked = {one.id: one.linked for one in record.candidates}
    lines = {(one.id, line.code): line for one in record.candidates for line in one.to_decide}
    found: dict[tuple[str, str], Decided] = {}
    for row in rows:
        key = row["identifiant"], row["bloc"].upper()
        choice, votes = row.choice("decision", CHOICES), _votes(row)
        if key not in lines:
            row.fail(f"« {key[0][:40]} », bloc « {key[1][:15]} » : ni candidat ni bloc de cette session.")
        elif key in found:
            row.fail(f"« {key[0]} » a déjà une décision pour {key[1]}.")
        elif votes and not choice:
            row.fail("des voix sont comptées, et la décision manque : écrivez-la, ou effacez les voix.")
        elif choice and not _recorded(row, choice, lines[key], votes):
            decided = _decided(row, lines[key].proposal, choice, correcting)
            if decided is not None:
                found[key] = replace(decided, excluded=linked[key[0]], votes=votes)
                _check_votes(row, found[key], [one for one in record.session.jury if one not in linked[key[0]]])
    problems.settle(NOTHING_WRITTEN)
    return list(found.values())


def record_decisions(
    course: Course, record: JuryRecord, decisions: Iterable[Decided], author: str, correcting: bool = False
) -> list[Entry]:
    """Write the jury's decisions in the register; return the lines added.

    Raises
    ------
    CasekitError
        When nobody signs or sits, or the register refuses a line.
    """
    name = " ".join(author.split())
    if not name or len(name) > NAME_LENGTH:
        raise CasekitError(f"Dites qui enregistre, avec « --par » : de 1 à {NAME_LENGTH} caractères.")
    if not record.members:
        raise CasekitError("Le jury est vide : remplissez membres.csv, puis relancez. Rien n’a été enregistré.")
    if not record.session.jury:
        raise CasekitError("Aucun membre du jury n’est présent, d’après membres.csv. Rien n’a été enregistré.")
    with Register.of(course) as register:
        write = register.correct if correcting else register.record
        return write(record.session, decisions, name)


def _rows(path: Path) -> tuple[list[FileRow], Problems]:
    return read_rows(path, REQUIRED, [name for name in COLUMNS if name not in REQUIRED])


def _said_once(rows: Iterable[FileRow], column: str, read: Callable[[FileRow, str], T]) -> T | None:
    """Return what a column says of the whole session, on one line or on several that agree."""
    found: T | None = None
    for row in rows:
        value = read(row, column) if row[column] else None
        if value and found and value != found:
            row.fail(f"une autre valeur est plus haut (colonne « {column} ») : une session, une valeur.")
        found = found or value
    return found


def _votes(row: FileRow) -> Votes | None:
    """Return the votes of a line, None when it has none or they are at fault."""
    if not any(row[column] for column in VOTES):
        return None
    for column in VOTES[:2]:
        if not row[column]:
            row.fail(f"des voix sont comptées, et la colonne « {column} » est vide : écrivez 0 s’il n’y en a pas.")
            return None
    in_favour, against, abstained = map(row.number, VOTES)
    return None if in_favour is None or against is None else Votes(in_favour, against, abstained or 0)


def _check_votes(row: FileRow, decided: Decided, voters: Sequence[str]) -> None:
    """Tell votes that are not those of the members who took part, or that say the contrary of the decision."""
    votes = decided.votes
    if votes is None:
        return
    if votes.total != len(voters):
        row.fail(
            f"{votes.total} voix ({votes}) pour {len(voters)} membre(s) qui délibèrent : corrigez les voix, ou la "
            "présence dans membres.csv."
        )
    if decided.ruling is Ruling.VALIDATED and votes.in_favour < votes.against:
        row.fail(f"« validé » avec moins de voix pour que contre ({votes}) : corrigez les voix ou la décision.")


def _recorded(row: FileRow, choice: str, line: RecordLine, votes: Votes | None) -> bool:
    """Whether the register says the same already."""
    entry = line.entry
    if entry is None or row["motif"] != entry.reason or votes != entry.votes:
        return False
    known = [one for one in RULINGS if one in (entry.proposal, line.proposal.proposed)]  # what was, and is, proposed
    meant = [one for one in known if one == row["proposition"].casefold()]
    return choice == entry.ruling or (choice == CONFIRMED and any(RULINGS[one] is entry.ruling for one in meant))


def _decided(row: FileRow, proposal: Proposal, choice: str, correcting: bool) -> Decided | None:
    """Return what a line decides, None when it is at fault."""
    said, now = row["proposition"], proposal.proposed
    reason = row["motif"]
    if said.casefold() != now.casefold():
        row.fail(
            f"la proposition a changé depuis que ce fichier a été écrit (« {said[:40]} », à présent « {now} ») : "
            "relancez « casekit jury » et reprenez la décision."
        )
        return None
    if now is Proposed.ACQUIRED:
        row.fail(f"{proposal.reasons[0]} Laissez sa décision vide.")
        return None
    if choice == CONFIRMED:
        if now not in RULINGS:
            row.fail(f"il n’y a rien à confirmer, la proposition est « {now} » : écrivez « validé » ou « non validé ».")
            return None
        ruling = RULINGS[now]
    else:
        ruling = Ruling(choice)
    if ruling is Ruling.CANCELLED and not correcting:
        row.fail("« annulé » ne sert qu’à corriger ce qui est enregistré : relancez avec « --correction ».")
        return None
    if not reason and (correcting or proposal.needs_reason(ruling)):
        row.fail(_why(proposal, ruling, correcting))
        return None
    return Decided(row["identifiant"], proposal.bloc.code, ruling, proposal.way, now.value, reason)


def _why(proposal: Proposal, ruling: Ruling, correcting: bool) -> str:
    if correcting:
        return "une correction demande un motif (colonne « motif »)."
    if proposal.gaps:
        return f"le jury peut valider ce bloc, avec un motif (colonne « motif ») : {' '.join(proposal.gaps)}"
    if proposal.undecided or proposal.proposed is Proposed.NOT_YET:
        said = " ".join(proposal.reasons)
        return f"la proposition est « {proposal.proposed} » : pour décider, le jury écrit son motif. {said}"
    return f"« {ruling} » s’écarte de la proposition (« {proposal.proposed} ») : le jury écrit son motif."
