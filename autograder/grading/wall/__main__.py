"""A process that confines a child of its own and prints, as JSON, which protections it got (``doctor.protections``)."""

from autograder.grading.wall.doctor import try_here

try_here()
