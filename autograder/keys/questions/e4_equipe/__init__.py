"""The questions of E4."""
