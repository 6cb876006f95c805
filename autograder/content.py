"""Where the kit's own notebooks and data are: beside the packages in a checkout, inside them in an installed wheel."""

from pathlib import Path

import autograder
import casestudies


def notebooks_folder() -> Path:
    """Return the folder of the kit's source notebooks."""
    return _first(Path(autograder.__file__).parent / "_content" / "notebooks", "notebooks")


def datasets_folder() -> Path:
    """Return the folder of the reference editions."""
    return _first(Path(casestudies.__file__).parent / "_datasets", "datasets")


def _first(installed: Path, name: str) -> Path:
    return installed if installed.is_dir() else Path(autograder.__file__).parent.parent / name
