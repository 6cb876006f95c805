"""What must hold, and whether it does: the report of the runs that attack or disturb a grading."""

import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from casestudies.typography import french

OUT = Console(highlight=False, soft_wrap=True)
TESTS = Path(__file__).parents[1] / "tests"
DETAILS = 12
"""How many details of one line are printed."""


@dataclass(frozen=True)
class Held:
    """One line of the report: what must hold, what was seen, whether it holds, and what to look at when it does not."""

    what: str
    seen: str
    holds: bool
    details: tuple[str, ...] = ()


def show_held(title: str, lines: Sequence[Held]) -> bool:
    """Print the report; return whether everything holds."""
    table = Table(title=french(title), title_justify="left")
    for name in ("Ce qui doit tenir", "Observé", "Tenu"):
        table.add_column(name)
    for line in lines:
        table.add_row(french(line.what), french(line.seen), "oui" if line.holds else "NON")
    OUT.print(table)
    for line in lines:
        if not line.holds:
            OUT.print(french(f"{line.what} :"))
            for detail in line.details[:DETAILS]:
                OUT.print(f"  {escape(''.join(one if one.isprintable() else repr(one)[1:-1] for one in detail))}")
            if len(line.details) > DETAILS:
                OUT.print(french(f"  … et {len(line.details) - DETAILS} autre(s)"))
    return all(line.holds for line in lines)


def from_tests(module: str, folder: str = "course") -> Any:
    """Return a module of the tests: the attacks, the small course and the thousand learners are written there once.

    Benchmarks are run from a checkout, where the tests are; the installed kit holds neither.
    """
    place = str(TESTS / folder)
    if place not in sys.path:
        sys.path.insert(0, place)
    return importlib.import_module(module)
