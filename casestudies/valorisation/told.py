"""What a candidate tells of the competencies: rows read back, each under its competency, with what it lacks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casestudies.french import simplified
from casestudies.livrables.model import Row
from casestudies.names import NAMES
from casestudies.quoting import quoted
from casestudies.valorisation.competencies import competencies
from casestudies.valorisation.forms import COMPETENCY, FRAME, PARTS, REAL, TRAINING, WHERE

PROOF = "preuve"
_CODE = re.compile(r"\d+\.\d+\.\d+(?![\d.]*\d)")


@dataclass(frozen=True)
class Told:
    """One row of a candidate: the competency, where it happened (``frame`` is one of the choices, or empty), the parts.

    ``parts`` holds the words of each column of ``PARTS``, an empty text where nothing is written.
    """

    code: str
    frame: str = ""
    where: str = ""
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether nothing is told yet: the row only names its competency."""
        return not (self.where or any(self.parts.values()))

    def lacks(self, proven: bool = False, experience: bool = False) -> tuple[str, ...]:
        """Return what is still to be written, by column; ``proven`` when the kit holds a proof.

        ``experience`` asks where and when it was lived, as a VAE does.
        """
        asked = [name for name in PARTS if not (name == PROOF and proven)]
        missing = [name for name in asked if not self.parts.get(name)]
        return (*([WHERE] if experience and not self.where else []), *missing)


@dataclass(frozen=True)
class ToldRows:
    """All that a candidate tells: what was read, by competency, and what could not be placed, in French."""

    by_code: dict[str, tuple[Told, ...]] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()


def read_told(rows: Iterable[Row]) -> ToldRows:
    """Return what rows tell; a row that tells something and names no competency is said, never lost in silence."""
    found: dict[str, list[Told]] = {}
    unplaced = []
    for row in rows:
        named = _text(row.get(COMPETENCY))
        code = found_code[0] if (found_code := _CODE.search(named)) else ""
        parts = {name: _text(row.get(name)) for name in PARTS}
        told = Told(code, _text(row.get(FRAME)), _text(row.get(WHERE)), parts)
        if told.blank:
            continue
        if code in competencies():
            same = found.setdefault(code, [])
            same += [] if told in same else [told]
        else:
            words = next(filter(None, (*parts.values(), told.where)), "")
            said = f"{quoted(named, 40)} n’est le code d’aucune compétence" if named else "la compétence manque"
            unplaced.append(f"Récit {quoted(words, 60)} : {said}. Écrivez-y un code, par exemple 1.2.2.")
    return ToldRows({code: tuple(some) for code, some in found.items()}, tuple(unplaced))


def not_lived(told: Told) -> str:
    """Return why a row is no experience, as a VAE counts them; nothing when it may be one.

    A company of the kit is fictional: working on its case is training, whatever the row says of itself.
    """
    if told.frame == TRAINING:
        return "c’est un cas de formation"
    text = simplified(" ".join((told.where, *told.parts.values())))
    fictional = next((name for slug, name in NAMES.items() if slug in text or simplified(name) in text), "")
    if fictional:
        return f"{fictional} est une entreprise fictive du kit"
    return "" if told.frame == REAL else f"le cadre n’est pas dit : choisissez « {REAL} » si vous l’avez vécue"


def kept_of(told: Sequence[Told]) -> tuple[tuple[Told, ...], tuple[str, ...]]:
    """Return the rows that tell something lived, and why each of the others is set aside."""
    reasons = [(one, not_lived(one)) for one in told]
    return tuple(one for one, why in reasons if not why), tuple(why for _, why in reasons if why)


def _text(cell: object) -> str:
    """Return the words of a cell, the blank lines between them left out."""
    return "" if cell is None else re.sub(r"\s*\n\s*", "\n", str(cell).strip())
