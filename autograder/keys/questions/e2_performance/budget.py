"""Notebook 03: expenses and revenues by lever (B1-C14), and the budget of next year."""

from collections.abc import Mapping

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import Mistakes, told_apart
from autograder.keys.model import Stated
from autograder.keys.questions.e2_performance.levers import (
    LEVERS,
    PAID_LEVERS,
    campaigns,
    expenses,
    of_lever,
    of_levers,
)
from casestudies.prevision import forecast

KEYS = Keys("e2-performance/03-budget", company="kerlavandre")
LEDGER_LEVER = "Réseaux sociaux"
"""The lever whose lines are looked for in the ledger."""
SUPPLIERS = ("Meta Platforms", "Atelier Photo Iroise", "Programmo", "Agence Grand Large")
HIDDEN_FROM = ("Salaires", "Stock de l’atelier")
"""Who is paid for it and stands in the budget, and who does not."""
LOW, HIGH = -0.15, 0.10
"""How sales change in the two cases that the questions ask about, the budget being the same as last year's."""


def ledger(case: Case) -> Mapping[str, float]:
    """Return the amounts of the ledger by supplier, euros excluding VAT."""
    lines = case.table("journal")
    return {str(name): float(total) for name, total in lines.groupby("tiers")["montant_ht"].sum().items()}


def hidden_ht(case: Case) -> float:
    """Return what the lever costs and its budget does not show."""
    return sum(case.fact(ledger)[name] for name in HIDDEN_FROM)


def renewed(case: Case) -> pd.DataFrame:
    """Return the forecast of a budget renewed as it is."""
    tables = {name: case.table(name) for name in ("budget", "ventes_jour", "hypotheses")}
    return forecast(tables, {}, LOW, HIGH)


# 30 000 € of fixed costs, 60 % of margin: B is 50 000 €.
KEYS.fixed_choice("q3-entree-seuil", "B", {"M35": "A", "M36": "C", "M38": "D"})
# C: what the team's time costs is on no invoice.
KEYS.fixed_choice("q3-entree-cache", "C", {"M165": "A", "M408": ("B", "D")})


@KEYS.number("q3-cout-social", "€ HT", 2)
def full_cost(case: Case) -> Stated:
    """All the lines of the ledger that the lever causes, hidden ones too."""
    amounts = case.fact(ledger)
    seen, hidden = sum(amounts[name] for name in SUPPLIERS), case.fact(hidden_ht)
    return seen + hidden, {
        "M165": amounts[SUPPLIERS[0]],
        "M408": (seen, *(seen + amounts[name] for name in HIDDEN_FROM)),
        "M409": sum(amounts.values()),
        "M161": float(case.table("journal")["montant_ht"].mean()),
    }


@KEYS.number("q3-couts-caches", "€ HT", 2, needs=(full_cost,), sign=1)
def hidden_costs(case: Case) -> Stated:
    """Subtract the budget of the lever from what the ledger holds."""
    spent = case.fact(expenses)
    found = case.value(full_cost)
    actual, planned = (of_lever(spent, LEDGER_LEVER, name) for name in ("reel_ht", "prevu_ht"))
    return found - actual, {"M136": found - planned, "M127": actual - found, "M410": found}


@KEYS.values("q3-depenses-levier", "levier", "€ HT")
def lever_spend(case: Case) -> Stated:
    """Actual expenses of the year by lever."""
    spent = case.fact(expenses)
    means = case.table("budget").groupby("levier")["reel_ht"].mean()
    right = {lever: of_lever(spent, lever, "reel_ht") for lever in LEVERS}
    planned = {lever: of_lever(spent, lever, "prevu_ht") for lever in LEVERS}
    rows = {lever: float(means[lever]) for lever in LEVERS}
    return right, {"M136": planned, "M161": rows}


@KEYS.number("q3-part-levier", PROPORTION)
def lever_share(case: Case) -> Stated:
    """Actual expenses of SEA over those of the six levers."""
    spent, ads = case.fact(expenses), case.fact(campaigns)
    sea = of_lever(spent, "SEA", "reel_ht")
    media = float(ads.loc[ads["levier"] == "SEA", "cout_ht"].sum())
    paid, every = of_levers(spent, PAID_LEVERS, "reel_ht"), float(spent["reel_ht"].sum())
    return metrics.ratio(sea, every), {
        "M134": (sea / paid, sea / float(ads["cout_ht"].sum()), sea / (every - sea)),
        "M136": of_lever(spent, "SEA", "prevu_ht") / float(spent["prevu_ht"].sum()),
        "M165": media / float(ads["cout_ht"].sum()),
        "M175": sea,
    }


@KEYS.number("q3-seuil-ca", "€ HT")
def break_even_revenue(case: Case) -> Stated:
    """Revenue whose margin covers the fixed costs of the year."""
    known = case.fact(hypotheses)
    fixed, rate = known["charges_fixes_annuelles_ht"], known["taux_mcv"]
    right = metrics.break_even_revenue_ht(fixed, rate)
    mistakes: Mistakes = {
        "M35": fixed * rate,
        "M36": fixed / (1 - rate),
        "M37": fixed / (rate / (1 - rate)),
        "M38": (fixed * (1 + rate), right * 1.2),
        "M411": metrics.break_even_revenue_ht(fixed - float(case.fact(expenses)["reel_ht"].sum()), rate),
    }
    return right, told_apart(right, mistakes, "M36", "M37", "M38")


@KEYS.number("q3-mois-seuil", "mois", 0, coarse=True)
def break_even_month(case: Case) -> Stated:
    """First month, from 1, when the sales of the high case since July have reached the break-even revenue."""
    planned = case.fact(renewed)
    threshold = float(case.once(break_even_revenue).right)  # type: ignore[arg-type]
    reached = planned["ca_haut_ht"].cumsum() >= threshold
    gain = planned["resultat_haut_ht"] > 0
    month, first = int(reached.to_numpy().argmax()) + 1, int(gain.to_numpy().argmax()) + 1
    return float(month), {"M412": float(first)}


@KEYS.choice("q3-cas-bas")
def low_case(case: Case) -> Stated:
    """Expect A when the low case reaches the break-even before the end of the year, B when it does not."""
    threshold = float(case.once(break_even_revenue).right)  # type: ignore[arg-type]
    reached = float(case.fact(renewed)["ca_bas_ht"].sum()) >= threshold
    answer, other = ("A", "B") if reached else ("B", "A")
    return answer, {"M413": other, "M414": ("C", "D")}


@KEYS.number("q3-point-bas", "€", 2)
def lowest_cash(case: Case) -> Stated:
    """Find the least cash of a month's end in the low case."""
    planned = case.fact(renewed)
    cash, results = planned["tresorerie_bas_ht"], planned["resultat_bas_ht"]
    start = case.fact(hypotheses)["tresorerie_debut_ht"]
    right = float(cash.min())
    mistakes: Mistakes = {
        "M414": (float(cash.iloc[-1]), float(results.min())),
        "M126": float(planned["tresorerie_haut_ht"].min()),
        "M415": float((cash - start).min()),
    }
    return right, told_apart(right, mistakes, "M414", "M126")


@KEYS.number("q3-point-mort", "jours", needs=(break_even_revenue,))
def break_even_day(case: Case) -> Stated:
    """Days of the past year after which its break-even was reached."""
    known, threshold = case.fact(hypotheses), case.value(break_even_revenue)
    revenue, days = known["ca_annuel_ht"], known["jours_exercice"]
    return metrics.break_even_days(threshold, revenue, int(days)), {
        "M40": (threshold / revenue * 12, revenue / threshold * days),
        "M177": metrics.break_even_days(known["charges_fixes_annuelles_ht"], revenue, int(days)),
    }
