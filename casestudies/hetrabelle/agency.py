"""What an agency proposes for the launch of Hêtrabelle's new product, with the faults that were put in it.

Built so that prices with and without VAT are mixed, one action ends before it begins and another begins too early, one
target alone is what is said of it, as is one claim. Range assumed: actions cost 0.92–0.965 of what
the agency may spend, VAT left out.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from casestudies.company import content
from casestudies.hetrabelle.params import VAT
from casestudies.market.calendar import public_holidays
from casestudies.market.sampling import Floats, Ints
from casestudies.typography import french

START, REVIEW = date(2026, 11, 16), date(2027, 1, 15)
"""First day of the launch, and day when it is looked at after two months."""
CLOSED = np.array(list(public_holidays(range(2026, 2029))), dtype="datetime64[D]")
"""French public holidays."""
_FAULTS = ("backwards", "early", "team", "vague", "none")
"""What is wrong with the actions, one each: dates, a date, who answers for it, what would show it; one is sound."""
_SIZE = len(_FAULTS)
_AXES = 6


def working_day(rank: int) -> np.datetime64:
    """Return the day of the launch whose rank is ``rank``: 0 is its first day.

    >>> working_day(0), working_day(5)
    (np.datetime64('2026-11-16'), np.datetime64('2026-11-23'))
    """
    day: np.datetime64 = np.busday_offset(np.datetime64(START), rank, holidays=CLOSED)
    return day


def days_elapsed(last: date = REVIEW) -> int:
    """Return the working days from the first day of the launch to ``last``, both included.

    >>> days_elapsed(date(2026, 11, 23))
    6
    """
    after = np.datetime64(last) + np.timedelta64(1, "D")
    return int(np.busday_count(np.datetime64(START), after, holidays=CLOSED))


class Claim(NamedTuple):
    """One claim: its kind (« proved » or why it cannot be printed), its words, what the file holds."""

    kind: str
    claim: str
    paper: str


def actions(agency_ht: float, rng: np.random.Generator) -> pd.DataFrame:
    """Return the five actions in a drawn order, each but one with a fault; ``agency_ht`` is what may be spent."""
    told = content("hetrabelle").rows(
        "agency_actions", objective=str, action=str, owner=str, helpers=str, weight=float, sign=str
    )
    told = tuple(told[k] for k in rng.permutation(_SIZE).tolist())
    fault = dict(zip(_FAULTS, rng.permutation(_SIZE).tolist(), strict=True))
    weight = np.array([row[4] for row in told])
    net, with_vat = _prices(weight, agency_ht, rng)
    first, last, waits = _days(fault, rng)
    return pd.DataFrame(
        {
            "action_id": [_id(rank) for rank in range(_SIZE)],
            "objectif": [row[0] for row in told],
            "action": [french(row[1]) for row in told],
            "responsable": ["L’équipe" if rank == fault["team"] else row[2] for rank, row in enumerate(told)],
            "collaborateurs": [row[3] for row in told],
            "budget": np.round(net * np.where(with_vat, 1 + VAT, 1.0), 2),
            "base": np.where(with_vat, "TTC", "HT").astype(object),
            "attend": [_id(waits[rank]) if rank in waits else "" for rank in range(_SIZE)],
            "debut": pd.to_datetime(np.array([working_day(rank) for rank in first.tolist()])),
            "fin": pd.to_datetime(np.array([working_day(rank) for rank in last.tolist()])),
            "indicateur": ["Plus de notoriété" if rank == fault["vague"] else row[5] for rank, row in enumerate(told)],
        }
    )


def _id(rank: int) -> str:
    return f"A{rank + 1}"


def _prices(weight: Floats, agency_ht: float, rng: np.random.Generator) -> tuple[Floats, np.ndarray]:
    """Return the price of each action (€ excl. tax), and which are told with VAT: two or three, the dearest ones."""
    share = weight * rng.uniform(0.92, 1.08, _SIZE)
    net: Floats = np.round(agency_ht * rng.uniform(0.92, 0.965) * share / share.sum() / 50) * 50
    with_vat = np.zeros(_SIZE, dtype=bool)
    with_vat[np.argsort(-net)[: int(rng.integers(2, 4))]] = True
    return net, with_vat


def _days(fault: Mapping[str, int], rng: np.random.Generator) -> tuple[Ints, Ints, dict[int, int]]:
    """Return the ranks of the first and last days of each action, and which one some of them wait for."""
    first = (3 + 7 * np.arange(_SIZE) + rng.integers(0, 5, _SIZE)).astype(np.int64)
    length = rng.integers(8, 15, _SIZE).astype(np.int64)
    last = first + length
    before, other, after = (rank for rank in range(_SIZE) if rank not in (fault["backwards"], fault["early"]))
    first[after] = last[before] + int(rng.integers(1, 4))
    first[fault["early"]] = last[other] - int(rng.integers(2, 6))
    for rank in (after, fault["early"]):
        last[rank] = first[rank] + length[rank]
    last[fault["backwards"]] = first[fault["backwards"]] - int(rng.integers(1, 3))
    return first, last, {after: before, fault["early"]: other}


def axes(rng: np.random.Generator) -> pd.DataFrame:
    """Return six axes: one quotes its target rightly, one a target that is not, the others another's label."""
    told = content("hetrabelle").rows("agency_axes", target=str, label=str, axis=str)
    unknown = content("hetrabelle").rows("agency_unknown_targets", target=str)
    kept = [told[k] for k in rng.permutation(len(told)).tolist()]
    shown, spare = kept[:_AXES], kept[_AXES:]
    rows = []
    for rank, (target, label, axis) in enumerate(shown):
        if rank == _AXES - 1:
            target = unknown[int(rng.integers(len(unknown)))][0]
        elif rank > 0:
            label = spare[rank % len(spare)][1]
        rows.append((axis, target, french(label)))
    table = pd.DataFrame([rows[k] for k in rng.permutation(_AXES).tolist()], columns=["axe", "cible", "libelle_cite"])
    return table.assign(axe_id=[f"D{rank}" for rank in range(1, _AXES + 1)])


def claims(rng: np.random.Generator) -> tuple[Claim, ...]:
    """Return one claim of each kind, in a drawn order."""
    told = [Claim(*row) for row in content("hetrabelle").rows("agency_claims", kind=str, claim=str, paper=str)]
    drawn = []
    for kind in dict.fromkeys(one.kind for one in told):
        pool = [one for one in told if one.kind == kind]
        drawn.append(pool[int(rng.integers(len(pool)))])
    return tuple(drawn[k] for k in rng.permutation(len(drawn)).tolist())
