"""Running a submission's notebook as the learner whom the gradebook names, and with nothing else of this machine."""

import math
import os
import subprocess
import time
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade
from traitlets import Unicode
from traitlets.config import Config

from autograder.grading import wall
from autograder.grading.kernel.client import CellTimeoutError, Child, DeadChildError
from autograder.grading.kernel.keeper import available, own_nursery
from autograder.grading.kernel.outputs import LANGUAGE_INFO, Budget, NoFrontEnd
from autograder.keys.questions import questions_of
from autograder.keys.variants import accepted_draw
from casestudies.identity import DRAW_VARIABLE, LEARNER_VARIABLE
from casestudies.variants import draw_of

KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV", "SYSTEMROOT", "TEMP", "TMP", "USERPROFILE")
NEEDED_BY_JUPYTER = ("HOME", "TMPDIR")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
ATTEMPTS = 3
"""How often a notebook is begun: a cell that ends the process is left out of the next attempt."""
NOTEBOOK_CELLS = 10
"""A notebook may take as long as this many cells at their limit: a hundred that sleep must not hold a class up."""


def kernel_environment(learner: str, draw: int | None) -> dict[str, str]:
    """Return the environment of the process that runs a learner's notebook.

    ``draw`` is the draw of the learner's variant, None when the assignment has no variant.
    """
    environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    environment |= dict.fromkeys(THREADS, "1")
    environment |= {"NBGRADER_EXECUTION": "autograde", LEARNER_VARIABLE: learner}
    environment |= {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    if draw is not None:
        environment[DRAW_VARIABLE] = str(draw)
    return environment


def draw_for(who: Mapping[str, Any], config: Config) -> int | None:
    """Return the draw of a learner for a notebook of the kit, None for an ordinary nbgrader notebook.

    ``who`` is what nbgrader's steps are told (``student``, ``assignment``, ``notebook``). The draws given out with the
    release are read where the course keeps its source, never in the copy that is graded, unless ``draws`` has them.
    """
    questions = questions_of(notebook=f"{who['assignment']}/{who['notebook']}")
    if not questions:
        return None
    course = config.CourseDirectory
    source = Path(str(course.root), str(course.source_directory), who["assignment"])
    return draw_of(questions[0].company, who["student"], who.get("draws", source), accepted_draw)


class ExecuteAsLearner(Execute):
    """nbgrader's execution, in a confined child process, under the identity that the gradebook gives.

    The cells run in a fork of a preloaded process (see ``kernel``); what they show is put together by nbclient's own
    code. Where a process cannot be forked, nbgrader's ordinary Jupyter kernel is used.
    """

    nursery = Unicode("", help="Socket of the nursery to ask for children; empty for this process's own.")
    missing_protections: tuple[str, ...] = ()

    def preprocess(self, nb: NotebookNode, resources: Any = None, km: Any = None) -> tuple[NotebookNode, Any]:
        """Run the notebook's cells, in order, and keep their outputs."""
        if not available():
            self.missing_protections = wall.CODES
            return tuple(super().preprocess(nb, resources, km))
        NotebookClient.__init__(self, nb, None)
        self._check_assign_resources(resources)
        fatal: dict[int, str] = {}
        self._end = time.monotonic() + NOTEBOOK_CELLS * self.timeout if self.timeout else math.inf
        for _ in range(ATTEMPTS):
            if self._attempt(nb, resources, fatal) or self._is_over():
                break
        self.nb.metadata["language_info"] = deepcopy(LANGUAGE_INFO)
        self.set_widgets_metadata()
        return self.nb, self.resources

    def _attempt(self, nb: NotebookNode, resources: Any, fatal: dict[int, str]) -> bool:
        """Run the cells but those in ``fatal``; return whether the child lived to the end, else add what ended it."""
        who = resources["nbgrader"]
        environment = kernel_environment(who["student"], draw_for(who, self.config))
        folder = resources.get("metadata", {}).get("path")
        self.reset_execution_trackers()
        self.kc = NoFrontEnd()
        self._budget = Budget()
        alive = True
        with Child(self.nursery or own_nursery().path, environment, Path(folder) if folder else None) as child:
            self.missing_protections = child.missing
            for index, cell in enumerate(nb.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                if self._is_over():
                    cell.outputs = cell.outputs or [_ended("CellTimeoutError")]
                    continue
                cell.outputs, self.clear_before_next_output = [], False
                if index in fatal or not alive:
                    cell.outputs = [_ended(fatal.get(index, "DeadKernelError"))]
                    continue
                try:
                    self._run(child, cell, index)
                except DeadChildError as error:
                    fatal[index] = "CellTimeoutError" if error.late else "DeadKernelError"
                    cell.outputs.append(_ended(fatal[index]))
                    alive = False
        return alive

    def _run(self, child: Child, cell: NotebookNode, index: int) -> None:
        self._budget.next_cell(answers=is_grade(cell))

        def heard(message: dict[str, Any]) -> None:
            if self._budget.allows(message, self._places(message)):
                self.process_message(message, cell, index)

        try:
            reply = child.execute(cell.source, self._time_left(cell), heard)
        except CellTimeoutError:
            reply = {"status": "error", **self.error_on_timeout}
        count = reply.get("execution_count", cell.get("execution_count"))
        cell.execution_count = count if type(count) is int else None
        self.on_cell_executed(cell=cell, cell_index=index, execute_reply={"content": _complete(reply)})

    def _time_left(self, cell: NotebookNode) -> float | None:
        """Return how many seconds a cell may take: its own limit, within what the notebook has left."""
        limit = self._get_timeout(cell)
        return None if limit is None else min(limit, max(self._end - time.monotonic(), 0.0))

    def _is_over(self) -> bool:
        return time.monotonic() > self._end

    def _places(self, message: dict[str, Any]) -> int:
        """Return how many outputs a message replaces: those that were shown under its display identifier."""
        content = message.get("content")
        transient = content.get("transient") if isinstance(content, dict) else None
        name = transient.get("display_id") if isinstance(transient, dict) else None
        cells = {} if isinstance(name, dict | list) else self._display_id_map.get(name, {})
        return sum(len(outputs) for outputs in cells.values())

    def process_message(self, message: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        """Take one message of the child's into the cell's outputs; one that makes no sense is left out."""
        headers = {"header": {"msg_type": message.get("msg_type")}, "parent_header": {"msg_id": message.get("request")}}
        message = {**message, **headers}
        try:
            return super().process_message(message, cell, cell_index)
        except CellExecutionComplete:
            raise
        except Exception:  # whatever a child sends, nbclient and nbformat must not lose the notebook over it
            return None

    def register_output_hook(self, msg_id: str, hook: Any) -> None:
        """Leave text printed inside an output widget in its cell, where a trainer reads it, as an ordinary run does."""

    def remove_output_hook(self, msg_id: str, hook: Any) -> None:
        """Undo nothing: no hook was registered."""

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str, cell_index: int) -> Any:
        """Keep one output of a cell; text that follows text of the same stream is joined to it."""
        if outs and not self.clear_before_next_output and outs[-1].output_type == "stream" == msg["msg_type"]:
            last, content = outs[-1], msg["content"]
            if last.name == content["name"]:
                last.text += str(content["text"])
                return None
        return super().output(outs, msg, display_id, cell_index)

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Start an ordinary kernel, in the learner's environment, where no child can be forked."""
        who = self.resources["nbgrader"]
        kept = {name: os.environ[name] for name in NEEDED_BY_JUPYTER if name in os.environ}
        kwargs["env"] = kept | kernel_environment(who["student"], draw_for(who, self.config))
        kwargs["stdout"] = kwargs["stderr"] = subprocess.DEVNULL  # learners’ code writes in cells, not in terminals
        super().start_new_kernel(**kwargs)


def _complete(reply: dict[str, Any]) -> dict[str, Any]:
    """Return a reply with everything that nbgrader reads in it, whatever the child said."""
    said = {name: str(reply.get(name, "")) for name in ("status", "ename", "evalue")}
    lines = reply.get("traceback")
    return {**said, "traceback": [str(line) for line in lines] if isinstance(lines, list) else []}


def _ended(name: str) -> NotebookNode:
    """Return the output of a cell that ended the learner's process, or that could not be run any more."""
    text = "Le programme s’est arrêté avant la fin de cette cellule."
    return new_output("error", ename=name, evalue=text, traceback=[f"\x1b[0;31m{name}\x1b[0m: {text}"])
