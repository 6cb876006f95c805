"""Whether an answer is what the notebook's cells, as they are written now, would make of it in a fresh run.

Each name carries a token of all that it was made from: the text of its cell and the tokens of what that cell read. The
tokens of the session are those of the cells that were really run, in the order of the runs; those of the notebook are
what one run from the top would give. An answer is fresh when both agree.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from casestudies.cell_names import CellNames, cell_names
from casestudies.started_programs import program_line

FAILED = "échec"
"""What begins the token of a name whose cell stopped on an error."""
PROGRAM = "programme"
"""The token, in one run from the top, of a name whose cell starts a program: grading stops it there."""
GIVEN = frozenset(("dossier", "identifiant"))
"""Names that the kit itself gives at grading, whatever the notebook says."""
_FILLED = re.compile(r"\.livrable\(\s*[\"']([\w-]+)[\"']")

Cell = tuple[str, str]
"""The id of a code cell and its text."""
Outside = Callable[[str], str]
"""What tells a fingerprint of a deliverable filled elsewhere than in the notebook, by its slug."""


@dataclass(frozen=True)
class Doubt:
    """Why an answer is not judged: the ids of the cells to run, and whether one of them had stopped on an error."""

    cells: tuple[str, ...]
    failed: bool = False
    settle: bool = False
    """Whether only a fresh run can tell: a cell that makes a name from itself was run again."""
    program: bool = False
    """Whether these cells start a program, which grading does not let them do."""


@dataclass(frozen=True)
class CellRun:
    """The last run of a cell: its text, whether it succeeded, the tokens of what it read, the token of what it made."""

    source: str
    succeeded: bool
    read: Mapping[str, str]
    token: str


@dataclass
class SessionTokens:
    """The tokens of the names that a kernel holds, the cells that made them, and the last run of each cell."""

    names: dict[str, str] = field(default_factory=dict)
    makers: dict[str, str] = field(default_factory=dict)
    later: dict[str, set[str]] = field(default_factory=dict)
    runs: dict[str, CellRun] = field(default_factory=dict)
    count: int = 0

    def ran(self, cell: str, source: str, succeeded: bool, outside: Outside) -> None:
        """Take in that a cell was run."""
        self.count += 1
        used = _names(source)
        read = {name: self._before(cell, name, used) for name in _read(used, self.later)}
        token = _token(source, read, outside) if succeeded else f"{FAILED} {self.count}"
        self.runs[cell] = CellRun(source, succeeded, read, token)
        self.names.update(dict.fromkeys(used.makes, token))
        self.makers.update(dict.fromkeys(used.makes, cell))
        _learn(self.later, used)

    def is_current(self, cell: str, source: str) -> bool:
        """Whether a cell was last run with this text, to its end."""
        run = self.runs.get(cell)
        return run is not None and run.succeeded and run.source == source

    def failed(self, cell: str, source: str) -> bool:
        """Whether a cell was last run with this text, and stopped on an error."""
        run = self.runs.get(cell)
        return run is not None and not run.succeeded and run.source == source

    def _before(self, cell: str, name: str, used: CellNames) -> str:
        """Return the token of a name before the cell.

        A cell that fills parts of a table is often run again: what it had filled, it fills anew, so that the table
        counts as it was before the first run. That does not hold for a name made from itself (``x = x + 1``).
        """
        now, run = self.names.get(name, ""), self.runs.get(cell)
        if run is None or name not in used.makes or used.again or now != run.token or name not in run.read:
            return now
        return run.read[name] if _names(run.source).places <= used.places and not _names(run.source).again else now


def made_of(answer: str, session: SessionTokens) -> str:
    """Return the token of ``answer``, the text handed in by a check cell, as this session made it."""
    return _joined(session.names, sorted(_read(_names(answer), session.later)))


def would_be_made(answer: str, cells: Iterable[Cell], outside: Outside) -> str:
    """Return the token that ``made_of`` would give after one run of ``cells`` from the top."""
    expected, later = _one_run(dict(cells), outside)
    return _joined(expected, sorted(_read(_names(answer), later)))


def _joined(tokens: Mapping[str, str], names: Iterable[str]) -> str:
    told = "|".join(f"{name}={tokens.get(name, '')}" for name in names)
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()


def doubt_of(answer: str, cells: Iterable[Cell], session: SessionTokens, outside: Outside) -> Doubt | None:
    """Return why ``answer``, the text handed in by a check cell, may not be what grading will see; None when it is.

    Parameters
    ----------
    cells
        The code cells above the check cell, as they are written now, from the top.
    """
    written = dict(cells)
    expected, later = _one_run(written, outside)
    wanted = _read(_names(answer), later)
    late = [name for name in sorted(wanted) if session.names.get(name) != expected.get(name)]
    if not late:
        return None
    makers = {session.makers.get(name, "") for name in late} & written.keys()  # a cell that no longer compiles, too
    made = _behind(late, written)
    programs = tuple(cell for cell in written if cell in made and program_line(written[cell]))
    if programs:
        return Doubt(programs, program=True)
    behind = tuple(cell for cell in written if cell in makers or cell in made)
    to_run = tuple(cell for cell in behind if not session.is_current(cell, written[cell]))
    failed = any(session.failed(cell, written[cell]) for cell in to_run)
    return Doubt(to_run or behind, failed, settle=not to_run)


def _one_run(written: Mapping[str, str], outside: Outside) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return the token of each name after one run of the cells from the top, and what functions read when called."""
    expected: dict[str, str] = {}
    later: dict[str, set[str]] = {}
    for source in written.values():
        used = _names(source)
        read = {name: expected.get(name, "") for name in _read(used, later)}
        token = PROGRAM if program_line(source) else _token(source, read, outside)
        expected.update(dict.fromkeys(used.makes, token))
        _learn(later, used)
    return expected, later


def cells_behind(answer: str, cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return the ids of the cells that make what ``answer``, the text handed in by a check cell, reads, from the top.

    Parameters
    ----------
    cells
        The code cells above the check cell, from the top.
    """
    written = dict(cells)
    found = _behind(sorted(_names(answer).reads), written)
    return tuple(cell for cell in written if cell in found)


def _behind(names: list[str], written: Mapping[str, str]) -> set[str]:
    """Return the cells that make these names and those that make what they read."""
    order = list(written)
    found: set[int] = set()
    waiting = [(name, len(order)) for name in names]
    while waiting:
        name, before = waiting.pop()
        makers = [rank for rank in range(before) if name in _names(written[order[rank]]).makes]
        if makers and makers[-1] not in found:
            found.add(makers[-1])
            waiting += [(read, makers[-1]) for read in _names(written[order[makers[-1]]]).reads]
    return {order[rank] for rank in found}


def _read(used: CellNames, later: Mapping[str, set[str]]) -> set[str]:
    """Return the names that a cell reads, those of the functions that it may call among them."""
    found: set[str] = set()
    waiting = set(used.reads)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= later.get(name, set()) - found
    return found - GIVEN


def _learn(later: dict[str, set[str]], used: CellNames) -> None:
    for name in used.makes:
        later.pop(name, None)
    later.update(used.later)


@lru_cache(1024)
def _names(source: str) -> CellNames:
    return cell_names(source)


def _token(source: str, read: Mapping[str, str], outside: Outside) -> str:
    told = "|".join(f"{name}={read[name]}" for name in sorted(read))
    filled = "|".join(f"{slug}={outside(slug)}" for slug in sorted(set(_FILLED.findall(source))))
    return hashlib.blake2b(f"{source}\0{told}\0{filled}".encode(), digest_size=12).hexdigest()
