"""Running the code of a source notebook, with its solutions, as one learner, without a kernel."""

import json
import os
import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any
from unittest import mock

from autograder.content import notebooks_folder
from autograder.grading.execute import kernel_environment

SOLUTION = re.compile(r"[ \t]*### DÉBUT SOLUTION\n.*?### FIN SOLUTION\n?", re.DOTALL)


@cache
def compiled(notebook: str, solved: bool) -> tuple[CodeType, ...]:
    """Return the compiled code cells of « assignment/notebook », with or without its solutions."""
    path = notebooks_folder() / f"{notebook}.ipynb"
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    sources = ["".join(cell["source"]) for cell in cells]
    texts = sources if solved else [SOLUTION.sub("", source) for source in sources]
    return tuple(compile(text, f"{notebook} [{cell['id']}]", "exec") for text, cell in zip(texts, cells, strict=True))


def answers_of(notebook: str, learner: str, draw: int, solved: bool = True) -> dict[str, Any]:
    """Return the encoded answers that the notebook hands in for one learner."""
    space: dict[str, Any] = {"__name__": "__main__", "display": lambda *_: None}
    with mock.patch.dict(os.environ, kernel_environment(learner, draw), clear=True):
        for code in compiled(notebook, solved):
            exec(code, space)
    _close_figures()
    return dict(space["dossier"]._practice._answers)


def _close_figures() -> None:
    import matplotlib.pyplot as plt

    plt.close("all")


@contextmanager
def inside(folder: Path):
    """Work in ``folder`` for a while."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield folder
    finally:
        os.chdir(before)
