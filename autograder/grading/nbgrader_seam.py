"""Where the kit stands in for a part of nbgrader's while its own steps run: every name replaced is said here only.

A contract test compares these names with the nbgrader that is installed: what is replaced, how it is called, and what
the steps ask of it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from types import SimpleNamespace
from typing import Any

GRADEBOOK = "Gradebook"
READERS = (
    "nbgrader.preprocessors.overwritecells",
    "nbgrader.preprocessors.overwritekernelspec",
    "autograder.grading.repair",
)
"""The modules whose steps read the gradebook before a notebook is run; none of them writes to it."""
WRITERS = ("nbgrader.preprocessors.saveautogrades", "nbgrader.preprocessors.latesubmissions")
"""The modules whose steps write a graded notebook to the gradebook."""
CHECKER = ("nbgrader.preprocessors.checkcellmetadata", "MetadataValidator")
SCHEMAS = ("nbgrader.nbgraderformat.common", "jsonschema")
NODES = ("nbformat.v4.nbbase", "validate")

Name = tuple[str, str]
"""A module and an attribute of it."""


def reading(book: Any) -> AbstractContextManager[None]:
    """Let nbgrader's reading steps ask ``book`` where they would open the gradebook."""
    return _replaced({(module, GRADEBOOK): lambda *_: book for module in READERS})


def writing(book: Any) -> AbstractContextManager[None]:
    """Let nbgrader's writing steps write to ``book`` where they would open the gradebook."""
    return _replaced({(module, GRADEBOOK): lambda *_: book for module in WRITERS})


def checking(
    checker: Callable[[], Any], validate_tags: Callable[[Any, Any], None], validate_node: Callable[..., None]
) -> AbstractContextManager[None]:
    """Let nbgrader's steps check with these.

    Parameters
    ----------
    checker
        Makes the checker of the tags of a notebook.
    validate_tags
        Checks the tags of one cell against a schema, as ``jsonschema.validate`` does.
    validate_node
        Checks a new cell or output, as nbformat does.
    """
    schemas = SimpleNamespace(validate=validate_tags)
    return _replaced({CHECKER: checker, SCHEMAS: schemas, NODES: validate_node})


@contextmanager
def _replaced(stand_ins: dict[Name, Any]) -> Iterator[None]:
    """Set these attributes of modules, and put back what was there.

    Raises
    ------
    AttributeError
        When a module has no such name any more: nothing is then replaced.
    """
    places = [(import_module(module), name, stand_in) for (module, name), stand_in in stand_ins.items()]
    before = [(module, name, getattr(module, name)) for module, name, _ in places]
    try:
        for module, name, stand_in in places:
            setattr(module, name, stand_in)
        yield
    finally:
        for module, name, kept in before:
            setattr(module, name, kept)
