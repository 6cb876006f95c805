"""A shop’s site and clients as a reader works on them: audited colours, portrait, newcomers, agreements."""

import pandas as pd

from casestudies.bocanterre import analysis
from casestudies.dossier import Dossier

PORTRAIT = ("recence", "anciennete", "commandes", "montant", "segment")
NEWCOMERS = ("premiere", "retour")


def couleurs_auditees(dossier: Dossier, critere: str) -> pd.DataFrame:
    """Return, page by page, the two colours that a criterion looked at, and their two measures."""
    return analysis.colours(dossier.table("audit_rgaa"), critere)


def _orders(found: object) -> pd.DataFrame | None:
    """Return the orders that the reader kept; None while there are none, or something else."""
    needed = {"client_id", "date", "ca_ttc", "premiere_commande"}
    return found if isinstance(found, pd.DataFrame) and len(found) and needed <= set(found.columns) else None


def portrait_clients(dossier: Dossier, achats: object) -> pd.DataFrame:
    """Return recency, age, orders, amount and segment of each client; an empty table while there are no orders."""
    orders = _orders(achats)
    if orders is None:
        return pd.DataFrame(columns=list(PORTRAIT))
    decided = dossier.table("cadrage_relation").set_index("cle")["valeur"]
    found = analysis.by_client(orders, pd.Timestamp(dossier.periode("annee").fin))
    return found.assign(segment=analysis.segmented(found, decided))


def nouveaux_clients(achats: object) -> pd.DataFrame:
    """Return the day of the first order of each new client and the days until the next; empty without orders."""
    orders = _orders(achats)
    if orders is None:
        return pd.DataFrame({"premiere": pd.to_datetime([]), "retour": pd.Series([], dtype=float)})
    return analysis.return_delays(orders)


def joignables(dossier: Dossier) -> pd.Series:
    """Return how many private clients agree to each channel, and how many accounts did not refuse offers."""
    agreements, accounts = dossier.table("consentements"), dossier.table("comptes_pro")
    found = {f"particuliers, {one}": len(analysis.reachable(agreements, one)) for one in ("e-mail", "SMS")}
    found["professionnels, offres non refusées"] = int((accounts["refus_prospection"] == "non").sum())
    return pd.Series(found, name="joignables")
