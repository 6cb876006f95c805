"""The keys of notebook 02 about sales, from the naive gap to the net gain; ``analyse_avant_apres`` declares them."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.mistakes import mistaken_change
from autograder.keys.model import Key, wrongs
from autograder.keys.questions.e2_performance import facts
from autograder.keys.questions.e2_performance.analyse_facts import all_per_day, per_day, year_on_year
from autograder.keys.questions.e2_performance.facts import NEIGHBOUR, PROMOTED


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


def year_change(case: Case) -> Key:
    """Relative change from the same days a year before."""
    daily = case.fact(per_day)
    before, during = year_on_year(daily, PROMOTED)
    days = case.period("pendant").jours
    return Key(
        metrics.change(before, during),
        wrongs({
            **mistaken_change(before, during),
            "M52": (during - before, days * (during - before)),
            "M63": metrics.change(daily["avant", PROMOTED], during),
        }),
        sign=1,
    )  # fmt: skip


def trend(case: Case) -> Key:
    """Relative change of the eight weeks before from the same weeks a year earlier."""
    sold = case.fact(facts.units_sold)
    before, now = sold["reference_n_1", PROMOTED], sold["reference", PROMOTED]
    return Key(
        metrics.change(before, now),
        wrongs({
            **mistaken_change(before, now),
            "M152": metrics.change(sold["n_1", PROMOTED], sold["pendant", PROMOTED]),
        }),
        sign=1,
    )  # fmt: skip


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


def dip(case: Case) -> Key:
    """Units of the two weeks after, less those of the same days a year before with the trend."""
    sold, daily = case.fact(facts.units_sold), case.fact(per_day)
    after, last_year = sold["apres", PROMOTED], sold["apres_n_1", PROMOTED]
    growth = case.value("q2-tendance")
    right = after - metrics.grown(last_year, growth)
    days = case.period("apres").jours
    return Key(
        right,
        wrongs({
            "M140": after - last_year,
            "M150": after - last_year * growth,
            "M153": (after - sold["pendant", PROMOTED], after - daily["pendant", PROMOTED] * days),
            "M139": right / days,
            "M127": -right,
        }),
        sign=-1,
    )  # fmt: skip


def cannibalisation(case: Case) -> Key:
    """Units of the neighbouring range, less its own base."""
    sold = case.fact(facts.units_sold)
    observed, last_year = sold["pendant", NEIGHBOUR], sold["n_1", NEIGHBOUR]
    expected = facts.base_of(case, NEIGHBOUR, "n_1")
    right = observed - expected
    return Key(
        right,
        wrongs({
            "M140": observed - last_year,
            "M150": observed - (expected - last_year),
            "M139": right / case.period("pendant").jours,
            "M127": -right,
        }),
        sign=-1,
    )  # fmt: skip


def net(case: Case) -> Key:
    """Gross rise, dip and cannibalisation together."""
    rise, missing, lost = (case.value(name) for name in ("q2-brut", "q2-creux", "q2-cannibalisation"))
    return Key(
        metrics.net_units(rise, missing, lost),
        wrongs({
            "M70": (metrics.net_units(rise, 0, lost), rise),
            "M71": (metrics.net_units(rise, missing, 0), metrics.net_units(rise, missing, 2 * lost)),
            "M154": (rise - missing - lost, rise + missing - lost, rise - missing + lost),
        }),
        sign=1,
    )  # fmt: skip


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
