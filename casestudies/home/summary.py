"""What the home says of each notebook: title, company, minutes, what one will produce, its questions in order.

``summary.json`` is compiled from the notebooks' texts (``make notebooks``): it holds what a notebook shows anyway.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "summary.json"


@dataclass(frozen=True)
class AskedQuestion:
    """One question of a notebook."""

    id: str
    title: str
    criterion: str


@dataclass(frozen=True)
class NotebookSummary:
    """One notebook, « e1-strategie/01-consommateur »; ``duration`` is in words, ``produces`` are titles."""

    name: str
    assessment: str
    title: str
    company: str
    duration: str
    produces: tuple[str, ...]
    questions: tuple[AskedQuestion, ...]

    @property
    def folder(self) -> str:
        """The folder of the notebook, which is its assignment."""
        return self.name.split("/")[0]

    @property
    def file(self) -> str:
        """The path of the notebook in a study folder."""
        return f"{self.name}.ipynb"

    @property
    def heading(self) -> str:
        """Its number and its title."""
        number = self.name.split("/")[1].split("-")[0].lstrip("0")
        return f"{number}. {self.title}" if number.isdigit() else self.title

    def rank(self, question: str) -> int:
        """Return the number of a question, from 1."""
        return [one.id for one in self.questions].index(question) + 1


@cache
def summaries() -> tuple[NotebookSummary, ...]:
    """Return every notebook of the kit, in the order of the course."""
    return tuple(_summary(entry) for entry in _compiled()["notebooks"])


def assessment_title(code: str) -> str:
    """Return the title of an assessment (« E1 »), empty when it has none."""
    return str(_compiled()["assessments"].get(code, ""))


def summary_of(name: str) -> NotebookSummary | None:
    """Return the notebook « assignment/notebook », None when the kit has none of that name."""
    return next((one for one in summaries() if one.name == name), None)


def _summary(entry: Mapping[str, Any]) -> NotebookSummary:
    questions = tuple(AskedQuestion(one["id"], one["title"], one["criterion"]) for one in entry["questions"])
    return NotebookSummary(
        entry["notebook"], entry["assessment"], entry["title"], entry["company"], entry["duration"],
        tuple(entry["produces"]), questions,
    )  # fmt: skip


@cache
def _compiled() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(files("casestudies").joinpath(FILE).read_text(encoding="utf-8"))
    return read
