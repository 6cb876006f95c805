"""The way to the certification: what juries decide and record, what each learner has acquired, what is missing."""
