"""Notebook 07: one plan for one company; the learner chooses what to look at (B1-C04, B1-C05)."""

from collections.abc import Mapping

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.checks.segments import UsefulSegments
from autograder.keys.declaring import Keys
from autograder.keys.model import Stated
from autograder.keys.questions.e2_performance.levers import LEVERS, expenses, receipts
from autograder.keys.segments import CutRule, Groups
from casestudies.segmentation import clientele, segmenter_clients

KEYS = Keys("e1-strategie/07-plan-strategie", company="kerlavandre")
CHANNELS = {name: name for name in LEVERS} | {"E-publicité": "Display", "E-mailing": "E-mail"}
"""The channel of the orders of each lever."""

WINDOW = "reference"
"""The eight weeks before the promotion: what the company sells when nothing is on."""


def export(case: Case) -> pd.DataFrame:
    """Return the order lines of the window, as they were exported."""
    return case.period(WINDOW).filtrer(case.table("commandes"), "date")


def customers(case: Case) -> pd.DataFrame:
    """Return the customers of the window, one row each."""
    return clientele(case.fact(export), case.table("produits"))


def segmented(rows: pd.DataFrame, cut: Mapping[str, object]) -> pd.DataFrame:
    """Return customers, revenue by customer (€ excl. tax) and share of the revenue, by group."""
    found = rows.groupby(segmenter_clients(rows, cut))["ca_ht"].agg(["count", "sum"])
    revenue = found["sum"]
    return pd.DataFrame(
        {"clients": found["count"], "ca_par_client": revenue / found["count"], "part_ca": revenue / revenue.sum()}
    )


def groups(case: Case, cut: Mapping[str, object]) -> Groups:
    """Return the share of the customers and the revenue by customer of each group that ``cut`` makes."""
    rows = case.fact(customers)
    found = segmented(rows, cut)
    return Groups(
        {str(name): float(size) / len(rows) for name, size in found["clients"].items()},
        {str(name): float(value) for name, value in found["ca_par_client"].items()},
    )


def first_shares(case: Case) -> dict[str, float]:
    """Return the share of first orders among the paid orders of the window, by lever."""
    lines = case.fact(export)
    paid = lines[lines["statut"] == "payée"].drop_duplicates("commande_id")
    share = (paid["premiere_commande"] == "oui").groupby(paid["canal"]).mean()
    return {lever: float(share[channel]) for lever, channel in CHANNELS.items()}


def orders(case: Case) -> dict[str, float]:
    """Return the paid orders of the year, by lever."""
    return {str(lever): float(count) for lever, count in case.fact(receipts)["commandes_reelles"].items()}


def new_customers(case: Case) -> dict[str, float]:
    """Return the first orders of the year, by lever: its orders, at the share of first ones seen in the window."""
    share = case.fact(first_shares)
    return {lever: count * share[lever] for lever, count in case.fact(orders).items()}


def costs(case: Case) -> dict[str, float]:
    """Return the full expense of the year over the new customers, € excl. tax, by lever."""
    spent, won = case.fact(expenses)["reel_ht"], case.fact(new_customers)
    return {lever: metrics.ratio(float(spent[lever]), won[lever]) for lever in LEVERS}


# A: eight weeks with nothing on.
KEYS.fixed_choice("s7-periode", "A", {"M800": "B", "M801": "C", "M130": "D"})
# D: full expenses, and first orders only.
KEYS.fixed_choice("s7-preuve", "D", {"M34": "A", "M14": "B", "M804": "C"})
# A: 11 000 visits, 2.5 % of which buy, from a usual month, at a date.
KEYS.fixed_choice("s7-cible", "A", {"M268": "B", "M800": "C", "M251": "D"})


@KEYS.number("s7-habitues", PROPORTION)
def returning_share(case: Case) -> Stated:
    """Share of the revenue of the window that returning customers bring."""
    rows = case.fact(customers)
    returning = rows["nouveau"] == "non"
    old, new = float(rows.loc[returning, "ca_ht"].sum()), float(rows.loc[~returning, "ca_ht"].sum())
    return old / (old + new), {"M134": old / new, "M802": float(returning.mean()), "M803": new / (old + new)}


USEFUL_CUT = CutRule(small="M349", alike="M350")
FLAT_CUTS: tuple[dict[str, object], ...] = (
    {"gamme": "Cheveux", "canal": "SEO, SEA"},
    {"gamme": "Cheveux, Corps", "canal": "SEO, Direct"},
)
"""Cuts that hardly part what customers buy, in most variants."""


@KEYS.ask("s7-decoupage", UsefulSegments(groups, USEFUL_CUT), coarse=True)
def cut(case: Case) -> Stated:
    """Give one useful cut: mean basket and main range; any other that parts the value is as good."""
    flat = [one for one in FLAT_CUTS if USEFUL_CUT.fault(groups(case, one)) == "M350"]
    small = {"commandes": 5, "gamme": "Cheveux"}
    return {"panier_ht": 55, "gamme": "Cheveux"}, {"M349": small} | ({"M350": tuple(flat)} if flat else {})


@KEYS.number("s7-nouveaux", "clients par an")
def new_in_the_year(case: Case) -> Stated:
    """Sum the new customers of the six levers over the year."""
    share, count = case.fact(first_shares), case.fact(orders)
    lines = case.fact(export)
    paid = lines[(lines["statut"] == "payée") & lines["canal"].isin(CHANNELS.values())].drop_duplicates("commande_id")
    return sum(case.fact(new_customers).values()), {
        "M03": sum(count.values()) * sum(share.values()) / len(share),
        "M96": sum(count.values()),
        "M126": float((paid["premiere_commande"] == "oui").sum()),
    }


@KEYS.values("s7-cout-nouveau", "levier", "€ HT par nouveau client")
def cost_of_new(case: Case) -> Stated:
    """Full expense of the year over the new customers, by lever."""
    spent, count, won = case.fact(expenses)["reel_ht"], case.fact(orders), case.fact(new_customers)
    return case.fact(costs), {
        "M04": {lever: won[lever] / float(spent[lever]) for lever in LEVERS},
        "M14": {lever: float(spent[lever]) / count[lever] for lever in LEVERS},
    }
