"""Notebook 02: what the promotion really changed (B1-C13).

The control and last year's days give the comparison; the trend is the growth of the eight weeks before. Windows that
are compared have the same length and the same weekdays, so a mean per day and a total tell the same story.
"""

from collections.abc import Mapping

from autograder import metrics
from autograder.cases import Case
from autograder.checks.choice import Choice
from autograder.checks.close_to import PROPORTION, CloseTo
from autograder.checks.structure import Structure
from autograder.questions.e2_performance import facts
from autograder.questions.e2_performance.analyse_hints import HINTS
from autograder.questions.e2_performance.analyse_tables import CHART_RULES, FINDINGS_RULES, NOTE_RULES
from autograder.questions.e2_performance.facts import CONTROL, NEIGHBOUR, PROMOTED
from autograder.questions.model import Key, Series, wrongs
from casestudies.mesure import EffetMesure, placebo, serie_interrompue

SERIES = Series("e2-performance/02-analyse-avant-apres", company="kerlavandre")
CRITERION = "B1-C13"
OTHER = "Visage"
"""The range that the promotion was not meant to touch."""

DAILY, UNITS = "unités par jour", "unités"
LETTERS = Choice(("A", "B", "C", "D"))

Pair = tuple[float, float]


# --- What the tables say -------------------------------------------------------------------------


def per_day(case: Case) -> Mapping[tuple[str, str], float]:
    """Return the mean paid units a day by (window, range)."""
    sold = case.fact(facts.units_sold)
    return {(name, family): units / case.period(name).jours for (name, family), units in sold.items()}


def revenue_per_day(case: Case) -> Mapping[tuple[str, str], float]:
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


def _year_on_year(values: Mapping[tuple[str, str], float], family: str) -> Pair:
    """Return (a year before, during) for a range."""
    return values["n_1", family], values["pendant", family]


# --- Entry questions -----------------------------------------------------------------------------


@SERIES.ask("q2-entree-fenetres", "Choisir une fenêtre comparable", CRITERION, LETTERS, HINTS["q2-entree-fenetres"])
def entry_windows(_: Case) -> Key:
    """Expect C: for ten days of December, the same weekdays of the December before."""
    return Key("C", wrongs({"M61": "A", "M62": "B", "M63": "D"}))


@SERIES.ask("q2-entree-base", "Estimer ce qui se serait vendu", CRITERION, LETTERS, HINTS["q2-entree-base"])
def entry_base(_: Case) -> Key:
    """Expect B: 1 000 a year before, and 6 000 over the reference against 5 000."""
    return Key("B", wrongs({"M140": "A", "M72": "C", "M152": "D"}))


@SERIES.ask("q2-entree-temoin", "Choisir un témoin", CRITERION, LETTERS, HINTS["q2-entree-temoin"])
def entry_control(_: Case) -> Key:
    """Expect B: neither on sale nor a substitute, and it moved alike before."""
    return Key("B", wrongs({"M158": "A", "M65": "C", "M66": "D"}))


# --- Comparable windows --------------------------------------------------------------------------


@SERIES.ask(
    "q2-ecart-avant", "Cheveux : écart par jour entre pendant et avant", CRITERION, CloseTo(DAILY, 1),
    HINTS["q2-ecart-avant"],
)  # fmt: skip
def gap_before(case: Case) -> Key:
    """Mean a day during less mean a day on the same weekdays before."""
    daily, sold, every = case.fact(per_day), case.fact(facts.units_sold), case.fact(all_per_day)
    gap = daily["pendant", PROMOTED] - daily["avant", PROMOTED]
    whole = every["pendant"] - every["avant"]
    families = len({family for _, family in sold})
    return Key(
        gap,
        wrongs({
            "M61": sold["pendant", PROMOTED] - sold["mois_precedent", PROMOTED],
            "M138": sold["pendant", PROMOTED] - sold["avant", PROMOTED],
            "M151": whole / families,
            "M127": -gap,
        }),
        sign=1,
    )  # fmt: skip


@SERIES.ask(
    "q2-evolution-n1", "Cheveux : évolution sur un an", CRITERION, CloseTo(PROPORTION, 3), HINTS["q2-evolution-n1"]
)
def year_change(case: Case) -> Key:
    """Relative change from the same days a year before."""
    daily = case.fact(per_day)
    before, during = _year_on_year(daily, PROMOTED)
    return Key(
        metrics.change(before, during),
        wrongs({
            "M50": (during - before) / during,
            "M51": during / before,
            "M52": during - before,
            "M63": metrics.change(daily["avant", PROMOTED], during),
        }),
        sign=1,
    )  # fmt: skip


@SERIES.ask(
    "q2-tendance", "Cheveux : tendance d’avant la promotion", CRITERION, CloseTo(PROPORTION, 4), HINTS["q2-tendance"]
)
def trend(case: Case) -> Key:
    """Relative change of the eight weeks before from the same weeks a year earlier."""
    sold = case.fact(facts.units_sold)
    before, now = sold["reference_n_1", PROMOTED], sold["reference", PROMOTED]
    return Key(
        metrics.change(before, now),
        wrongs({
            "M50": (now - before) / now,
            "M51": now / before,
            "M52": now - before,
            "M152": metrics.change(sold["n_1", PROMOTED], sold["pendant", PROMOTED]),
        }),
        sign=1,
    )  # fmt: skip


@SERIES.ask(
    "q2-base", "Cheveux : base pendant la promotion", CRITERION, CloseTo(UNITS, 0), HINTS["q2-base"], ("q2-tendance",)
)
def base(case: Case) -> Key:
    """Units of the same days a year before, with the trend."""
    last_year = case.fact(facts.units_sold)["n_1", PROMOTED]
    growth = case.value("q2-tendance")
    right = metrics.grown(last_year, growth)
    return Key(
        right,
        wrongs({
            "M140": last_year,
            "M150": (last_year * growth, last_year / (1 + growth)),
            "M139": right / case.period("pendant").jours,
            "M152": case.fact(facts.units_sold)["pendant", PROMOTED],
        }),
    )  # fmt: skip


@SERIES.ask("q2-brut", "Cheveux : hausse brute", CRITERION, CloseTo(UNITS, 0), HINTS["q2-brut"], ("q2-base",))
def gross(case: Case) -> Key:
    """Units sold during the promotion, less the base."""
    sold = case.fact(facts.units_sold)
    observed = sold["pendant", PROMOTED]
    right = observed - case.value("q2-base")
    return Key(
        right,
        wrongs({
            "M27": observed,
            "M140": observed - sold["n_1", PROMOTED],
            "M139": right / case.period("pendant").jours,
            "M127": -right,
        }),
        sign=1,
    )  # fmt: skip


# --- The control ---------------------------------------------------------------------------------


@SERIES.ask("q2-did", "Cheveux contre Maison : effet par jour", CRITERION, CloseTo(DAILY, 1), HINTS["q2-did"])
def did(case: Case) -> Key:
    """Change over a year of the promoted range, less that of the control, in units a day."""
    daily = case.fact(per_day)
    treated, control = _year_on_year(daily, PROMOTED), _year_on_year(daily, CONTROL)
    right = metrics.difference_in_differences(treated, control)
    return Key(
        right,
        wrongs({
            "M65": treated[1] - treated[0],
            "M66": treated[1] - control[1],
            "M67": -right,
            "M138": right * case.period("pendant").jours,
        }),
        sign=1,
    )  # fmt: skip


def _relative_did(values: Mapping[tuple[str, str], float]) -> tuple[float, dict[str, float | tuple[float, ...]]]:
    """Return the relative difference in differences and the mistakes made with the same values."""
    treated, control = _year_on_year(values, PROMOTED), _year_on_year(values, CONTROL)
    right = metrics.relative_difference_in_differences(treated, control)
    return right, {
        "M65": metrics.change(*treated),
        "M67": metrics.relative_difference_in_differences(control, treated),
        "M68": metrics.difference_in_differences(treated, control) / treated[0],
        "M51": 1 + right,
    }


@SERIES.ask(
    "q2-did-relatif",
    "Cheveux contre Maison : effet relatif",
    CRITERION,
    CloseTo(PROPORTION, 3),
    HINTS["q2-did-relatif"],
)
def relative_did(case: Case) -> Key:
    """Growth over a year of the promoted range beyond that of the control."""
    right, mistakes = _relative_did(case.fact(per_day))
    return Key(right, wrongs(mistakes), sign=1)


# --- What the rise hides -------------------------------------------------------------------------


@SERIES.ask(
    "q2-creux", "Cheveux : creux d’après-promotion", CRITERION, CloseTo(UNITS, 0), HINTS["q2-creux"], ("q2-tendance",)
)
def dip(case: Case) -> Key:
    """Units of the two weeks after, less those of the same days a year before with the trend."""
    sold, daily = case.fact(facts.units_sold), case.fact(per_day)
    after, last_year = sold["apres", PROMOTED], sold["apres_n_1", PROMOTED]
    right = after - metrics.grown(last_year, case.value("q2-tendance"))
    days = case.period("apres").jours
    return Key(
        right,
        wrongs({
            "M140": after - last_year,
            "M153": (after - sold["pendant", PROMOTED], after - daily["pendant", PROMOTED] * days),
            "M139": right / days,
            "M127": -right,
        }),
        sign=-1,
    )  # fmt: skip


@SERIES.ask(
    "q2-cannibalisation", "Corps : unités perdues pendant la promotion", CRITERION, CloseTo(UNITS, 1),
    HINTS["q2-cannibalisation"],
)  # fmt: skip
def cannibalisation(case: Case) -> Key:
    """Units of the neighbouring range, less its own base."""
    sold = case.fact(facts.units_sold)
    observed = sold["pendant", NEIGHBOUR]
    right = observed - facts.base_of(case, NEIGHBOUR, "n_1")
    return Key(
        right,
        wrongs({
            "M140": observed - sold["n_1", NEIGHBOUR],
            "M139": right / case.period("pendant").jours,
            "M127": -right,
        }),
        sign=-1,
    )  # fmt: skip


@SERIES.ask(
    "q2-net", "Gain net de la promotion", CRITERION, CloseTo(UNITS, 0), HINTS["q2-net"],
    ("q2-brut", "q2-creux", "q2-cannibalisation"),
)  # fmt: skip
def net(case: Case) -> Key:
    """Gross rise, dip and cannibalisation together."""
    rise, missing, lost = (case.value(name) for name in ("q2-brut", "q2-creux", "q2-cannibalisation"))
    return Key(
        metrics.net_units(rise, missing, lost),
        wrongs({
            "M70": metrics.net_units(rise, 0, lost),
            "M71": (metrics.net_units(rise, missing, 0), metrics.net_units(rise, missing, 2 * lost)),
            "M154": (rise - missing - lost, rise + missing - lost, rise - missing + lost),
        }),
        sign=1,
    )  # fmt: skip


@SERIES.ask(
    "q2-part",
    "Part acquise de la hausse brute",
    CRITERION,
    CloseTo(PROPORTION, 3),
    HINTS["q2-part"],
    ("q2-brut", "q2-net"),
)
def share(case: Case) -> Key:
    """Net gain over gross rise."""
    rise, kept = case.value("q2-brut"), case.value("q2-net")
    return Key(
        metrics.ratio(kept, rise),
        wrongs({
            "M134": kept / case.fact(facts.units_sold)["pendant", PROMOTED],
            "M155": (rise / kept, 1 - kept / rise),
        }),
    )  # fmt: skip


# --- Uncertainty ---------------------------------------------------------------------------------


@SERIES.ask(
    "q2-demi-intervalle", "Marge d’erreur à 95 % de l’effet", CRITERION, CloseTo(DAILY, 2), HINTS["q2-demi-intervalle"]
)
def half_interval(case: Case) -> Key:
    """1.96 standard errors of the effect measured on the promoted range."""
    found = case.fact(measured)[PROMOTED]
    right = metrics.margin_of_error(found.erreur_type)
    return Key(
        right,
        wrongs({"M73": (found.erreur_type, metrics.margin_of_error(found.ecart_type)), "M137": 2 * right}),
        sign=1,
    )  # fmt: skip


@SERIES.ask("q2-zero", "Cheveux : l’intervalle contient-il zéro ?", CRITERION, Choice(("oui", "non")), HINTS["q2-zero"])
def holds_zero(case: Case) -> Key:
    """Whether the interval of the promoted range holds zero."""
    answer, other = ("oui", "non") if case.fact(measured)[PROMOTED].contient_zero else ("non", "oui")
    return Key(answer, wrongs({"M159": other}))


@SERIES.ask("q2-visage", "Visage : que peut-on affirmer ?", CRITERION, Choice(("A", "B", "C")), HINTS["q2-visage"])
def other_range(case: Case) -> Key:
    """Expect A when an effect is established, B when not; C claims that its absence is proved."""
    answer, other = ("B", "A") if case.fact(measured)[OTHER].contient_zero else ("A", "B")
    return Key(answer, wrongs({"M159": other, "M157": "C"}))


@SERIES.ask("q2-placebo", "La fausse date est-elle convaincante ?", CRITERION, LETTERS, HINTS["q2-placebo"])
def false_date(case: Case) -> Key:
    """Expect A when the interval of the false date holds zero, B when not; C and D judge without the test."""
    answer, other = ("A", "B") if case.fact(measured)["placebo"].contient_zero else ("B", "A")
    return Key(answer, wrongs({"M159": other, "M69": ("C", "D")}))


# --- What people read ----------------------------------------------------------------------------

SERIES.structure(
    "q2-graphique", "Graphique pour la direction", CRITERION, Structure("chart", CHART_RULES), HINTS["q2-graphique"]
)
SERIES.structure(
    "q2-constats", "Tableau des constats", CRITERION, Structure("table", FINDINGS_RULES), HINTS["q2-constats"]
)
SERIES.review("r2-constats", "Tableau des constats : le fond", CRITERION)
SERIES.structure("q2-note", "Note à la direction", CRITERION, Structure("text", NOTE_RULES), HINTS["q2-note"])
SERIES.review("r2-note", "Note à la direction : le fond", CRITERION)


# --- The same skill, another quantity ------------------------------------------------------------


@SERIES.ask(
    "q2-ca-relatif", "Cheveux contre Maison : effet relatif sur le CA", CRITERION, CloseTo(PROPORTION, 3),
    HINTS["q2-ca-relatif"],
)  # fmt: skip
def relative_did_revenue(case: Case) -> Key:
    """Growth over a year of the revenue of the promoted range beyond that of the control."""
    right, mistakes = _relative_did(case.fact(revenue_per_day))
    del mistakes["M68"]  # too close to the right value when the control grew little
    return Key(right, wrongs({**mistakes, "M156": _relative_did(case.fact(per_day))[0]}), sign=1)
