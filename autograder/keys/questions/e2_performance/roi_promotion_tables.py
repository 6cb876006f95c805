"""What the reply to the agency, in notebook 04, must look like before a person reviews it."""

from autograder.keys.checks.texts import FiguresQuoted, Mentions, TextLength
from autograder.keys.questions.e2_performance.roi_promotion import KEYS

KEYS.text(
    "q4-objection",
    TextLength(60, 120),
    FiguresQuoted(3),
    Mentions("le ROAS", ("ROAS",)),
    Mentions("le ROI de la promotion", ("ROI", "retour sur investissement")),
)
