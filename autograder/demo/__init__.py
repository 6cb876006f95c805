"""The whole job on a simulated class: course, release, submissions, grading, feedback, sheets."""
