"""Keys of notebook 01 about the site's path: rates of passage, where it breaks, what is missing."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.model import Key, wrongs
from autograder.keys.questions.e1_strategie import consommateur_facts as facts


def mobile_cart_rate(case: Case) -> Key:
    """Share of the visits on a phone with something added to the cart."""
    phone, desk = case.fact(facts.mobile), case.fact(facts.computer)
    return Key(
        phone.cart_rate,
        wrongs({
            "M04": metrics.ratio(phone.sessions, phone.carts),
            "M220": metrics.ratio(phone.carts, phone.views),
            "M221": metrics.ratio(phone.carts, phone.users),
            "M223": metrics.ratio(phone.checkouts, phone.sessions),
            "M224": (case.fact(facts.path).cart_rate, desk.cart_rate),
        }),
    )  # fmt: skip


def break_of_the_path(case: Case) -> Key:
    """Return the step where the phone is furthest behind the computer, as a ratio of their rates."""
    phone, desk = case.fact(facts.mobile), case.fact(facts.computer)
    at_cart = metrics.ratio(phone.cart_rate, desk.cart_rate)
    at_checkout = metrics.ratio(phone.checkout_rate, desk.checkout_rate)
    if at_cart < at_checkout:
        return Key("A", wrongs({"M214": "B", "M175": "C", "M227": "D"}))
    return Key("B", wrongs({"M226": "A", "M175": "C", "M227": "D"}))


def missing_carts(case: Case) -> Key:
    """Visits on a phone that would add to the cart if they did so as often as on a computer, less those that do."""
    phone, desk, every = case.fact(facts.mobile), case.fact(facts.computer), case.fact(facts.path)
    gap = desk.cart_rate - phone.cart_rate
    return Key(
        phone.sessions * gap,
        wrongs({
            "M224": (every.sessions * gap, desk.sessions * gap),
            "M228": phone.sessions * desk.cart_rate,
        }),
        sign=1,
    )  # fmt: skip
