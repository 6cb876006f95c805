"""What several tests of real folders share."""

from pathlib import Path

import pytest

from autograder.course.creation import study_folder


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's study folder, made once: each test opens its own notebooks in it."""
    target = tmp_path_factory.mktemp("lab") / "etude"
    study_folder(target)
    return target
