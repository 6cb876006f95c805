"""Compile the French words."""

from autograder.locale import COMPILED, compiled

COMPILED.write_bytes(compiled())
