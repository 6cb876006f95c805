"""The class at a glance: verdicts by criterion and learner, misconceptions, questions that resist, reviews left."""

from autograder.sheets.overview.build import Overview, overview_of
from autograder.sheets.overview.page import overview_page
from autograder.sheets.overview.plot import Heatmap, heatmap

__all__ = ["Heatmap", "Overview", "heatmap", "overview_of", "overview_page"]
