"""The kit's page in the place of nbgrader's: an exporter of its own class, so that formgrader's pages stay as they are.

``nbgrader generate_feedback``, formgrader's buttons and ``casekit feedback`` all come through here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import Exporter
from nbformat.notebooknode import NotebookNode
from traitlets import Unicode

from autograder.grading.feedback.cells import sections_of, title_of
from autograder.grading.feedback.copies import FeedbackCopy, copy_of
from autograder.grading.feedback.pages import INDEX, index_page, notebook_page


@dataclass
class CopyReading:
    """What was read of one copy while its pages are made: nbgrader has them made one by one."""

    copy: FeedbackCopy | None = None
    titles: dict[str, str] = field(default_factory=dict)


_READING: ContextVar[CopyReading | None] = ContextVar("reading", default=None)


@contextmanager
def one_reading() -> Iterator[CopyReading]:
    """Read a copy once for all its pages while this context is open; its other pages are left to whoever opened it."""
    reading = CopyReading()
    token = _READING.set(reading)
    try:
        yield reading
    finally:
        _READING.reset(token)


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
        reading = _READING.get()
        kept = reading or CopyReading()
        if kept.copy is None:
            kept.copy = copy_of(Path(self.records), who["db_url"], who["assignment"], who["student"])
        kept.titles[who["notebook"]] = title_of(nb)
        part = kept.copy.part(who["notebook"])
        page = notebook_page(kept.copy, part, kept.titles[who["notebook"]], sections_of(nb, part))
        if reading is None:
            folder = Path(resources.get("metadata", {}).get("path", ""))
            others = {name: text.encode() for name, text in other_pages(kept.copy, titles_in(folder)).items()}
            resources["outputs"] = {**(resources.get("outputs") or {}), **others}
        return page, resources


def titles_in(graded: Path) -> dict[str, str]:
    """Return the titles of the graded notebooks of a folder, by name."""
    return {path.stem: title_of(nbformat.read(path, as_version=4)) for path in sorted(graded.glob("*.ipynb"))}


def other_pages(copy: FeedbackCopy, titles: dict[str, str]) -> dict[str, str]:
    """Return, by file name, the index of a copy and the pages of its notebooks that have no title in ``titles``."""
    missing = [part for part in copy.parts if part.notebook not in titles]
    pages = {f"{part.notebook}.html": notebook_page(copy, part, "", []) for part in missing}
    return {**pages, INDEX: index_page(copy, titles)}
