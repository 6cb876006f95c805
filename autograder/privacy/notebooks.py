"""A submitted notebook without what tells whose it is: names masked, pictures and attachments left out."""

import json
from collections.abc import Callable
from typing import Any

from casestudies.answers import MIME

SHOWN = frozenset({"text/plain", "text/html", "text/markdown", MIME})
"""The kinds of outputs that are kept: a picture can show anything, and no program reads it."""

KEPT_TAGS = frozenset({"nbgrader", "kernelspec", "language_info", "name", "display_name", "language", "tags"})
"""The names of metadata without which a notebook is none: a learner who goes by one of them is not told by it."""

Mask = Callable[[str], str]


def masked_notebook(text: str, mask: Mask) -> str | None:
    """Return a notebook with every text masked; None when it is not one."""
    try:
        notebook = json.loads(text)
        notebook["cells"] = [_cell(cell, mask) for cell in notebook["cells"]]
        notebook["metadata"] = _tags(notebook.get("metadata", {}), mask)
        return json.dumps(masked(notebook, mask), ensure_ascii=False, indent=1) + "\n"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def masked(value: Any, mask: Mask) -> Any:
    """Return plain data with every text masked; the names of fields stay, but for those of metadata (see ``_tags``)."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [masked(one, mask) for one in value]
    if isinstance(value, dict):
        return {name: masked(one, mask) for name, one in value.items()}
    return value


def _cell(cell: dict[str, Any], mask: Mask) -> dict[str, Any]:
    kept = {name: value for name, value in cell.items() if name != "attachments"}
    kept["metadata"] = _tags(kept.get("metadata", {}), mask)
    if isinstance(kept.get("source"), list):
        kept["source"] = "".join(kept["source"])  # a name may stand on two pieces
    if isinstance(kept.get("outputs"), list):
        kept["outputs"] = [_output(output, mask) for output in kept["outputs"]]
    return kept


def _output(output: dict[str, Any], mask: Mask) -> dict[str, Any]:
    kept = dict(output)
    if "text" in kept:
        kept["text"] = _joined(kept["text"])
    if "metadata" in kept:
        kept["metadata"] = _tags(kept["metadata"], mask)
    if not isinstance(kept.get("data"), dict):
        return kept
    data = {kind: _joined(shown) for kind, shown in kept["data"].items() if kind in SHOWN}
    return {**kept, "data": data or {"text/plain": "[image]"}}


def _joined(shown: Any) -> Any:
    """Return a text in pieces as its lines: a name may stand on two pieces of one line."""
    pieces = isinstance(shown, list) and all(isinstance(one, str) for one in shown)
    return "".join(shown).splitlines(keepends=True) if pieces else shown


def _tags(value: Any, mask: Mask) -> Any:
    """Return metadata whose names of fields are masked too, since programs put anything there; nbgrader's own stay."""
    if isinstance(value, list):
        return [_tags(one, mask) for one in value]
    if not isinstance(value, dict):
        return value
    made: dict[str, Any] = {}
    for name, one in value.items():
        shown = name if name in KEPT_TAGS else mask(name)
        while shown in made:
            shown += "’"
        made[shown] = one if name == "nbgrader" else _tags(one, mask)
    return made
