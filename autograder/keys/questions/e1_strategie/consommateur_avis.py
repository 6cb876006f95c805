"""Keys of notebook 01 about the reviews: frequencies, the first motivation, affinity."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.model import Key, Wrong, wrongs
from autograder.keys.questions.e1_strategie import consommateur_facts as facts
from autograder.keys.questions.e1_strategie.consommateur_facts import Spoken

LETTERS = ("A", "B", "C", "D", "E")


def frequency(case: Case) -> Key:
    """Share of the families' reviews that speak of saving."""
    found = facts.spoken(case, facts.FAMILIES, facts.ECONOMY)
    return Key(
        found.frequency,
        wrongs({
            "M134": metrics.ratio(found.said, found.size_of_all),
            "M175": found.said,
            "M210": metrics.ratio(found.said, found.said_by_all),
            "M211": metrics.ratio(found.said, facts.mentions(case, facts.FAMILIES)),
            "M219": found.frequency_of_all,
        }),
    )  # fmt: skip


def first_motivation(case: Case) -> Key:
    """Return the letter of the motivation that most families speak of."""
    found = [facts.spoken(case, facts.FAMILIES, name) for name in facts.themes("motivation")]
    letters = dict(zip(LETTERS, found, strict=True))
    right = max(letters, key=lambda letter: letters[letter].said)
    of_all = max(letters, key=lambda letter: letters[letter].said_by_all)
    mistakes = {letter: "M219" if letter == of_all else "M225" for letter in LETTERS if letter != right}
    return Key(right, tuple(Wrong(identifier, letter) for letter, identifier in mistakes.items()))


def _affinity(found: Spoken, frequency: float) -> Key:
    """Return the key of an affinity index, given the frequency in the segment."""
    right = 100 * metrics.ratio(frequency, found.frequency_of_all)
    return Key(
        right,
        wrongs({
            "M210": 100 * metrics.ratio(found.said, found.said_by_all),
            "M212": 100 * metrics.ratio(found.frequency_of_all, frequency),
            "M213": 100 * metrics.ratio(frequency, found.frequency_of_others),
            "M214": 100 * (frequency - found.frequency_of_all),
        }),
    )  # fmt: skip


def affinity(case: Case) -> Key:
    """Return how much more than all the customers the families speak of saving, base 100."""
    return _affinity(facts.spoken(case, facts.FAMILIES, facts.ECONOMY), case.value("s1-frequence"))


def travellers_affinity(case: Case) -> Key:
    """Return how much more than all the customers the travellers speak of keeping the product, base 100."""
    found = facts.spoken(case, facts.TRAVELLERS, facts.KEEPING)
    return _affinity(found, found.frequency)
