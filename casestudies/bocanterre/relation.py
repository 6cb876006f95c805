"""Who buys from Bocanterre on its site: professional accounts, agreements to be written to, what management decided."""

import numpy as np
import pandas as pd

from casestudies.bocanterre import params
from casestudies.bocanterre.tables import Tables
from casestudies.company import content_table
from casestudies.market.sampling import pick

ACCOUNTS = (44, 58)
"""Number of professional accounts, the caterers of the export included (assumption)."""
LEAST_ORDERS = 9
"""Orders collected in the year from which a client may be a professional; caterers whatever they order."""
CATERER_FROM = 500.0
TRADES = ("Restaurant", "Traiteur", "Bureau", "Crèche", "Gîte")
TRADE_SHARE = np.array([0.34, 0.16, 0.26, 0.12, 0.12])
CATERER = TRADES.index("Traiteur")
DELAYS = np.array([0, 30])
OPENED = np.datetime64("2021-01-01")
EMAIL_GIVEN, SMS_GIVEN = (0.52, 0.66), (0.18, 0.28)
WITHDRAWN = (0.12, 0.20)
"""Shares of the clients who agreed to be written to, then of those who changed their mind (assumptions)."""
GIVEN, TAKEN_BACK = "donné", "retiré"


class Relation(Tables):
    """The part of the company that keeps in touch with its clients."""

    def _collected(self) -> pd.DataFrame:
        orders = self.click_orders
        return orders[orders["statut"] == "retirée"]

    def table_comptes_pro(self) -> pd.DataFrame:
        """Return the professional accounts: heavy clients of click and collect, and its caterers."""
        rng, orders = self.rng("comptes_pro"), self._collected()
        caterers = sorted(orders.loc[orders["ca_ttc"] >= CATERER_FROM, "client_id"].unique())
        count = orders.groupby("client_id").size()
        heavy = count[(count >= LEAST_ORDERS) & ~count.index.isin(caterers)]
        wanted = int(rng.integers(*ACCOUNTS)) - len(caterers)
        weight = heavy.to_numpy(dtype=np.float64) ** 2
        chosen = rng.choice(heavy.index.to_numpy(), wanted, replace=False, p=weight / weight.sum())
        clients = np.array(sorted([*caterers, *chosen.tolist()]), dtype=object)
        n = len(clients)
        trade = np.where(np.isin(clients, caterers), CATERER, pick(TRADE_SHARE, n, rng))
        home = orders.groupby("client_id")["magasin_id"].first()
        opened = OPENED + rng.integers(0, 1_700, n).astype("timedelta64[D]")
        return pd.DataFrame(
            {
                "client_id": clients,
                "activite": np.array(TRADES, dtype=object)[trade],
                "magasin_id": home[clients].to_numpy(),
                "depuis": pd.to_datetime(opened),
                "interlocuteurs": rng.integers(1, 5, n),
                "delai_paiement_j": DELAYS[pick(np.array([0.4, 0.6]), n, rng)],
                "refus_prospection": np.where(rng.random(n) < rng.uniform(0.10, 0.20), "oui", "non").astype(object),
            }
        )

    def table_consentements(self) -> pd.DataFrame:
        """Return what each private client said, channel by channel, in the order in which it was said."""
        rng, orders = self.rng("consentements"), self.click_orders
        first = orders.groupby("client_id")["date"].min()
        clients = first[~first.index.isin(self.table("comptes_pro")["client_id"])]
        end = np.datetime64(params.END)
        parts = []
        for channel, (low, high) in {"e-mail": EMAIL_GIVEN, "SMS": SMS_GIVEN}.items():
            said = clients[rng.random(len(clients)) < rng.uniform(low, high)]
            given = said.to_numpy().astype("datetime64[D]")
            left = np.maximum((end - given).astype(np.int64), 1)
            back = rng.random(len(said)) < rng.uniform(*WITHDRAWN)
            later = given + np.maximum(np.ceil(rng.random(len(said)) * left), 1).astype("timedelta64[D]")
            parts.append(_said(said.index.to_numpy(), given, channel, GIVEN))
            parts.append(_said(said.index.to_numpy()[back], later[back], channel, TAKEN_BACK))
        order = ["date", "client_id", "canal"]
        return pd.concat(parts, ignore_index=True).sort_values(order, ignore_index=True)

    def table_cadrage_relation(self) -> pd.DataFrame:
        """Return what management decided of the relation: when a client sleeps, comes back, how often one may write."""
        rng = self.rng("cadrage_relation")
        values = {
            "sommeil_jours": float(rng.integers(10, 16) * 10),
            "retour_jours": float(rng.integers(9, 16) * 5),
            "fidele_commandes": float(rng.integers(5, 8)),
            "fidele_jours": float(rng.integers(5, 9) * 10),
            "plafond_btoc": float(rng.integers(3, 6)),
            "plafond_btob": float(rng.integers(2, 5)),
        }
        told = content_table("bocanterre", "relation", cle=str, libelle=str, unite=str, source=str)
        told.insert(2, "valeur", told["cle"].map(values))
        return told


def _said(clients: np.ndarray, days: np.ndarray, channel: str, state: str) -> pd.DataFrame:
    return pd.DataFrame({"client_id": clients, "date": pd.to_datetime(days), "canal": channel, "etat": state})
