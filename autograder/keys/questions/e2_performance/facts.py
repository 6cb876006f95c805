"""What notebooks 01, 02 and 03 compute alike about Kerlavandre's promotion; use each function through ``case.fact``."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case, hypotheses

PROMOTED, NEIGHBOUR, CONTROL = "Cheveux", "Corps", "Maison"
"""The range on sale, the range it takes sales from, and the range that nothing touched."""

PAID = "payée"
"""The status of an order that was neither cancelled nor refunded."""

CANCELLED = "annulée"
"""The status of an order that its customer never received."""

CAMPAIGN_ITEMS = ("cout_creation_ht", "cout_media_ht", "cout_plateforme_ht")
TEAM_ITEMS = ("salaires_marketing_ht", "outils_marketing_ht", "agence_marketing_ht")


def export_lines(case: Case) -> pd.DataFrame:
    """Return every line of the export, defects included, with ``gamme``, ``pa_ht`` and three amounts.

    ``plein_ht`` is the amount at the catalogue price without VAT; ``ttc`` is what was paid with VAT and ``ht`` without.
    None of them holds the shipping.
    """
    goods = case.table("produits")[["produit_id", "gamme", "pa_ht"]]
    lines = case.table("commandes").merge(goods, on="produit_id", how="left")
    vat = 1 + lines["tva"] / 100
    lines["plein_ht"] = lines["qte"] * lines["pu_ttc"] / vat
    lines["ttc"] = metrics.line_revenue_ttc(lines["qte"], lines["pu_ttc"], lines["remise_ttc"])
    lines["ht"] = lines["ttc"] / vat
    return lines


def placed_orders(case: Case) -> pd.DataFrame:
    """Return the lines of the orders, each counted once, cancelled and refunded ones too."""
    return case.fact(export_lines).drop_duplicates()


def clean_orders(case: Case) -> pd.DataFrame:
    """Return the lines of the paid orders, each counted once, with the columns of ``export_lines``."""
    lines = case.fact(placed_orders)
    return lines[lines["statut"] == PAID].reset_index(drop=True)


def first_orders(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of the orders that are the first of their customer."""
    return lines[lines["premiere_commande"] == "oui"]


def new_customers(lines: pd.DataFrame) -> int:
    """Return the number of different customers whose first order is among the lines."""
    return int(first_orders(lines)["client_id"].nunique())


def units_sold(case: Case) -> Mapping[tuple[str, str], float]:
    """Return the paid units by (window, range), from ``ventes_jour``."""
    sales = case.table("ventes_jour")
    return {
        (name, str(family)): float(units)
        for name, period in case.company.periods.items()
        for family, units in period.filtrer(sales).groupby("gamme")["unites"].sum().items()
    }


def reference_units(case: Case) -> Mapping[str, float]:
    """Return the paid units of all the ranges by window."""
    totals: dict[str, float] = {}
    for (window, _), units in case.fact(units_sold).items():
        totals[window] = totals.get(window, 0.0) + units
    return totals


def base_of(case: Case, family: str, past: str) -> float:
    """Return what ``family`` would have sold: the same days a year before (window ``past``) times its own trend."""
    sold = case.fact(units_sold)
    return metrics.base_units(sold[past, family], sold["reference", family], sold["reference_n_1", family])


@dataclass(frozen=True)
class Unit:
    """A unit of one range sold during the promotion, in the mean; euros excluding VAT.

    ``price_ht`` is the full price, ``purchase_ht`` its purchase, ``handling_ht`` its share of the preparation of the
    orders, ``fee`` what the payment takes of a price.
    """

    price_ht: float
    price_ttc: float
    purchase_ht: float
    handling_ht: float
    fee: float

    @property
    def net_price_ht(self) -> float:
        """Full price once the payment is paid."""
        return self.price_ht * (1 - self.fee)

    @property
    def cost_ht(self) -> float:
        """Purchase and preparation: what a discount does not change."""
        return self.purchase_ht + self.handling_ht

    def margin_ht(self, discount: float = 0.0) -> float:
        """Return what the unit leaves once its variable costs are paid."""
        return metrics.unit_margin_ht(self.net_price_ht, self.cost_ht, discount)


@dataclass(frozen=True)
class Promotion:
    """The promotion in figures: units of the range on sale unless said otherwise, euros excluding VAT."""

    sold: float
    base: float
    after: float
    base_after: float
    neighbour: float
    base_neighbour: float
    unit: Unit
    unit_neighbour: Unit
    discount: float
    campaign_cost_ht: float
    media_cost_ht: float
    revenue_ht: float
    new_customers: int
    new_customers_before: int
    season: float
    customers: int
    value_12_months_ht: float

    @property
    def gross(self) -> float:
        """Units sold over the base during the promotion."""
        return self.sold - self.base

    @property
    def dip(self) -> float:
        """Units missing after the promotion (negative)."""
        return self.after - self.base_after

    @property
    def cannibalisation(self) -> float:
        """Units that the neighbouring range lost during the promotion (negative)."""
        return self.neighbour - self.base_neighbour

    @property
    def net(self) -> float:
        """Units really added: gross, less the dip and the cannibalisation."""
        return self.gross + self.dip + self.cannibalisation

    @property
    def usual_new_customers(self) -> float:
        """New customers without promotion: those of the same days before, at the level of the season."""
        return self.new_customers_before * self.season

    @property
    def extra_new_customers(self) -> float:
        """New customers over those that would have come anyway."""
        return self.new_customers - self.usual_new_customers

    @property
    def offered_ht(self) -> float:
        """What the discount gave to those who would have bought anyway."""
        return self.base * (self.unit.margin_ht() - self.unit.margin_ht(self.discount))

    def margin_ht(
        self, gross: float | None = None, dip: float | None = None, cannibalisation: float | None = None
    ) -> float:
        """Return the margin that the promotion added, for another gross rise, dip or cannibalisation where given."""
        return metrics.incremental_margin_ht(
            self.gross if gross is None else gross,
            self.dip if dip is None else dip,
            self.cannibalisation if cannibalisation is None else cannibalisation,
            self.base,
            self.unit.margin_ht(),
            self.unit.margin_ht(self.discount),
            self.unit_neighbour.margin_ht(),
        )


def handling_per_unit_ht(case: Case) -> float:
    """Return the preparation of the orders of the promotion, shared between their units."""
    during = case.period("pendant").filtrer(case.fact(clean_orders))
    orders = during["commande_id"].nunique()
    return case.fact(hypotheses)["cout_preparation_commande_ht"] * orders / float(during["qte"].sum())


def unit_of(case: Case, lines: pd.DataFrame) -> Unit:
    """Return the mean unit of some lines of the promotion."""
    quantity = float(lines["qte"].sum())
    return Unit(
        price_ht=float(lines["plein_ht"].sum()) / quantity,
        price_ttc=float((lines["qte"] * lines["pu_ttc"]).sum()) / quantity,
        purchase_ht=float((lines["qte"] * lines["pa_ht"]).sum()) / quantity,
        handling_ht=case.fact(handling_per_unit_ht),
        fee=case.fact(hypotheses)["taux_frais_paiement"],
    )


def season(case: Case) -> float:
    """Return how the usual sales of all ranges move from the window before to the promotion, 1 when they do not."""
    sold = case.fact(units_sold)
    families = {family for _, family in sold}
    usual = sum(base_of(case, family, "n_1") for family in families)
    return usual / sum(sold["avant", family] for family in families)


def promotion(case: Case) -> Promotion:
    """Return the promotion in figures, as a careful analyst reads it in the tables."""
    known, sold = case.fact(hypotheses), case.fact(units_sold)
    orders = case.fact(clean_orders)
    during, before = case.period("pendant").filtrer(orders), case.period("avant").filtrer(orders)
    promoted = during[during["gamme"] == PROMOTED]

    return Promotion(
        sold=sold["pendant", PROMOTED],
        base=base_of(case, PROMOTED, "n_1"),
        after=sold["apres", PROMOTED],
        base_after=base_of(case, PROMOTED, "apres_n_1"),
        neighbour=sold["pendant", NEIGHBOUR],
        base_neighbour=base_of(case, NEIGHBOUR, "n_1"),
        unit=unit_of(case, promoted),
        unit_neighbour=unit_of(case, during[during["gamme"] == NEIGHBOUR]),
        discount=known["taux_remise"],
        campaign_cost_ht=sum(known[name] for name in CAMPAIGN_ITEMS),
        media_cost_ht=known["cout_media_ht"],
        revenue_ht=float(promoted["ht"].sum()),
        new_customers=new_customers(during),
        new_customers_before=new_customers(before),
        season=case.fact(season),
        customers=int(during["client_id"].nunique()),
        value_12_months_ht=known["valeur_12_mois_nouveau_client_ht"],
    )
