"""Rubric marking by people: levels, comments, double marking, agreement, and the history of who decided what."""
