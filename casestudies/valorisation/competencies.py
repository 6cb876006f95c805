"""The competencies of the certification, for the learner's side: their codes, what they say, what assesses them.

``competences.json`` is compiled from the référentiel (``make notebooks``).
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "competences.json"
FORMATION, VAE, MIXED = WAYS = ("formation", "vae", "mixte")
"""The ways to the certification, by their codes."""


@dataclass(frozen=True)
class NamedCompetency:
    """One competency: its code (« 1.1.1 »), what it says, its bloc (« B1 »), its criteria, the assessments (« E1 »)."""

    code: str
    statement: str
    bloc: str
    criteria: tuple[str, ...]
    assessments: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The code and the statement on one line, as a table that people fill shows it."""
        return f"{self.code} {self.statement}"


@cache
def competencies() -> dict[str, NamedCompetency]:
    """Return every competency by its code, in the référentiel's order."""
    return {
        one["code"]: NamedCompetency(
            one["code"], one["statement"], one["bloc"], tuple(one["criteria"]), tuple(one["assessments"])
        )
        for one in _compiled()["competencies"]
    }


def blocs() -> dict[str, str]:
    """Return the title of each bloc by its code (« B1 »)."""
    return dict(_compiled()["blocs"])


def way_titles() -> dict[str, str]:
    """Return the title of each way by its code."""
    return dict(_compiled()["ways"])


def certification_title() -> str:
    """Return the title of the certification."""
    return str(_compiled()["title"])


@cache
def _compiled() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(files("casestudies.valorisation").joinpath(FILE).read_text(encoding="utf-8"))
    return read
