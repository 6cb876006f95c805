"""What the sales team of Tréziflow does: calls, demonstrations and follow-ups of the fiscal year."""

import numpy as np
import pandas as pd

from casestudies.market.crm import NEVER
from casestudies.market.sales_activity import contacts
from casestudies.market.sampling import Floats, Ints
from casestudies.treziflow import params
from casestudies.treziflow.leads import Leads, moments, named, numbered
from casestudies.treziflow.params import N_DAYS, PROSPECTORS, SELLERS

KINDS = ("appel", "démo", "relance")
CALL, DEMO, FOLLOW_UP = range(3)
OUTCOMES = ("joint", "non joint", "réalisée", "absent")
REACHED, MISSED, HELD, ABSENT = range(4)
_TEAM = PROSPECTORS + SELLERS
FIRST_CALL_DAYS, LEAK_FIRST_CALL_DAYS = 1.6, 6.0
"""Mean days before the first call of a MQL, usually and when it comes from the leaking source."""
CALL_REACHED, DEMO_HELD, FOLLOW_UP_REACHED = 0.38, 0.82, 0.55
"""Share of the calls that find somebody, of the demonstrations held, of the follow-ups that find somebody."""


class Sales(Leads):
    """The part of the company that calls and shows."""

    def _calls(self, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
        """Return (lead, day, outcome) of the calls of prospectors: tries, then the call that qualifies."""
        stages, lost = self.journey.stages, self.journey.lost
        mql = np.flatnonzero(stages[:, 0] < NEVER)
        leaking = self.created[1][mql] == self.params.leak
        wait: Floats = np.where(leaking, LEAK_FIRST_CALL_DAYS, FIRST_CALL_DAYS)
        rank, day = contacts(stages[mql, 0], np.full(len(mql), 3.2), wait, 3.0, rng)
        lead = mql[rank]
        day = self.worked(stages[lead, 0], day)
        kept = (day <= np.minimum(lost, N_DAYS - 1)[lead]) & (day < stages[lead, 1])
        lead, day = lead[kept], day[kept]
        outcome = np.where(rng.random(len(lead)) < CALL_REACHED, REACHED, MISSED)
        qualified = np.flatnonzero(stages[:, 1] < NEVER)
        return (
            np.concatenate([lead, qualified]),
            np.concatenate([day, stages[qualified, 1]]),
            np.concatenate([outcome, np.full(len(qualified), REACHED)]),
        )

    def _demos(self, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
        """Return (lead, day, outcome) of the demonstrations: one for each qualified lead."""
        stages, lost = self.journey.stages, self.journey.lost
        lead = np.flatnonzero(stages[:, 1] < NEVER)
        day = self.worked(stages[lead, 1], stages[lead, 1] + 1 + rng.poisson(3.0, len(lead)))
        day = np.minimum(day, np.minimum(stages[lead, 2], lost[lead]))
        shown = (rng.random(len(lead)) < DEMO_HELD) | (stages[lead, 2] < NEVER)
        return lead, day, np.where(shown, HELD, ABSENT)

    def _follow_ups(self, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
        """Return (lead, day, outcome) of what sellers do on open opportunities; one of them does far more."""
        stages, lost = self.journey.stages, self.journey.lost
        opened = np.flatnonzero(stages[:, 2] < NEVER)
        eager = self.owners[1][opened] == self.params.busiest
        rank, day = contacts(stages[opened, 2], np.where(eager, 9.0, 3.5), np.where(eager, 1.5, 3.0), 3.0, rng)
        lead = opened[rank]
        day = self.worked(stages[lead, 2], day)
        kept = day <= np.minimum(stages[lead, 3], lost[lead])
        outcome = np.where(rng.random(len(lead)) < FOLLOW_UP_REACHED, REACHED, MISSED)
        return lead[kept], day[kept], outcome[kept]

    def table_activites(self) -> pd.DataFrame:
        """Return the activities of the fiscal year, by day."""
        rng = self.rng("activites")
        parts = (self._calls(rng), self._demos(rng), self._follow_ups(rng))
        lead, day, outcome = (np.concatenate(column) for column in zip(*parts, strict=True))
        kind = np.repeat(np.arange(len(KINDS)), [len(part[0]) for part in parts])
        inside = (day >= (params.FISCAL_START - params.LEADS_START).days) & (day < N_DAYS)
        order = np.flatnonzero(inside)[np.lexsort((kind[inside], lead[inside], day[inside]))]
        lead, day, outcome, kind = lead[order], day[order], outcome[order], kind[order]
        prospector, seller = self.owners
        member = np.where(kind == CALL, prospector[lead], len(PROSPECTORS) + seller[lead])
        mean = np.array([9.0, 1.0, 46.0, 6.0])[outcome] + 3.0 * ((kind == FOLLOW_UP) & (outcome == REACHED))
        minutes = np.maximum(np.rint(mean * rng.gamma(9.0, 1 / 9.0, len(lead))), 1).astype(np.int64)
        return pd.DataFrame(
            {
                "activite_id": numbered("A", np.arange(len(lead))),
                "date": moments(day),
                "commercial_id": named(_TEAM, member),
                "lead_id": numbered("L", lead),
                "type": named(KINDS, kind),
                "duree_min": minutes,
                "resultat": named(OUTCOMES, outcome),
            }
        )
