"""Compile the French words."""

from autograder.cli.locale import COMPILED, compiled

COMPILED.write_bytes(compiled())
