"""What a cut of a clientele gives, whoever made it: what each group weighs and is worth, whether it is of use."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Groups:
    """Share of the whole (a proportion) and value (in the unit of the question) of each group."""

    share: Mapping[str, float]
    value: Mapping[str, float]


@dataclass(frozen=True)
class CutRule:
    """A useful cut has ``count`` groups, each with ``least`` of the whole, the best worth ``ratio`` times the least.

    ``small`` and ``alike`` name the misconceptions of groups too small and of groups that are worth the same.
    """

    small: str
    alike: str
    count: int = 4
    least: float = 0.10
    ratio: float = 2.0

    def fault(self, found: Groups) -> str:
        """Return the misconception that a cut shows; nothing for a useful one.

        >>> rule, halves = CutRule("petits", "pareils", count=2), {"a": 0.5, "b": 0.5}
        >>> rule.fault(Groups({"a": 0.95, "b": 0.05}, {"a": 1, "b": 9}))
        'petits'
        >>> rule.fault(Groups(halves, {"a": 4, "b": 5})), rule.fault(Groups(halves, {"a": 4, "b": 9}))
        ('pareils', '')
        """
        if len(found.share) < self.count or min(found.share.values()) < self.least:
            return self.small
        low, high = min(found.value.values()), max(found.value.values())
        return self.alike if high < self.ratio * low or high == 0 else ""
