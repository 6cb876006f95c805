"""What the plan of Tréziflow foresees for its people: absences of the year to come, two ways to look after clients."""

import numpy as np
import pandas as pd

from casestudies.treziflow.params import PLANS, PROSPECTORS, SELLERS
from casestudies.treziflow.tables import Tables

KEEPERS = ("F1", "F2")
REMOTE, CLOSE = "À distance", "Rapproché"
_PEOPLE = (*PROSPECTORS, *SELLERS, *KEEPERS)


class Staffing(Tables):
    """The part of the company that plans its people."""

    def table_absences_prevues(self) -> pd.DataFrame:
        """Return the weeks when each person will be away in 2026-2027, beyond the usual leave, one reason per row.

        Everyone is trained; one person, of a team that changes with the variant, is away for three to five months:
        most often one who prospects, without whom selling would be what limits nearly every plan.
        """
        rng = self.rng("absences_prevues")
        trained = rng.integers(1, 3, size=len(_PEOPLE))
        team = (PROSPECTORS, PROSPECTORS, SELLERS, KEEPERS)[rng.integers(4)]
        away = team[rng.integers(len(team))]
        weeks = int(rng.integers(13, 21))
        reason = ("congé parental", "congé sabbatique")[rng.integers(2)]
        rows = [(name, "formation", int(time)) for name, time in zip(_PEOPLE, trained, strict=True)]
        rows.insert(_PEOPLE.index(away) + 1, (away, reason, weeks))
        return pd.DataFrame(rows, columns=["commercial_id", "motif", "semaines"])

    def table_plans_suivi(self) -> pd.DataFrame:
        """Return the contacts that each of two plans promises a client in a year, one plan and formula per row."""
        rng = self.rng("plans_suivi")

        def minutes(least: int, most: int) -> int:
            return 5 * int(rng.integers(least // 5, most // 5 + 1))

        short, usual, long, travel = minutes(10, 20), minutes(25, 45), minutes(35, 60), minutes(50, 80)
        some, often = int(rng.integers(2, 6)), int(rng.integers(3, 9))
        rows = [
            (REMOTE, PLANS[0], "téléphone", 2, short, 0),
            (REMOTE, PLANS[1], "visioconférence", some, usual, 0),
            (REMOTE, PLANS[2], "visioconférence", often, long, 0),
            (CLOSE, PLANS[0], "téléphone", 2, short, 0),
            (CLOSE, PLANS[1], "visioconférence", some + 1, usual, 0),
            (CLOSE, PLANS[2], "visite", min(often - 1, 4), long + 20, travel),
        ]
        columns = ["plan", "formule", "mode", "contacts_par_an", "minutes_par_contact", "minutes_de_trajet"]
        table = pd.DataFrame(rows, columns=columns)
        return table.astype(dict.fromkeys(columns[3:], np.int64))
