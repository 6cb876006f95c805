"""What the proof of a slide names (deliverables, questions, tables of the case), and what of it a slide shows."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from casestudies.diapositives.charts import chart_of
from casestudies.diapositives.fitting import cut, fit, fit_table
from casestudies.diapositives.model import Excerpt, Proof, Shown, SlideTable
from casestudies.home.summary import summaries
from casestudies.livrables.blocks import TableBlock, paragraphs_of
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.summary import Piece
from casestudies.livrables.tables import column_shown, heading_shown
from casestudies.spreadsheets import showable
from casestudies.typography import french

if TYPE_CHECKING:
    from casestudies.dossier import Dossier

PIECE_PT = (864.0, 272.0)
"""The room of what is shown, in points: wide, high."""
TABLE_SIZES = (20, 18, 16, 14, 13, 12)
EXCERPT_SIZES = (22, 20, 18, 16, 14)
MOST_COLUMNS = 5
"""Columns shown of a deliverable that does not say which."""
MOST_LETTERS, MOST_CELL = 6000, 600
"""Letters that notes keep of a deliverable, and of one cell."""
ShownWhole = tuple[Shown | None, tuple[str, ...]]
"""What a slide shows, and the lines of all of it that its notes hold."""
_NAME = re.compile(r"\w+(?:-\w+)*")
_ITEM = re.compile(r"((?:,(?!\d)|[;·])\s*)")
_FILLING = {
    "et",
    "table",
    "tables",
    "question",
    "questions",
    "livrable",
    "livrables",
    "voir",
    "source",
    "de",
    "la",
    "le",
}
"""Words that leave nothing to say once what they name is taken out."""


@dataclass(frozen=True)
class Named:
    """Something that a proof names: « table tickets », a question's id, a deliverable's; ``title`` is said aloud."""

    name: str
    title: str
    deliverable: Deliverable | None = None


@dataclass(frozen=True)
class CaseEvidence:
    """All that the proofs of a case may name: by name, tables apart; what was handed in; which answers are right.

    ``drawn`` keeps what was shown already, by name.
    """

    dossier: "Dossier"
    names: Mapping[str, Named]
    tables: Mapping[str, Named]
    filled: Mapping[str, Piece]
    found: Callable[[str], bool]
    drawn: dict[str, ShownWhole] = field(default_factory=dict)

    def proof(self, text: str) -> Proof:
        """Return a proof, as it was written, with what it names and the first of these that can be shown."""
        named = list(dict.fromkeys(self._named(text)))
        for one in named:
            if one.name not in self.drawn:  # several slides may rest on the same piece
                self.drawn[one.name] = self._shown(one)
        seen = [self.drawn[one.name] for one in sorted(named, key=lambda one: one.deliverable is None)]
        shown, whole = next((one for one in seen if one[0]), (None, ()))
        said = self._said(text)
        return Proof(text, said if said or named else text, tuple(one.title for one in named), shown, whole)

    def _named(self, text: str) -> Iterator[Named]:
        """Yield what a text names, in its order; a table whose name is a word stands alone or after « table »."""
        words = [found[0].lower() for found in _NAME.finditer(text)]
        alone = {item.strip(" ()«»`.").lower() for item in _ITEM.split(text)}
        for before, word in zip(["", *words], words, strict=False):
            if word in self.names:
                yield self.names[word]
            elif word in self.tables and ("_" in word or before in ("table", "tables") or word in alone):
                yield self.tables[word]

    def _said(self, text: str) -> str:
        """Return a proof without the items that only name something: a jury hears no name of a question."""
        parts = _ITEM.split(text)
        items, separators = parts[::2], ["", *parts[1::2]]
        kept = [(mark, item) for mark, item in zip(separators, items, strict=True) if not self._only_names(item)]
        return "".join(item if not place else mark + item for place, (mark, item) in enumerate(kept)).strip()

    def _only_names(self, item: str) -> bool:
        words = [found[0].lower() for found in _NAME.finditer(item)]
        return all(word in self.names or word in self.tables or word in _FILLING for word in words)

    def _shown(self, named: Named) -> ShownWhole:
        """Return what a slide shows of something named, and what its notes hold of it."""
        if named.deliverable is None:
            return chart_of(self.dossier, named.name, self.found, PIECE_PT[0] / PIECE_PT[1]), ()
        piece = self.filled.get(named.deliverable.slug)
        if piece and piece.rows:
            return slide_table(piece.deliverable, piece.rows), whole_table(piece.deliverable, piece.rows)
        if piece and piece.text:
            return excerpt(piece.text), whole_note(piece)
        return None, ()


def evidence_of(
    dossier: "Dossier", company: str, tables: Mapping[str, str], filled: Mapping[str, Piece],
    found: Callable[[str], bool], but: str,
) -> CaseEvidence:  # fmt: skip
    """Return what proofs may name in a case; ``tables`` are its tables with their titles, ``but`` the plan itself."""
    mine = [one for one in deliverables().values() if one.company == company and one.slug != but]
    questions = {
        asked.id: Named(asked.id, asked.title)
        for one in summaries()
        if one.company == company
        for asked in one.questions
    }
    pieces = {name: Named(one.slug, one.title, one) for one in mine for name in (one.slug, one.question)}
    named = {name: Named(f"table {name}", title) for name, title in tables.items()}
    return CaseEvidence(dossier, {**questions, **pieces}, named, filled, found)


def slide_table(deliverable: Deliverable, rows: Sequence[Row]) -> SlideTable:
    """Return the columns of a table that a slide shows, as large as they can be read."""
    names = deliverable.slide or deliverable.names[:MOST_COLUMNS]
    fields = [deliverable.field(name) for name in names]
    header = tuple(map(heading_shown, fields))
    lines = [tuple(map(showable, line)) for line in zip(*(column_shown(rows, one) for one in fields), strict=True)]
    fitted = fit_table(header, lines, *PIECE_PT, TABLE_SIZES)
    numbers = tuple(place for place, one in enumerate(fields) if one.type == "nombre")
    title = french(deliverable.title)
    grid = TableBlock(title, header, fitted.lines, numbers, fitted.shares)
    return SlideTable(title, grid, fitted.size_pt, _left_out(len(rows) - len(fitted.lines), fitted.cut))


def _left_out(rows: int, is_cut: bool) -> str:
    what = [f"{rows} ligne{'s' if rows > 1 else ''} de plus"] if rows else []
    what += ["des textes abrégés"] if is_cut else []
    return french(f"Extrait : {', '.join(what)} ; la suite est dans les notes.") if what else ""


def excerpt(text: str) -> Excerpt:
    """Return the beginning of a note, as large as it can be read."""
    lines = [french(showable(line)) for _, some in paragraphs_of(text) for line in some]
    wide, high = PIECE_PT
    found = fit("\n".join(lines), wide - 32, high - 24, EXCERPT_SIZES)
    return Excerpt(found.text, found.size_pt)


def whole_note(piece: Piece) -> tuple[str, ...]:
    """Return the lines of a note, for the notes of its slide."""
    lines = [french(showable(line)) for _, some in paragraphs_of(piece.text) for line in some]
    return _bounded(lines, piece.deliverable)


def whole_table(deliverable: Deliverable, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return a table as lines, for the notes of its slide."""
    fields = deliverable.columns(rows)
    columns = [column_shown(rows, one) for one in fields]
    headings = list(map(heading_shown, fields))
    lines = [
        " ; ".join(f"{name} : {cut(showable(cell), MOST_CELL)}" for name, cell in zip(headings, cells, strict=True))
        for cells in zip(*columns, strict=True)
    ]
    return _bounded([f"– {line}" for line in lines], deliverable)


def _bounded(lines: Sequence[str], deliverable: Deliverable) -> tuple[str, ...]:
    """Return the lines of a deliverable that notes hold, under its title."""
    so_far = list(accumulate(map(len, lines)))
    kept = [line for line, letters in zip(lines, so_far, strict=True) if letters <= MOST_LETTERS]
    if len(kept) < len(lines):
        kept = [*(kept or [cut(lines[0], MOST_LETTERS)]), f"… la suite est dans votre livrable « {deliverable.slug} »."]
    how_much = "en entier" if len(kept) == len(lines) else "le début"
    return tuple(map(french, (f"{deliverable.title}, {how_much} :", *kept)))
