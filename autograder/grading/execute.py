"""Running a submission's notebook as the learner whom the gradebook names, and with nothing else of this machine."""

import os
import subprocess
from typing import Any

from nbgrader.preprocessors import Execute

from autograder.questions import questions_of
from autograder.variants import accepted_draw
from casestudies.identity import DRAW_VARIABLE, LEARNER_VARIABLE

KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT", "TEMP", "TMP", "USERPROFILE")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def kernel_environment(learner: str, draw: int | None) -> dict[str, str]:
    """Return the environment of the kernel that runs a learner's notebook.

    ``draw`` is the draw of the learner's variant, None when the assignment has no variant.
    """
    environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    environment |= dict.fromkeys(THREADS, "1")
    environment |= {"NBGRADER_EXECUTION": "autograde", "MPLBACKEND": "agg", LEARNER_VARIABLE: learner}
    if draw is not None:
        environment[DRAW_VARIABLE] = str(draw)
    return environment


def draw_for(assignment: str, learner: str) -> int | None:
    """Return the draw of a learner for an assignment of the kit, None for an ordinary nbgrader assignment."""
    questions = questions_of(assignment=assignment)
    return accepted_draw(questions[0].company, learner) if questions else None


class ExecuteAsLearner(Execute):
    """nbgrader's own execution, with the learner's identity taken from the gradebook and a bare environment."""

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Start the kernel in the learner's environment."""
        who = self.resources["nbgrader"]
        kwargs["env"] = kernel_environment(who["student"], draw_for(who["assignment"], who["student"]))
        kwargs["stdout"] = kwargs["stderr"] = subprocess.DEVNULL  # learners’ code writes in cells, not in terminals
        super().start_new_kernel(**kwargs)

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str, cell_index: int) -> Any:
        """Keep one output of a cell; one nested too deeply to be read is left out instead of stopping everything."""
        try:
            return super().output(outs, msg, display_id, cell_index)
        except RecursionError:
            return None
