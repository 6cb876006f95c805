"""Rule: tasks wait for tasks that exist, and never for each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.identifiers import cited, ids_of
from autograder.keys.checks.tables import column, label, place, rows, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class Acyclic:
    """Each id of ``predecessors`` is one of ``task``, and no task waits for itself through the others."""

    task: str
    predecessors: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per unknown predecessor, and one that names a cycle."""
        known = ids_of(column(answer, self.task))
        remarks, waits = [], {}
        for row, (task, cell) in rows(answer, self.task, self.predecessors):
            found, unknown = cited(cell, known)
            waits[label(task)] = found
            if unknown:
                remarks.append(
                    f"{place(row, self.predecessors)} : {shown(unknown[0])} n’est pas dans la colonne « {self.task} ». "
                    "Citez des tâches du tableau, séparées par des virgules."
                )
        loop = find_cycle(waits)
        if loop:
            remarks.append(
                f"Des tâches s’attendent en rond : {' → '.join(loop)}. Aucune ne peut commencer : "
                "quel lien est de trop ?"
            )
        return remarks


def find_cycle(waits: Mapping[str, list[str]]) -> list[str]:
    """Return one cycle of a graph, its first task again at the end; nothing when there is none.

    >>> find_cycle({"A": ["B"], "B": ["C"], "C": ["B"]})
    ['B', 'C', 'B']
    """
    left = {task: list(after) for task, after in waits.items()}
    done: set[str] = set()
    for start in waits:
        path = [start]
        while path:
            after = left.get(path[-1], [])
            if not after:
                done.add(path.pop())
                continue
            following = after.pop()
            if following in path:
                return [*path[path.index(following) :], following]
            if following not in done:
                path.append(following)
    return []
