"""Locked cells that were split: their pieces, put side by side, are exactly the locked text, and become one again."""

from itertools import takewhile

from nbformat.notebooknode import NotebookNode

MOST = 10
"""How many pieces are looked for on each side of the cell that kept the tag."""


def join_pieces(nb: NotebookNode, originals: list[NotebookNode]) -> list[str]:
    """Take out the pieces of split locked cells but for one, the tagged one; return the names of these cells.

    ``originals`` are the cells of the source. Pieces have no tag of their own and are of the locked cell's type. What a
    learner wrote beside a locked cell is never taken for a piece: with it, the text would not be the locked one.
    """
    known = {cell.metadata.nbgrader.grade_id for cell in originals}
    split = []
    for original in originals:
        name = original.metadata.nbgrader.grade_id
        place = next((index for index, cell in enumerate(nb.cells) if _name(cell) == name), None)
        if place is None or not original.metadata.nbgrader.locked:
            continue
        first, last = _span(nb.cells, place, original, known)
        if first < last:
            nb.cells[first : last + 1] = [nb.cells[place]]
            split.append(name)
    return split


def _span(cells: list[NotebookNode], place: int, original: NotebookNode, known: set[str]) -> tuple[int, int]:
    """Return the first and last pieces of ``original``, whose tag is at ``place``; twice the same when it is whole."""

    def is_piece(index: int) -> bool:
        return _name(cells[index]) not in known and cells[index].cell_type == original.cell_type

    wanted = _squeezed(original.source)
    befores = [place, *takewhile(is_piece, range(place - 1, max(-1, place - 1 - MOST), -1))]
    afters = [place, *takewhile(is_piece, range(place + 1, min(len(cells), place + 1 + MOST)))]
    spans = ((first, last) for first in befores for last in afters)
    return next(
        (span for span in spans if _squeezed("".join(cell.source for cell in cells[span[0] : span[1] + 1])) == wanted),
        (place, place),
    )


def _squeezed(text: str) -> str:
    """Return ``text`` without spaces and line breaks: splitting a cell drops those around the cut."""
    return "".join(text.split())


def _name(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or "")
