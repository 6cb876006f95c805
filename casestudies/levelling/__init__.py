"""Learners level their own written work: four descriptions, then three sample copies beside theirs. Never a mark."""
