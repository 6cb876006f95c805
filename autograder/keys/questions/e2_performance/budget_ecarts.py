"""The keys of notebook 03 about the break-even and the variances; ``budget_roi`` declares their questions."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.mistakes import mistaken_return
from autograder.keys.model import Key, wrongs
from autograder.keys.questions.e2_performance import budget_facts as budget
from autograder.keys.questions.e2_performance import facts


def break_even_revenue(case: Case) -> Key:
    """Revenue whose margin covers the fixed costs of the year."""
    known = case.fact(facts.hypotheses)
    fixed, rate = known["charges_fixes_annuelles_ht"], known["taux_mcv"]
    right = metrics.break_even_revenue_ht(fixed, rate)
    return Key(
        right,
        wrongs({
            "M35": fixed * rate,
            "M36": fixed / (1 - rate),
            "M37": fixed / (rate / (1 - rate)),
            "M38": (fixed * (1 + rate), right * 1.2),
            "M126": metrics.break_even_revenue_ht(fixed, case.fact(budget.contribution).rate()),
        }),
    )  # fmt: skip


def break_even_day(case: Case) -> Key:
    """Days of the year after which the break-even is reached."""
    known, threshold = case.fact(facts.hypotheses), case.value("q3-seuil-ca")
    revenue, days = known["ca_annuel_ht"], known["jours_exercice"]
    return Key(
        metrics.break_even_days(threshold, revenue, int(days)),
        wrongs({
            "M40": (threshold / revenue * 12, revenue / threshold * days),
            "M177": metrics.break_even_days(known["charges_fixes_annuelles_ht"], revenue, int(days)),
        }),
    )  # fmt: skip


def spend_variance(case: Case) -> Key:
    """Actual over planned expenses of SEA, less one."""
    spent = case.fact(budget.expenses)
    planned, actual = (budget.of_lever(spent, "SEA", column) for column in ("prevu_ht", "reel_ht"))
    right = metrics.change(planned, actual)
    return Key(
        right,
        wrongs({
            "M51": actual / planned,
            "M101": -right,
            "M102": (actual - planned) / actual,
            "M131": actual - planned,
        }),
    )  # fmt: skip


def meaning(case: Case) -> Key:
    """SEA spends more than planned (unfavourable); its revenue may be over or under the plan."""
    sold_more = case.fact(budget.variance).total_ht > 0
    return Key("D" if sold_more else "B", wrongs({"M103": "A" if sold_more else "C"}))


def volume_variance(case: Case) -> Key:
    """Orders over the plan, at the planned basket."""
    sea = case.fact(budget.variance)
    right = metrics.volume_variance_ht(sea.actual_orders, sea.planned_orders, sea.planned_basket_ht)
    at_actual = (sea.actual_orders - sea.planned_orders) * sea.actual_basket_ht
    return Key(right, wrongs({"M101": -right, "M104": at_actual, "M162": sea.total_ht}))


def price_variance(case: Case) -> Key:
    """Basket under or over the plan, on the actual orders."""
    sea = case.fact(budget.variance)
    right = metrics.price_variance_ht(sea.actual_basket_ht, sea.planned_basket_ht, sea.actual_orders)
    on_planned = (sea.actual_basket_ht - sea.planned_basket_ht) * sea.planned_orders
    return Key(right, wrongs({"M101": -right, "M105": on_planned, "M162": sea.total_ht}))


def return_on_search(case: Case) -> Key:
    """Margin of the sales of SEA less its actual expenses, over these expenses."""
    spent, sold = case.fact(budget.expenses), case.fact(budget.receipts)
    planned, cost = (budget.of_lever(spent, "SEA", column) for column in ("prevu_ht", "reel_ht"))
    revenue = budget.of_lever(sold, "SEA", "ca_reel_ht")
    margin = revenue * case.fact(facts.hypotheses)["taux_mcv"]
    ads = case.fact(budget.campaigns)
    media = float(ads.loc[ads["levier"] == "SEA", "cout_ht"].sum())
    return Key(
        metrics.return_on_investment(margin, cost),
        wrongs({
            **mistaken_return(revenue, margin, cost),
            "M126": metrics.return_on_investment(revenue * case.fact(budget.contribution).rate(), cost),
            "M136": metrics.return_on_investment(margin, planned),
            "M165": metrics.return_on_investment(margin, media),
        }),
    )  # fmt: skip
