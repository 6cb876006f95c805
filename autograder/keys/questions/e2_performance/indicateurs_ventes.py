"""The keys of notebook 01 about revenue, customers and units; ``indicateurs_promotion`` declares their questions."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.mistakes import mistaken_change
from autograder.keys.model import Key, wrongs
from autograder.keys.questions.e2_performance import facts
from autograder.keys.questions.e2_performance.indicateurs_facts import Window, before, during, month_before


def revenue_ttc(case: Case) -> Key:
    """Paid revenue including VAT, excluding shipping."""
    now = case.fact(during)
    lines = now.paid
    kept = now.placed[now.placed["statut"] != facts.CANCELLED]
    gross, off = float((lines["qte"] * lines["pu_ttc"]).sum()), float(lines["remise_ttc"].sum())
    return Key(
        now.revenue_ttc,
        wrongs({
            "M95": (float(now.placed["ttc"].sum()), float(kept["ttc"].sum())),
            "M128": now.revenue_ttc + float(lines["port_ttc"].sum()),
            "M129": (gross, gross - 2 * off),
            "M146": float((lines["pu_ttc"] - lines["remise_ttc"]).sum()),
            "M147": float((lines["qte"] * (lines["pu_ttc"] - lines["remise_ttc"])).sum()),
            "M126": (case.fact(before).revenue_ttc, float(case.fact(facts.clean_orders)["ttc"].sum())),
        }),
    )  # fmt: skip


def revenue_ht(case: Case) -> Key:
    """Paid revenue excluding VAT."""
    now = case.fact(during)
    ttc, rate = now.paid["ttc"], now.paid["tva"] / 100
    return Key(
        now.revenue_ht,
        wrongs({
            "M16": (float((ttc * (1 - rate)).sum()), 0.8 * now.revenue_ttc),
            "M17": now.revenue_ttc,
            "M18": (float((ttc * (1 + rate)).sum()), 1.2 * now.revenue_ttc),
            "M20": metrics.excluding_vat(now.revenue_ttc, 0.20),
            "M95": float(now.placed["ht"].sum()),
            "M170": float((ttc / (1 + now.paid["tva"])).sum()),
        }),
    )  # fmt: skip


def _mean_of_channels(found: Window) -> float:
    """Return the plain mean of the baskets of the channels: a mistake."""
    channels = found.paid.groupby("canal")
    return float((channels["ht"].sum() / channels["commande_id"].nunique()).mean())


def basket(case: Case) -> Key:
    """Revenue excluding VAT per paid order."""
    now = case.fact(during)
    amount, bought = case.value("q1-ca-ht"), case.value("q1-commandes")
    articles = float(now.paid["qte"].sum())
    return Key(
        metrics.ratio(amount, bought),
        wrongs({
            "M94": (metrics.ratio(amount, now.clients), metrics.ratio(amount, articles), _mean_of_channels(now)),
            "M17": metrics.ratio(now.revenue_ttc, bought),
            "M123": metrics.ratio(amount, now.paid_lines),
            "M95": metrics.ratio(amount, now.placed_orders),
        }),
    )  # fmt: skip


def revenue_per_day(case: Case) -> Key:
    """Revenue excluding VAT per day."""
    now, amount = case.fact(during), case.value("q1-ca-ht")
    return Key(
        metrics.per_day(amount, now.days),
        wrongs({
            "M138": amount,
            "M145": metrics.per_day(amount, now.days - 1),
            "M17": metrics.per_day(now.revenue_ttc, now.days),
            "M126": metrics.per_day(case.fact(before).revenue_ht, now.days),
        }),
    )  # fmt: skip


def revenue_change(case: Case) -> Key:
    """Relative change of the revenue per day, comparable windows."""
    month, days = case.fact(month_before), case.fact(during).days
    start, end = case.fact(before).revenue_ht_per_day, case.value("q1-ca-jour")
    return Key(
        metrics.change(start, end),
        wrongs({**mistaken_change(start, end), "M61": metrics.change(month.revenue_ht, end * days)}),
        sign=1,
    )


def clients_change(case: Case) -> Key:
    """Relative change of the number of different buyers."""
    month, start, end = (case.fact(window).clients for window in (month_before, before, during))
    return Key(
        metrics.change(start, end),
        wrongs({**mistaken_change(start, end), "M61": metrics.change(month, end)}),
        sign=1,
    )


def new_clients(case: Case) -> Key:
    """Different buyers whose first order falls in the promotion."""
    now = case.fact(during)
    return Key(
        now.new_clients,
        wrongs({
            "M96": now.clients,
            "M123": float(len(facts.first_orders(now.paid))),
            "M95": float(facts.new_customers(now.placed)),
            "M126": case.fact(before).new_clients,
        }),
    )  # fmt: skip


def new_share(case: Case) -> Key:
    """Divide new buyers by different buyers."""
    now, new = case.fact(during), case.value("q1-nouveaux")
    return Key(
        metrics.ratio(new, now.clients),
        wrongs({
            "M134": (metrics.ratio(new, now.clients - new), metrics.ratio(new, now.orders)),
            "M123": metrics.ratio(new, now.paid_lines),
        }),
    )  # fmt: skip


def _revenue_change(case: Case, family: str) -> float:
    """Return the relative change of the revenue of one range."""
    sales = case.table("ventes_jour")
    rows = sales[sales["gamme"] == family]
    start, end = (float(case.period(name).filtrer(rows)["ca_ttc"].sum()) for name in ("avant", "pendant"))
    return metrics.change(start, end)


def units_change(case: Case) -> Key:
    """Relative change of the units a day of the promoted range."""
    sold, every = case.fact(facts.units_sold), case.fact(facts.reference_units)
    start, end = (
        metrics.per_day(sold[name, facts.PROMOTED], case.period("pendant").jours) for name in ("avant", "pendant")
    )
    return Key(
        metrics.change(start, end),
        wrongs({
            **mistaken_change(start, end),
            "M61": metrics.change(sold["mois_precedent", facts.PROMOTED], sold["pendant", facts.PROMOTED]),
            "M135": metrics.change(every["avant"], every["pendant"]),
            "M172": _revenue_change(case, facts.PROMOTED),
        }),
        sign=1,
    )  # fmt: skip
