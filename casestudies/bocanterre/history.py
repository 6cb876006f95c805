"""The price of one jar in the shops over the last weeks, day ranges, for the law of the thirty days."""

from datetime import date

import pandas as pd

from casestudies.company import content_table

ARTICLE = "P111"
"""A jar that keeps: the rule of the thirty days applies to it."""
ANNOUNCED = date(2026, 12, 5)
"""Day from which the reduction would be announced."""


def historique_prix(catalogue: pd.DataFrame) -> pd.DataFrame:
    """Return the successive prices of the jar, built from its catalogue price, to five cents."""
    usual = float(catalogue.loc[catalogue["produit_id"] == ARTICLE, "pv_ttc"].iloc[0])
    steps = content_table("bocanterre", "steps", du=date, au=date, part=float, commentaire=str)
    steps.insert(2, "prix_ttc", [round(round(usual * share * 20) / 20, 2) for share in steps.pop("part")])
    return steps.assign(du=pd.to_datetime(steps["du"]), au=pd.to_datetime(steps["au"]))
