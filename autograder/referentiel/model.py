"""What the référentiel is made of: blocs, activities, competencies, assessments and criteria."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from casestudies.errors import CasekitError

Kind = Literal["A", "S", "I"]
"""A: a value the machine grades; S: structure checked by the machine, substance reviewed; I: reviewed only."""


@dataclass(frozen=True)
class Bloc:
    """A part of the certification that is acquired, and kept, on its own."""

    code: str
    title: str


@dataclass(frozen=True)
class Activity:
    """A work situation."""

    code: str
    title: str
    bloc: str


@dataclass(frozen=True)
class Competency:
    """What a person must be able to do in an activity."""

    code: str
    statement: str
    activity: str


@dataclass(frozen=True)
class Assessment:
    """One « mise en situation »: what the candidate does, in which conditions; its qualities are never scored."""

    code: str
    title: str
    bloc: str
    activities: tuple[str, ...]
    modality: str
    task: str
    oral: bool
    qualities: tuple[str, ...]


@dataclass(frozen=True)
class Criterion:
    """What is looked at to say that a competency is held."""

    code: str
    statement: str
    competencies: tuple[str, ...]
    assessment: str
    type: tuple[Kind, ...]
    oral: bool

    @property
    def graded(self) -> bool:
        """Tell whether the machine grades values for it."""
        return "A" in self.type

    @property
    def reviewed(self) -> bool:
        """Tell whether an instructor reviews it on a rubric."""
        return "S" in self.type or "I" in self.type


@dataclass(frozen=True)
class Way:
    """A way to the certification and what it asks for."""

    code: str
    title: str
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Principles:
    """What holds for the whole certification, in words to print on sheets; the référentiel's version and its day."""

    title: str
    basis: str
    capitalisation: str
    threshold: str
    qualities: str
    version: int
    date: date


@dataclass(frozen=True)
class Referentiel:
    """The whole référentiel; every mapping goes from code to element, in the order of the files."""

    principles: Principles
    blocs: dict[str, Bloc]
    activities: dict[str, Activity]
    competencies: dict[str, Competency]
    assessments: dict[str, Assessment]
    criteria: dict[str, Criterion]
    ways: dict[str, Way]

    def criteria_of(self, assessment: str) -> tuple[Criterion, ...]:
        """Return the criteria of an assessment (« E2 »)."""
        code = self.assessments[assessment].code
        return tuple(criterion for criterion in self.criteria.values() if criterion.assessment == code)

    def competencies_of(self, bloc: str) -> tuple[Competency, ...]:
        """Return the competencies of a bloc (« B1 »)."""
        code = self.blocs[bloc].code
        return tuple(item for item in self.competencies.values() if self.activities[item.activity].bloc == code)

    def assessment_of(self, assignment: str) -> Assessment:
        """Return the assessment of an assignment's folder: « e2-performance » is E2.

        Raises
        ------
        CasekitError
            When the folder's name does not begin with an assessment's code.
        """
        code = re.split(r"[-_]", assignment, maxsplit=1)[0].upper()
        if code not in self.assessments:
            known = ", ".join(self.assessments)
            raise CasekitError(
                f"« {assignment} » ne correspond à aucune évaluation du référentiel : son nom doit commencer par l’un "
                f"de ces codes, puis un tiret : {known}."
            )
        return self.assessments[code]

    def bloc_of(self, criterion: str | Criterion) -> Bloc:
        """Return the bloc a criterion belongs to."""
        found = self.criteria[criterion] if isinstance(criterion, str) else criterion
        return self.blocs[self.assessments[found.assessment].bloc]
