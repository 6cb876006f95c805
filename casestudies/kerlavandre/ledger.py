"""The marketing lines of the accounts of Kerlavandre: suppliers and accounts, without lever nor item."""

import numpy as np
import pandas as pd

from casestudies.company import content
from casestudies.kerlavandre.marketing import Marketing
from casestudies.kerlavandre.params import FISCAL_START
from casestudies.market.sampling import jitter


class Books(Marketing):
    """The part of the company that keeps the books: every line of the budget, and what no budget shows."""

    def table_journal(self) -> pd.DataFrame:
        """Return the lines of the year by date: those of the budget, costs that it hides, others of the workshop."""
        rng = self.rng("journal")
        told = content("kerlavandre")
        booked = pd.DataFrame(
            told.rows("booked", levier=str, poste=str, compte=str, tiers=str, libelle=str),
            columns=["levier", "poste", "compte", "tiers", "libelle"],
        )
        known = self.table("budget").merge(booked, on=["levier", "poste"]).rename(columns={"reel_ht": "montant_ht"})
        unseen = told.rows("unbooked", compte=str, tiers=str, libelle=str, cost=float, every=int)
        month = pd.date_range(FISCAL_START, periods=12, freq="MS", unit="s")
        others = pd.DataFrame(
            [
                (moment, account, supplier, label, cost)
                for account, supplier, label, cost, every in unseen
                for moment in month[every - 1 :: every]
            ],
            columns=["mois", "compte", "tiers", "libelle", "montant_ht"],
        )
        others["montant_ht"] = (others["montant_ht"] * jitter(len(others), 0.10, rng)).round(2)
        lines = pd.concat([known, others], ignore_index=True)
        day = rng.integers(1, 28, len(lines))
        lines["date"] = lines["mois"] + pd.to_timedelta(day, unit="D").astype("timedelta64[s]")
        lines["libelle"] = [
            f"{label} {moment:%m/%Y}" for label, moment in zip(lines["libelle"], lines["mois"], strict=True)
        ]
        order = np.lexsort((lines["tiers"].to_numpy(str), lines["date"].to_numpy()))
        lines = lines.iloc[order].reset_index(drop=True)
        lines["piece"] = [f"P{number:04d}" for number in range(1, len(lines) + 1)]
        return lines[["piece", "date", "compte", "tiers", "libelle", "montant_ht"]]
