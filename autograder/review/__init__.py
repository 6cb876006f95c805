"""Rubric marking by people: levels, comments, double marking, agreement, and the history of who decided what."""

from autograder.review.model import (
    FORMGRADER,
    KEEP,
    Change,
    ConflictError,
    Kind,
    Marker,
    Part,
    Retained,
    Review,
    Seen,
    Stage,
)
from autograder.review.store import ReviewStore, take_in

__all__ = [
    "FORMGRADER",
    "KEEP",
    "Change",
    "ConflictError",
    "Kind",
    "Marker",
    "Part",
    "Retained",
    "Review",
    "ReviewStore",
    "Seen",
    "Stage",
    "take_in",
]
