"""What a learner gets back: French pages that need nothing but themselves, one per notebook and one for the whole."""

from autograder.grading.feedback.exporter import FeedbackExporter
from autograder.grading.feedback.write import WrittenFeedback, write_feedback

__all__ = ["FeedbackExporter", "WrittenFeedback", "write_feedback"]
