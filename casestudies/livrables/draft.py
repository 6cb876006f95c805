"""A table being edited: its rows, kept in its file at every change, and never over somebody else's change."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from casestudies.livrables.cells import MAX_ROWS, MAX_TEXT, FileError, read_cell
from casestudies.livrables.csv_file import write_csv
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.pasting import Pasted, place_in
from casestudies.livrables.store import FilledFile, Shelf, digest_of, write_file

UNDONE_AT_MOST = 50


class DraftConflictError(Exception):
    """The file changed elsewhere since it was last read or written here: nothing was written."""


@dataclass
class Draft:
    """The rows of one deliverable by key, its file, and the rows it starts from when nothing is filled.

    A key names its row for as long as the table is edited, wherever it is moved; whoever writes chooses the keys of
    new rows. A row is replaced, never changed, so that what was there can be put back.
    """

    deliverable: Deliverable
    shelf: Shelf
    start: Sequence[Row] = ()
    lines: dict[str, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the file."""
        self._numbers = count(1)
        self.edition = 0  # how often the file was read
        self.load()

    def load(self) -> None:
        """Read the file again; a row keeps the key of the one that was in its place.

        Raises
        ------
        FileError
            When a file cannot be read, or when two files differ.
        """
        found = self.shelf.every_filled(self.deliverable)
        self.path = found[0].path if found else self.shelf.place(self.deliverable)
        self._twins: list[FilledFile] = found[1:]
        self._digest = found[0].digest if found else digest_of(self.path)
        rows = found[0].rows if found else self.start
        keys = [*self.lines, *(self._new() for _ in rows)]
        self.lines = {key: dict(row) for key, row in zip(keys, rows, strict=False)}
        self.unsaved = False
        self.edition += 1
        self._past: deque[dict[str, Row]] = deque(maxlen=UNDONE_AT_MOST)

    @property
    def rows(self) -> list[Row]:
        """The rows in their order, without the blank ones at the end."""
        rows = list(self.lines.values())
        while rows and _is_blank(rows[-1]):
            rows.pop()
        return rows

    @property
    def filled(self) -> list[Row]:
        """The rows where something is written."""
        return [row for row in self.rows if not _is_blank(row)]

    @property
    def changed_elsewhere(self) -> bool:
        """Whether the file is no longer what was last read or written here."""
        return digest_of(self.path) != self._digest

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._past)

    def save(self) -> None:
        """Write the rows to the file.

        Raises
        ------
        DraftConflictError
            When the file changed elsewhere.
        CasekitError
            When it cannot be written.
        """
        self.unsaved = True
        if self.changed_elsewhere:
            raise DraftConflictError
        self._write()

    def take_theirs(self) -> str:
        """Read the file again; the rows here are kept in a file of their own, whose name is returned."""
        aside = self.shelf.free_aside(self.shelf.path(self.deliverable, "csv"))
        write_file(aside, write_csv(self.deliverable, self.rows), self.shelf.name(aside))
        self.load()
        return self.shelf.name(aside)

    def keep_mine(self) -> str:
        """Write the rows here; what is in the file is kept under another name, which is returned."""
        aside = self.shelf.name(self.shelf.set_aside(self.path)) if self.path.is_file() else ""
        self._write()
        return aside

    # Each of these saves, and raises what ``save`` raises: the change is then kept here, not in the file.

    def write(self, key: str, name: str, text: str, stale: bool = False) -> None:
        """Write in one cell what was typed; a key that is not known makes a new row at the end.

        ``stale`` says that it was typed before the file was read again: over other rows than those that are here.
        """
        row = {**self._at(key), name: read_cell(self.deliverable.field(name), self._bounded(text))}
        self._become({**self.lines, key: row}, stale)

    def insert(self, key: str, after: str, copied: bool = False) -> None:
        """Put a new row after another one: blank, or its copy."""
        self._become(_placed(self.lines, after, {key: dict(self._at(after)) if copied else self._blank()}))

    def delete(self, key: str) -> None:
        """Delete a row."""
        self._become({other: row for other, row in self.lines.items() if other != key})

    def move(self, key: str, step: int) -> None:
        """Move a row up (−1) or down (+1), as far as there is room."""
        keys = list(self.lines)
        if key in keys and 0 <= keys.index(key) + step < len(keys):
            place = keys.index(key)
            keys.insert(place + step, keys.pop(place))
            self._become({other: self.lines[other] for other in keys})

    def paste(self, key: str, name: str, text: str) -> Pasted:
        """Write cells copied in a spreadsheet, from one cell on; return what was written and what had no place.

        Rows that are missing are added; a first line that names columns says where the others go.
        """
        columns = self.deliverable.columns(list(self.lines.values()))
        pasted = place_in(columns, name, self._bounded(text, MAX_TEXT * 50))
        keys = list(self.lines)
        keys = keys[keys.index(key) :] if key in keys else [key]
        keys += [self._new() for _ in range(len(pasted.rows) - len(keys))]
        rows = {
            one: {**self._at(one), **{name: read_cell(self.deliverable.field(name), self._bounded(text))
                                      for name, text in cells.items()}}
            for one, cells in zip(keys, pasted.rows, strict=False)
        }  # fmt: skip
        self._become({**self.lines, **rows})
        return pasted

    def undo(self) -> bool:
        """Put back what was there before the last change; return whether there was one."""
        if not self._past:
            return False
        self.lines = self._past.pop()
        self.save()
        return True

    def _become(self, lines: dict[str, Row], stale: bool = False) -> None:
        if len(lines) > MAX_ROWS:
            raise FileError.of(self.deliverable.title, f"{len(lines)} lignes.", f"Gardez-en {MAX_ROWS} au plus.")
        if lines == self.lines and list(lines) == list(self.lines):
            return
        self._past.append(self.lines)
        self.lines = lines
        if stale:
            self.unsaved = True
            raise DraftConflictError
        self.save()

    def _bounded(self, text: str, most: int = MAX_TEXT) -> str:
        if len(text) > most:
            raise FileError.of(self.deliverable.title, f"un texte de {len(text)} caractères.", f"{most} au plus.")
        return text

    def _write(self) -> None:
        self._digest = self.shelf.save(self.deliverable, self.rows, self.path)
        self.unsaved = False
        for twin in self._twins:  # it said the same as the file; now it would contradict it
            if digest_of(twin.path) == twin.digest:
                self.shelf.set_aside(twin.path)
        self._twins = []

    def _new(self) -> str:
        return f"l{next(self._numbers)}"

    def _at(self, key: str) -> Row:
        return self.lines.get(key) or self._blank()

    def _blank(self) -> Row:
        return dict.fromkeys(self.deliverable.names)


def _is_blank(row: Row) -> bool:
    return all(cell is None for cell in row.values())


def _placed(lines: dict[str, Row], after: str, new: dict[str, Row]) -> dict[str, Row]:
    """Return the rows with new ones after one of them, at the end when it is not there."""
    keys = list(lines)
    place = keys.index(after) + 1 if after in keys else len(keys)
    items = list(lines.items())
    return dict([*items[:place], *new.items(), *items[place:]])
