"""Calibration: markers level sample copies whose levels are agreed, and see by how much they differ."""

from autograder.review.calibration.exercise import Exercise, ExerciseItem, exercise_of
from autograder.review.calibration.records import Attempt, CalibrationRecords
from autograder.review.calibration.samples import SampleCopy, SampleSet, load_samples
from autograder.review.calibration.verdict import CalibrationVerdict, Gap

__all__ = [
    "Attempt",
    "CalibrationRecords",
    "CalibrationVerdict",
    "Exercise",
    "ExerciseItem",
    "Gap",
    "SampleCopy",
    "SampleSet",
    "exercise_of",
    "load_samples",
]
