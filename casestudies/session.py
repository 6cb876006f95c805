"""What was run in this kernel since it started, as IPython tells it: which cells, in which order, how they ended."""

import os
import sys
from pathlib import Path
from typing import Any

from casestudies.freshness import Outside, SessionTokens

_MARK = "_casekit_session"


class KernelSession:
    """The runs of one kernel; ``tokens`` say what each name was made from.

    ``judges`` says who judged each question last: a case may be opened again, and only one may change a verdict.
    """

    def __init__(self) -> None:
        """Begin with nothing run."""
        self.tokens = SessionTokens()
        self.outside: Outside = lambda _: ""
        self.running = ""
        self.judges: dict[str, object] = {}
        self._nameless = 0

    def begins(self, info: Any) -> None:
        """Take in that a cell begins to run (IPython's event « pre_run_cell »)."""
        self.running = str(info.raw_cell or "")

    def ran(self, result: Any) -> None:
        """Take in that a cell was run (IPython's event « post_run_cell »)."""
        cell, source = getattr(result.info, "cell_id", None), str(result.info.raw_cell or "")
        if not cell:
            self._nameless += 1
            cell = f"sans-nom-{self._nameless}"
        self.tokens.ran(str(cell), source, bool(result.success), self.outside)


def running_shell() -> Any:
    """Return the notebook that runs this, None outside one."""
    loaded = sys.modules.get("IPython")
    return loaded.get_ipython() if loaded else None


def session_of(shell: Any) -> KernelSession | None:
    """Return the session of a notebook's shell, begun now when it was not; None where there is no shell."""
    if shell is None or not hasattr(shell, "events"):
        return None
    known: KernelSession | None = getattr(shell, _MARK, None)
    if known is None:
        known = KernelSession()
        setattr(shell, _MARK, known)
        shell.events.register("pre_run_cell", known.begins)
        shell.events.register("post_run_cell", known.ran)
    return known


def show_now(shown: Any) -> Any:
    """Show something at once in a notebook whose kernel runs, wherever its line is; elsewhere, return it."""
    if not hasattr(running_shell(), "kernel"):
        return shown
    from IPython.display import display

    display(shown)
    return None


def notebook_at_hand() -> str:
    """Return the name of the notebook whose kernel this is, as Jupyter's server says it; empty when it does not."""
    return Path(os.environ.get("JPY_SESSION_NAME", "")).stem
