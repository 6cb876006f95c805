"""Notebook 02: what the promotion really changed (B1-C13)."""

from collections.abc import Mapping

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import Mistakes, mistaken_change
from autograder.keys.model import Stated
from autograder.keys.questions.e2_performance import facts
from autograder.keys.questions.e2_performance.facts import CONTROL, NEIGHBOUR, PROMOTED
from casestudies.mesure import EffetMesure, placebo, serie_interrompue

KEYS = Keys("e2-performance/02-analyse-avant-apres", company="kerlavandre")
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


def _relative_did(values: Daily) -> tuple[float, Mistakes]:
    """Return the relative difference in differences and the mistakes made with the same values."""
    treated, control = year_on_year(values, PROMOTED), year_on_year(values, CONTROL)
    right = metrics.relative_difference_in_differences(treated, control)
    return right, {
        "M65": metrics.change(*treated),
        "M67": metrics.relative_difference_in_differences(control, treated),
        "M68": metrics.difference_in_differences(treated, control) / treated[0],
        "M51": 1 + right,
    }


DAILY, UNITS = "unités par jour", "unités"


# C: for ten days of December, the same weekdays of the December before.
KEYS.fixed_choice("q2-entree-fenetres", "C", {"M61": "A", "M62": "B", "M63": "D"})
# B: 1 000 a year before, and 6 000 over the reference against 5 000.
KEYS.fixed_choice("q2-entree-base", "B", {"M140": "A", "M72": "C", "M152": "D"})
# B: neither on sale nor a substitute, and it moved alike before.
KEYS.fixed_choice("q2-entree-temoin", "B", {"M158": "A", "M65": "C", "M66": "D"})


@KEYS.number("q2-ecart-avant", DAILY, 1, sign=1)
def gap_before(case: Case) -> Stated:
    """Mean a day during less mean a day on the same weekdays before."""
    daily, sold, every = case.fact(per_day), case.fact(facts.units_sold), case.fact(all_per_day)
    gap = daily["pendant", PROMOTED] - daily["avant", PROMOTED]
    whole = every["pendant"] - every["avant"]
    families = len({family for _, family in sold})
    return gap, {
        "M61": sold["pendant", PROMOTED] - sold["mois_precedent", PROMOTED],
        "M138": sold["pendant", PROMOTED] - sold["avant", PROMOTED],
        "M151": whole / families,
        "M127": -gap,
    }


@KEYS.number("q2-evolution-n1", PROPORTION, 3, sign=1)
def year_change(case: Case) -> Stated:
    """Relative change from the same days a year before."""
    daily = case.fact(per_day)
    before, during = year_on_year(daily, PROMOTED)
    days = case.period("pendant").jours
    return metrics.change(before, during), {
        **mistaken_change(before, during),
        "M52": (during - before, days * (during - before)),
        "M63": metrics.change(daily["avant", PROMOTED], during),
    }


@KEYS.number("q2-tendance", PROPORTION, 4, sign=1)
def trend(case: Case) -> Stated:
    """Relative change of the eight weeks before from the same weeks a year earlier."""
    sold = case.fact(facts.units_sold)
    before, now = sold["reference_n_1", PROMOTED], sold["reference", PROMOTED]
    return metrics.change(before, now), {
        **mistaken_change(before, now),
        "M152": metrics.change(sold["n_1", PROMOTED], sold["pendant", PROMOTED]),
    }


@KEYS.number("q2-base", UNITS, 0, needs=(trend,))
def base(case: Case) -> Stated:
    """Units of the same days a year before, with the trend."""
    last_year = case.fact(facts.units_sold)["n_1", PROMOTED]
    growth = case.value(trend)
    right = metrics.grown(last_year, growth)
    return right, {
        "M140": last_year,
        "M150": (last_year * growth, last_year / (1 + growth)),
        "M139": right / case.period("pendant").jours,
        "M152": case.fact(facts.units_sold)["pendant", PROMOTED],
    }


@KEYS.number("q2-brut", UNITS, 0, needs=(base,), sign=1)
def gross(case: Case) -> Stated:
    """Units sold during the promotion, less the base."""
    sold = case.fact(facts.units_sold)
    observed = sold["pendant", PROMOTED]
    right = observed - case.value(base)
    return right, {
        "M27": observed,
        "M140": observed - sold["n_1", PROMOTED],
        "M139": right / case.period("pendant").jours,
        "M127": -right,
    }


@KEYS.number("q2-did", DAILY, 1, sign=1)
def did(case: Case) -> Stated:
    """Change over a year of the promoted range, less that of the control, in units a day."""
    daily = case.fact(per_day)
    treated, control = year_on_year(daily, PROMOTED), year_on_year(daily, CONTROL)
    right = metrics.difference_in_differences(treated, control)
    return right, {
        "M65": treated[1] - treated[0],
        "M66": treated[1] - control[1],
        "M67": -right,
        "M138": right * case.period("pendant").jours,
    }


@KEYS.number("q2-did-relatif", PROPORTION, 3, sign=1)
def relative_did(case: Case) -> Stated:
    """Growth over a year of the promoted range beyond that of the control."""
    right, mistakes = _relative_did(case.fact(per_day))
    return right, mistakes


@KEYS.number("q2-creux", UNITS, 0, needs=(trend,), sign=-1)
def dip(case: Case) -> Stated:
    """Units of the two weeks after, less those of the same days a year before with the trend."""
    sold, daily = case.fact(facts.units_sold), case.fact(per_day)
    after, last_year = sold["apres", PROMOTED], sold["apres_n_1", PROMOTED]
    growth = case.value(trend)
    right = after - metrics.grown(last_year, growth)
    days = case.period("apres").jours
    return right, {
        "M140": after - last_year,
        "M150": after - last_year * growth,
        "M153": (after - sold["pendant", PROMOTED], after - daily["pendant", PROMOTED] * days),
        "M139": right / days,
        "M127": -right,
    }


@KEYS.number("q2-cannibalisation", UNITS, 1, sign=-1)
def cannibalisation(case: Case) -> Stated:
    """Units of the neighbouring range, less its own base."""
    sold = case.fact(facts.units_sold)
    observed, last_year = sold["pendant", NEIGHBOUR], sold["n_1", NEIGHBOUR]
    expected = facts.base_of(case, NEIGHBOUR, "n_1")
    right = observed - expected
    return right, {
        "M140": observed - last_year,
        "M150": observed - (expected - last_year),
        "M139": right / case.period("pendant").jours,
        "M127": -right,
    }


@KEYS.number("q2-net", UNITS, 0, needs=(gross, dip, cannibalisation), sign=1)
def net(case: Case) -> Stated:
    """Gross rise, dip and cannibalisation together."""
    rise, missing, lost = (case.value(asked) for asked in (gross, dip, cannibalisation))
    return metrics.net_units(rise, missing, lost), {
        "M70": (metrics.net_units(rise, 0, lost), rise),
        "M71": (metrics.net_units(rise, missing, 0), metrics.net_units(rise, missing, 2 * lost)),
        "M154": (rise - missing - lost, rise + missing - lost, rise - missing + lost),
    }


@KEYS.number("q2-part", PROPORTION, 3, needs=(gross, net))
def share(case: Case) -> Stated:
    """Net gain over gross rise."""
    rise, kept = case.value(gross), case.value(net)
    return metrics.ratio(kept, rise), {
        "M134": kept / case.fact(facts.units_sold)["pendant", PROMOTED],
        "M155": (rise / kept, 1 - kept / rise),
    }


@KEYS.number("q2-demi-intervalle", DAILY, 2, sign=1)
def half_interval(case: Case) -> Stated:
    """1.96 standard errors of the effect measured on the promoted range."""
    found = case.fact(measured)[PROMOTED]
    right = metrics.margin_of_error(found.erreur_type)
    return right, {"M73": (found.erreur_type, metrics.margin_of_error(found.ecart_type)), "M137": 2 * right}


@KEYS.label("q2-zero", ("oui", "non"))
def holds_zero(case: Case) -> Stated:
    """Whether the interval of the promoted range holds zero."""
    answer, other = ("oui", "non") if case.fact(measured)[PROMOTED].contient_zero else ("non", "oui")
    return answer, {"M159": other}


@KEYS.choice("q2-visage")
def other_range(case: Case) -> Stated:
    """Expect A when an effect is established, B when not; C claims that its absence is proved."""
    answer, other = ("B", "A") if case.fact(measured)[OTHER].contient_zero else ("A", "B")
    return answer, {"M159": other, "M157": "C"}


@KEYS.choice("q2-placebo")
def false_date(case: Case) -> Stated:
    """Expect A when the interval of the false date holds zero, B when not; C and D judge without the test."""
    answer, other = ("A", "B") if case.fact(measured)["placebo"].contient_zero else ("B", "A")
    return answer, {"M159": other, "M69": ("C", "D")}


@KEYS.number("q2-ca-relatif", PROPORTION, 3, sign=1)
def relative_did_revenue(case: Case) -> Stated:
    """Growth over a year of the revenue of the promoted range beyond that of the control."""
    right, mistakes = _relative_did(case.fact(revenue_per_day))
    del mistakes["M68"]  # too close to the right value when the control grew little
    return right, {**mistakes, "M156": _relative_did(case.fact(per_day))[0]}
