"""The study folder: a folder of notebooks for each assessment and, at its root, the home and the daily revision."""

from pathlib import Path

HOME = "accueil.ipynb"
REVISION = "revision.ipynb"


def home_of(folder: Path) -> Path:
    """Return the study folder that a notebook's ``folder`` stands in, else the folder itself."""
    return folder.parent if any((folder.parent / name).is_file() for name in (HOME, REVISION)) else folder
