"""What a quarter of the game shows: the messages, the split to decide, the results of those that were played."""

from collections.abc import Sequence
from html import escape

from casestudies.display import html_table
from casestudies.quarters.market import YearPlan
from casestudies.quarters.scenario import STEP_HT, Year
from casestudies.quarters.words import Mail, change, euros
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.palette import BLUE
from casestudies.typography import french

SPENT = Look("dépense du trimestre", BLUE)


def shown_mail(mails: Sequence[Mail]) -> str:
    """Return messages of management as HTML."""
    return "".join(
        f'<p class="ck-sim-mail"><strong>{escape(french(f"Objet : {one.subject}."))}</strong> '
        f"{escape(french(one.text))}</p>"
        for one in mails
    )


def split_chart(year: Year, quarter: int, steps: Sequence[int]) -> str:
    """Return the chart of the split to decide, with last year's marked."""
    usual = year.market.responses.usual_ht
    amounts = [STEP_HT * one for one in steps]
    bars = [
        Bar(name, euros(amount), amount, SPENT, mark=float(before))
        for name, amount, before in zip(year.market.levers, amounts, usual, strict=True)
    ]
    said = ", ".join(
        f"{one.name} {one.figure} ({euros(before)} l’an dernier)" for one, before in zip(bars, usual, strict=True)
    )
    return bar_chart(
        f"Répartition du trimestre {quarter + 1}", bars, "Dépense du trimestre (€ HT)",
        f"Dépense de chaque levier au trimestre {quarter + 1} : {said}.",
        looks=(SPENT,), mark="un trimestre de l’an dernier, en moyenne",
    )  # fmt: skip


def results(year: Year, plan: YearPlan, played: int) -> str:
    """Return the results of the quarters played: their figures, then those of each lever in the last one."""
    if not played:
        return ""
    market = year.market
    sales, margin = market.sales_ht(plan), market.margin_ht(plan)
    quarters = [
        (
            f"Trimestre {rank + 1}",
            euros(total),
            euros(year.sold_ht[rank]),
            change(total, year.sold_ht[rank]),
            euros(margin[rank]),
        )
        for rank, total in enumerate(sales.sum(axis=1)[:played])
    ]
    last = played - 1
    before = market.responses.sales_ht * market.season[last]
    levers = [
        (name, euros(plan.spends_ht[last, rank]), euros(sales[last, rank]), change(sales[last, rank], before[rank]))
        for rank, name in enumerate(market.levers)
    ]
    return wide_table(
        "Ce que vous avez joué", ("", "Ventes", "L’an dernier", "Évolution", "Marge, leviers payés"), quarters
    ) + wide_table(
        f"Trimestre {played} : ventes que chaque levier amène, celles que le dernier clic compte ailleurs comprises",
        ("Levier", "Dépense", "Ventes amenées", "Sur un an"), levers,
    )  # fmt: skip


def wide_table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table that scrolls by itself where there is no room for it, by keyboard too."""
    name = escape(french(caption))
    table = html_table(caption, header, rows)
    return f'<div class="ck-sim-wide" role="region" tabindex="0" aria-label="{name}">{table}</div>'
