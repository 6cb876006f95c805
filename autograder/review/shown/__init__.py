"""What is shown of a learner’s work to people who mark it: anonymous, harmless, said in plain words."""
