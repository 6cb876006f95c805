"""A notebook of the kit's own at the root of a study folder: written where it is missing, never over somebody's."""

from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
from nbformat import v4
from nbformat.notebooknode import NotebookNode

from casestudies.errors import CasekitError, why

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def write_where_missing(path: Path, cells: Callable[[], Sequence[NotebookNode]]) -> list[Path]:
    """Write a notebook of these cells at ``path`` unless there is one; return it when it was written.

    Raises
    ------
    CasekitError
        When the folder cannot be written.
    """
    if path.exists():
        return []
    notebook = v4.new_notebook(cells=list(cells()), metadata=KERNEL)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    except OSError as error:
        raise CasekitError(f"{path} ne peut pas être écrit ({why(error)}).") from error
    return [path]
