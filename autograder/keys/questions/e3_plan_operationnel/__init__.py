"""The questions of E3."""
