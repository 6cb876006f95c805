"""Keys of notebook 01 about the survey: the same question asked of everyone, each person once, silence set aside."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.model import Key, wrongs
from autograder.keys.questions.e1_strategie import consommateur_facts as facts
from casestudies.answers import Value


def _share(case: Case, question: str, theme: str) -> Key:
    """Return the key of the share of the families who answered ``question`` that chose ``theme``."""
    everyone, received = case.fact(facts.questionnaires), case.table("enquete")
    found = facts.chosen(case, facts.FAMILIES, question, theme)
    twice = facts.choices(received[received["segment"] == facts.FAMILIES], question, theme)
    of_all = facts.choices(everyone, question, theme)
    values: dict[str, Value | tuple[Value, ...]] = {
        "M134": (metrics.ratio(found.chose, of_all.answered), metrics.ratio(found.chose, of_all.asked)),
        "M175": found.chose,
        "M210": metrics.ratio(found.chose, of_all.chose),
        "M219": (of_all.share, facts.choices(received, question, theme).share),
        "M320": twice.share,
        "M321": metrics.ratio(found.chose, found.asked),
        "M323": metrics.ratio(twice.chose, twice.asked),
    }
    if question == facts.BRAKE:
        values["M322"] = metrics.ratio(found.chose, found.answered - found.none)
    return Key(found.share, wrongs(values))


def economy(case: Case) -> Key:
    """Share of the families for whom saving comes first, of those who named a motivation."""
    return _share(case, facts.MOTIVATION, facts.ECONOMY)


def price(case: Case) -> Key:
    """Share of the families held back by the price first, of those who answered, « none » included."""
    return _share(case, facts.BRAKE, facts.PRICE)
