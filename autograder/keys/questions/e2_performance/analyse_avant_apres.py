"""Notebook 02: what the promotion really changed (B1-C13)."""

from collections.abc import Mapping

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import Mistakes, mistaken_change, told_apart
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


def measured(case: Case) -> Mapping[str, EffetMesure]:
    """Return the interrupted series of each range that the notebook measures, and the placebo of the promoted one."""
    sales, during = case.table("ventes_jour"), case.period("pendant")
    rows = {family: sales[sales["gamme"] == family] for family in (PROMOTED, NEIGHBOUR, OTHER)}
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


# B: 1 000 a year before, and 6 000 over the reference against 5 000.
KEYS.fixed_choice("q2-entree-base", "B", {"M140": "A", "M72": "C", "M152": "D"})
# B: neither on sale nor a substitute, and it moved alike before.
KEYS.fixed_choice("q2-entree-temoin", "B", {"M158": "A", "M65": "C", "M66": "D"})


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


@KEYS.number("q2-did-relatif", PROPORTION, 3, sign=1)
def relative_did(case: Case) -> Stated:
    """Growth over a year of the promoted range beyond that of the control."""
    right, mistakes = _relative_did(case.fact(per_day))
    return right, told_apart(right, mistakes, "M65", "M68")  # alike where the control hardly grew


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
    right = metrics.net_units(rise, missing, lost)
    mistakes: Mistakes = {
        "M70": (metrics.net_units(rise, 0, lost), rise),
        "M71": (metrics.net_units(rise, missing, 0), metrics.net_units(rise, missing, 2 * lost)),
        "M154": (rise - missing - lost, rise + missing - lost, rise - missing + lost),
    }
    return right, told_apart(right, mistakes, "M71", "M154")


@KEYS.number("q2-demi-intervalle", DAILY, 2, sign=1)
def half_interval(case: Case) -> Stated:
    """Return the standard errors that Student’s law asks for, of the effect measured on the promoted range."""
    found = case.fact(measured)[PROMOTED]
    right = metrics.margin_of_error(found.erreur_type, found.multiplicateur)
    return right, {
        "M73": (found.erreur_type, metrics.margin_of_error(found.ecart_type, found.multiplicateur)),
        "M137": 2 * right,
        "M182": metrics.margin_of_error(found.erreur_type),
    }


def _established(found: EffetMesure) -> Stated:
    """Return A for a fall, B for a rise, C when zero is inside the interval; D claims that absence is proved."""
    answer = "C" if found.contient_zero else "B" if found.effet_par_jour > 0 else "A"
    return answer, {"M159": tuple(letter for letter in "ABC" if letter != answer), "M157": "D"}


@KEYS.choice("q2-corps")
def neighbour_range(case: Case) -> Stated:
    """Say what the interval of the neighbouring range allows."""
    return _established(case.fact(measured)[NEIGHBOUR])


@KEYS.choice("q2-visage")
def other_range(case: Case) -> Stated:
    """Say what the interval of the third range allows."""
    return _established(case.fact(measured)[OTHER])


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
    return right, {**told_apart(right, mistakes, "M65"), "M156": _relative_did(case.fact(per_day))[0]}
