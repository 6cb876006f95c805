"""What the table of indicators of notebook 01 must hold: its form, and the values recomputed from the tables."""

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import RATE_UNITS, CoherentChange, Indicator, IndicatorValues
from autograder.keys.checks.rows import OneRowEach
from autograder.keys.checks.structure import AllowedFor, Columns, Filled
from autograder.keys.checks.texts import TextLength
from autograder.keys.questions.e2_performance import indicateurs_promotion as keys

COLUMNS = ("kpi", "définition", "formule", "avant", "après", "unité", "évolution")
UNITS = {
    "Sessions": ("sessions",),
    "Commandes payées": ("commandes",),
    "Taux de conversion": RATE_UNITS,
    "Taux de clic des annonces": RATE_UNITS,
    "Clients": ("clients",),
    "CA HT par jour": ("€ HT par jour", "€ HT/jour", "€ HT / jour"),
}
KPIS = tuple(UNITS)


def indicators(case: Case) -> dict[str, Indicator]:
    """Return the values of the table, by its first column; those asked before come from their own questions."""
    past, now = case.fact(keys.before), case.fact(keys.during)
    conversion = Indicator(case.value(keys.conversion_before), case.value(keys.conversion), is_rate=True)
    return {
        "Sessions": Indicator(past.sessions, case.value(keys.sessions)),
        "Commandes payées": Indicator(past.orders, case.value(keys.orders)),
        "Taux de conversion": conversion,
        "Taux de clic des annonces": Indicator(past.click_rate, case.value(keys.click_rate), is_rate=True),
        "Clients": Indicator(past.clients, now.clients),
        "CA HT par jour": Indicator(past.revenue_ht_per_day, case.value(keys.revenue_per_day)),
    }


keys.KEYS.computed_table(
    "q1-tableau",
    Columns(COLUMNS),
    OneRowEach("kpi", KPIS),
    Filled(COLUMNS),
    TextLength(4, 40, "définition"),
    TextLength(3, 30, "formule"),
    AllowedFor("kpi", "unité", UNITS),
    IndicatorValues("kpi", "unité", "avant", "après", indicators),
    CoherentChange("kpi", "avant", "après", "unité", "évolution"),
    needs=(
        keys.sessions, keys.orders, keys.conversion_before, keys.conversion, keys.click_rate, keys.revenue_per_day,
    ),
)  # fmt: skip
