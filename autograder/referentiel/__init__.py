"""The référentiel and its rubrics: TOML files in French, and the frozen dataclasses that load them."""

from autograder.referentiel.loader import LEVELS, ReferentielError, load_referentiel
from autograder.referentiel.model import (
    Activity,
    Assessment,
    Bloc,
    Competency,
    Criterion,
    Kind,
    Principles,
    Referentiel,
    Way,
)
from autograder.referentiel.rubric import LEVEL_NAMES, Anchor, Rubric, load_rubrics
from casestudies.strict import ContentError

__all__ = [
    "LEVELS",
    "LEVEL_NAMES",
    "Activity",
    "Anchor",
    "Assessment",
    "Bloc",
    "Competency",
    "ContentError",
    "Criterion",
    "Kind",
    "Principles",
    "Referentiel",
    "ReferentielError",
    "Rubric",
    "Way",
    "load_referentiel",
    "load_rubrics",
]
