"""From the blocks of a text twin to nbgrader's cells: their order, ids and metadata follow from what a block is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.authoring.blocks import Block, split
from autograder.course.configuration import BEGIN_SOLUTION, END_SOLUTION
from casestudies.errors import CasekitError
from casestudies.livrables import deliverables

ASKED = ("question", "choice", "deliverable")
REVIEW_POINTS = 4
"""What a reviewed part is worth, so that its score is its level."""

_BLANK = {
    "question": "{answer} = None  # remplacez None par votre calcul",
    "choice": "{answer} = None  # votre lettre, choisie sous la question",
    "note": '{answer} = """\n\n"""',
    "table": "# Trois façons de faire, au choix : l’éditeur ci-dessus ; le modèle à remplir dans un tableur, avec\n"
    '# dossier.modele("{slug}") ; ou une liste de lignes écrite ici, à la place de la ligne suivante.\n'
    '{answer} = dossier.livrable("{slug}")',
}


@dataclass(frozen=True)
class AskedBlock:
    """A block that asks for an answer, with the id of its question and the part of it that people review."""

    id: str
    block: Block
    review: Block | None = None


class Blocks:
    """Every block of a twin, checked together: what one says of another is known before cells are made.

    Raises
    ------
    CasekitError
        When two blocks have one name, or a block names another that is not there.
    """

    def __init__(self, texts: Iterator[str]) -> None:
        """Read the blocks of a twin's Markdown cells."""
        found = [piece for text in texts for piece in split(text) if isinstance(piece, Block)]
        self.reviews = [block for block in found if block.kind == "review"]
        asked = {question_id(block): block for block in found if block.kind in ASKED}
        names = [question_id(block) for block in found if block.kind not in ("check", "folded")]
        for name in names:
            if names.count(name) > 1:
                raise CasekitError(f"Deux blocs portent le nom « {name} ».")
        reading = {block.option("reads"): block for block in self.reviews if block.option("reads")}
        pointed = [*reading, *(block.name for block in found if block.kind == "check")]
        for name in pointed:
            if name not in asked:
                raise CasekitError(f"Un bloc cite la question « {name} », qui n’a pas de bloc dans ce texte.")
        self.asked: Mapping[str, AskedBlock] = {
            name: AskedBlock(name, block, reading.get(name)) for name, block in asked.items()
        }

    def cells(self, text: str) -> Iterator[NotebookNode]:
        """Yield the cells of one Markdown text of the twin, its blocks expanded."""
        for piece in split(text):
            if isinstance(piece, str):
                if piece.strip():
                    yield new_markdown_cell(piece.strip("\n"))
            else:
                yield from self._expanded(piece)

    def _expanded(self, block: Block) -> Iterator[NotebookNode]:
        if block.kind == "locked":
            yield _fold(_cell(block.solution, block.name, locked=True), block)
        elif block.kind == "folded":
            yield _fold(new_code_cell(block.solution), block)
        elif block.kind == "check":
            yield _check(self.asked[block.name])
        elif block.kind == "review":
            if not block.option("reads"):
                yield _cell(_source(block, ""), block.name, solution=True, grade=True, points=_review_points(block))
        else:
            asked = self.asked[question_id(block)]
            yield _answer(asked)
            if block.option("check") != "apart":
                yield _check(asked)


def question_id(block: Block) -> str:
    """Return the id of the question that a block asks: its name, or that of its deliverable's question."""
    if block.kind != "deliverable":
        return block.name
    known = deliverables()
    if block.name not in known:
        raise CasekitError(f"Le livrable « {block.name} » n’a pas de fichier dans « casestudies/livrables/ ».")
    return known[block.name].question


def _answer(asked: AskedBlock) -> NotebookNode:
    block, review = asked.block, asked.review
    source = _source(block, _blank(block))
    if review:
        return _cell(source, review.name, solution=True, grade=True, points=_review_points(review))
    return _cell(source, f"a{asked.id}", solution=True)


def _blank(block: Block) -> str:
    written = block.option("answer")
    if "=" in written:
        return written
    kind: str = block.kind
    if kind == "deliverable":
        kind = "table" if deliverables()[block.name].is_table else "note"
    return _BLANK[kind].format(answer=block.answer, slug=block.name)


def _source(block: Block, blank: str) -> str:
    solution = block.solution
    if block.kind == "choice":  # the letter as it is written here, then the one that this learner sees
        solution += f'\n{block.answer} = dossier.lettre("{block.name}", {block.answer})'
    parts = [block.given or blank, BEGIN_SOLUTION, solution, END_SOLUTION, block.after]
    return "\n".join(part for part in parts if part)


def _check(asked: AskedBlock) -> NotebookNode:
    source = f'dossier.verifier("{asked.id}", {asked.block.answer})'
    return _cell(source, asked.id, grade=True, locked=True, points=_points(asked.block.option("points")))


def _fold(cell: NotebookNode, block: Block) -> NotebookNode:
    """Hide the code of a cell whose block has a title, which is the line that stays in sight."""
    title = block.option("title")
    if title:
        cell.source = f"# {title}\n{cell.source}"
        cell.metadata["jupyter"] = {"source_hidden": True}
    return cell


def _review_points(review: Block) -> float:
    return _points(review.option("points", str(REVIEW_POINTS)))


def _points(written: str) -> float:
    number = float(written)
    return int(number) if number.is_integer() else number


def _cell(source: str, name: str, **tags: Any) -> NotebookNode:
    return new_code_cell(source, metadata={"nbgrader": {"grade_id": name, **tags}})
