"""A second session of an assignment bears its name and a number: « e2-performance-session-2 » asks what E2 asks."""

import re

FIRST, LAST = 1, 9
_LATER = re.compile(r"(?P<origin>[^/]+?)-session-(?P<number>[2-9])")


def origin_of(name: str) -> str:
    """Return the assignment, or the notebook of an assignment, whose questions this one asks.

    >>> origin_of("e2-performance-session-2/01-x"), origin_of("e2-performance")
    ('e2-performance/01-x', 'e2-performance')
    """
    assignment, slash, notebook = name.partition("/")
    found = _LATER.fullmatch(assignment)
    return (found["origin"] if found else assignment) + slash + notebook


def session_of(assignment: str) -> int:
    """Return the number of its session, 1 for the first.

    >>> session_of("e2-performance-session-3"), session_of("e2-performance")
    (3, 1)
    """
    found = _LATER.fullmatch(assignment)
    return int(found["number"]) if found else FIRST


def later_session(assignment: str, number: int) -> str:
    """Return the name of another session of an assignment.

    Raises
    ------
    ValueError
        When the number is none of a later session.
    """
    if not FIRST < number <= LAST:
        raise ValueError(number)
    return f"{origin_of(assignment)}-session-{number}"
