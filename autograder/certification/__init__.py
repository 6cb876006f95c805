"""The way to the certification: what a jury decides and records, what each learner has acquired, and what is missing."""
