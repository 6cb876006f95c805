"""What several tests of real folders share."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.course.creation import study_folder
from autograder.course.lab import Lab

if TYPE_CHECKING:
    from in_lab import Room
    from playwright.sync_api import Page


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
    from in_lab import running_lab  # needs playwright, which only tests of what is seen do

    with running_lab(study) as running:
        yield running


@pytest.fixture(scope="module")
def lab(server: Lab, study: Path) -> "Iterator[Room]":
    """The study folder itself; its kernels stop at the end of the file."""
    from in_lab import room_of

    with room_of(server, study) as room:
        yield room


@pytest.fixture(scope="module")
def page(chromium: str) -> "Iterator[Page]":
    """A page that a file's tests share."""
    from in_lab import opened_page

    with opened_page(chromium) as opened:
        yield opened
