"""What notebook 01 computes about one window; use each function of a case through ``case.fact``.

The orders are read as the export gives them, repeated lines removed; « paid » leaves out cancelled and refunded ones.
"""

from dataclasses import dataclass

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.questions.e2_performance import facts

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
    def click_rate(self) -> float:
        """Clicks on the link over impressions."""
        return metrics.ratio(float(self.adverts["clics_lien"].sum()), float(self.adverts["impressions"].sum()))


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
