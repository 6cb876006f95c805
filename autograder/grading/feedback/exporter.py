"""The kit's page in the place of nbgrader's: an exporter of its own class, so that formgrader's pages stay as they are.

``nbgrader generate_feedback``, formgrader's buttons and ``casekit feedback`` all come through here.
"""

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import Exporter
from nbformat.notebooknode import NotebookNode
from traitlets import Unicode

from autograder.grading.feedback.cells import sections_of, title_of
from autograder.grading.feedback.copies import FeedbackCopy, copy_of
from autograder.grading.feedback.pages import INDEX, index_page, notebook_page


class FeedbackExporter(Exporter):
    """Turns one graded notebook into its feedback page, and writes the page of the whole assessment beside it."""

    records = Unicode("", help="Folder where the answers and results are kept.").tag(config=True)
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page, with the other pages of the same copy in ``resources["outputs"]``."""
        nb, resources = super().from_notebook_node(nb, resources, **options)
        who = resources["nbgrader"]
        copy = copy_of(Path(self.records), who["db_url"], who["assignment"], who["student"])
        folder = Path(resources.get("metadata", {}).get("path", ""))
        part = copy.part(who["notebook"])
        page = notebook_page(copy, part, title_of(nb), sections_of(nb, part))
        others = {name: text.encode() for name, text in other_pages(copy, folder).items()}
        resources["outputs"] = {**(resources.get("outputs") or {}), **others}
        return page, resources


def other_pages(copy: FeedbackCopy, graded: Path) -> dict[str, str]:
    """Return, by file name, the index of a copy and the pages of the notebooks that are not in ``graded``."""
    titles = {path.stem: title_of(nbformat.read(path, as_version=4)) for path in sorted(graded.glob("*.ipynb"))}
    missing = [part for part in copy.parts if part.notebook not in titles]
    pages = {f"{part.notebook}.html": notebook_page(copy, part, "", []) for part in missing}
    return {**pages, INDEX: index_page(copy, titles)}
