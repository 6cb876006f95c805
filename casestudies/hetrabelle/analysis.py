"""What a careful analyst finds in the tables of Hêtrabelle: functions of tables alone."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casestudies.hetrabelle.catalogue import NEW_PRODUCT, REFERENCE_PRODUCT
from casestudies.market.prices import REFERENCE_DAYS
from casestudies.market.sampling import Floats

THRESHOLDS = ("trop_bon_marche", "bon_marche", "cher", "trop_cher")


@dataclass(frozen=True)
class Pruning:
    """What dropping products does in a year (€ excl. tax): costs avoided, margins lost, buyers carried over."""

    avoided: float
    margin: float
    attached: float
    carried: float

    @property
    def gain(self) -> float:
        """What the result of the range gains, negative when it loses."""
        return self.avoided - self.margin - self.attached + self.carried


@dataclass(frozen=True)
class RangeSheet:
    """A range by product: own fixed costs, margin, margin of what is bought with it, of the buyers carried over.

    Amounts are euros excl. tax a year; ``beside`` is by (product, other product), ``fallback`` the position of the
    product that people fall back on.
    """

    names: NDArray[np.object_]
    fixed: Floats
    margin: Floats
    beside: Floats
    carried: Floats
    fallback: NDArray[np.intp]

    def dropping(self, dropped: Collection[str], lost_share: float) -> Pruning:
        """Return what dropping several products at once would do.

        What is bought with a dropped product counts once: not when it is itself dropped; nor do buyers fall back on a
        dropped product. For one product, this is ``gain_suppression`` of ``range_margins``.
        """
        gone = np.isin(self.names, list(dropped))
        lost = lost_share * float(self.beside[gone][:, ~gone].sum())
        back = self.carried[gone & ~gone[self.fallback]]
        return Pruning(float(self.fixed[gone].sum()), float(self.margin[gone].sum()), lost, float(back.sum()))


def ordered(survey: pd.DataFrame) -> pd.DataFrame:
    """Return the answers whose four thresholds grow strictly."""
    answers = survey[list(THRESHOLDS)].to_numpy()
    return survey.take(np.flatnonzero((np.diff(answers, axis=1) > 0).all(axis=1)))


def curves(answers: Floats, prices: Floats) -> dict[str, Floats]:
    """Return the share of people, at each price, for whom it is too cheap, cheap, expensive, too expensive."""
    size = len(answers)
    at_least = [1 - np.searchsorted(np.sort(answers[:, k]), prices, side="left") / size for k in (0, 1)]
    at_most = [np.searchsorted(np.sort(answers[:, k]), prices, side="right") / size for k in (2, 3)]
    return dict(zip(THRESHOLDS, [*at_least, *at_most], strict=True))


def crossing(falling: Floats, growing: Floats, prices: Floats) -> float:
    """Return the price where the two curves cross, by a straight line between two prices."""
    gap = growing - falling
    right = int(np.argmax(gap >= 0))
    left = right - 1
    return float(prices[left] + (prices[right] - prices[left]) * -gap[left] / (gap[right] - gap[left]))


def acceptable_prices(answers: Floats) -> dict[str, float]:
    """Return PMC, OPP, IDP and PME (€ incl. tax), as van Westendorp reads them."""
    prices = np.unique(answers)
    share = curves(answers, prices)
    cheap, expensive = share["bon_marche"], share["cher"]
    return {
        "PMC": crossing(share["trop_bon_marche"], 1 - cheap, prices),
        "OPP": crossing(share["trop_bon_marche"], share["trop_cher"], prices),
        "IDP": crossing(cheap, expensive, prices),
        "PME": crossing(1 - expensive, share["trop_cher"], prices),
    }


def elasticity(history: pd.DataFrame, product: str = REFERENCE_PRODUCT) -> float:
    """Return the slope of log(units / visits) on log(price), weeks short of stock left out."""
    rows = history[(history["produit_id"] == product) & (history["rupture"] == "non") & (history["quantite"] > 0)]
    x = np.log(rows["prix_ttc"].to_numpy())
    y = np.log(rows["quantite"].to_numpy() / rows["visites"].to_numpy())
    x = x - x.mean()
    return float(x @ y / (x @ x))


def rival_prices(readings: pd.DataFrame, product: str = NEW_PRODUCT) -> pd.Series:
    """Return the usual price of each competitor (€ incl. tax): new, in stock, out of promotion; median of the weeks."""
    known = {"produit_id": product, "etat": "neuf", "disponible": "oui", "promotion": "non"}
    rows = readings[np.logical_and.reduce([readings[column] == value for column, value in known.items()])]
    price = rows["prix_affiche"].where(rows["base"] == "TTC", (rows["prix_affiche"] * 1.2).round(2))
    return price.groupby(rows["concurrent"]).median()


def reference_prices(daily: pd.DataFrame, planned: pd.DataFrame) -> pd.Series:
    """Return the lowest price of the 30 days before the first reduction, by product (€ incl. tax)."""
    rows = daily.merge(planned[["produit_id", "premiere_reduction"]], on="produit_id")
    before = (rows["premiere_reduction"] - rows["date"]).dt.days
    return rows[before.between(1, REFERENCE_DAYS)].groupby("produit_id")["prix_ttc"].min()


def acceptance(survey: pd.DataFrame) -> pd.Series:
    """Return the share of people who would buy, by price asked."""
    return (survey["achat"] == "oui").groupby(survey["prix_ttc"]).mean()


def range_margins(products: pd.DataFrame, attached: pd.DataFrame, lost_share: float) -> pd.DataFrame:
    """Return, by product: margin on variable costs, and what dropping it would bring (€ excl. tax a year).

    Dropping a product saves its own fixed costs and loses its margin and a share of the margin of what is bought with
    it; the buyers carried over to another product bring its margin.
    """
    goods = products.set_index("produit_id")
    unit = goods["prix_net_moyen_ht"] - goods["cvu_ht"]
    margin = goods["ventes_2026"] * unit
    others = attached["unites_associees"] * attached["produit_associe_id"].map(unit)
    brought = others.groupby(attached["produit_id"]).sum().reindex(goods.index, fill_value=0.0)
    carried = goods["ventes_2026"] * goods["taux_report"] * goods["produit_report_id"].map(unit)
    dropped = goods["charges_fixes_ht"] - margin - lost_share * brought + carried
    return pd.DataFrame(
        {
            "mcv": margin,
            "mcv_associee": brought,
            "contribution": margin - goods["charges_fixes_ht"],
            "gain_suppression": dropped,
        }
    )


def range_sheet(products: pd.DataFrame, attached: pd.DataFrame) -> RangeSheet:
    """Return what is needed to drop products from a range, as often as one likes."""
    goods = products.set_index("produit_id")
    unit = goods["prix_net_moyen_ht"] - goods["cvu_ht"]
    beside = np.zeros((len(goods), len(goods)))
    first, other = (goods.index.get_indexer(pd.Index(attached[name])) for name in ("produit_id", "produit_associe_id"))
    beside[first, other] = attached["unites_associees"] * unit.to_numpy()[other]
    carried = goods["ventes_2026"] * goods["taux_report"] * goods["produit_report_id"].map(unit)
    return RangeSheet(
        np.array(goods.index, dtype=object), goods["charges_fixes_ht"].to_numpy(dtype=np.float64),
        (goods["ventes_2026"] * unit).to_numpy(), beside, carried.to_numpy(),
        goods.index.get_indexer(pd.Index(goods["produit_report_id"])),
    )  # fmt: skip


def own_ratings(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return number and mean of the ratings of each product: each once, those about delivery left out."""
    rows = ratings.drop_duplicates("avis_id")
    return rows[rows["motif"] != "livraison"].groupby("produit_id")["note"].agg(["count", "mean"])


def distribution_rates(stores: pd.DataFrame) -> dict[str, float]:
    """Return the numeric and weighted distribution of the shops still open."""
    rows = stores[stores["statut"] == "ouvert"]
    listed = rows["reference"] == "oui"
    turnover = rows["ca_rayon_ttc"]
    return {"dn": float(listed.mean()), "dv": float(turnover[listed].sum() / turnover.sum())}


def circuit_margins(circuits: pd.DataFrame, price_ttc: float, making: float) -> pd.Series:
    """Return the margin by unit of the new product in each circuit (€ excl. tax), at one retail price."""
    bought = circuits["base_taux"] == "prix d’achat"
    retail, wholesale = circuits["taux_detaillant"], circuits["taux_grossiste"]
    kept = (1 / ((1 + retail) * (1 + wholesale))).where(bought, (1 - retail) * (1 - wholesale))
    received = price_ttc / 1.2 * kept * (1 - circuits["commission"]) * (1 - circuits["remise"])
    margin = received - making - circuits["logistique_ht"]
    return margin.set_axis(circuits["circuit_id"].to_numpy())
