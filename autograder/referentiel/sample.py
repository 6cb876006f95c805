"""The sample copies that come with the kit: three for a criterion, each with its agreed level and the reason why.

Markers practise on them; learners compare them with their own work once they have levelled it. They are
about a company that the notebook of this criterion does not study, so that they give no answer away.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.referentiel.loader import LEVELS
from autograder.referentiel.rubric import load_rubrics
from casestudies.levelling.model import SampleCopy, SampleTable
from casestudies.names import NAMES, named
from casestudies.strict import ContentError, Table

FOLDER = Path(__file__).parent / "samples"
COPIES = 3
"""The model, a middling copy, a weak one."""


class SampleError(ContentError):
    """A file of sample copies does not say what it must."""


@dataclass(frozen=True)
class SampleSet:
    """The sample copies of one criterion, the best first; ``context`` says what was asked."""

    code: str
    company: str
    context: str
    copies: tuple[SampleCopy, ...]


@cache
def load_samples(folder: Path = FOLDER) -> dict[str, SampleSet]:
    """Return the kit's sample copies by criterion, or those another folder holds; each is read once.

    Raises
    ------
    SampleError
        When a file does not say what it must, or was written for another version of the rubric.
    """
    found = (_set(Table.read(path, SampleError)) for path in sorted(folder.glob("*.toml")))
    return {one.code: one for one in found}


def _set(table: Table) -> SampleSet:
    table.only("code", "grille", "entreprise", "contexte", "copies")
    code = table.text("code")
    rubric = load_rubrics().get(code)
    if rubric is None:
        table.fail("code", f"le critère « {code} » n’a pas de grille")
    if table.file != f"{code}.toml":
        table.fail("code", f"les copies du critère « {code} » doivent se trouver dans {code}.toml")
    if table.integer("grille") != rubric.version:
        table.fail(
            "grille",
            f"la grille de « {code} » en est à la version {rubric.version} : relisez les niveaux convenus, puis "
            "changez ce numéro",
        )
    if table.text("entreprise") not in NAMES:
        table.fail("entreprise", f"« {table.text('entreprise')} » n’est pas une entreprise du kit")
    copies = tuple(_sample(item) for item in table.tables("copies"))
    levels = [one.level for one in copies]
    if len(copies) != COPIES or sorted(set(levels), reverse=True) != levels:
        table.fail("copies", f"{COPIES} copies sont attendues, de trois niveaux différents, la meilleure d’abord")
    return SampleSet(code, table.text("entreprise"), named(table.text("contexte")), copies)


def _sample(table: Table) -> SampleCopy:
    table.only("titre", "niveau", "pourquoi", "texte", optional=("tableaux",))
    if table.integer("niveau") not in LEVELS:
        table.fail("niveau", f"un niveau de {LEVELS[0]} à {LEVELS[-1]} est attendu")
    tables = tuple(_table(item) for item in table.tables("tableaux")) if "tableaux" in table.data else ()
    return SampleCopy(
        table.text("titre"), table.integer("niveau"), table.text("pourquoi"), named(table.text("texte").strip()), tables
    )


def _table(table: Table) -> SampleTable:
    table.only("titre", "colonnes", "lignes")
    columns = table.texts("colonnes")
    rows = table.data["lignes"]
    if not isinstance(rows, list) or not rows or not all(_is_row(row, len(columns)) for row in rows):
        table.fail("lignes", f"des lignes de {len(columns)} textes ou nombres sont attendues")
    return SampleTable(table.text("titre"), columns, tuple(tuple(map(_cell, row)) for row in rows))


def _is_row(row: object, size: int) -> bool:
    return isinstance(row, list) and len(row) == size and all(type(cell) in (str, int, float) for cell in row)


def _cell(cell: str | float) -> str | float:
    return named(cell) if isinstance(cell, str) else cell
