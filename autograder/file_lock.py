"""Holding a file: the system frees it when the process ends, however it ends."""

import sys


def hold(descriptor: int) -> bool:
    """Hold an open file, unless another process does; return whether it is held."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
