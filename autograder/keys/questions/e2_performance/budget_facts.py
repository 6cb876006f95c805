"""What notebook 03 computes about Kerlavandre's budget; use each function through ``case.fact``."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.questions.e2_performance import facts

LEVERS = ("SEO", "SEA", "E-publicité", "Affiliation", "E-mailing", "Réseaux sociaux")
PAID_LEVERS = ("SEA", "E-publicité", "Affiliation", "Réseaux sociaux")
GOOGLE, META = "Google Ads", "Meta Ads"
MICROS = 1_000_000


def expenses(case: Case) -> pd.DataFrame:
    """Return planned and actual expenses of the year by lever: ``prevu_ht``, ``reel_ht``."""
    return case.table("budget").groupby("levier")[["prevu_ht", "reel_ht"]].sum().loc[list(LEVERS)]


def receipts(case: Case) -> pd.DataFrame:
    """Return planned and actual orders and revenue of the year by lever."""
    columns = ["commandes_prevues", "ca_prevu_ht", "commandes_reelles", "ca_reel_ht"]
    return case.table("recettes").groupby("levier")[columns].sum().loc[list(LEVERS)]


def campaigns(case: Case) -> pd.DataFrame:
    """Return the advertising table with the cost of each row in euros, ``cout_ht``."""
    table = case.table("depenses")
    return table.assign(cout_ht=table["cost_micros"] / MICROS)


def by_campaign(case: Case) -> pd.DataFrame:
    """Return the year's totals by (platform, campaign)."""
    columns = ["impressions", "clics", "clics_lien", "cout_ht", "valeur_declaree_ttc"]
    return case.fact(campaigns).groupby(["plateforme", "campagne"])[columns].sum()


def of_lever(table: pd.DataFrame, lever: str, column: str) -> float:
    """Return one cell of a table whose rows are levers."""
    return float(table[column].to_dict()[lever])


def of_levers(table: pd.DataFrame, levers: tuple[str, ...], column: str) -> float:
    """Return the sum of a column over some levers."""
    return float(table[column].loc[list(levers)].sum())


@dataclass(frozen=True)
class Contribution:
    """The sales of the promotion, all ranges together, and what they cost; euros excluding VAT."""

    revenue_ht: float
    revenue_ttc: float
    full_price_ht: float
    purchases_ht: float
    orders: int
    preparation_ht: float
    payment_rate: float

    def margin(self, revenue: float | None = None, preparation: bool = True, payment: bool = True) -> float:
        """Return the margin on variable costs, with another revenue or without one of the costs where asked."""
        sales = self.revenue_ht if revenue is None else revenue
        return metrics.contribution_margin_ht(
            sales, self.purchases_ht, self.orders if preparation else 0, self.preparation_ht,
            self.payment_rate if payment else 0.0,
        )  # fmt: skip

    def rate(self, revenue: float | None = None, preparation: bool = True, payment: bool = True) -> float:
        """Return the margin on variable costs as a share of the revenue it was taken from."""
        return self.margin(revenue, preparation, payment) / (self.revenue_ht if revenue is None else revenue)


def contribution(case: Case) -> Contribution:
    """Return the sales of the promotion and their variable costs."""
    during = case.period("pendant").filtrer(case.fact(facts.clean_orders))
    known: Mapping[str, float] = case.fact(facts.hypotheses)
    return Contribution(
        revenue_ht=float(during["ht"].sum()),
        revenue_ttc=float(during["ttc"].sum()),
        full_price_ht=float(during["plein_ht"].sum()),
        purchases_ht=float((during["qte"] * during["pa_ht"]).sum()),
        orders=int(during["commande_id"].nunique()),
        preparation_ht=known["cout_preparation_commande_ht"],
        payment_rate=known["taux_frais_paiement"],
    )


@dataclass(frozen=True)
class Variance:
    """Planned and actual revenue of one lever over the year: orders and baskets."""

    planned_orders: float
    planned_revenue_ht: float
    actual_orders: float
    actual_revenue_ht: float

    @property
    def planned_basket_ht(self) -> float:
        """Planned revenue by planned order."""
        return self.planned_revenue_ht / self.planned_orders

    @property
    def actual_basket_ht(self) -> float:
        """Actual revenue by actual order."""
        return self.actual_revenue_ht / self.actual_orders

    @property
    def total_ht(self) -> float:
        """Actual revenue less planned revenue."""
        return self.actual_revenue_ht - self.planned_revenue_ht


def variance(case: Case, lever: str = "SEA") -> Variance:
    """Return planned and actual revenue of a lever."""
    table = case.fact(receipts)
    names = ("commandes_prevues", "ca_prevu_ht", "commandes_reelles", "ca_reel_ht")
    return Variance(*(of_lever(table, lever, name) for name in names))
