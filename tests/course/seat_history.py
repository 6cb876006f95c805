"""A learner's seat as it is: IPython, the open case, the page that keeps what checks show, in any history of steps."""

import json
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from casestudies.answers import MIME
from casestudies.findings import Outcome
from casestudies.practice import Practice
from casestudies.remise.saved import _VERDICTS

Step = tuple[Any, ...]
"""("write", cell, rank of a text), ("run", cell), ("all",), ("restart",)."""


@contextmanager
def kernel() -> Iterator[InteractiveShell]:
    """Give a kernel's shell to what asks for the running one, and nothing of it afterwards."""
    InteractiveShell.clear_instance()
    with warnings.catch_warnings():
        try:
            yield InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
        finally:
            InteractiveShell.clear_instance()


@dataclass
class Seat:
    """A notebook, the page that shows it, the kernel that runs it.

    ``texts`` are, for each cell that can be written, the texts that a history chooses from.
    """

    path: Path
    texts: dict[str, Sequence[str]]
    notebook: dict[str, Any] = field(init=False)
    practices: list[Practice] = field(init=False, default_factory=list)
    """Those of the running kernel: the panels of a case that was opened again stay in the page."""

    def __post_init__(self) -> None:
        self.notebook = json.loads(self.path.read_text(encoding="utf-8"))

    @property
    def codes(self) -> list[dict[str, Any]]:
        return [cell for cell in self.notebook["cells"] if cell["cell_type"] == "code"]

    @staticmethod
    def text(cell: dict[str, Any]) -> str:
        return "".join(cell["source"])

    def live(self, steps: Sequence[Step]) -> None:
        """Go through a history, then open the case and check again as the page needs to hear of a kernel; save."""
        os.chdir(self.path.parent)
        steps = [*steps]
        while True:
            restart = next((rank for rank, step in enumerate(steps) if step[0] == "restart"), len(steps))
            self.practices.clear()
            with kernel() as shell, redirect_stdout(StringIO()):
                for step in steps[:restart]:
                    self._do(shell, step)
                if restart == len(steps):
                    self._hear_the_page(shell)
                    break
            steps = steps[restart + 1 :]
        self.path.write_text(json.dumps(self.notebook), encoding="utf-8")

    def _do(self, shell: InteractiveShell, step: Step) -> None:
        if step[0] == "write":
            cell = next(one for one in self.codes if one["id"] == step[1])
            cell["source"] = self.texts[step[1]][step[2] % len(self.texts[step[1]])]
        elif step[0] == "run":
            self._run(shell, next(one for one in self.codes if one["id"] == step[1]))
        else:
            for cell in self.codes:
                if not self._run(shell, cell):
                    break  # JupyterLab runs none of those that follow
        if shell.user_ns.get("dossier") is not None:
            self._compare(shell)

    def _run(self, shell: InteractiveShell, cell: dict[str, Any]) -> bool:
        result = shell.run_cell(self.text(cell), store_history=False, cell_id=cell["id"])
        faces = getattr(result.result, "_repr_mimebundle_", dict)() if result.success else {}
        output = {"output_type": "execute_result", "metadata": {}, "execution_count": 1, "data": faces}
        cell["outputs"] = [output] if faces else []
        return bool(result.success)

    def _compare(self, shell: InteractiveShell) -> None:
        """Do what the page does at each change: let Python compare, keep the faces that it answers."""
        if shell.user_ns["dossier"]._practice not in self.practices:
            self.practices.append(shell.user_ns["dossier"]._practice)
        for practice in self.practices:
            self._compare_with(practice)

    def _compare_with(self, practice: Practice) -> None:
        cells = [[cell["id"], self.text(cell)] for cell in self.codes]
        shown = [[found["question"], found.get("made", "")] for cell in self.codes if (found := self._answer(cell))]
        told = practice.act({"do": "compare", "cells": cells, "shown": [pair for pair in shown if pair[1]]})
        for question, faces in {**told["changed"], **told["outlived"]}.items():
            for cell in self.codes:
                found = self._answer(cell)
                if found and found["question"] == question:
                    cell["outputs"][0]["data"] = {MIME: {**found, "made": ""}, **faces}

    def _hear_the_page(self, shell: InteractiveShell) -> None:
        """Open the case again when the last kernel did not: a page that no kernel answers cannot take anything back."""
        if shell.user_ns.get("dossier") is None:
            for name in ("identite", "ouverture"):
                self._run(shell, next(one for one in self.codes if one["id"] == name))
        self._compare(shell)

    @staticmethod
    def _answer(cell: dict[str, Any]) -> dict[str, Any]:
        found = [output["data"].get(MIME) for output in cell.get("outputs", [])]
        return found[0] if found and found[0] else {}

    def shown(self) -> dict[str, Outcome]:
        """Return the verdict that the page shows of each question."""
        found = {}
        for cell in self.codes:
            answer = self._answer(cell)
            if answer:
                first = "".join(cell["outputs"][0]["data"]["text/plain"]).splitlines()[0]
                found[answer["question"]] = _VERDICTS[first]
        return found
