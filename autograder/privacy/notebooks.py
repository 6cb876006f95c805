"""A submitted notebook without what tells whose it is: names masked, pictures and attachments left out."""

import json
from collections.abc import Callable
from typing import Any

from casestudies.answers import MIME

SHOWN = frozenset({"text/plain", "text/html", "text/markdown", MIME})
"""The kinds of outputs that are kept: a picture can show anything, and no program reads it."""

Mask = Callable[[str], str]


def masked_notebook(text: str, mask: Mask) -> str | None:
    """Return a notebook with every text masked; None when it is not one."""
    try:
        notebook = json.loads(text)
        notebook["cells"] = [_cell(cell) for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return json.dumps(masked(notebook, mask), ensure_ascii=False, indent=1) + "\n"


def masked(value: Any, mask: Mask) -> Any:
    """Return plain data with every text masked; the names of fields stay."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [masked(one, mask) for one in value]
    if isinstance(value, dict):
        return {name: masked(one, mask) for name, one in value.items()}
    return value


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in cell.items() if name != "attachments"}
    if isinstance(kept.get("source"), list):
        kept["source"] = "".join(kept["source"])  # a name may stand on two pieces
    if isinstance(kept.get("outputs"), list):
        kept["outputs"] = [_output(output) for output in kept["outputs"]]
    return kept


def _output(output: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(output.get("data"), dict):
        return output
    data = {kind: shown for kind, shown in output["data"].items() if kind in SHOWN}
    return {**output, "data": data or {"text/plain": "[image]"}}
