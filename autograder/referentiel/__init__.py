"""The référentiel and its rubrics: TOML files in French, and the frozen dataclasses that load them."""

from autograder.referentiel.loader import LEVELS, ReferentielError, load_referentiel
from autograder.referentiel.model import (
    Assessment,
    Bloc,
    Competency,
    Criterion,
    Kind,
    Referentiel,
)
from autograder.referentiel.rubric import LEVEL_NAMES, Rubric, load_rubrics
from casestudies.strict import ContentError

__all__ = [
    "LEVELS",
    "LEVEL_NAMES",
    "Assessment",
    "Bloc",
    "Competency",
    "ContentError",
    "Criterion",
    "Kind",
    "Referentiel",
    "ReferentielError",
    "Rubric",
    "load_referentiel",
    "load_rubrics",
]
