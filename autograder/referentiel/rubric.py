"""The rubrics: four written anchors for each criterion a person reviews."""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from autograder.referentiel.loader import LEVELS, ReferentielError, load_referentiel
from casestudies.strict import Table

FOLDER = Path(__file__).parent / "rubrics"
LEVEL_NAMES: Final = dict(zip(LEVELS, ("insuffisant", "fragile", "acquis", "maîtrisé"), strict=True))
"""The names of the four levels, as people see them."""


@dataclass(frozen=True)
class Anchor:
    """What a marker sees in a work of this level."""

    level: int
    text: str

    @property
    def name(self) -> str:
        """Return the level's name: « acquis »."""
        return LEVEL_NAMES[self.level]


@dataclass(frozen=True)
class Rubric:
    """How one criterion is reviewed; its digest changes with any word of it.

    ``tie_breaker`` is what parts level 2 from level 3 when one hesitates.
    """

    code: str
    title: str
    anchors: tuple[Anchor, ...]
    expected: tuple[str, ...]
    questions: tuple[str, ...]
    version: int
    digest: str
    tie_breaker: str

    @property
    def for_markers(self) -> tuple[str, ...]:
        """Return what a marker has in view besides the anchors: the expected elements, then what breaks the tie."""
        return (*self.expected, f"2 ou 3 ? {self.tie_breaker}")


@cache
def load_rubrics() -> dict[str, Rubric]:
    """Return the rubrics of the kit by criterion, read once."""
    return read_rubrics(FOLDER)


def read_rubrics(folder: Path) -> dict[str, Rubric]:
    """Return the rubrics that a folder holds, by criterion."""
    rubrics = (_rubric(Table.read(path, ReferentielError)) for path in sorted(folder.glob("*.toml")))
    return {rubric.code: rubric for rubric in rubrics}


def _rubric(table: Table) -> Rubric:
    table.only("code", "version", "titre", "attendus", "questions", "departage", "niveaux")
    code = table.text("code")
    criterion = load_referentiel().criteria.get(code)
    if criterion is None:
        table.fail("code", f"le critère « {code} » n’existe pas")
    if not criterion.reviewed:
        table.fail("code", f"le critère « {code} » n’est pas relu : il n’a pas de grille")
    if table.file != f"{code}.toml":
        table.fail("code", f"la grille du critère « {code} » doit se trouver dans {code}.toml")
    levels = [item.only("niveau", "ancre") for item in table.tables("niveaux")]
    anchors = tuple(Anchor(item.integer("niveau"), item.text("ancre")) for item in levels)
    if tuple(anchor.level for anchor in anchors) != LEVELS:
        table.fail("niveaux", "les quatre niveaux sont attendus, de 1 à 4, dans l’ordre")
    version = table.integer("version")
    if version < 1:
        table.fail("version", "un numéro à partir de 1 est attendu")
    return Rubric(
        code=code,
        title=table.text("titre"),
        anchors=anchors,
        expected=table.texts("attendus"),
        questions=table.texts("questions"),
        version=version,
        digest=_digest(table),
        tie_breaker=table.text("departage"),
    )


def _digest(table: Table) -> str:
    canonical = json.dumps(table.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return blake2b(canonical.encode(), digest_size=8).hexdigest()
