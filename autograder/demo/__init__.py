"""The whole job on a simulated class: course, release, submissions, grading, feedback, sheets."""

from autograder.demo.run import run_demo

__all__ = ["run_demo"]
