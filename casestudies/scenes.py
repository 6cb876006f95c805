"""Where an error of a learner happened, and what is said of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

MAX_LABELS = 2000
"""Labels of a table or a list among which a close one is looked for."""

_JUPYTER = ("In", "Out", "exit", "quit", "get_ipython", "open")


@dataclass(frozen=True)
class Explanation:
    """What happened, in one heading, and what to try."""

    heading: str
    tries: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """Where an error happened: the names of the notebook, the line of the cell, the tables and rows at hand."""

    names: Mapping[str, Any]
    line: str = ""
    tables: tuple[pd.DataFrame, ...] = ()
    labels: tuple[str, ...] = ()

    def words(self) -> list[str]:
        """Return the names that the line holds, each once, in order."""
        return list(dict.fromkeys(re.findall(r"[^\W\d]\w*", self.line)))

    def empty_names(self) -> list[str]:
        """Return the names of the line that still hold None."""
        return [name for name in self.words() if name in self.names and self.names[name] is None]

    def own_names(self) -> list[str]:
        """Return the names that the notebook has given, not those that Jupyter gives."""
        return [name for name in self.names if not name.startswith("_") and name not in _JUPYTER]

    def table_with(self, column: str) -> str:
        """Return the name of a table of the notebook that has this column, one of the line first; else nothing."""
        for name in (*self.words(), *self.own_names()):
            found = self.names.get(name)
            if isinstance(found, pd.DataFrame) and column in found.columns:
                return name
        return ""


def cited(names: Iterable[object]) -> str:
    """Return names as they are cited in a sentence.

    >>> cited(["a", "b"])
    '« a », « b »'
    """
    return ", ".join(f"« {name} »" for name in names)


def kept(*texts: str) -> tuple[str, ...]:
    """Return the texts that say something."""
    return tuple(text for text in texts if text)
