"""Writing an export whole or not at all."""

from pathlib import Path

from casestudies.atomic import write_atomically
from casestudies.errors import CasekitError, why


def write_whole(path: Path, content: bytes) -> Path:
    """Write ``content`` beside ``path``, then put it in place; return ``path``.

    Raises
    ------
    CasekitError
        When the file cannot be written.
    """
    try:
        write_atomically(path, content)
    except OSError as error:
        raise CasekitError(
            f"Impossible d’écrire {path} ({why(error)}) : s’il est ouvert dans un autre logiciel, fermez-le, puis "
            "relancez."
        ) from error
    return path
