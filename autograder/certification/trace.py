"""The trace of a jury: each line says what was written or decided, and holds the hash of the line before it.

Whoever changes a line, takes one out or puts one in breaks every hash after it. The last hash is to be noted elsewhere
(it is shown when a line is added): somebody who rewrote the whole file could not give it again.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from autograder.certification.dossier_pointer import FOLDER
from autograder.certification.model import Entry
from autograder.referentiel import load_rubrics
from autograder.referentiel.loader import referentiel_digest
from autograder.sheets.centre import Centre
from autograder.sheets.files import write_whole
from casestudies import __version__
from casestudies.errors import CasekitError, why

FILE = "trace.jsonl"
MAX_BYTES = 50_000_000
START = "0" * 64
"""What stands for the hash before the first line."""
DEPTH = 2
"""How far above a trace (« build/jury/session/trace.jsonl ») the folder that holds the dossiers stands."""
TO_EDIT = (".docx", ".csv")
"""Files made to be changed by people: a change of theirs is reported, not held against them."""


@dataclass(frozen=True)
class CheckedTrace:
    """What a trace is worth: how many lines, the last hash, what was changed, what people edited as they may.

    ``dossiers`` says which candidates' dossiers are no longer those that the last session's line points to.
    """

    lines: int
    last: str
    problems: tuple[str, ...]
    edited: tuple[str, ...]
    dossiers: tuple[str, ...] = ()


def add_line(
    folder: Path, event: str, files: Iterable[Path], centre: Centre, entries: Iterable[Entry] = (),
    proposals: Mapping[str, Mapping[str, str]] | None = None,
    dossiers: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
) -> str:  # fmt: skip
    """Add a line to the trace of a folder, and return its hash.

    ``dossiers`` are the files of each candidate's dossier de valorisation as they are: name, SHA-256, bytes.

    Raises
    ------
    CasekitError
        When the trace there is broken, or cannot be written.
    """
    path = folder / FILE
    known = _lines(path) if path.exists() else []
    if broken := _broken(known):
        raise CasekitError(
            f"{path} a été modifiée, rien n’y est ajouté. {broken[0]} Mettez ce fichier de côté d’abord."
        )
    line = {
        "n": len(known) + 1,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "event": event,
        "kit": __version__,
        "referentiel": referentiel_digest(),
        "rubrics": {code: rubric.digest for code, rubric in load_rubrics().items()},
        "settings": centre.plain(),
        "files": [_file(one, folder) for one in files],
        "proposals": proposals or {},
        "dossiers": {name: list(files) for name, files in (dossiers or {}).items()},
        "decisions": [_decision(entry) for entry in entries],
        "previous": known[-1]["hash"] if known else START,
    }
    line["hash"] = _hash(line)
    text = "".join(_written(one) + "\n" for one in [*known, line])
    write_whole(path, text.encode("utf-8"))
    return str(line["hash"])


def check_trace(path: Path) -> CheckedTrace:
    """Return whether anything changed since the lines of a trace were written: the lines, and the files beside it.

    Raises
    ------
    CasekitError
        When it cannot be read at all.
    """
    lines = _lines(path)
    problems = _broken(lines)
    edited = []
    for name, digest in _last(lines).items():
        said = _changed(path.parent, name, digest)
        if said and Path(name).suffix in TO_EDIT:
            edited.append(said)
        elif said:
            problems.append(said)
    last = str(lines[-1].get("hash", "")) if lines else START
    return CheckedTrace(len(lines), last, tuple(problems), tuple(edited), tuple(_dossiers(path, lines)))


def last_files(path: Path) -> dict[str, str]:
    """Return the SHA-256 of each file as a trace last saw it, by name; nothing when there is no trace yet."""
    return _last(_lines(path)) if path.exists() else {}


def _last(lines: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {str(one.get("name")): str(one.get("sha256")) for line in lines for one in line.get("files", ())}


def _dossiers(path: Path, lines: list[dict[str, Any]]) -> Iterator[str]:
    """Say which dossiers changed since the last line: they may, and the trace tells which one the jury had."""
    cited = lines[-1].get("dossiers", {}) if lines else {}
    above = path.resolve().parents
    if not isinstance(cited, dict) or len(above) <= DEPTH:
        return
    for files in cited.values():
        for one in files if isinstance(files, list) else ():
            if isinstance(one, dict):
                said = _changed(above[DEPTH] / FOLDER, str(one.get("name")), str(one.get("sha256")))
                yield from [said] if said else []


def _changed(folder: Path, name: str, written: str) -> str:
    """Say what became of a file; nothing when it is as it was written."""
    if Path(name).name != name:
        return f"« {name[:80]} » : ce nom sort du dossier de la trace."
    try:
        digest = sha256((folder / name).read_bytes()).hexdigest()
    except OSError:
        return f"« {name} » a disparu du dossier."
    return "" if digest == written else f"« {name} » n’est plus le fichier écrit par casekit."


def _broken(lines: list[dict[str, Any]]) -> list[str]:
    """Say which lines were changed, moved, added or taken out."""
    problems, previous = [], START
    for number, line in enumerate(lines, start=1):
        if line.get("n") != number or line.get("previous") != previous:
            problems.append(f"Ligne {number} : elle ne suit pas la précédente (ligne ôtée, ajoutée ou déplacée).")
        if line.get("hash") != _hash(line):
            problems.append(f"Ligne {number} : son contenu a été modifié.")
        previous = str(line.get("hash"))
    return problems


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CasekitError(f"{path} est trop longue pour être une trace.")
        texts = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = why(error) if isinstance(error, OSError) else "elle n’est pas en UTF-8"
        raise CasekitError(f"{path} ne peut pas être lue : {reason}.") from error
    lines = []
    for number, text in enumerate(texts, start=1):
        try:
            line = json.loads(text)
        except (ValueError, RecursionError):
            line = None
        files = line.get("files", []) if isinstance(line, dict) else None
        if not isinstance(files, list) or not all(isinstance(one, dict) for one in files):
            raise CasekitError(f"{path}, ligne {number} : illisible. Cette trace a été modifiée ou tronquée.")
        lines.append(line)
    return lines


def _file(path: Path, folder: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {"name": path.relative_to(folder).as_posix(), "sha256": sha256(content).hexdigest(), "bytes": len(content)}


def _decision(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id, "learner": entry.learner, "bloc": entry.bloc, "ruling": entry.ruling.value,
        "proposal": entry.proposal, "reason": entry.reason, "way": entry.way,
        "session": entry.session.name, "day": entry.session.day.isoformat(), "jury": list(entry.session.jury),
        "votes": asdict(entry.votes) if entry.votes else None, "place": entry.session.sitting.place,
        "hours": list(entry.session.sitting.hours),
        "author": entry.author, "at": entry.at.isoformat(timespec="seconds"), "corrects": entry.corrects,
    }  # fmt: skip


def _hash(line: Mapping[str, Any]) -> str:
    return sha256(_written({name: one for name, one in line.items() if name != "hash"}).encode()).hexdigest()


def _written(line: Mapping[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
