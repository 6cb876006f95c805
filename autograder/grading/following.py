"""What is seen while a class is graded: how far, how fast, how long still, and each incident as it comes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from autograder.console import err
from autograder.grading.job import Graded
from casestudies.french import french_number
from casestudies.typography import french, spaced


class _Rate(ProgressColumn):
    """Submissions per second, once there is something to divide."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if not speed else french(f"{french_number(speed, 1)} copies/s"))


@contextmanager
def class_bar() -> Iterator[Callable[[Graded, int, int], None]]:
    """Show the progress of a class on the error stream; yield what has to be called after each submission.

    Without a terminal only the incidents are written, a line each. No thread refreshes the bar, so that workers can be
    forked from a process that has only one.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True, auto_refresh=False) as progress:
        task = progress.add_task("Correction", total=None)

        def tell(graded: Graded, done: int, total: int) -> None:
            progress.update(task, completed=done, total=total, refresh=True)
            for incident in graded.incidents:
                err.print(spaced(escape(f"{graded.learner} : {incident.what}")))

        yield tell
