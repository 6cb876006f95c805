"""The review desk: what a marker sees of a work, and the levels and comments that they give it."""
