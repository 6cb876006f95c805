"""nbgrader's and nbformat's own checks, made quick: a schema is read and compiled once, not at every cell.

What is right is told quickly. What is not is given to the check that would have been made, which says so in its words.
"""

import json
from contextlib import AbstractContextManager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import nbformat.v4
from nbformat.json_compat import FastJsonSchemaValidator, ValidationError
from nbformat.v4 import nbbase
from nbgrader.nbgraderformat import MetadataValidator, common

from autograder.grading import nbgrader_seam

KNOWN_TAGS = 4096
"""How many cells' tags are remembered as right."""

_jsonschema = common.jsonschema
_slow_node = nbbase.validate


def quick_checks() -> AbstractContextManager[None]:
    """Let nbgrader's steps, while this context is open, check tags, new cells and new outputs quickly."""
    return nbgrader_seam.checking(_checker, _validate_tags, _validate_node)


@cache
def _checker() -> Any:
    """Return nbgrader's checker of tags, which reads three schemas from the disk when it is made."""
    return MetadataValidator()


@cache
def _tags_schema() -> Any:
    """Return the schema of tags, ready to validate: ``jsonschema.validate`` checks the schema itself at each call."""
    schema = _checker().schema
    kind = _jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def _validate_tags(tags: Any, schema: Any) -> None:
    """Do what ``jsonschema.validate`` does."""
    if schema is not _checker().schema or not _are_right(json.dumps(tags)):
        _jsonschema.validate(tags, schema)


@lru_cache(KNOWN_TAGS)
def _are_right(tags: str) -> bool:
    """Return whether the tags of one cell are right; the copies of a class carry the same ones."""
    return bool(_tags_schema().is_valid(json.loads(tags)))


def _validate_node(node: Any, ref: str | None = None) -> None:
    """Do what nbformat does with a new cell or output, by the compiled schema that it keeps for whole notebooks."""
    try:
        _node_schema(ref).validate(node)
    except (ValidationError, LookupError):
        _slow_node(node, ref)


@cache
def _node_schema(ref: str | None) -> Any:
    """Return the compiled schema of a kind of cell or output.

    Raises
    ------
    LookupError
        For a whole notebook, and for a kind that nbformat does not know.
    """
    whole = _notebook_schema()
    if ref not in whole["definitions"]:
        raise LookupError(ref)
    part = {name: whole[name] for name in ("$schema", "definitions")}
    return FastJsonSchemaValidator({**part, "$ref": f"#/definitions/{ref}"})


@cache
def _notebook_schema() -> dict[str, Any]:
    """Return the schema of notebooks, of the version that nbformat makes."""
    path = Path(str(nbformat.v4.__file__)).parent / nbbase.nbformat_schema[None, None]
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
