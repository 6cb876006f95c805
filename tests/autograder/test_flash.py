"""The flash cards: one for every misconception, judged rightly, fresh at each draw, nothing of them ever graded."""

import re
from pathlib import Path

import pytest

from autograder.authoring.integrity import used_misconceptions
from autograder.keys.cases import case_of
from autograder.keys.flash import deck, flashcards, pricing
from autograder.keys.flash.deck import FAMILIES, FlashError
from autograder.keys.flash.making import Draw
from autograder.keys.formative import service
from autograder.keys.misconceptions import Misconception, load_misconceptions
from autograder.keys.questions import all_keys, questions_of
from casestudies.choices import LETTERS
from casestudies.findings import Outcome
from casestudies.french import french_digits, french_number
from casestudies.names import NAMES
from casestudies.revision.cards import Flashcard, Reply, judge
from casestudies.seeds import seed_of, stream

SEEDS = [f"graine {number}" for number in range(40)]
DECKS = {seed: flashcards(seed) for seed in SEEDS}
CARDS = [card for cards in DECKS.values() for card in cards]


def given(card: Flashcard, value: str | float) -> str:
    """Return what a learner types or ticks to give this reply."""
    return LETTERS[card.options.index(str(value))] if card.options else french_digits(float(value))


def text_of(card: Flashcard) -> str:
    replies = " ".join(f"{one.value} {one.message} {one.question}" for one in (card.right, *card.wrong))
    return f"{card.statement} {card.worked} {card.solution} {' '.join(card.options)} {replies}"


def test_every_misconception_has_a_card_and_a_case_of_its_own() -> None:
    used = set().union(*(used_misconceptions(question) for series in all_keys() for question in series))
    ids = [card.id for card in DECKS[SEEDS[0]]]
    assert len(ids) == len(set(ids))
    assert used <= set(ids) == set(load_misconceptions())
    assert used <= {*deck._families(), *deck._cases_to_judge()}


def test_the_same_seed_gives_the_same_cards_and_another_seed_other_figures() -> None:
    assert flashcards(SEEDS[0]) == DECKS[SEEDS[0]]
    numbers = {card.id: card.statement for card in DECKS[SEEDS[0]] if card.id in deck._families()}
    other = {card.id: card.statement for card in DECKS[SEEDS[1]]}
    fresh = [name for name, statement in numbers.items() if statement != other[name]]
    assert len(fresh) > 0.9 * len(numbers)


def test_the_right_reply_is_right_and_each_wrong_one_is_named() -> None:
    for card in CARDS:
        assert judge(card, given(card, card.right.value)).right, card
        for reply in card.wrong:
            verdict = judge(card, given(card, reply.value))
            assert verdict.counted, card
            assert not verdict.right, card
            assert verdict.outcome in (Outcome.MISCONCEPTION, Outcome.UNIT), card


def test_the_mistake_that_a_number_card_is_about_is_the_one_that_is_named() -> None:
    items = load_misconceptions()
    numbers = [card for card in CARDS if not card.options]
    assert len(numbers) > 1000
    for card in numbers:
        target = next((reply for reply in card.wrong if reply.heading == items[card.id].title), None)
        assert target is not None, card
        verdict = judge(card, given(card, target.value))
        assert verdict.heading == f"Erreur reconnue : {items[card.id].title}", card
        assert verdict.question == items[card.id].question


def test_choices_are_distinct_few_and_hold_the_right_one() -> None:
    choices = [card for card in CARDS if card.options]
    assert len(choices) > 1000
    for card in choices:
        assert 2 <= len(card.options) == len(set(card.options)) <= 4, card
        assert {str(one.value) for one in (card.right, *card.wrong)} == set(card.options), card
    places = [card.options.index(str(card.right.value)) for card in choices if len(card.options) == 4]
    assert all(0.15 < places.count(place) / len(places) < 0.35 for place in range(4))


def test_a_family_knows_the_same_misconceptions_at_every_draw_and_all_are_in_the_catalogue() -> None:
    for family in FAMILIES:
        drawn = [family(Draw(stream(seed_of("essai", seed, 0), "x"))) for seed in SEEDS]
        assert len({frozenset(case.wrong) for case in drawn}) == 1, family.__name__
        assert set(drawn[0].wrong) <= set(load_misconceptions()), family.__name__
        assert all(case.statement.endswith("?") for case in drawn)


@pytest.mark.parametrize("company", sorted({question.company for series in all_keys() for question in series}))
def test_no_graded_value_is_shown(company: str) -> None:
    """A graded value of five digits that mean something, or more, would be recognised."""
    case = case_of(company, "b07", 0)
    shown = {_significant(word) for card in CARDS for word in re.findall(r"[\d,\u202f]+", text_of(card))}
    keys = [question.key(case).right for question in questions_of(company=company) if question.key]
    numbers = [float(right) for right in keys if type(right) in (int, float)]
    graded = {_significant(french_number(right, decimals)) for right in numbers for decimals in range(5)}
    assert {value for value in graded & shown if len(value) >= 5} == set()


def _significant(written: str) -> str:
    """Return the digits of a number that mean something."""
    return re.sub(r"\D", "", written).strip("0")


def test_cards_are_made_without_any_company() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(deck.__file__).parent.glob("*.py")]
    imported = {name for source in sources for name in re.findall(r"^from (\S+) import", source, re.MULTILINE)}
    assert "autograder.keys.misconceptions" in imported
    assert not {name for name in imported if re.search(r"\.(cases|company|questions|variants|metrics|dossier)\b", name)}


def test_no_company_is_named() -> None:
    text = " ".join(text_of(card) for card in CARDS)
    assert [name for name in NAMES.values() if name in text] == []


def test_a_misconception_without_a_case_still_has_a_card() -> None:
    known = load_misconceptions()["M103"]
    card = deck._to_put_right(known, Draw(stream(seed_of("essai", "", 0), "x")))
    assert card.right.value == known.question
    assert len(card.options) == 4
    assert isinstance(known, Misconception)


def test_the_service_of_the_learner_s_side_gives_them() -> None:
    assert service().flashcards(SEEDS[0]) == DECKS[SEEDS[0]]


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("2,5", Outcome.RIGHT), (" 2,5 % ", Outcome.RIGHT), ("2.5", Outcome.RIGHT), (2.5, Outcome.RIGHT),
        ("0,025", Outcome.UNIT), ("250", Outcome.UNIT), ("−2,5", Outcome.UNIT), ("7", Outcome.WRONG),
        ("", Outcome.UNREADABLE), ("environ 3", Outcome.UNREADABLE), ("9" * 5000, Outcome.UNREADABLE),
        (None, Outcome.UNREADABLE), (True, Outcome.UNREADABLE), (float("nan"), Outcome.UNREADABLE),
        (float("inf"), Outcome.UNREADABLE), ([1], Outcome.UNREADABLE),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_as_french_people_write(typed: object, outcome: Outcome) -> None:
    card = Flashcard("M00", "Combien ?", Reply(2.5, "Oui."), (), unit="%", decimals=1)
    verdict = judge(card, typed)
    assert verdict.outcome is outcome
    assert verdict.counted is (outcome is not Outcome.UNREADABLE)


def test_a_letter_outside_the_options_is_not_an_answer() -> None:
    card = next(card for card in CARDS if len(card.options) == 4)
    for typed in ("E", "", "AB", "é", 3, None, "a" * 10_000):
        assert not judge(card, typed).counted
    assert judge(card, " a ").counted


def test_the_cases_to_judge_are_strictly_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cas.toml").write_text(
        '[[cas]]\nenonce = "a"\njuste = "b"\nraison = "c"\nM999 = "d"\n', encoding="utf-8"
    )
    monkeypatch.setattr(deck, "__file__", str(tmp_path / "deck.py"))
    with pytest.raises(FlashError, match="M999"):
        deck._cases_to_judge.__wrapped__()


def test_the_price_of_the_highest_margin_is_none_of_the_mistakes_and_has_no_rival() -> None:
    for number in range(200):
        case = pricing._best_asked(Draw(stream(seed_of("flash", f"graine {number}", 0), "prix")))
        assert len({case.right, *case.wrong.values()}) == 1 + len(case.wrong), case
        asked = [(int(price), int(people)) for price, people in re.findall(r"(\d+) € : (\d+) oui", case.statement)]
        cost = int(re.findall(r"coûte (\d+) €", case.statement)[0])
        for worth, name in (([p * q for p, q in asked], "M713"), ([(p - cost) * q for p, q in asked], "")):
            assert worth.count(max(worth)) == 1, case
            best = asked[worth.index(max(worth))][0]
            assert best == (case.wrong[name] if name else case.right), case
