"""The keys of notebook 01 about visits, orders and conversion; ``indicateurs_promotion`` declares their questions."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.model import Key, wrongs
from autograder.keys.questions.e2_performance.facts import PAID, clean_orders
from autograder.keys.questions.e2_performance.indicateurs_facts import Window, before, during, month_before


def sessions(case: Case) -> Key:
    """Sum of the sessions over the promotion."""
    now = case.fact(during)
    return Key(
        now.sessions,
        wrongs({"M125": now.users, "M126": case.fact(before).sessions, "M139": now.sessions / now.days}),
    )


def repeats(case: Case) -> Key:
    """Lines of the whole export that repeat an earlier one."""
    lines = case.table("commandes")
    return Key(
        float(lines.duplicated().sum()),
        wrongs({
            "M143": float(lines.duplicated("commande_id").sum()),
            "M144": float(lines.duplicated(keep=False).sum()),
        }),
    )  # fmt: skip


def orders(case: Case) -> Key:
    """Different paid orders."""
    now = case.fact(during)
    exported = float((now.exported["statut"] == PAID).sum())
    every = float(case.fact(clean_orders)["commande_id"].nunique())
    return Key(
        now.orders,
        wrongs({
            "M02": now.clients,
            "M123": (now.paid_lines, exported, float(len(now.placed))),
            "M124": exported,
            "M95": (now.placed_orders, now.kept_orders),
            "M126": (case.fact(before).orders, every),
        }),
    )  # fmt: skip


def _mean_of_channels(found: Window) -> float:
    """Return the plain mean of the conversion rates of the channels: a mistake."""
    bought = found.paid.groupby("canal")["commande_id"].nunique()
    visits = found.visits.groupby("canal")["sessions"].sum()
    return float((bought / visits).mean())


def conversion(case: Case) -> Key:
    """Paid orders over sessions."""
    now = case.fact(during)
    visits, bought = case.value("q1-sessions"), case.value("q1-commandes")
    return Key(
        metrics.ratio(bought, visits),
        wrongs({
            "M01": metrics.ratio(bought, now.users),
            "M02": metrics.ratio(now.clients, visits),
            "M03": _mean_of_channels(now),
            "M04": metrics.ratio(visits, bought),
            "M95": (metrics.ratio(now.placed_orders, visits), metrics.ratio(now.kept_orders, visits)),
            "M123": metrics.ratio(now.paid_lines, visits),
        }),
    )  # fmt: skip


def conversion_before(case: Case) -> Key:
    """Paid orders over sessions, before."""
    past, now = case.fact(before), case.fact(during)
    return Key(
        past.conversion,
        wrongs({
            "M02": metrics.ratio(past.clients, past.sessions),
            "M123": metrics.ratio(past.paid_lines, past.sessions),
            "M126": (metrics.ratio(now.orders, past.sessions), metrics.ratio(past.orders, now.sessions)),
            "M01": metrics.ratio(past.orders, past.users),
            "M04": metrics.ratio(past.sessions, past.orders),
            "M95": metrics.ratio(past.placed_orders, past.sessions),
            "M61": metrics.ratio(case.fact(month_before).orders, past.sessions),
        }),
    )  # fmt: skip


def conversion_points(case: Case) -> Key:
    """Percentage points between the two rates."""
    end, start = case.value("q1-conversion"), case.value("q1-conversion-avant")
    right, relative = metrics.points(start, end), metrics.change(start, end)
    return Key(
        right,
        wrongs({"M51": end / start, "M53": (100 * relative, relative), "M54": end - start, "M127": -right}),
    )


def abandonment(case: Case) -> Key:
    """Share of the carts that did not become a paid order."""
    now = case.fact(during)
    bought, carts = case.value("q1-commandes"), float(now.visits["ajouts_panier"].sum())
    started = float(now.visits["debuts_paiement"].sum())
    return Key(
        metrics.abandonment(bought, carts),
        wrongs({
            "M93": (metrics.ratio(bought, carts), metrics.abandonment(bought, now.sessions)),
            "M95": metrics.abandonment(now.placed_orders, carts),
            "M123": metrics.abandonment(now.paid_lines, carts),
            "M171": (metrics.abandonment(bought, started), metrics.abandonment(started, carts)),
            "M175": carts - bought,
        }),
    )  # fmt: skip
