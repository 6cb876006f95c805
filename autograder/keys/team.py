"""The formulas of a team's work: person-days, how late an overloaded person ends, how far a project drifts.

Beside ``project``; days are person-days, shares of the time are in per cent where a name says so.
"""


def person_days(duration_days: float, share_pct: float) -> float:
    """Return the load of a task: its duration × the share of the days that its owner gives to it.

    >>> person_days(8, 50)
    4.0
    """
    return duration_days * share_pct / 100


def weeks_late(load: float, weeks: float) -> float:
    """Return how many weeks after the deadline a person ends who is asked ``load`` days by day available.

    The person gives to the project, each week, the days available over the weeks of the project.

    >>> weeks_late(1.5, 10)
    5.0
    """
    return (load - 1) * weeks


def drift(consumed: float, left: float, expected: float) -> float:
    """Return the days that tasks will take by day expected: (consumed + left to do) ÷ expected.

    Source: estimate to complete (ETC) and at completion (EAC = AC + ETC), ANSI/EIA-748, earned value management.

    >>> drift(3, 1.5, 4)
    1.125
    """
    return (consumed + left) / expected
