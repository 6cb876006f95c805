"""The class at a glance: verdicts by criterion and learner, misconceptions, questions that resist, reviews left."""
