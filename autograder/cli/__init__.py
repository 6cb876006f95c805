"""The command line: thin, each command calls one function. Errors are French sentences, never tracebacks."""

from autograder.cli import cases, classes, courses, dask, exports, jury, keys, kit, privacy, review
from autograder.cli.base import main

__all__ = ["cases", "classes", "courses", "dask", "exports", "jury", "keys", "kit", "main", "privacy", "review"]
