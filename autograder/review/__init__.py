"""Rubric marking by people: levels, comments, double marking, agreement, and the history of who decided what."""

from autograder.review.model import (
    FORMGRADER,
    KEEP,
    Change,
    ConflictError,
    Kind,
    Marker,
    Part,
    Reading,
    Retained,
    Seen,
    Stage,
)
from autograder.review.store import ReviewStore

__all__ = [
    "FORMGRADER",
    "KEEP",
    "Change",
    "ConflictError",
    "Kind",
    "Marker",
    "Part",
    "Reading",
    "Retained",
    "ReviewStore",
    "Seen",
    "Stage",
]
