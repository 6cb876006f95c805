"""What the system says of a process: stopped, or gone. Only Linux says it."""

import sys
from pathlib import Path

_STOPPED = ("T", "t")


def is_stopped(pid: int) -> bool:
    """Whether a process is stopped (SIGSTOP, a debugger)."""
    if sys.platform != "linux":
        return False
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] in _STOPPED
