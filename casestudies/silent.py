"""Slips that Python accepts in silence: « 0,5 » is two numbers, « payee » keeps no row, « .sum » computes nothing.

Read from the cell's own text once it has run; nothing of it is run again.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import BuiltinMethodType, MethodType
from typing import Any

import pandas as pd

from casestudies.french import meant, nearest
from casestudies.scenes import MAX_LABELS, Explanation, kept

MAX_SOURCE = 20_000
"""Characters of the longest cell that is read."""
MAX_ROWS = 1_000_000
"""Rows of the longest column that is searched."""
MAX_SEEN = 3
"""Slips said of one cell."""

Namings = tuple[Mapping[str, Any], ...]
"""What the names stood for before the cell ran, and after."""

_DECIMAL_COMMA = re.compile(r"[-+]?(\d+),(\d+)")
_ISO = re.compile(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/(?:19|20)\d\d")


@dataclass(frozen=True)
class Slip:
    """What is said of one line of a cell, from 1."""

    number: int
    line: str
    said: Explanation


def slips(source: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Slip, ...]:
    """Return the slips of a cell that ran without an error, three at most; nothing for a cell that cannot be read.

    >>> [slip.said.tries[0] for slip in slips("taux = 0,5", {}, {})]
    ['Écrivez `0.5` et non `0,5`, que Python lit comme deux nombres.']
    """
    try:
        tree = ast.parse(source) if len(source) <= MAX_SOURCE else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    lines = source.splitlines()
    found: list[Slip] = []
    for node in ast.walk(tree) if tree else ():
        for look in _LOOKS:
            said = look(node, source, (before, after))
            if said is not None and len(found) < MAX_SEEN:
                number = getattr(node, "lineno", 1)
                found.append(Slip(number, lines[number - 1], said))
    return tuple(found)


def looked_at(source: str, names: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Return the tables that a cell about to run speaks of: it may give their names to others."""
    words = set(re.findall(r"[^\W\d]\w*", source[:MAX_SOURCE]))
    return {name: found for name in words if isinstance(found := names.get(name), pd.DataFrame)}


def _decimal_comma(node: ast.AST, source: str, _names: Namings) -> Explanation | None:
    if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple)):
        return None
    found = _DECIMAL_COMMA.match(ast.get_source_segment(source, node.value) or "")
    if found is None or len(node.value.elts) != 2 or not isinstance(node.targets[0], ast.Name):
        return None
    whole, part = found.groups()
    advice = f"Écrivez `{whole}.{part}` et non `{whole},{part}`, que Python lit comme deux nombres."
    return Explanation("La virgule d’un nombre s’écrit avec un point", (advice,))


def _bare_date(node: ast.AST, source: str, _names: Namings) -> Explanation | None:
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div)):
        return None
    written = ast.get_source_segment(source, node) or ""
    if not _ISO.fullmatch(written):
        return None
    return Explanation(
        "Une date s’écrit entre guillemets", (f'Écrivez `"{written}"` ; sans guillemets, Python fait un calcul.',)
    )


def _colon_for_equals(node: ast.AST, source: str, _names: Namings) -> Explanation | None:
    if not (isinstance(node, ast.AnnAssign) and node.value is None and isinstance(node.target, ast.Name)):
        return None
    given = ast.get_source_segment(source, node.annotation) or "…"
    return Explanation(
        "Cette ligne ne donne aucune valeur", (f"Le signe est `=` et non « : » : `{node.target.id} = {given[:60]}`.",)
    )


def _never_called(node: ast.AST, source: str, names: Namings) -> Explanation | None:
    if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute)):
        return None
    targets = [one.id for one in node.targets if isinstance(one, ast.Name)]
    if not any(isinstance(names[1].get(name), MethodType | BuiltinMethodType) for name in targets):
        return None
    written = ast.get_source_segment(source, node.value) or ""
    advice = f"Écrivez `{written[:60]}()` : sans elles, rien n’est calculé."
    return Explanation("Il manque les parenthèses après le nom d’une fonction", (advice,))


def _no_row(node: ast.AST, _source: str, names: Namings) -> Explanation | None:
    """Return what to say of a column compared with a text that none of its rows holds."""
    if not (isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq)):
        return None
    given = node.comparators[0]
    if not (isinstance(given, ast.Constant) and isinstance(given.value, str)):
        return None
    columns = list(_columns(node.left, names))
    if not columns or any((column == given.value).any() for column in columns):
        return None
    values = list(dict.fromkeys(str(value) for column in columns for value in column.unique()[:MAX_LABELS]))
    near = nearest(given.value, values)
    listed = "" if near else f"Valeurs de la colonne : {', '.join(f'« {value[:40]} »' for value in values[:8])}."
    return Explanation(
        f"Aucune ligne ne vaut « {given.value[:40]} »",
        kept(meant(near), "Vérifiez l’accent, les majuscules et les espaces : le texte doit être identique.", listed),
    )


def _columns(node: ast.AST, names: Namings) -> Iterator["pd.Series[Any]"]:
    """Yield the column of text that an expression such as ``table["statut"]`` names, before the cell and after."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        owner, label = node.value, node.slice.value
    elif isinstance(node, ast.Attribute):
        owner, label = node.value, node.attr
    else:
        return
    for named in names:
        table = named.get(owner.id) if isinstance(owner, ast.Name) else None
        if isinstance(table, pd.DataFrame) and isinstance(label, str) and list(table.columns).count(label) == 1:
            column = table[label]
            if 0 < len(column) <= MAX_ROWS and not pd.api.types.is_numeric_dtype(column.dtype):
                yield column


_LOOKS: tuple[Callable[[ast.AST, str, Namings], Explanation | None], ...] = (
    _decimal_comma,
    _bare_date,
    _colon_for_equals,
    _never_called,
    _no_row,
)
