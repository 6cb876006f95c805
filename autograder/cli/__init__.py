"""The command line: thin, each command calls one function. Errors are French sentences, never tracebacks."""

from autograder.cli import cases, classes, courses, dask, exports, jury, kit, privacy, review
from autograder.cli.base import main

__all__ = ["cases", "classes", "courses", "dask", "exports", "jury", "kit", "main", "privacy", "review"]
