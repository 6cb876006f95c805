"""A conversation as a notebook holds it: a first question, exchanges explained, a choice taken again, a debrief."""

from html import unescape
from time import perf_counter

import pytest

from casestudies.conversation import paths
from casestudies.conversation_files import conversation_of, conversations
from casestudies.dossier import Dossier
from casestudies.errors import CasekitError
from casestudies.studio.conversation import AGAIN, INTENTION, RETURN, REVIEW, Talk
from casestudies.studio.simulator import LOCK, Control
from casestudies.studio.simulator_live import SimulatorPanel

COMPANY = "septembrune"
NAMES = tuple(conversations(COMPANY))


@pytest.fixture(params=NAMES)
def talk(request: pytest.FixtureRequest) -> Talk:
    """A conversation whose first question is answered."""
    found = Talk(conversation_of(COMPANY, request.param))
    found.put(INTENTION, next(iter(found.story.intention.answers)))
    found.press(LOCK)
    return found


def answer(talk: Talk, wanted: int | None = None, *, fault: bool = False) -> None:
    """Give the answer of this rank, or the first that is a fault or not."""
    assert talk.line
    choices = talk.line.choices
    choice = choices[wanted] if wanted is not None else next(one for one in choices if one.is_fault is fault)
    number = len(talk.taken)
    talk.put(f"choix-{number}", choice.words)
    talk.press(f"dire-{number}")


def buttons(talk: Talk) -> list[str]:
    return [one.label for one in talk.view().controls if one.kind == "button"]


def test_nothing_is_shown_before_the_first_question_is_answered() -> None:
    talk = Talk(conversation_of(COMPANY, NAMES[0]))
    assert talk.story.scene in unescape(talk.view().intro).replace("\u00a0", " ").replace("\u202f", " ")
    assert [one.kind for one in talk.view().controls] == ["radios", "button"]
    talk.press(LOCK)
    assert "Choisissez une réponse" in talk.view().status
    assert not talk.bet.locked
    talk.put(INTENTION, next(iter(talk.story.intention.answers)))
    talk.press(LOCK)
    assert talk.view().controls[0].label.startswith("Échange 1. ")
    assert 'role="img"' in talk.view().chart


def test_a_choice_is_answered_explained_and_can_be_taken_again(talk: Talk) -> None:
    talk.press("dire-0")
    assert "Choisissez d’abord" in talk.view().status
    assert buttons(talk) == ["Dire cela"]
    line = talk.line
    assert line
    answer(talk, fault=True)
    fault = next(one for one in line.choices if one.is_fault)
    status = talk.view().status
    assert fault.reply in status
    assert fault.why in status
    assert fault.kind in status.lower()
    first = talk.view().controls[0]
    assert first.label.startswith("Échange 2. ")
    assert talk.view().focus == first.name == "choix-1"
    assert f"Confiance {3 + fault.trust} sur 10 (avant : 3)" in unescape(talk.view().chart).replace("\u00a0", " ")
    assert "Relire la conversation" in unescape(talk.view().words).replace("\u00a0", " ")
    talk.press("retour-1")
    assert talk.line == line
    assert fault.words in talk.view().status
    assert talk.view().controls[0].value == ""
    assert buttons(talk) == ["Dire cela"]


def test_good_answers_lead_to_a_good_end_with_its_debrief(talk: Talk) -> None:
    while talk.line:
        answer(talk)
    view = talk.view()
    said = unescape(view.intro + view.words).replace("\u00a0", " ").replace("\u202f", " ")
    ending = talk.story.endings[0]
    assert ending.good
    for words in (ending.title, ending.words, ending.advice, "aucun faux pas"):
        assert words in said
    for line, rank, _ in talk.played:
        assert line.choices[rank].why in said
        assert line.choices[rank].reply in said
    assert next(iter(talk.story.intention.answers.values())) in said
    assert talk.played[-1][0].choices[talk.taken[-1]].reply in view.status


def test_the_debrief_opens_on_what_cost_most_and_goes_back_to_any_choice(talk: Talk) -> None:
    answer(talk, fault=True)
    while talk.line:
        answer(talk)
    view = talk.view()
    review = view.controls[0]
    assert review.value == review.options[0], "the only fault"
    talk.put(REVIEW, review.options[3])
    assert "Échange 4. " in talk.view().status
    kept = talk.taken[:3]
    talk.press(RETURN)
    assert talk.taken == kept
    assert talk.view().controls[0].label.startswith("Échange 4. ")
    while talk.line:
        answer(talk)
    talk.press(AGAIN)
    assert talk.taken == []
    assert not talk.bet.locked


@pytest.mark.parametrize("name", NAMES)
def test_every_path_has_its_view_fast_enough(name: str) -> None:
    story = conversation_of(COMPANY, name)
    every = list(paths(story))
    longest = 0.0
    for path in every[:: max(1, len(every) // 200)]:
        talk = Talk(story)
        talk.put(INTENTION, next(iter(story.intention.answers)))
        talk.press(LOCK)
        for rank in path:
            start = perf_counter()
            answer(talk, rank)
            view = talk.view()
            longest = max(longest, perf_counter() - start)
            assert all(one.off is False for one in view.controls)
            assert len({one.name for one in view.controls}) == len(view.controls)
        assert talk.line is None
        assert talk.story.ending(talk.played[-1][2]).title in unescape(talk.view().intro).replace("\u00a0", " ")
    assert longest < 0.1


def test_what_a_page_may_send_out_of_turn_changes_nothing(talk: Talk) -> None:
    panel = SimulatorPanel(talk)
    before = talk.view()
    for message in (
        None, 3, {}, {"name": "choix-0", "value": "Rien."}, {"name": "choix-0", "value": 2}, {"name": "dire-7"},
        {"name": REVIEW, "value": "Échange 1"}, {"name": RETURN}, {"name": "retour-0"}, {"name": AGAIN, "value": True},
    ):  # fmt: skip
        panel.hear(message)
    assert talk.view() == before
    controls: tuple[Control, ...] = before.controls
    panel.hear({"name": controls[0].name, "value": controls[0].options[0]})
    assert talk.picked == controls[0].options[0]


@pytest.mark.parametrize("learner", [""])
def test_a_dossier_opens_its_conversations_and_says_which_there_are(dossier: Dossier) -> None:
    shown = dossier.conversation(NAMES[0])
    assert "lancez cette cellule" in repr(shown)
    assert "ck-still" in shown._repr_mimebundle_()["text/html"]
    with pytest.raises(CasekitError, match="equipe-tendue"):
        dossier.conversation("chef")
