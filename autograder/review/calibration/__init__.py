"""Calibration: markers level sample copies whose levels are agreed, and see by how much they differ."""

from autograder.review.calibration.exercise import Exercise, Item, exercise_of
from autograder.review.calibration.records import Attempt, CalibrationRecords
from autograder.review.calibration.samples import Sample, SampleSet, load_samples
from autograder.review.calibration.verdict import Gap, Verdict

__all__ = [
    "Attempt",
    "CalibrationRecords",
    "Exercise",
    "Gap",
    "Item",
    "Sample",
    "SampleSet",
    "Verdict",
    "exercise_of",
    "load_samples",
]
