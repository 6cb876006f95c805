"""The review desk: what a marker sees of a work, and the levels and comments that they give it."""

from autograder.review.desk.opening import ouvrir_revue

__all__ = ["ouvrir_revue"]
