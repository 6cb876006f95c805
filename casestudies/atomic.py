"""Writing a file whole or not at all."""

import os
from collections.abc import Callable
from pathlib import Path


def write_atomically(
    path: Path, content: bytes, mode: int | None = None, aside: Callable[[Path], None] | None = None
) -> None:
    """Write ``content`` beside ``path``, down to the disk, then put it in place, with these permissions when said.

    ``aside`` keeps what stands at ``path``, once the new content is safe and before it takes its place.

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
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        if aside:
            aside(path)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
