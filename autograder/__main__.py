"""``python -m autograder`` is the command ``casekit``."""

from autograder.cli import main

main(prog_name="casekit")
