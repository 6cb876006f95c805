"""What is said of a merge: the conflicts to settle, both values of each; what came from the other side.

What others wrote, names included, is quoted.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casestudies.display import Card
from casestudies.errors import CasekitError
from casestudies.livrables.cells import typed
from casestudies.livrables.merging import SIDES, Clash, Merged, Side, TakenChange
from casestudies.livrables.model import Cell, Deliverable, Row
from casestudies.quoting import quoted, shown

LISTED = 12
"""Changes that are said one by one; what is more is counted."""
_LETTERS = 600
"""How much of a cell is said."""


@dataclass(frozen=True)
class Received:
    """A workbook that came back: its name, its rows, the version that it started from, who changed it last."""

    name: str
    rows: list[Row]
    base: list[Row]
    is_known: bool
    who: str


def choices_in(given: object, conflicts: Sequence[Clash]) -> dict[int, Side]:
    """Return the choices that a learner wrote: one word for all, or a side by number of conflict.

    Raises
    ------
    CasekitError
        When they are written in another way, or name a conflict that is not there.
    """
    if given is None:
        return {}
    pairs: list[tuple[Any, Any]]
    if isinstance(given, str):
        pairs = [(one.number, given) for one in conflicts]
    elif isinstance(given, Mapping):
        pairs = list(given.items())
    else:
        raise CasekitError('Vos choix s’écrivent `{1: "moi", 2: "reçu"}`, ou `"moi"` ou `"reçu"` pour tous.')
    known = {str(one.number): one.number for one in conflicts}
    found: dict[int, Side] = {}
    for number, word in pairs:
        side = next((one for one in SIDES if str(word).strip().casefold() in (one, one.replace("ç", "c"))), None)
        if side is None:
            raise CasekitError(f'Choix {quoted(word, 30)} : écrivez `"moi"` ou `"reçu"`.')
        if str(number).strip() not in known:
            raise CasekitError(f"Il n’y a pas de conflit numéro {quoted(number, 10)}.")
        found[known[str(number).strip()]] = side
    return found


def asking(
    deliverable: Deliverable, file: str, received: Received, seen: Merged, kept: Mapping[int, Side], moved: bool
) -> Card:
    """Return the conflicts that are left to settle, both values of each, and what to type; ``moved`` warns first."""
    left = [one for one in seen.conflicts if one.number not in kept]
    plural = "s" if len(left) > 1 else ""
    lines = [f"{received.who} et votre tableau ne disent pas la même chose. Rien n’a été écrit : à vous de choisir."]
    if moved:
        lines.insert(0, "L’un des deux fichiers a changé depuis : voici les conflits d’aujourd’hui.")
    if not received.is_known:
        lines.append(
            "Ce fichier ne part pas d’un classeur partagé d’ici (`dossier.partager`) : toute différence est donc un "
            "conflit."
        )
    if seen.changes:
        many = "s" if len(seen.changes) > 1 else ""
        lines.append(f"{len(seen.changes)} autre{many} changement{many} sans conflit attend{'ent' if many else ''}.")
    example = ", ".join(f'{one.number}: "{SIDES[place % 2]}"' for place, one in enumerate(seen.conflicts[:4]))
    more = ", …" if len(seen.conflicts) > 4 else ""
    name = json.dumps(shown(file.replace("`", ""), 200), ensure_ascii=False)
    call = f'dossier.fusionner("{deliverable.slug}", {name}, {{{example}{more}}})'
    lines.append(f'Puis relancez avec vos choix : `{call}`. Un seul mot, `"moi"` ou `"reçu"`, vaut pour tous.')
    heading = f"{deliverable.title} : {len(left)} conflit{plural} à trancher"
    return Card(heading, "mixed", "!", tuple(lines), tuple(_conflict(deliverable, one) for one in left))


def _conflict(deliverable: Deliverable, one: Clash) -> str:
    where = f"{one.number}. Ligne {quoted(one.label)}"
    if one.kind == "case":
        mine, theirs = (_cell(deliverable, one.column, cell) for cell in (one.mine, one.theirs))
        column = quoted(deliverable.field(one.column).label)
        return f"{where}, colonne {column} : moi {mine} ; reçu {theirs}"
    there = " ; ".join(_cell(deliverable, name, cell) for name, cell in one.row if cell is not None)
    if one.kind == "supprimée là-bas":
        return f"{where} : moi, je la garde ({there}) ; reçu, elle est supprimée"
    return f"{where} : moi, je l’ai supprimée ; reçu, elle a été modifiée ({there})"


def said(deliverable: Deliverable, changes: Sequence[TakenChange]) -> tuple[str, ...]:
    """Return what came from the other side, in words."""
    each = [
        f"Repris : ligne {quoted(one.label)}, colonne {quoted(deliverable.field(one.column).label)} : "
        f"{_cell(deliverable, one.column, one.before)} devient {_cell(deliverable, one.column, one.after)}"
        if one.column
        else f"Ajoutée : ligne {quoted(one.label)}"
        for one in changes
    ]
    over = len(each) - LISTED
    return tuple(each if over <= 0 else [*each[:LISTED], f"… et {over} autre{'s' if over > 1 else ''}"])


def _cell(deliverable: Deliverable, name: str, cell: Cell) -> str:
    return "(vide)" if cell is None else quoted(typed(deliverable.field(name), cell), _LETTERS)
