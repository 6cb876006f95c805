"""What several tests of real folders share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course.creation import study_folder
from autograder.course.lab import Lab


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's study folder, made once: each test opens its own notebooks in it."""
    target = tmp_path_factory.mktemp("lab") / "etude"
    study_folder(target)
    return target


@pytest.fixture(scope="session")
def server(chromium: str, study: Path) -> Iterator[Lab]:
    """The JupyterLab of the browser's tests: it serves the study folder, where they make their other folders.

    The notebooks (group « lab ») have one, the tools (« lab-outils ») another: two workers share them.
    """
    from in_lab import running_lab  # needs playwright, which no other test of this folder does

    with running_lab(study) as running:
        yield running
