"""What every command shares: exit codes, the group whose errors are sentences, the course folder."""

import gc
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.decorators import FC

from autograder.cli.locale import speak_french
from autograder.console import say, warn
from autograder.course.private import private_files
from autograder.faults import told_in_french
from casestudies import __version__
from casestudies.errors import CasekitError
from casestudies.typography import french

if TYPE_CHECKING:
    from autograder.sheets.model import Sheet

USAGE_ERROR, WORK_LEFT = 2, 1
CLOSED = (
    "D’autres comptes de cette machine pouvaient lire ce cours : seul le vôtre le peut désormais. La version des "
    "apprenants et les retours restent lisibles une fois copiés ailleurs."
)

speak_french()
PATH, FILE = click.Path(path_type=Path), click.Path(path_type=Path, dir_okay=False)
warnings.filterwarnings("ignore", module=r"nbgrader\.")  # its own notes to its developers


class FrenchGroup(click.Group):
    """A group whose errors are one French sentence and an exit code: 2 for a mistake of use, 1 for work left to do."""

    group_class = type

    def __init__(self, *args: Any, **settings: Any) -> None:
        """Make the group that click would, in French words."""
        super().__init__(*args, **{"subcommand_metavar": "COMMANDE [ARGUMENTS]...", **settings})

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, whose help takes French typography and is never cut in the list of commands."""
        cmd.help = french(cmd.help or "")
        cmd.short_help = cmd.help.partition("\n\n")[0]
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; once Ctrl+C stopped it, another one changes nothing to how it ends."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            if threading.current_thread() is threading.main_thread():
                signal.signal(signal.SIGINT, signal.SIG_IGN)
            raise

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command; turn the kit's errors, and what a disk or a database refuses, into a sentence."""
        try:
            with told_in_french(), private_files():
                return super().main(*args, **options)
        except CasekitError as error:
            warn(str(error))
            sys.exit(USAGE_ERROR)


@click.group(cls=FrenchGroup, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="casekit")
@click.pass_context
def main(context: click.Context) -> None:
    """casekit : études de cas, correction par critère et fiches pour une certification en webmarketing."""
    if context.invoked_subcommand is None:
        from autograder.course.next_step import next_steps  # what it reads lists with is not for the help to wait for

        click.echo(context.get_help() + "\n")
        for step in next_steps(Path.cwd()):
            say(step)


@contextmanager
def importing() -> Iterator[None]:
    """Import what a command needs without the collector, which would take a tenth of the time and find nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class LearnerName(click.types.StringParamType):
    """The identifier of a learner, taken in its one normal form."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the identifier in its normal form."""
        from casestudies.identity import normalise  # with numpy, which the help does not wait for

        return normalise(super().convert(value, param, ctx))


LEARNER = LearnerName()
course_option = click.option("--cours", "root", type=PATH, default=Path(), help="Dossier du cours (par défaut : ici).")
learner_option = partial(click.option, "--learner", "--apprenant", "learner", type=LEARNER, default="")
learners_option = partial(click.option, "--apprenant", "learners", type=LEARNER, multiple=True)
target_option = partial(click.option, "--sortie", "target")


def choice_option(option: str, name: str, choices: Sequence[str], default: str, text: str) -> Callable[[FC], FC]:
    """Return the option that takes one of a few words, and shows which one it takes by default."""
    return click.option(option, name, type=click.Choice(choices), default=default, show_default=True, help=text)


def someone_answers() -> bool:
    """Return whether a person is at the keyboard."""
    return sys.stdin.isatty()


def yes_or_no(question: str) -> bool:
    """Ask a question on the error stream and return whether the answer is « oui »."""
    choices = click.Choice(["oui", "non"], case_sensitive=False)
    return bool(click.prompt(french(question), type=choices, default="non", err=True) == "oui")


def end(work_left: object) -> None:
    """End with the exit code that says that work is left, when some is."""
    if work_left:
        sys.exit(WORK_LEFT)


def course_at(root: Path) -> Any:
    """Return the course in a folder, where every learner goes by one spelling from then on, and nobody else may look.

    What a killed command left in temporary folders is removed. nbgrader, which all this needs, is slow to import and
    not every command does.
    """
    from autograder.course.course import Course
    from autograder.course.private import close_to_others
    from autograder.privacy.spellings import settle_spellings
    from autograder.rooms import sweep_rooms

    course = Course(root.resolve())
    sweep_rooms()
    if close_to_others(course):
        warn(CLOSED)
    settle_spellings(course)
    return course


def saved_course_at(root: Path, before: str) -> Any:
    """Return the course in a folder, once what cannot be made again was copied before a command that changes it."""
    from autograder.course.backups import back_up

    course = course_at(root)
    back_up(course, before)
    return course


def sheets_at(root: Path, assignment: str) -> "tuple[Any, list[Sheet]]":
    """Return the course in a folder and the sheets of an assignment, once what the formgrader was told is taken in."""
    with importing():
        from autograder.review.store import take_in
        from autograder.sheets.build import build_sheets

    course = course_at(root)
    take_in(course, assignment)
    return course, build_sheets(course, assignment)
