"""What a thousand learners of a company are given: draws, tables, headline rates, parameters of the market."""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from casestudies.company import company_class

CLASS, COMPARED, MEASURED = 1000, 300, 200
"""Learners whose story is looked at, those whose tables are compared, those whose rates and parameters are measured."""
MOST_DRAWS = 5
MOST_REFUSED = 0.08
"""Share of the first draws, at most, that do not keep the story."""
NEAR = 4
"""Standard deviations within which a parameter of the market is found again from the tables alone."""


@dataclass(frozen=True)
class Thousand:
    """What was found of a company's learners, named « classe-0 » and on.

    ``later`` are the draws of those whose first draw was not kept, by number; ``different`` how many tables differ
    from each other, by name; ``doubtful`` the headline rates out of their range, by number; ``recovered`` what share of
    the estimates of a parameter is near it, and by how many standard deviations they are off on average, by label.
    """

    learners: int
    later: dict[str, int]
    different: dict[str, int]
    doubtful: dict[str, list[str]]
    recovered: dict[str, tuple[float, float]]


def first_kept(slug: str, learner: str) -> int:
    """Return the first draw whose story holds, ``MOST_DRAWS`` when there is none among the first."""
    for draw in range(MOST_DRAWS):
        if all(company_class(slug)(learner, draw).invariants().values()):
            return draw
    return MOST_DRAWS


def stories(slug: str, numbers: range) -> dict[str, int]:
    """Return the draws of the learners with these numbers whose first draw was not kept."""
    draws = {str(number): first_kept(slug, f"classe-{number}") for number in numbers}
    return {number: draw for number, draw in draws.items() if draw}


def find(slug: str) -> Thousand:
    """Find everything; each learner's tables are built once for all that is asked of them."""
    names = list(company_class(slug).specs())
    seen: dict[str, set[bytes]] = {name: set() for name in names}
    doubtful: dict[str, list[str]] = {}
    distances: dict[str, list[float]] = {}
    later: dict[str, int] = {}
    for number in range(COMPARED):
        company = company_class(slug)(f"classe-{number}")
        if not all(company.invariants().values()):
            later[str(number)] = first_kept(slug, f"classe-{number}")
        for name in names:
            rows = pd.util.hash_pandas_object(company.table(name), index=False).to_numpy()
            seen[name].add(hashlib.sha256(rows.tobytes()).digest())
        if number >= MEASURED:
            continue
        out = [f"{one.label} = {one.value:.4g} (de {one.low} à {one.high})" for one in company.headlines()
               if not one.believable]  # fmt: skip
        if out:
            doubtful[str(number)] = out
        for one in company.recoveries():
            assert one.error > 0, one.label
            distances.setdefault(one.label, []).append(float((one.estimated - one.true) / one.error))
    later |= stories(slug, range(COMPARED, CLASS))
    different = {name: len(marks) for name, marks in seen.items()}
    recovered = {label: _summary(np.array(values)) for label, values in distances.items()}
    return Thousand(CLASS, later, different, doubtful, recovered)


def _summary(distances: "np.ndarray[Any, Any]") -> tuple[float, float]:
    assert np.isfinite(distances).all()
    return round(float((np.abs(distances) <= NEAR).mean()), 4), round(float(distances.mean()), 4)
