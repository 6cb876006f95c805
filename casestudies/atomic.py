"""Writing a file whole or not at all."""

import errno
import os
from collections.abc import Callable
from pathlib import Path


def write_atomically(
    path: Path,
    content: bytes,
    mode: int | None = None,
    aside: Callable[[Path], None] | None = None,
    lasting: bool = True,
) -> None:
    """Write ``content`` beside ``path``, down to the disk, then put it in place, with these permissions when said.

    ``aside`` keeps what stands at ``path``, once the new content is safe and before it takes its place. What is not
    ``lasting`` does not wait for the disk: a power cut may leave it damaged.

    Raises
    ------
    OSError
        When the disk is full or the folder cannot be written; what was there is then still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        with temporary.open("xb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        if aside:
            aside(path)
        temporary.replace(path)
        if lasting:
            settle(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Wait until a file, or the names that a folder holds, are on the disk; nothing where a folder cannot be opened.

    A file that was renamed may otherwise go by its former name after a power cut.
    """
    if os.name != "posix" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a disk that keeps names in its own way
            raise
    finally:
        os.close(descriptor)
