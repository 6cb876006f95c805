"""Writing what a jury's session gives, with its trace: what people changed by hand is never overwritten."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from autograder.certification import attestation, decisions
from autograder.certification.dossier_pointer import cited_files
from autograder.certification.record import JuryRecord, folder_name
from autograder.certification.record_docx import as_docx
from autograder.certification.record_json import as_json
from autograder.certification.record_page import page_data
from autograder.certification.register import Register
from autograder.certification.trace import FILE, TO_EDIT, add_line, last_files
from autograder.course.course import Course
from autograder.referentiel import load_referentiel
from autograder.sheets.centre import centre_of
from autograder.sheets.files import write_whole
from casestudies.errors import CasekitError
from casestudies.settling import settled
from casestudies.typesetting import typeset

TEMPLATE = Path(__file__).parent / "record.typ"
RECORD, DECISIONS = "proces-verbal", "decisions.csv"


@dataclass(frozen=True)
class WrittenSession:
    """What was written in a folder, what was left as people had changed it, and the last hash of the trace."""

    folder: Path
    files: tuple[Path, ...]
    kept: tuple[Path, ...]
    last_hash: str


def jury_folder(course: Course, name: str) -> Path:
    """Return the folder of a session."""
    return course.root / "build" / "jury" / folder_name(name)


def write_record(course: Course, record: JuryRecord, filled: Path | None = None) -> WrittenSession:
    """Write a session's record in every format, and its line in the trace, with all that the register holds of it.

    Parameters
    ----------
    filled
        The file that the jury's decisions were just read from, copied beside the record.

    Raises
    ------
    CasekitError
        When a file cannot be written, a page cannot be made, or the trace there is broken.
    """
    folder, page = jury_folder(course, record.session.name), page_data(record)
    _require_own(folder, record.session.name)
    made = {
        f"{RECORD}.json": as_json(record).encode("utf-8"),
        f"{RECORD}.pdf": typeset(TEMPLATE, page, record.session.day, "Le procès-verbal"),
        f"{RECORD}.docx": as_docx(settled(page), record.session.day),
        DECISIONS: filled.read_bytes() if filled else decisions.as_csv(record),
    }
    written, kept = _write(folder, made, forced=(DECISIONS,) if filled else ())
    proposals = {
        one.id: {line.code: line.proposal.proposed.value for line in one.to_decide} for one in record.candidates
    }
    with Register.of(course) as register:
        entries = [one for one in register.entries() if one.session.name == record.session.name]
    dossiers = {one.id: cited for one in record.candidates if (cited := list(cited_files(course, one.id)))}
    event = "décisions enregistrées" if filled else "procès-verbal écrit"
    last = add_line(folder, event, written, record.centre, entries, proposals, dossiers)
    return WrittenSession(folder, tuple(written), tuple(kept), last)


def write_attestation(course: Course, learner: str, today: date, bloc: str = "") -> WrittenSession:
    """Write the attestation of a learner as PDF and DOCX, and its line in the trace.

    Parameters
    ----------
    bloc
        The code of the only bloc to attest; by default all those acquired, or the whole certification once pronounced.

    Raises
    ------
    CasekitError
        When the learner or the bloc is unknown, or is not acquired yet.
    """
    if bloc and bloc not in (blocs := load_referentiel().blocs):
        raise CasekitError(f"« {bloc[:20]} » n’est le code d’aucun bloc : {', '.join(blocs)}.")
    listed = course.learners()
    if learner not in listed:
        raise CasekitError(f"« {learner} » n’est pas dans eleves.csv : vérifiez l’identifiant.")
    with Register.of(course) as register:
        acquired = register.acquired().get(learner, {})
    if bloc:
        acquired = {code: entry for code, entry in acquired.items() if code == bloc}
    centre = centre_of(course)
    page = attestation.page_data(listed[learner], acquired, centre, today, bloc)
    folder, name = course.root / "build" / "jury" / "attestations" / bloc, f"attestation-{learner}"
    made = {
        f"{name}.pdf": attestation.as_pdf(page, today, centre.issuer.logo),
        f"{name}.docx": attestation.as_docx(page, today, centre.issuer.logo),
    }
    written, kept = _write(folder, made)
    last = add_line(folder, "attestation écrite", written, centre, acquired.values())
    return WrittenSession(folder, tuple(written), tuple(kept), last)


def _require_own(folder: Path, session: str) -> None:
    """Refuse a folder that another session, of almost the same name, has already."""
    try:
        there = json.loads((folder / f"{RECORD}.json").read_text(encoding="utf-8")).get("session")
    except (OSError, ValueError, AttributeError):
        return  # no record there, or none that says so
    if there != session:
        raise CasekitError(
            f"Le dossier {folder} est celui de la session « {there} » : donnez à celle-ci un nom plus différent."
        )


def _write(folder: Path, made: dict[str, bytes], forced: Iterable[str] = ()) -> tuple[list[Path], list[Path]]:
    """Write files, except those to be edited that somebody edited; return what was written and what was kept."""
    known = last_files(folder / FILE)
    written, kept = [], []
    for name, content in made.items():
        path = folder / name
        edited = path.suffix in TO_EDIT and path.is_file() and sha256(path.read_bytes()).hexdigest() != known.get(name)
        if edited and name not in forced:
            kept.append(path)
        else:
            written.append(write_whole(path, content))
    return written, kept
