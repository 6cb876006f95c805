"""From submissions to scores: intake, repair, execution, evaluation, and what is kept of each answer."""
