"""Cutting leads or customers in four by two variables: what the learner does, and what the check does again."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casestudies.errors import CasekitError
from casestudies.french import number_in, simplified

GROUPS = ("A", "B", "C", "D")
"""Both conditions hold; only the first; only the second; neither."""

AMOUNTS = ("effectif", "score")
KINDS = ("secteur", "source", "type_adresse")
CUSTOMER_AMOUNTS = ("commandes", "panier_ht")
CUSTOMER_KINDS = ("gamme", "canal", "nouveau")
_LEAST_STAFF = {"0 salarié": 0.0, "1 à 2": 1.0, "3 à 5": 3.0, "6 à 9": 6.0}


def segmenter(leads: pd.DataFrame, decoupage: Mapping[str, object]) -> "pd.Series[str]":
    """Return the group of each lead, « A » to « D », by two conditions.

    Parameters
    ----------
    leads
        The leads, with the columns « effectif », « score », « secteur », « source », « type_adresse ».
    decoupage
        For each of two variables, a cut (« effectif » and « score »: this number and more) or the names that are kept,
        between commas (the others): ``{"effectif": 3, "secteur": "Transport, Négoce"}``. What is unknown is not kept.

    Raises
    ------
    CasekitError
        When there are not two known variables, or a cut is no number, or a name is unknown; the message is in French.
    """
    return _four_groups(leads, decoupage, AMOUNTS, KINDS, '{"effectif": 2, "secteur": "…"}')


def clientele(commandes: pd.DataFrame, produits: pd.DataFrame) -> pd.DataFrame:
    """Return what each customer bought, from an export of order lines: cancelled orders and copies are left out.

    Returns
    -------
    pandas.DataFrame
        By « client_id »: « commandes » (paid orders), « ca_ht » (€ excl. tax, discounts off, shipping left out),
        « panier_ht » (€ excl. tax by order), « gamme » (the one that brings the most), « canal » (of the last order),
        « nouveau » (« oui » when the very first order is among them).
    """
    paid = commandes.drop_duplicates().loc[lambda lines: lines["statut"] == "payée"]
    paid = paid.merge(produits[["produit_id", "gamme"]], on="produit_id")
    paid["ca_ht"] = (paid["qte"] * paid["pu_ttc"] - paid["remise_ttc"]) / (1 + paid["tva"] / 100)
    by_range = paid.groupby(["client_id", "gamme"])["ca_ht"].sum().unstack(fill_value=0)
    by_customer = paid.sort_values(["date", "commande_id"]).groupby("client_id")
    orders, revenue = by_customer["commande_id"].nunique(), by_customer["ca_ht"].sum()
    first = orders.index.isin(paid.loc[paid["premiere_commande"] == "oui", "client_id"])
    return pd.DataFrame(
        {
            "commandes": orders, "ca_ht": revenue, "canal": by_customer["canal"].last(),
            "nouveau": np.where(first, "oui", "non"), "panier_ht": revenue / orders,
            "gamme": by_range.idxmax(axis="columns"),
        }
    )  # fmt: skip


def segmenter_clients(clients: pd.DataFrame, decoupage: Mapping[str, object]) -> "pd.Series[str]":
    """Return the group of each customer of ``clientele``, « A » to « D », by two conditions.

    Parameters
    ----------
    clients
        What ``clientele`` returns.
    decoupage
        For each of two variables, a cut (« commandes » and « panier_ht »: this number and more) or the names that are
        kept (« gamme », « canal », « nouveau »): ``{"commandes": 2, "gamme": "Corps, Visage"}``.

    Raises
    ------
    CasekitError
        As ``segmenter`` does.
    """
    return _four_groups(clients, decoupage, CUSTOMER_AMOUNTS, CUSTOMER_KINDS, '{"commandes": 2, "gamme": "…"}')


def _four_groups(
    rows: pd.DataFrame, cuts: Mapping[str, object], amounts: Sequence[str], kinds: Sequence[str], example: str
) -> "pd.Series[str]":
    if not isinstance(cuts, Mapping) or len(cuts) != 2:
        raise CasekitError(f"On attend deux variables, chacune avec sa coupure : {example}.")
    first, second = (_kept(rows, str(name), cut, amounts, kinds) for name, cut in cuts.items())
    rank = 2 * ~first + ~second
    return pd.Series(np.array(GROUPS, dtype=object)[rank.astype(np.intp)], index=rows.index, name="groupe")


def _kept(
    rows: pd.DataFrame, name: str, cut: object, amounts: Sequence[str], kinds: Sequence[str]
) -> NDArray[np.bool_]:
    """Return whether each row meets one condition."""
    if name in amounts:
        least = number_in(cut) if isinstance(cut, str) else cut
        if not isinstance(least, int | float) or isinstance(least, bool):
            raise CasekitError(f"« {name} » : on attend un nombre, à partir duquel une ligne est gardée.")
        values = rows[name].map(_LEAST_STAFF) if name == "effectif" else rows[name]
        return np.asarray(values.astype(float) >= least, dtype=np.bool_)
    if name not in kinds:
        known = ", ".join((*amounts, *kinds))
        raise CasekitError(f"« {name[:40]} » n’est pas une variable prévue. Choisissez parmi : {known}.")
    known_names = {simplified(one): one for one in rows[name].dropna().unique()}
    wanted = [simplified(one) for one in str(cut).split(",") if one.strip()]
    unknown = next((one for one in wanted if one not in known_names), None)
    if not wanted or unknown is not None:
        raise CasekitError(
            f"« {name} » : écrivez un ou plusieurs de ces noms : {', '.join(map(str, known_names.values()))}."
        )
    return np.asarray(rows[name].isin([known_names[one] for one in wanted]), dtype=np.bool_)
