"""Rule: a task starts once the tasks it waits for are over."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.dates import read_date, say_date
from autograder.keys.checks.identifiers import cited, ids_of
from autograder.keys.checks.tables import column, label, rows
from casestudies.answers import Value


@dataclass(frozen=True)
class AfterPredecessors:
    """No task starts before the day that follows the end of its predecessors: both ends are days of work."""

    task: str
    start: str
    end: str
    predecessors: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per task that starts too early; unreadable days and ids are left to other rules."""
        known = ids_of(column(answer, self.task))
        ends = {label(task): read_date(end) for _, (task, end) in rows(answer, self.task, self.end)}
        remarks = []
        for row, (task, start, cell) in rows(answer, self.task, self.start, self.predecessors):
            begins = read_date(start)
            if begins is None:
                continue
            late = [(day, name) for name in cited(cell, known)[0] if (day := ends.get(name)) and day >= begins]
            if late:
                day, name = max(late)
                remarks.append(
                    f"Ligne {row}, « {label(task)} » : elle commence le {say_date(begins)}, alors que « {name} », "
                    f"qu’elle attend, finit le {say_date(day)}. Faites-la commencer après."
                )
        return remarks
