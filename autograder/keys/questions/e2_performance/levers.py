"""What notebooks 03 to 05 compute alike about the levers of Kerlavandre; use each function through ``case.fact``."""

import pandas as pd

from autograder.keys.cases import Case

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
