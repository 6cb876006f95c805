"""The keys of notebook 02 about the control and the uncertainty; ``analyse_avant_apres`` declares them."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.mistakes import Mistakes
from autograder.keys.model import Key, wrongs
from autograder.keys.questions.e2_performance.analyse_facts import (
    OTHER,
    Daily,
    measured,
    per_day,
    revenue_per_day,
    year_on_year,
)
from autograder.keys.questions.e2_performance.facts import CONTROL, PROMOTED


def did(case: Case) -> Key:
    """Change over a year of the promoted range, less that of the control, in units a day."""
    daily = case.fact(per_day)
    treated, control = year_on_year(daily, PROMOTED), year_on_year(daily, CONTROL)
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


def relative_did(case: Case) -> Key:
    """Growth over a year of the promoted range beyond that of the control."""
    right, mistakes = _relative_did(case.fact(per_day))
    return Key(right, wrongs(mistakes), sign=1)


def relative_did_revenue(case: Case) -> Key:
    """Growth over a year of the revenue of the promoted range beyond that of the control."""
    right, mistakes = _relative_did(case.fact(revenue_per_day))
    del mistakes["M68"]  # too close to the right value when the control grew little
    return Key(right, wrongs({**mistakes, "M156": _relative_did(case.fact(per_day))[0]}), sign=1)


def half_interval(case: Case) -> Key:
    """1.96 standard errors of the effect measured on the promoted range."""
    found = case.fact(measured)[PROMOTED]
    right = metrics.margin_of_error(found.erreur_type)
    return Key(
        right,
        wrongs({"M73": (found.erreur_type, metrics.margin_of_error(found.ecart_type)), "M137": 2 * right}),
        sign=1,
    )  # fmt: skip


def holds_zero(case: Case) -> Key:
    """Whether the interval of the promoted range holds zero."""
    answer, other = ("oui", "non") if case.fact(measured)[PROMOTED].contient_zero else ("non", "oui")
    return Key(answer, wrongs({"M159": other}))


def other_range(case: Case) -> Key:
    """Expect A when an effect is established, B when not; C claims that its absence is proved."""
    answer, other = ("B", "A") if case.fact(measured)[OTHER].contient_zero else ("A", "B")
    return Key(answer, wrongs({"M159": other, "M157": "C"}))


def false_date(case: Case) -> Key:
    """Expect A when the interval of the false date holds zero, B when not; C and D judge without the test."""
    answer, other = ("A", "B") if case.fact(measured)["placebo"].contient_zero else ("B", "A")
    return Key(answer, wrongs({"M159": other, "M69": ("C", "D")}))
