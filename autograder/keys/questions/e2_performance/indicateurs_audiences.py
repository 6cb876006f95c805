"""The keys of notebook 01 about e-mails and adverts; ``indicateurs_promotion`` declares their questions."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.model import Key, wrongs
from autograder.keys.questions.e2_performance.indicateurs_facts import before, during, every_mailing, promotion_mailing


def opening(case: Case) -> Key:
    """Divide unique openings by delivered messages, e-mails of the promotion only."""
    own, every = case.fact(promotion_mailing), case.fact(every_mailing)
    openers = own.count("uniqueViews")
    return Key(
        metrics.ratio(openers, own.delivered),
        wrongs({
            "M90": metrics.ratio(own.count("viewed"), own.delivered),
            "M130": metrics.ratio(every.count("uniqueViews"), every.delivered),
            "M149": metrics.ratio(openers - own.count("appleMppOpens"), own.delivered),
        }),
    )  # fmt: skip


def clicking(case: Case) -> Key:
    """Divide unique clickers by delivered messages."""
    own, every = case.fact(promotion_mailing), case.fact(every_mailing)
    clickers = own.count("uniqueClicks")
    return Key(
        metrics.ratio(clickers, own.delivered),
        wrongs({
            "M91": metrics.ratio(clickers, own.count("uniqueViews")),
            "M92": metrics.ratio(own.count("clickers"), own.delivered),
            "M130": metrics.ratio(every.count("uniqueClicks"), every.delivered),
        }),
    )  # fmt: skip


def click_rate(case: Case) -> Key:
    """Clicks on the link over impressions, all campaigns."""
    now, year = case.fact(during), case.table("depenses")
    total = now.adverts[["impressions", "portee", "clics", "clics_lien"]].sum().astype(float)
    each = now.adverts.groupby("campagne")[["impressions", "clics_lien"]].sum()
    return Key(
        now.click_rate,
        wrongs({
            "M06": tuple(float((rows["clics_lien"] / rows["impressions"]).mean()) for rows in (each, now.adverts)),
            "M07": metrics.ratio(total["clics_lien"], total["portee"]),
            "M10": metrics.ratio(total["clics"], total["impressions"]),
            "M04": metrics.ratio(total["impressions"], total["clics_lien"]),
            "M126": case.fact(before).click_rate,
            "M130": metrics.ratio(float(year["clics_lien"].sum()), float(year["impressions"].sum())),
        }),
    )  # fmt: skip
