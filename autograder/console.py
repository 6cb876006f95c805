"""What the command line says: French, with its typography, and progress for long work."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from casestudies.quoting import printable
from casestudies.typography import spaced

T = TypeVar("T")

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """Print one line of French."""
    out.print(spaced(escape(printable(text))))


def warn(text: str) -> None:
    """Print one line of French on the error stream."""
    err.print(spaced(escape(printable(text))), style="bold")


def print_table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print a table of texts in French, whatever signs they hold; long ones go over several lines."""
    table = Table(title=spaced(escape(title)), title_justify="left", show_lines=True)
    for name in columns:
        table.add_column(spaced(name), overflow="fold")
    for row in rows:
        table.add_row(*(spaced(escape(printable(text))) for text in row))
    out.print(table)


def followed(items: Iterable[T], title: str, total: int) -> Iterator[T]:
    """Yield ``items`` under a progress bar with the time left; silent when nobody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as progress:
        task = progress.add_task(spaced(title), total=total)
        for item in items:
            yield item
            progress.advance(task)
