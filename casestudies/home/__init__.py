"""The learner's home: where they stand in each notebook of a study folder, and the way back to where they were."""
