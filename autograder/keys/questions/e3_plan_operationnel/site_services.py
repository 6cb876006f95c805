"""Notebook 06: accessibility of the site (B2-C15), services for each (B2-C20), the relation with clients (B2-C21)."""

import pandas as pd

from autograder.keys import accessibility, loyalty
from autograder.keys.cases import Case
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import apart, by_name, elsewhere
from autograder.keys.model import Stated
from casestudies.bocanterre import analysis

KEYS = Keys("e3-plan-operationnel/06-site-services", company="bocanterre")
CRITERIA = 106
"""Criteria of the RGAA 4.1.2."""
BATCH = ("Accueil", "Panier", "Choix du retrait")
"""The pages that the contractor offers to mend."""
TEXT, PARTS = "3.2", "3.3"
PART_PAGE = "Choix du retrait"
Rates = dict[str, float]


def audit(case: Case) -> pd.DataFrame:
    """Return the grid of the audit."""
    return case.table("audit_rgaa")


def counts(case: Case) -> pd.DataFrame:
    """Return the number of findings of each state, by page."""
    grid = case.fact(audit)
    return grid.groupby("page")["statut"].value_counts().unstack(fill_value=0)


def page_rates(case: Case) -> Rates:
    """Return the rate of each page."""
    return {
        str(page): accessibility.page_rate(row["C"], row["NC"])
        for page, row in case.fact(counts).to_dict("index").items()
    }


def by_criterion(grid: pd.DataFrame) -> dict[str, list[str]]:
    """Return the findings of each criterion."""
    return {str(name): list(states) for name, states in grid.groupby("critere")["statut"]}


def overall(case: Case) -> float:
    """Return the share of the criteria that no page fails."""
    return accessibility.overall_rate(by_criterion(case.fact(audit)))


def mended(case: Case) -> float:
    """Return the overall rate once the pages of the batch are mended."""
    grid = case.fact(audit)
    done = grid["page"].isin(BATCH) & (grid["statut"] == "NC")
    return accessibility.overall_rate(by_criterion(grid.assign(statut=grid["statut"].where(~done, "C"))))


def decided(case: Case) -> Rates:
    """Return what management decided of the relation, by key."""
    table = case.table("cadrage_relation")
    return {str(name): float(value) for name, value in zip(table["cle"], table["valeur"], strict=True)}


def placed(case: Case) -> pd.DataFrame:
    """Return the orders, each once."""
    return case.table("click_collect").drop_duplicates()


def accounts(case: Case) -> set[str]:
    """Return the clients who are professionals."""
    return set(case.table("comptes_pro")["client_id"])


def private(case: Case) -> pd.DataFrame:
    """Return the orders collected by private clients."""
    orders = case.fact(placed)
    return orders[(orders["statut"] == "retirée") & ~orders["client_id"].isin(case.fact(accounts))]


def end(case: Case) -> pd.Timestamp:
    """Return the last day of the year studied."""
    return pd.Timestamp(case.period("annee").fin)


def clients(case: Case) -> pd.DataFrame:
    """Return recency, age, orders and amount of each private client."""
    return analysis.by_client(case.fact(private), case.fact(end))


# Twelve met, four failed, fourteen that do not apply: B is 75 %.
KEYS.fixed_choice("p6-entree-taux", "B", {"M820": "A", "M821": "D", "M822": "C"})
# A client who said nothing on e-mails, and buys soup: D writes on what is alike, and lets them refuse.
KEYS.fixed_choice("p6-entree-accord", "D", {"M839": "A", "M829": "B"})
# Eight people and 1.5 million €: C is exempt.
KEYS.fixed_choice("p6-entree-dispense", "C", {"M827": "A", "M828": ("B", "D")})


@KEYS.values("p6-taux-pages", "page", "proportion")
def rates(case: Case) -> Stated:
    """Share of the criteria that apply to a page which it meets."""
    found, right = case.fact(counts), case.fact(page_rates)
    wrongs = {
        "M820": by_name(found["C"] / found.sum(axis=1)),
        "M821": by_name(found["C"] / CRITERIA),
        "M822": {page: 1 - rate for page, rate in right.items()},
    }
    return right, wrongs


@KEYS.number("p6-taux-global", "proportion", coarse=True)
def site_rate(case: Case) -> Stated:
    """Share of the criteria that no page fails."""
    right, found = case.fact(overall), case.fact(counts).sum()
    n = case.fact(audit)["critere"].nunique()
    means = case.fact(page_rates)
    return right, apart(
        right,
        {
            "M823": sum(means.values()) / len(means),
            "M824": float(found["C"] / (found["C"] + found["NC"])),
            "M821": right * n / CRITERIA,
            "M822": 1 - right,
        },
    )


@KEYS.choice("p6-etat")
def state(case: Case) -> Stated:
    """State of conformity once three pages are mended: A none, B partial, C whole."""
    if accessibility.state(case.fact(mended)) == accessibility.NONE:
        return "A", {"M823": "B", "M830": "C"}
    return "B", {"M824": "A", "M830": "C"}


@KEYS.values("p6-contrastes", "page", "rapport de contraste")
def contrasts(case: Case) -> Stated:
    """Contrast of the text of each page."""
    return _contrasts(analysis.colours(case.fact(audit), TEXT))


def _contrasts(pairs: pd.DataFrame) -> tuple[Rates, dict[str, Rates]]:
    light = pairs[["luminance_texte", "luminance_fond"]]
    raw = pairs[["brut_texte", "brut_fond"]]

    def each(rows: pd.DataFrame, flare: float = accessibility.FLARE) -> Rates:
        return {
            str(page): accessibility.contrast_ratio(float(one), float(other), flare)
            for page, one, other in rows.itertuples(name=None)
        }

    right = each(light)
    wrongs = {"M825": each(raw), "M826": each(light, 0.0), "M832": {page: 1 / value for page, value in right.items()}}
    return right, elsewhere(right, wrongs)


@KEYS.values("p6-conversion", "appareil", "proportion")
def conversion(case: Case) -> Stated:
    """Purchases over sessions, by device."""
    seen = case.table("site_jour").groupby("deviceCategory").sum(numeric_only=True)
    bought = seen["ecommercePurchases"]
    right = by_name(bought / seen["sessions"])
    wrongs = {
        "M838": by_name(bought / seen["totalUsers"]),
        "M04": by_name(seen["sessions"] / bought),
        "M837": by_name(bought / seen["addToCarts"]),
    }
    return right, elsewhere(right, wrongs)


@KEYS.number("p6-montant", "€ TTC par client")
def amount(case: Case) -> Stated:
    """Amount of a private client over the year, orders collected only."""
    orders, mine = case.fact(placed), case.fact(private)
    collected = orders[orders["statut"] == "retirée"]
    people = orders[~orders["client_id"].isin(case.fact(accounts))]

    def by_head(rows: pd.DataFrame) -> float:
        return float(rows["ca_ttc"].sum() / rows["client_id"].nunique())

    right = by_head(mine)
    return right, apart(right, {"M95": by_head(people), "M831": (by_head(collected), by_head(orders))})


@KEYS.number("p6-sommeil", "proportion")
def asleep(case: Case) -> Stated:
    """Share of the private clients whose last order is too old."""
    known, people = case.fact(decided)["sommeil_jours"], case.fact(clients)
    right = loyalty.lapsed_share(people["recence"], known)
    old = (case.fact(end) - case.fact(private)["date"]).dt.days
    return right, apart(
        right,
        {
            "M833": float((old > known).mean()),
            "M834": loyalty.lapsed_share(people["anciennete"], known),
            "M822": 1 - right,
        },
    )


@KEYS.number("p6-reachat", "proportion")
def returning(case: Case) -> Stated:
    """Share of the new private clients who came back in time, among those who have had that time."""
    within, last = case.fact(decided)["retour_jours"], case.fact(end)
    delays = analysis.return_delays(case.fact(private))
    ripe = delays[delays["premiere"] <= last - pd.Timedelta(days=within)]
    right = loyalty.returned_share(delays, within, last)
    return right, apart(
        right,
        {
            "M835": float((delays["retour"] <= within).mean()),
            "M836": float(ripe["retour"].notna().mean()),
            "M822": 1 - right,
        },
    )


@KEYS.number("p6-contraste-bouton", "rapport de contraste")
def button_contrast(case: Case) -> Stated:
    """Contrast of the button of one page."""
    right, wrongs = _contrasts(analysis.colours(case.fact(audit), PARTS).loc[[PART_PAGE]])
    value = right[PART_PAGE]
    return value, apart(value, {name: values[PART_PAGE] for name, values in wrongs.items()})
