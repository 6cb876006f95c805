"""Flash questions: for each misconception, cases with small figures of their own, where it leads somewhere else."""

from autograder.keys.flash.deck import flashcards

__all__ = ["flashcards"]
