"""What the table of indicators of notebook 01 must hold: its form, and the values recomputed from the tables."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.amounts import RATE_UNITS, CoherentChange, Indicator, IndicatorValues
from autograder.keys.checks.rows import DistinctRows
from autograder.keys.checks.structure import Allowed, AllowedFor, Columns, Filled
from autograder.keys.checks.texts import TextLength
from autograder.keys.questions.e2_performance import facts
from autograder.keys.questions.e2_performance import indicateurs_promotion as keys

COLUMNS = ("kpi", "définition", "formule", "source", "avant", "pendant", "unité", "évolution")
CHOSEN = 5
"""Indicators that a learner chooses among those of ``UNITS``."""
UNITS = {
    "Sessions": ("sessions",),
    "Visites par utilisateur": ("sessions par utilisateur",),
    "Commandes payées": ("commandes",),
    "Taux de conversion": RATE_UNITS,
    "Panier moyen HT": ("€ HT", "€ HT par commande"),
    "CA HT par jour": ("€ HT par jour", "€ HT/jour", "€ HT / jour"),
    "Clients": ("clients",),
    "Nouveaux clients": ("clients",),
    "Part des nouveaux clients": RATE_UNITS,
    "Unités Cheveux par jour": ("unités par jour",),
    "Affichages": ("affichages",),
    "Clics vers le site": ("clics",),
}
KPIS = tuple(UNITS)


def indicators(case: Case) -> dict[str, Indicator]:
    """Return the values of the table, by its first column; those asked before come from their own questions."""
    past, now = case.fact(keys.before), case.fact(keys.during)
    revenue, orders, visits = (case.value(asked) for asked in (keys.revenue_ht, keys.orders, keys.sessions))
    new, sold = case.value(keys.new_clients), case.fact(facts.units_sold)
    units = {name: metrics.per_day(sold[name, facts.PROMOTED], now.days) for name in ("avant", "pendant")}
    return {
        "Sessions": Indicator(past.sessions, visits),
        "Visites par utilisateur": Indicator(
            metrics.ratio(past.sessions, past.users), case.value(keys.visits_per_user)
        ),
        "Commandes payées": Indicator(past.orders, orders),
        "Taux de conversion": Indicator(past.conversion, case.value(keys.conversion), is_rate=True),
        "Panier moyen HT": Indicator(past.basket_ht, case.value(keys.basket)),
        "CA HT par jour": Indicator(past.revenue_ht_per_day, metrics.per_day(revenue, now.days)),
        "Clients": Indicator(past.clients, now.clients),
        "Nouveaux clients": Indicator(past.new_clients, new),
        "Part des nouveaux clients": Indicator(
            metrics.ratio(past.new_clients, past.clients), metrics.ratio(new, now.clients), is_rate=True
        ),
        "Unités Cheveux par jour": Indicator(units["avant"], units["pendant"]),
        "Affichages": Indicator(past.impressions, now.impressions),
        "Clics vers le site": Indicator(past.link_clicks, now.link_clicks),
    }


keys.KEYS.computed_table(
    "q1-tableau",
    Columns(COLUMNS, rows=CHOSEN),
    DistinctRows("kpi"),
    Allowed("kpi", KPIS),
    Filled(COLUMNS),
    TextLength(4, 40, "définition"),
    TextLength(3, 30, "formule"),
    AllowedFor("kpi", "unité", UNITS),
    IndicatorValues("kpi", "unité", "avant", "pendant", indicators),
    CoherentChange("kpi", "avant", "pendant", "unité", "évolution"),
    needs=(
        keys.sessions, keys.visits_per_user, keys.orders, keys.conversion, keys.basket, keys.revenue_ht,
        keys.new_clients,
    ),
)  # fmt: skip
