"""The wall: how a freshly forked process confines itself before it runs a learner's code, with what the machine offers.

The process that is preloaded calls ``prepare`` once. Each process A that it forks calls ``separate``, then forks B; B
calls ``confine`` and runs the code; A only waits, interrupts and kills. Linux alone has what this needs; elsewhere
every protection is reported off. Nothing here decides what to do without a protection: the caller does.
"""

from autograder.grading.wall.confine import confine
from autograder.grading.wall.doctor import CODES, protections, report, stands
from autograder.grading.wall.limits import Limits
from autograder.grading.wall.namespaces import separate
from autograder.grading.wall.prepare import Prepared, prepare
from autograder.grading.wall.protection import Protection
from autograder.grading.wall.readable import default_readable

__all__ = [
    "CODES",
    "Limits",
    "Prepared",
    "Protection",
    "confine",
    "default_readable",
    "prepare",
    "protections",
    "report",
    "separate",
    "stands",
]
