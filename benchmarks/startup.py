"""What a person waits for: the help, one small copy graded, the demonstration, each as the command that they type."""

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from autograder.demo.people import ASSIGNMENT
from benchmarks import classes
from benchmarks.commands import casekit, run
from benchmarks.measure import Line, seconds, side_by_side

REFERENCE = "référence de la machine : Python importe pandas"
ROUNDS, JOBS = 3, 2
HELP = [sys.executable, "-m", "autograder", "--help"]
IMPORT = [sys.executable, "-c", "import pandas"]
DEMO = [sys.executable, "-m", "autograder", "demo"]


def commands() -> list[Line]:
    """Measure the help and the grading of one copy, of two cells then of the kit's own five notebooks."""
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        tiny, own = classes.tiny_class(place / "tiny", 1), classes.kit_class(place / "kit", 1)
        works: dict[str, Callable[[int], object]] = {
            REFERENCE: lambda _: run(IMPORT, place),
            "casekit --help": lambda _: run(HELP, place),
            "casekit grade, une copie de deux cellules": lambda _: run(
                [*casekit(classes.TINY, JOBS), "--tout"], tiny.root
            ),
            "casekit grade, une copie de cinq notebooks": lambda _: run(
                [*casekit(ASSIGNMENT, JOBS), "--tout"], own.root
            ),
        }
        taken = side_by_side(works, ROUNDS)
    return [Line(name, value, value / taken[REFERENCE]) for name, value in taken.items()]


def demonstration() -> list[Line]:
    """Measure the demonstration, once: it takes minutes."""
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        reference = side_by_side({REFERENCE: lambda _: run(IMPORT, place)}, ROUNDS)[REFERENCE]
        taken = seconds(partial(run, DEMO, place))
    return [Line(REFERENCE, reference, 1.0), Line("casekit demo", taken, taken / reference)]
