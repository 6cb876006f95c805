"""Taking solutions out of notebooks, whether their marks are the kit's French ones or nbgrader's own."""

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import ClearSolutions

OWN_MARKS = {"begin": "### BEGIN SOLUTION", "end": "### END SOLUTION"}
"""nbgrader's marks, which a trainer's older notebooks have."""


class ClearMarkedSolutions(ClearSolutions):
    """nbgrader's step, once its own marks are written as the course's: one notebook may hold both."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Take the solution out of one cell."""
        cell.source = cell.source.replace(OWN_MARKS["begin"], self.begin_solution_delimeter)
        cell.source = cell.source.replace(OWN_MARKS["end"], self.end_solution_delimeter)
        cleared: tuple[NotebookNode, dict[str, Any]] = super().preprocess_cell(cell, resources, cell_index)
        return cleared
