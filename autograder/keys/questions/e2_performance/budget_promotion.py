"""The keys of notebook 03 about what the promotion brought in; ``budget_roi`` declares their questions."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.mistakes import mistaken_return
from autograder.keys.model import Key, wrongs
from autograder.keys.questions.e2_performance import facts
from autograder.keys.questions.e2_performance.budget_facts import contribution


def volume_rise(case: Case) -> Key:
    """Rise in units of the range on sale that keeps its margin."""
    story = case.fact(facts.promotion)
    discount, margin = story.discount, 1 - story.cost_ht / story.price_ht
    return Key(
        metrics.break_even_volume_rise(discount, margin),
        wrongs({
            "M26": metrics.break_even_volume_rise(discount, 1 - story.cost_ht / story.price_ttc),
            "M41": discount / margin,
            "M42": (discount / (1 - discount), discount),
            "M37": metrics.break_even_volume_rise(discount, margin / (1 - margin)),
            "M178": tuple(
                metrics.break_even_volume_rise(discount, rate)
                for rate in (case.fact(contribution).rate(), case.fact(facts.hypotheses)["taux_mcv"])
            ),
        }),
    )  # fmt: skip


def _mistaken_margins(story: facts.Promotion) -> dict[str, float]:
    """Return the margin with one mistake each: every unit sold, no discount to the base, full price, gross units."""
    offered = story.base * story.price_ht * story.discount
    return {
        "M27": story.sold * metrics.unit_margin_discounted_ht(story.price_ht, story.discount, story.cost_ht),
        "M28": story.margin_ht() + offered,
        "M29": story.net * (story.price_ht - story.cost_ht) - offered,
        "M173": story.margin_ht(net=story.gross),
    }


def incremental_margin(case: Case) -> Key:
    """Margin of the net units at the discounted price, less the discount given to the base."""
    story = case.fact(facts.promotion)
    return Key(
        story.margin_ht(),
        wrongs({
            **_mistaken_margins(story),
            "M70": story.margin_ht(net=story.net - story.dip),
            "M71": story.margin_ht(net=story.net - story.cannibalisation),
            "M154": story.margin_ht(net=story.gross - story.dip - story.cannibalisation),
            "M174": story.margin_ht() - story.campaign_cost_ht,
        }),
        sign=-1,
    )  # fmt: skip


def return_on_promotion(case: Case) -> Key:
    """Margin added less the full cost of the operation, over this cost."""
    story, margin = case.fact(facts.promotion), case.value("q3-marge-incrementale")
    cost = story.campaign_cost_ht
    margins = _mistaken_margins(story)
    return Key(
        metrics.return_on_investment(margin, cost),
        wrongs({
            **mistaken_return(story.revenue_ht, margin, cost),
            **{name: metrics.return_on_investment(mistaken, cost) for name, mistaken in margins.items()},
            "M30": metrics.return_on_investment(margin, story.media_cost_ht),
            "M175": margin - cost,
        }),
        sign=-1,
    )  # fmt: skip


def return_in_twelve_months(case: Case) -> Key:
    """Margin added and what the extra new customers bring in twelve months, less the cost, over the cost."""
    story, margin = case.fact(facts.promotion), case.value("q3-marge-incrementale")
    cost, value = story.campaign_cost_ht, story.value_12_months_ht
    future = story.extra_new_customers * value
    return Key(
        metrics.return_on_investment(margin + future, cost),
        wrongs({
            "M132": metrics.ratio(margin + future, cost),
            "M133": metrics.return_on_investment(margin + story.customers * value, cost),
            "M168": metrics.return_on_investment(margin + story.new_customers * value, cost),
            "M169": metrics.return_on_investment(future, cost),
        }),
        sign=1,
    )  # fmt: skip
