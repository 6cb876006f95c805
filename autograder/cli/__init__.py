"""The command line: thin, each command calls one function. Errors are French sentences, never tracebacks."""

import warnings

import click

from autograder.cli import cases, classes, exports, jury, kit, privacy, review
from autograder.cli.base import FrenchGroup
from autograder.cli.locale import speak_french
from casestudies import __version__
from casestudies.typography import french

speak_french()
warnings.filterwarnings("ignore", module=r"nbgrader\.")  # its own notes to its developers


@click.group(cls=FrenchGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="casekit")
def main() -> None:
    """casekit : études de cas, correction par critère et fiches pour une certification en webmarketing."""


for _command in (
    *classes.COMMANDS, *review.COMMANDS, *exports.COMMANDS, *jury.COMMANDS, *privacy.COMMANDS, *kit.COMMANDS,
    *cases.COMMANDS,
):  # fmt: skip
    _command.help = french(_command.help or "")
    main.add_command(_command)
