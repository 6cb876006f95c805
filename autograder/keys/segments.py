"""What a cut of a clientele gives, whoever made it: how much each group weighs and is worth."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Groups:
    """Share of the whole (a proportion) and value (in the unit of the question) of each group."""

    share: Mapping[str, float]
    value: Mapping[str, float]
