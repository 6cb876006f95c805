"""What notebook 02 computes from the daily sales; use each function through ``case.fact``.

The windows that are compared have the same length and the same weekdays, so that a mean per day and a total tell the
same story.
"""

from collections.abc import Mapping

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.questions.e2_performance import facts
from autograder.keys.questions.e2_performance.facts import PROMOTED
from casestudies.mesure import EffetMesure, placebo, serie_interrompue

OTHER = "Visage"
"""The range that the promotion was not meant to touch."""

Daily = Mapping[tuple[str, str], float]
"""A mean per day by (window, range)."""


def per_day(case: Case) -> Daily:
    """Return the mean paid units a day by (window, range)."""
    sold = case.fact(facts.units_sold)
    return {(name, family): units / case.period(name).jours for (name, family), units in sold.items()}


def revenue_per_day(case: Case) -> Daily:
    """Return the mean revenue a day by (window, range), in euros including VAT."""
    sales = case.table("ventes_jour")
    return {
        (name, str(family)): metrics.per_day(float(euros), period.jours)
        for name, period in case.company.periods.items()
        for family, euros in period.filtrer(sales).groupby("gamme")["ca_ttc"].sum().items()
    }


def all_per_day(case: Case) -> Mapping[str, float]:
    """Return the mean paid units a day by window, all ranges together."""
    return {name: units / case.period(name).jours for name, units in case.fact(facts.reference_units).items()}


def measured(case: Case) -> Mapping[str, EffetMesure]:
    """Return the interrupted series of each range that the notebook measures, and the placebo of the promoted one."""
    sales, during = case.table("ventes_jour"), case.period("pendant")
    rows = {family: sales[sales["gamme"] == family] for family in (PROMOTED, OTHER)}
    found = {family: serie_interrompue(table, during.debut, during.fin) for family, table in rows.items()}
    found["placebo"] = placebo(rows[PROMOTED], during.debut, during.fin)
    return found


def year_on_year(values: Daily, family: str) -> tuple[float, float]:
    """Return (a year before, during) for a range."""
    return values["n_1", family], values["pendant", family]
