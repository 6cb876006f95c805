"""A table being edited: its rows, kept in its file at every change, and never over somebody else's change."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from casestudies.livrables.cells import read_cell
from casestudies.livrables.csv_file import write_csv
from casestudies.livrables.model import Cell, Deliverable, Field, Row
from casestudies.livrables.store import FilledFile, Shelf, digest_of, write_file


class DraftConflictError(Exception):
    """The file changed elsewhere since it was last read or written here: nothing was written."""


@dataclass
class Draft:
    """The rows of one deliverable, its file, the rows it starts from when nothing is filled, those deleted in order."""

    deliverable: Deliverable
    shelf: Shelf
    start: Sequence[Row] = ()
    rows: list[Row] = field(default_factory=list)
    deleted: list[tuple[int, Row]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the file."""
        self.load()

    def load(self) -> None:
        """Read the file again; there is always at least one row to write in.

        Raises
        ------
        FileError
            When a file cannot be read, or when two files differ.
        """
        found = self.shelf.every_filled(self.deliverable)
        self.path = found[0].path if found else self.shelf.place(self.deliverable)
        self._twins: list[FilledFile] = found[1:]
        self._digest = found[0].digest if found else digest_of(self.path)
        self.rows = list(found[0].rows) if found else [dict(row) for row in self.start]
        self.deleted = []
        self._never_empty()

    @property
    def filled(self) -> list[Row]:
        """The rows where something is written."""
        return [row for row in self.rows if any(cell is not None for cell in row.values())]

    @property
    def changed_elsewhere(self) -> bool:
        """Whether the file is no longer what was last read or written here."""
        return digest_of(self.path) != self._digest

    def save(self) -> None:
        """Write the rows to the file.

        Raises
        ------
        DraftConflictError
            When the file changed elsewhere.
        CasekitError
            When it cannot be written.
        """
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

    def write(self, index: int, name: str, text: str) -> None:
        """Write in one cell what was typed."""
        self.rows[index] = {**self.rows[index], name: read_cell(self.deliverable.field(name), text)}
        self.save()

    def add(self, index: int, row: Row | None = None) -> int:
        """Add a row, blank unless given, after the row ``index``; return its place."""
        self.rows.insert(index + 1, dict(row) if row else self._blank())
        self.save()
        return index + 1

    def duplicate(self, index: int) -> int:
        """Add a copy of a row after it; return its place."""
        return self.add(index, self.rows[index])

    def delete(self, index: int) -> int:
        """Delete a row; return the place of the row to show."""
        self.deleted.append((index, self.rows.pop(index)))
        self._never_empty()
        self.save()
        return min(index, len(self.rows) - 1)

    def restore(self) -> int | None:
        """Put the last deleted row back; return its place, None when there is none."""
        if not self.deleted:
            return None
        index, row = self.deleted.pop()
        index = min(index, len(self.rows))
        self.rows.insert(index, row)
        self.save()
        return index

    def move(self, index: int, step: int) -> int:
        """Move a row up (−1) or down (+1); return its place."""
        other = index + step
        if not 0 <= other < len(self.rows):
            return index
        self.rows[index], self.rows[other] = self.rows[other], self.rows[index]
        self.save()
        return other

    def doubts(self, index: int) -> list[str]:
        """Return, in French, what could not be read in a row after the type of its column."""
        row = self.rows[index]
        return [text for one in self.deliverable.fields if (text := _doubt(one, row.get(one.name)))]

    def _write(self) -> None:
        self._digest = self.shelf.save(self.deliverable, self.rows, self.path)
        for twin in self._twins:  # it said the same as the file; now it would contradict it
            if digest_of(twin.path) == twin.digest:
                self.shelf.set_aside(twin.path)
        self._twins = []

    def _blank(self) -> Row:
        return dict.fromkeys(self.deliverable.names)

    def _never_empty(self) -> None:
        if not self.rows:
            self.rows.append(self._blank())


def _doubt(one: Field, cell: Cell) -> str:
    if not isinstance(cell, str):
        return ""
    if one.type == "nombre":
        return f"{one.label} : « {cell} » n’est pas un nombre."
    if one.type == "date" and not cell[:4].isdigit():
        return f"{one.label} : « {cell} » n’est pas une date (jour/mois/année)."
    if one.type == "choix" and cell not in one.choices:
        return f"{one.label} : « {cell} » n’est pas dans la liste."
    return ""
