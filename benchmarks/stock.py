"""``python -m benchmarks.stock``: nbgrader's command on a course of the kit, in nbgrader's ordinary Jupyter kernels.

The kit's execution step forks confined children wherever it can, under nbgrader's own command too. Here it is told that
it cannot, so that what is timed is what nbgrader does by itself.
"""

from unittest.mock import patch

from nbgrader.apps.nbgraderapp import NbGraderApp

from autograder.grading import execute


def main() -> None:
    """Run the command that the arguments name."""
    with patch.object(execute, "available", return_value=False):
        NbGraderApp.launch_instance()


if __name__ == "__main__":
    main()
