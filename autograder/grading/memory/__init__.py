"""What the tables of a variant say, kept from one evaluation to the next: building the tables again is the slow part.

Only values are kept (keys, facts), never what is said of an answer. Each value goes with a fingerprint of the code that
computed it, of the company's and of the data version: once any of them is corrected, the value is computed again.
"""

from autograder.grading.memory.store import Memory, add, entries_of, forget_fingerprints, keep, values_path

__all__ = ["Memory", "add", "entries_of", "forget_fingerprints", "keep", "values_path"]
