"""What every command shares: exit codes, the group whose errors are sentences, the course folder."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from autograder.console import warn
from casestudies.errors import CasekitError

USAGE_ERROR, WORK_LEFT = 2, 1


class FrenchGroup(click.Group):
    """A group whose errors are one French sentence and an exit code: 2 for a mistake of use, 1 for work left to do."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command; turn the kit's errors into a sentence."""
        try:
            return super().main(*args, **options)
        except CasekitError as error:
            warn(str(error))
            sys.exit(USAGE_ERROR)


@contextmanager
def importing() -> Iterator[None]:
    """Import what a command needs without the collector, which would take a tenth of the time and find nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def course_option(command: Any) -> Any:
    """Add the option that says which course folder to work in."""
    return click.option(
        "--cours", "root", type=click.Path(path_type=Path), default=Path(), help="Dossier du cours (par défaut : ici)."
    )(command)


def course_at(root: Path) -> Any:
    """Return the course in a folder; nbgrader, which it needs, is slow to import and not every command does."""
    from autograder.course.course import Course

    return Course(root.resolve())
