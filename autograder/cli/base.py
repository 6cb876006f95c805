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
from casestudies.identity import normalise

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


class LearnerName(click.types.StringParamType):
    """The identifier of a learner, taken in its one normal form."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the identifier in its normal form."""
        return normalise(super().convert(value, param, ctx))


LEARNER = LearnerName()


def course_at(root: Path) -> Any:
    """Return the course in a folder, where every learner goes by one spelling from then on.

    nbgrader, which it needs, is slow to import and not every command does.
    """
    from autograder.course.course import Course
    from autograder.privacy.spellings import settle_spellings

    course = Course(root.resolve())
    settle_spellings(course)
    return course
