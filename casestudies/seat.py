"""The learner's seat: what a notebook's kernel is given before the first cell, and nowhere else.

Errors in French, slips that Python accepts in silence, values and tables shown the French way, help in French. The
kernels of a study folder begin with it; elsewhere ``ouvrir_dossier`` does. Never at grading.
"""

import warnings
from functools import partial
from typing import Any

from casestudies import frames, french_help, friendly, values
from casestudies.identity import being_graded
from casestudies.session import running_shell, session_of
from casestudies.silent import looked_at, slips
from casestudies.started_programs import program_card, program_line

_MARK = "_casekit_seat"


def install() -> bool:
    """Prepare the notebook that runs this, once; return whether there is one, and not to be graded."""
    shell = None if being_graded() else running_shell()
    if shell is None:
        return False
    friendly.install(shell)
    session_of(shell)
    if not hasattr(shell, _MARK):
        watch = _Watch(shell)
        setattr(shell, _MARK, watch)
        shell.events.register("pre_run_cell", watch.before)
        shell.events.register("post_run_cell", watch.after)
        values.install(shell)
        frames.install()
        _quiet()
    french_help.translate()
    return True


class _Watch:
    """Looks at each cell before and after it runs."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._tables: dict[str, Any] = {}

    def before(self, info: Any) -> None:
        """Keep at hand the tables that the cell speaks of."""
        self._tables = looked_at(str(info.raw_cell), self._shell.user_ns)

    def after(self, result: Any) -> None:
        """Say what Python accepted in silence, and translate the help of what was just loaded."""
        tables, self._tables = self._tables, {}
        french_help.translate()
        if result.info is None:
            return
        started = program_line(str(result.info.raw_cell))
        if started is not None:
            friendly.tell(program_card(started))
        if not result.success:
            return
        try:
            found = slips(self._shell.transform_cell(str(result.info.raw_cell)), tables, self._shell.user_ns)
        except Exception:  # a table may hold anything, and no remark is worth an error
            return
        for slip in found:
            friendly.remark(slip.number, slip.line, slip.said)


def _quiet() -> None:
    """Say Python's warnings in French, when they are about the learner's own lines and worth saying."""
    warnings.filterwarnings("ignore", category=SyntaxWarning)  # the error that follows is explained
    warnings.filterwarnings("always", category=RuntimeWarning, module="__main__")
    warnings.showwarning = partial(friendly.warn, warnings.showwarning)
