"""What an analyst draws from the tables of Bocanterre: the light of colours, clients by recency and frequency."""

import numpy as np
import pandas as pd

from casestudies.market.web_audit import luminance, rgb

RAW_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])
"""Weights of red, green and blue in the relative luminance (WCAG 2.1)."""
SEGMENTS = ("fidèles", "réguliers", "en sommeil")


def colours(audit: pd.DataFrame, criterion: str) -> pd.DataFrame:
    """Return the two colours that the audit looked at, page by page, and what each sends back.

    ``luminance_…`` weighs channels made linear, as the WCAG ask; ``brut_…`` weighs them as they are written.
    """
    rows = audit[audit["critere"] == criterion].set_index("page")
    found = rows[["couleur_avant_plan", "couleur_fond"]].set_axis(["texte", "fond"], axis=1)
    for name in ("texte", "fond"):
        channels = np.array([rgb(one) for one in found[name]])
        found[f"brut_{name}"] = channels / 255 @ RAW_WEIGHTS
        found[f"luminance_{name}"] = luminance(channels)
    return found


def by_client(orders: pd.DataFrame, end: pd.Timestamp) -> pd.DataFrame:
    """Return, by client, the days since the last order and since the first one, the orders, the amount.

    >>> day = pd.Timestamp
    >>> days = [day("2026-01-01"), day("2026-01-11")]
    >>> orders = pd.DataFrame({"client_id": ["a", "a"], "date": days, "ca_ttc": [5, 7]})
    >>> by_client(orders, day("2026-01-31")).loc["a"].tolist()
    [20, 30, 2, 12]
    """
    groups = orders.groupby("client_id")
    dates = groups["date"]
    return pd.DataFrame(
        {
            "recence": (end - dates.max()).dt.days,
            "anciennete": (end - dates.min()).dt.days,
            "commandes": groups.size(),
            "montant": groups["ca_ttc"].sum(),
        }
    )


def return_delays(orders: pd.DataFrame) -> pd.DataFrame:
    """Return, by client whose first order is among these, its day and the days until the next order (none: missing).

    >>> day = pd.Timestamp
    >>> orders = pd.DataFrame({"client_id": ["a", "a", "b"], "premiere_commande": ["oui", "non", "oui"],
    ...                        "date": [day("2026-01-01"), day("2026-01-11"), day("2026-01-05")]})
    >>> return_delays(orders)["retour"].tolist()
    [10.0, nan]
    """
    first = orders[orders["premiere_commande"] == "oui"].set_index("client_id")["date"]
    later = orders[(orders["premiere_commande"] == "non") & orders["client_id"].isin(first.index)]
    following = later.groupby("client_id")["date"].min().reindex(first.index)
    return pd.DataFrame({"premiere": first, "retour": (following - first).dt.days})


def segmented(clients: pd.DataFrame, decided: pd.Series) -> "pd.Series[str]":
    """Return the segment of each client, under what management decided.

    Asleep comes first: a client who ordered much, but long ago, sleeps.
    """
    loyal = (clients["commandes"] >= decided["fidele_commandes"]) & (clients["recence"] <= decided["fidele_jours"])
    named = np.where(loyal, SEGMENTS[0], SEGMENTS[1])
    named = np.where(clients["recence"] > decided["sommeil_jours"], SEGMENTS[2], named)
    return pd.Series(named, index=clients.index, dtype=object)


def reachable(agreements: pd.DataFrame, channel: str) -> set[str]:
    """Return the private clients whose last word on a channel is that they agree.

    >>> said = pd.DataFrame({"client_id": ["a", "a", "b"], "date": [1, 3, 2], "canal": "e-mail",
    ...                      "etat": ["donné", "retiré", "donné"]})
    >>> reachable(said, "e-mail")
    {'b'}
    """
    last = agreements[agreements["canal"] == channel].sort_values("date").groupby("client_id")["etat"].last()
    return set(last.index[last == "donné"])
