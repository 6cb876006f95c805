"""Notebook 01: the indicators of the promotion (B1-C12)."""

from dataclasses import dataclass

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import mistaken_change
from autograder.keys.model import Stated
from autograder.keys.questions.e2_performance import facts
from autograder.keys.questions.e2_performance.facts import PAID, clean_orders

KEYS = Keys("e2-performance/01-indicateurs-promotion", company="kerlavandre")
SUBJECT = "Semaine sans flacon"
"""What the subject line of every e-mail of the promotion holds."""


@dataclass(frozen=True)
class Window:
    """The rows of one window: visits, order lines exported, the same without repeats, the paid ones, adverts."""

    days: int
    visits: pd.DataFrame
    exported: pd.DataFrame
    placed: pd.DataFrame
    paid: pd.DataFrame
    adverts: pd.DataFrame

    @property
    def sessions(self) -> float:
        """Visits."""
        return float(self.visits["sessions"].sum())

    @property
    def users(self) -> float:
        """Daily users, added up."""
        return float(self.visits["utilisateurs"].sum())

    @property
    def orders(self) -> float:
        """Paid orders."""
        return float(self.paid["commande_id"].nunique())

    @property
    def placed_orders(self) -> float:
        """Orders, cancelled and refunded ones too."""
        return float(self.placed["commande_id"].nunique())

    @property
    def kept_orders(self) -> float:
        """Orders that were not cancelled, refunded ones too."""
        return float(self.placed.loc[self.placed["statut"] != facts.CANCELLED, "commande_id"].nunique())

    @property
    def paid_lines(self) -> float:
        """Lines of the paid orders."""
        return float(len(self.paid))

    @property
    def conversion(self) -> float:
        """Paid orders over visits."""
        return metrics.ratio(self.orders, self.sessions)

    @property
    def clients(self) -> float:
        """Different people with a paid order."""
        return float(self.paid["client_id"].nunique())

    @property
    def new_clients(self) -> float:
        """Different people whose very first order is a paid one of this window."""
        return float(facts.new_customers(self.paid))

    @property
    def revenue_ttc(self) -> float:
        """Paid revenue including VAT, shipping excluded."""
        return float(self.paid["ttc"].sum())

    @property
    def revenue_ht(self) -> float:
        """Paid revenue excluding VAT, each line at its own rate."""
        return float(self.paid["ht"].sum())

    @property
    def revenue_ht_per_day(self) -> float:
        """Paid revenue excluding VAT per day."""
        return metrics.per_day(self.revenue_ht, self.days)

    @property
    def impressions(self) -> float:
        """Times that an advert was shown."""
        return float(self.adverts["impressions"].sum())

    @property
    def link_clicks(self) -> float:
        """Clicks that lead to the site."""
        return float(self.adverts["clics_lien"].sum())

    @property
    def basket_ht(self) -> float:
        """Paid revenue excluding VAT per paid order."""
        return metrics.ratio(self.revenue_ht, self.orders)


def _window(case: Case, name: str) -> Window:
    period = case.period(name)
    return Window(
        days=period.jours,
        visits=period.filtrer(case.table("sessions_jour")),
        exported=period.filtrer(case.fact(facts.export_lines)),
        placed=period.filtrer(case.fact(facts.placed_orders)),
        paid=period.filtrer(case.fact(facts.clean_orders)),
        adverts=period.filtrer(case.table("depenses")),
    )


def during(case: Case) -> Window:
    """Return the promotion."""
    return _window(case, "pendant")


def before(case: Case) -> Window:
    """Return the window before it, of the same length and weekdays."""
    return _window(case, "avant")


def month_before(case: Case) -> Window:
    """Return the four weeks before the promotion."""
    return _window(case, "mois_precedent")


@dataclass(frozen=True)
class Mailing:
    """The summed counters of some e-mails."""

    counters: pd.Series

    def count(self, name: str) -> float:
        """Return one counter."""
        return float(self.counters[name])

    @property
    def delivered(self) -> float:
        """Messages that reached an inbox."""
        return self.count("sent") - self.count("hardBounces") - self.count("softBounces")


def promotion_mailing(case: Case) -> Mailing:
    """Return the e-mails of the promotion."""
    sent = case.table("emails")
    return Mailing(sent[sent["objet"].str.contains(SUBJECT)].sum(numeric_only=True))


def every_mailing(case: Case) -> Mailing:
    """Return every e-mail of the table."""
    return Mailing(case.table("emails").sum(numeric_only=True))


def _mean_rate_of_channels(found: Window) -> float:
    """Return the plain mean of the conversion rates of the channels: a mistake."""
    bought = found.paid.groupby("canal")["commande_id"].nunique()
    visits = found.visits.groupby("canal")["sessions"].sum()
    return float((bought / visits).mean())


def _mean_basket_of_channels(found: Window) -> float:
    """Return the plain mean of the baskets of the channels: a mistake."""
    channels = found.paid.groupby("canal")
    return float((channels["ht"].sum() / channels["commande_id"].nunique()).mean())


def _revenue_change(case: Case, family: str) -> float:
    """Return the relative change of the revenue of one range."""
    sales = case.table("ventes_jour")
    rows = sales[sales["gamme"] == family]
    start, end = (float(case.period(name).filtrer(rows)["ca_ttc"].sum()) for name in ("avant", "pendant"))
    return metrics.change(start, end)


# B is orders over sessions.
KEYS.fixed_choice("q1-entree-conversion", "B", {"M04": "A", "M01": "C", "M02": "D"})
# C is the window of the same length and weekdays.
KEYS.fixed_choice("q1-entree-fenetres", "C", {"M61": "A", "M62": "B", "M64": "D"})
# A is the difference of the two rates.
KEYS.fixed_choice("q1-entree-points", "A", {"M53": "B", "M54": "C"})


@KEYS.number("q1-sessions", "sessions", 0)
def sessions(case: Case) -> Stated:
    """Sum of the sessions over the promotion."""
    now, every = case.fact(during), float(case.table("sessions_jour")["sessions"].sum())
    return now.sessions, {
        "M125": now.users,
        "M126": (case.fact(before).sessions, every),
        "M139": now.sessions / now.days,
        "M161": float(now.visits["sessions"].mean()),
        "M181": float(len(now.visits)),
    }


@KEYS.number("q1-visites-par-utilisateur", "sessions par utilisateur", needs=(sessions,), coarse=True)
def visits_per_user(case: Case) -> Stated:
    """Sessions over the users of each day."""
    now, visits = case.fact(during), case.value(sessions)
    return metrics.ratio(visits, now.users), {
        "M04": metrics.ratio(now.users, visits),
        "M126": metrics.ratio(visits, case.fact(before).users),
        "M175": visits - now.users,
    }


# A: whoever came back another day is counted again.
KEYS.fixed_choice("q1-audience", "A", {"M417": "B", "M125": "C"})


@KEYS.number("q1-doublons", "lignes", 0)
def repeats(case: Case) -> Stated:
    """Lines of the whole export that repeat an earlier one."""
    lines = case.table("commandes")
    return float(lines.duplicated().sum()), {
        "M143": float(lines.duplicated("commande_id").sum()),
        "M144": float(lines.duplicated(keep=False).sum()),
    }


@KEYS.number("q1-commandes", "commandes", 0)
def orders(case: Case) -> Stated:
    """Different paid orders."""
    now = case.fact(during)
    exported = float((now.exported["statut"] == PAID).sum())
    every = float(case.fact(clean_orders)["commande_id"].nunique())
    return now.orders, {
        "M02": now.clients,
        "M123": (now.paid_lines, exported, float(len(now.placed))),
        "M124": exported,
        "M95": (now.placed_orders, now.kept_orders),
        "M126": (case.fact(before).orders, every),
    }


@KEYS.number("q1-conversion", PROPORTION, needs=(sessions, orders))
def conversion(case: Case) -> Stated:
    """Paid orders over sessions."""
    now = case.fact(during)
    visits, bought = case.value(sessions), case.value(orders)
    every = float(case.table("sessions_jour")["sessions"].sum())
    return metrics.ratio(bought, visits), {
        "M01": metrics.ratio(bought, now.users),
        "M02": metrics.ratio(now.clients, visits),
        "M03": _mean_rate_of_channels(now),
        "M04": metrics.ratio(visits, bought),
        "M95": (metrics.ratio(now.placed_orders, visits), metrics.ratio(now.kept_orders, visits)),
        "M123": metrics.ratio(now.paid_lines, visits),
        "M126": metrics.ratio(bought, every),
    }


@KEYS.number("q1-conversion-points", "points", needs=(conversion,))
def conversion_points(case: Case) -> Stated:
    """Percentage points between the two rates."""
    end, start = case.value(conversion), case.fact(before).conversion
    right, relative = metrics.points(start, end), metrics.change(start, end)
    return right, {"M51": end / start, "M53": (100 * relative, relative), "M54": end - start, "M127": -right}


@KEYS.number("q1-ca-ttc", "€ TTC", 2)
def revenue_ttc(case: Case) -> Stated:
    """Paid revenue including VAT, excluding shipping."""
    now = case.fact(during)
    lines = now.paid
    kept = now.placed[now.placed["statut"] != facts.CANCELLED]
    gross, off = float((lines["qte"] * lines["pu_ttc"]).sum()), float(lines["remise_ttc"].sum())
    return now.revenue_ttc, {
        "M95": (float(now.placed["ttc"].sum()), float(kept["ttc"].sum())),
        "M128": now.revenue_ttc + float(lines["port_ttc"].sum()),
        "M129": (gross, gross - 2 * off),
        "M146": float((lines["pu_ttc"] - lines["remise_ttc"]).sum()),
        "M147": float((lines["qte"] * (lines["pu_ttc"] - lines["remise_ttc"])).sum()),
        "M126": (case.fact(before).revenue_ttc, float(case.fact(facts.clean_orders)["ttc"].sum())),
        "M161": float(lines["ttc"].mean()),
    }


@KEYS.number("q1-ca-ht", "€ HT", 2)
def revenue_ht(case: Case) -> Stated:
    """Paid revenue excluding VAT."""
    now = case.fact(during)
    ttc, rate = now.paid["ttc"], now.paid["tva"] / 100
    return now.revenue_ht, {
        "M16": (float((ttc * (1 - rate)).sum()), 0.8 * now.revenue_ttc),
        "M17": now.revenue_ttc,
        "M18": (float((ttc * (1 + rate)).sum()), 1.2 * now.revenue_ttc),
        "M20": metrics.excluding_vat(now.revenue_ttc, 0.20),
        "M95": float(now.placed["ht"].sum()),
        "M126": (case.fact(before).revenue_ht, float(case.fact(clean_orders)["ht"].sum())),
        "M161": float(now.paid["ht"].mean()),
        "M170": float((ttc / (1 + now.paid["tva"])).sum()),
        "M180": float((ttc + rate).sum()),
    }


@KEYS.number("q1-panier", "€ HT par commande", 2, needs=(revenue_ht, orders))
def basket(case: Case) -> Stated:
    """Revenue excluding VAT per paid order."""
    now = case.fact(during)
    amount, bought = case.value(revenue_ht), case.value(orders)
    articles = float(now.paid["qte"].sum())
    return metrics.ratio(amount, bought), {
        "M94": (metrics.ratio(amount, now.clients), metrics.ratio(amount, articles), _mean_basket_of_channels(now)),
        "M17": metrics.ratio(now.revenue_ttc, bought),
        "M123": metrics.ratio(amount, now.paid_lines),
        "M95": metrics.ratio(amount, now.placed_orders),
    }


@KEYS.number("q1-ca-evolution", PROPORTION, needs=(revenue_ht,), sign=1)
def revenue_change(case: Case) -> Stated:
    """Relative change of the revenue per day, comparable windows."""
    month, days = case.fact(month_before), case.fact(during).days
    start, end = case.fact(before).revenue_ht_per_day, metrics.per_day(case.value(revenue_ht), days)
    return metrics.change(start, end), {
        **mistaken_change(start, end),
        "M61": metrics.change(month.revenue_ht, end * days),
    }


@KEYS.number("q1-clients-evolution", PROPORTION, sign=1)
def clients_change(case: Case) -> Stated:
    """Relative change of the number of different buyers."""
    month, start, end = (case.fact(window).clients for window in (month_before, before, during))
    return metrics.change(start, end), {**mistaken_change(start, end), "M61": metrics.change(month, end)}


@KEYS.number("q1-nouveaux", "clients", 0)
def new_clients(case: Case) -> Stated:
    """Different buyers whose first order falls in the promotion."""
    now = case.fact(during)
    return now.new_clients, {
        "M96": now.clients,
        "M123": float(len(facts.first_orders(now.paid))),
        "M95": float(facts.new_customers(now.placed)),
        "M126": (case.fact(before).new_clients, float(facts.new_customers(case.fact(clean_orders)))),
    }


@KEYS.number("q1-email-ouverture", PROPORTION)
def opening(case: Case) -> Stated:
    """Divide unique openings by delivered messages, e-mails of the promotion only."""
    own, every = case.fact(promotion_mailing), case.fact(every_mailing)
    openers = own.count("uniqueViews")
    return metrics.ratio(openers, own.delivered), {
        "M90": metrics.ratio(own.count("viewed"), own.delivered),
        "M130": metrics.ratio(every.count("uniqueViews"), every.delivered),
        "M149": metrics.ratio(openers - own.count("appleMppOpens"), own.delivered),
    }


@KEYS.number("q1-email-clic", PROPORTION)
def clicking(case: Case) -> Stated:
    """Divide unique clickers by delivered messages."""
    own, every = case.fact(promotion_mailing), case.fact(every_mailing)
    clickers = own.count("uniqueClicks")
    return metrics.ratio(clickers, own.delivered), {
        "M91": metrics.ratio(clickers, own.count("uniqueViews")),
        "M92": metrics.ratio(own.count("clickers"), own.delivered),
        "M130": metrics.ratio(every.count("uniqueClicks"), every.delivered),
    }


def campaign_totals(case: Case) -> pd.DataFrame:
    """Return the counters of the promotion by campaign."""
    columns = ["impressions", "portee", "clics", "clics_lien"]
    return case.fact(during).adverts.groupby("campagne")[columns].sum().astype(float)


@KEYS.values("q1-annonces-clic", "campagne", PROPORTION)
def click_rates(case: Case) -> Stated:
    """Clicks on the link over impressions, by campaign."""
    totals = case.fact(campaign_totals)

    def rates(top: str, bottom: str) -> dict[str, float]:
        return {str(name): float(rate) for name, rate in (totals[top] / totals[bottom]).items()}

    return rates("clics_lien", "impressions"), {
        "M07": rates("clics_lien", "portee"),
        "M10": rates("clics", "impressions"),
        "M04": rates("impressions", "clics_lien"),
    }


# B: the weight of each campaign in the impressions moved.
KEYS.fixed_choice("q1-melange", "B", {"M416": "A", "M69": "C"})


@KEYS.number("q1-unites-evolution", PROPORTION, sign=1)
def units_change(case: Case) -> Stated:
    """Relative change of the units a day of the promoted range."""
    sold, every = case.fact(facts.units_sold), case.fact(facts.reference_units)
    start, end = (
        metrics.per_day(sold[name, facts.PROMOTED], case.period("pendant").jours) for name in ("avant", "pendant")
    )
    return metrics.change(start, end), {
        **mistaken_change(start, end),
        "M61": metrics.change(sold["mois_precedent", facts.PROMOTED], sold["pendant", facts.PROMOTED]),
        "M135": metrics.change(every["avant"], every["pendant"]),
        "M172": _revenue_change(case, facts.PROMOTED),
    }
