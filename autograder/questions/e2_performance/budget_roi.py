"""Notebook 03-budget-roi."""

from autograder.questions.model import Series

SERIES = Series("e2-performance/03-budget-roi", company="kerlavandre")
