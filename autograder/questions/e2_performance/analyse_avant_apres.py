"""Notebook 02-analyse-avant-apres."""

from autograder.questions.model import Series

SERIES = Series("e2-performance/02-analyse-avant-apres", company="kerlavandre")
