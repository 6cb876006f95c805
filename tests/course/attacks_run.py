"""Grades a course in a process of its own, as ``casekit grade`` does; ``test_attacks`` runs and watches it."""

import json
import sys
import time
from pathlib import Path

import small

from autograder.course.course import Course
from autograder.grading.kernel import client
from autograder.grading.run import engine_of, grade_class


def main(root: str, told: str, learners: list[str]) -> None:
    """Grade the small course in ``root`` with two processes and write the session in ``told``, as JSON."""
    client.GRACE_S = 1.0  # many attacks ignore their interruption, and nobody honest is interrupted
    began = time.monotonic()
    at: dict[str, float] = {}
    session = grade_class(
        Course(Path(root)), small.ASSIGNMENT, learners or None, engine=engine_of(2),
        tell=lambda graded, *_: at.update({graded.learner: time.monotonic() - began}),
    )  # fmt: skip
    incidents = {one.learner: [[incident.code, incident.what] for incident in one.incidents] for one in session.graded}
    report = {"missing": session.missing, "at": at, "took_s": time.monotonic() - began, "incidents": incidents}
    Path(told).write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
