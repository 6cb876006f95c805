"""The meetings of the last quarter: where they are held, who is there, whether what they decide is written down."""

import numpy as np
import pandas as pd

from casestudies.market.sampling import Ints, systematic, unrolled
from casestudies.septembrune.params import END, START
from casestudies.septembrune.project import CLOSED
from casestudies.septembrune.work import Work

PLACES = ("présentiel", "distanciel", "hybride")
SUBJECTS = ("Point d’avancement", "Atelier", "Arbitrage", "Revue de conception", "Point avec un client")
QUARTER_DAYS = 64
"""Working days of the last quarter of the timesheets."""
UNWRITTEN = ((0.56, 0.76), (0.10, 0.22), (0.33, 0.48))
"""Range, by place, of the share of the decisions that no minutes say (assumption)."""
IDLE = (0.78, 0.92)
"""Range of the share of the meetings without a decision that have no minutes either (assumption)."""
STEP, LEAST_PEOPLE, MOST_PEOPLE = 15, 3, 11


class Meetings(Work):
    """The part of the agency that meets."""

    def table_reunions(self) -> pd.DataFrame:
        """Return one row per meeting, in the order of days."""
        rng = self.rng("reunions")
        size = rng.integers((50, 46, 58), (66, 60, 76))
        deciding = systematic(size * rng.uniform(0.5, 0.65, len(size)), rng)
        low, high = np.array(UNWRITTEN).T
        silent = systematic(deciding * rng.uniform(low, high), rng)
        idle = systematic((size - deciding) * rng.uniform(*IDLE, len(size)), rng)
        cells = np.stack([silent, deciding - silent, idle, size - deciding - idle], axis=1)
        kind = rng.permutation(unrolled(cells))
        place, state = kind // 4, kind % 4
        count = len(kind)
        people = rng.integers(LEAST_PEOPLE, MOST_PEOPLE + 1, count)
        some: Ints = 1 + (rng.random(count) * (people - 1)).astype(np.int64)
        first = int(np.busday_count(np.datetime64(START), np.datetime64(END), holidays=CLOSED)) + 1 - QUARTER_DAYS
        day = np.sort(rng.integers(first, first + QUARTER_DAYS, count))
        return pd.DataFrame(
            {
                "reunion_id": [f"RE{rank:03d}" for rank in range(1, count + 1)],
                "date": self.days[day].astype("datetime64[s]"),
                "objet": np.array(SUBJECTS, dtype=object)[rng.integers(0, len(SUBJECTS), count)],
                "mode": np.array(PLACES, dtype=object)[place],
                "participants": people,
                "a_distance": np.select([place == 0, place == 1], [np.zeros_like(people), people], some),
                "duree_min": STEP * rng.integers(2, 9, count),
                "decision": np.where(state < 2, "oui", "non").astype(object),
                "compte_rendu": np.where(state % 2 == 1, "oui", "non").astype(object),
            }
        )
