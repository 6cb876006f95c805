"""An amount shared in whole steps: what a slider takes, the others give, and the total stays."""

from collections.abc import Sequence


def in_steps(weights: Sequence[float], total: int) -> list[int]:
    """Return whole numbers in proportion to ``weights`` (the same when all are 0) whose sum is ``total``.

    The largest remainders get what rounding leaves (Hamilton's method), the first of equal ones before.

    >>> in_steps([1, 1, 1], 10), in_steps([0, 0], 3), in_steps([3, 1], 6)
    ([4, 3, 3], [2, 1], [5, 1])
    """
    whole = sum(weights)
    exact = [total * weight / whole if whole else total / len(weights) for weight in weights]
    found = [int(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda rank: found[rank] - exact[rank])
    for rank in order[: total - sum(found)]:
        found[rank] += 1
    return found


def moved(steps: Sequence[int], rank: int, value: int) -> list[int]:
    """Return the sharing in which ``rank`` has ``value``, or as near as can be; the others keep their proportions.

    >>> moved([4, 4, 2], 0, 7), moved([10, 0, 0], 0, 6), moved([4, 4, 2], 1, 99)
    ([7, 2, 1], [6, 2, 2], [0, 10, 0])
    """
    total = sum(steps)
    value = min(max(value, 0), total)
    others = in_steps([*steps[:rank], *steps[rank + 1 :]], total - value) if len(steps) > 1 else []
    return [*others[:rank], value if others else total, *others[rank:]]
