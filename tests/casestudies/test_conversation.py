"""Conversations that branch, on every path: each ends, none rewards a fault, and nothing betrays the good answer."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

import pytest

from autograder.keys.checks.health import medical_slip
from casestudies.company import COMPANIES
from casestudies.conversation import (
    END,
    FAULTS,
    GRAVE_FAULTS,
    LONGEST,
    SHORTEST,
    SUPPORTS,
    Conversation,
    TalkChoice,
    TalkLine,
    TalkStanding,
    paths,
    reached,
)
from casestudies.conversation_files import conversation_of, conversations

ALL = [(company, name) for company in COMPANIES for name in conversations(company)]


Exchange = tuple[TalkLine, int, TalkStanding]


@cache
def told(company: str, name: str) -> Conversation:
    return conversation_of(company, name)


@cache
def every_path(company: str, name: str) -> list[tuple[tuple[int, ...], list[Exchange]]]:
    """Return each path of a conversation, and its exchanges."""
    story = told(company, name)
    return [(path, story.played(path)) for path in paths(story)]


@cache
def beyond(company: str, name: str, code: str) -> set[str]:
    """Return the lines that can follow a line, itself among them."""
    return reached(told(company, name).lines, code)


@pytest.fixture(params=ALL, ids=lambda one: one[1])
def place(request: pytest.FixtureRequest) -> tuple[str, str]:
    found: tuple[str, str] = request.param
    return found


@pytest.fixture
def story(place: tuple[str, str]) -> Conversation:
    return told(*place)


def worth(story: Conversation, standing: TalkStanding) -> int:
    """Return how good the ending of a conversation is: 0 for the worst."""
    return len(story.endings) - 1 - story.endings.index(story.ending(standing))


def choices_of(story: Conversation) -> list[TalkChoice]:
    return [one for line in story.lines.values() for one in line.choices]


def test_there_are_two_of_them_in_the_agency() -> None:
    assert ALL == [("septembrune", "alternante-isolee"), ("septembrune", "equipe-tendue")]


def test_every_path_ends_in_eight_to_twelve_exchanges_and_every_line_is_said(place: tuple[str, str]) -> None:
    story, said = told(*place), set()
    for path, played in every_path(*place):
        assert SHORTEST <= len(path) <= LONGEST
        assert played[-1][0].choices[path[-1]].leads_to == END
        said |= {line.code for line, *_ in played}
    assert said == set(story.lines)


def test_every_ending_is_met_and_good_ones_are_rare(place: tuple[str, str]) -> None:
    story = told(*place)
    met = Counter(story.ending(played[-1][2]).title for _, played in every_path(*place))
    assert set(met) == {one.title for one in story.endings}
    good = sum(met[one.title] for one in story.endings if one.good)
    assert good / met.total() < 0.02, "chance alone does not get there"


def test_good_answers_alone_end_well_and_a_grave_fault_never_does(place: tuple[str, str]) -> None:
    story, clean = told(*place), 0
    for path, played in every_path(*place):
        end = played[-1][2]
        if not end.faults:
            clean += 1
            assert story.ending(end).good, path
        if end.grave or end.faults > 1:
            assert not story.ending(end).good, path
    assert clean >= 6, "there is more than one good way"


def test_a_faux_pas_can_be_made_good_but_not_at_once(place: tuple[str, str]) -> None:
    story = told(*place)
    for faults in (1, 2):
        found = [played[-1][2] for _, played in every_path(*place) if played[-1][2].faults == faults]
        ends = {story.ending(end).title for end in found}
        assert ends & {one.title for one in story.endings[: 1 + faults]}, faults
        assert story.endings[-1].title not in ends


def gain(choice: TalkChoice) -> int:
    return choice.trust - choice.tension


def alike(place: tuple[str, str], start: TalkStanding, code: str, rest: Sequence[Exchange]) -> TalkStanding:
    """Return the end of a path that answers as ``rest`` does: the same answer, else the same kind, else one as heavy.

    Where both say the same line, they are side by side; a line that ``rest`` has not is answered by a fault.
    """
    story, standing, left = told(*place), start, list(rest)
    while code != END:
        choices = story.lines[code].choices
        codes = [line.code for line, *_ in left]
        left = left[codes.index(code) :] if code in codes else left
        if left and (code in codes or left[0][0].code not in beyond(*place, code)):
            line, rank, _ = left.pop(0)
            wanted = line.choices[rank]
            like = [one for one in choices if one.is_fault == wanted.is_fault]
            choice = min(like, key=lambda one: (one != wanted, one.kind != wanted.kind, abs(gain(one) - gain(wanted))))
        else:
            choice = next(one for one in choices if one.is_fault)
        standing, code = standing.after(choice), choice.leads_to
    return standing


def test_on_every_path_a_fault_instead_of_a_good_answer_never_ends_better(place: tuple[str, str]) -> None:
    story = told(*place)
    compared = 0
    for path, played in every_path(*place):
        end = worth(story, played[-1][2])
        for number, (line, rank, _) in enumerate(played):
            if not line.choices[rank].is_fault:
                continue
            start = played[number - 1][2] if number else story.start
            for good in (one for one in line.choices if not one.is_fault):
                other = alike(place, start.after(good), good.leads_to, played[number + 1 :])
                assert worth(story, other) >= end, (path, number, good.words)
                compared += 1
    assert compared > 50_000


def test_wherever_one_stands_a_good_answer_opens_better_ends_than_a_fault(place: tuple[str, str]) -> None:
    story = told(*place)

    @cache
    def ends(code: str, standing: TalkStanding) -> tuple[int, int, float]:
        """Return the worst and the best that can follow, and the mean of what chance would get."""
        if code == END:
            found = worth(story, standing)
            return found, found, float(found)
        after = [ends(one.leads_to, standing.after(one)) for one in story.lines[code].choices]
        worst, best, mean = zip(*after, strict=True)
        return min(worst), max(best), sum(mean) / len(mean)

    seen: set[tuple[str, TalkStanding]] = set()
    waiting = [(story.first, story.start)]
    while waiting:
        code, standing = waiting.pop()
        if code == END or (code, standing) in seen:
            continue
        seen.add((code, standing))
        after = [(one, ends(one.leads_to, standing.after(one))) for one in story.lines[code].choices]
        waiting += [(one.leads_to, standing.after(one)) for one, _ in after]
        for good, gained in after:
            for fault, lost in after:
                if fault.is_fault and not good.is_fault:
                    assert all(a >= b for a, b in zip(gained, lost, strict=True)), (code, standing, fault.words)
    assert len(seen) > 500


HABITS: dict[str, Callable[[Sequence[str]], int]] = {
    "first": lambda said: 0,
    "second": lambda said: 1,
    "last": lambda said: len(said) - 1,
    "longest": lambda said: max(range(len(said)), key=lambda rank: len(said[rank])),
    "shortest": lambda said: min(range(len(said)), key=lambda rank: len(said[rank])),
    "a question": lambda said: next((rank for rank, one in enumerate(said) if one.endswith("?")), 0),
    "no question": lambda said: next((rank for rank, one in enumerate(said) if "?" not in one), 0),
    "most commas": lambda said: max(range(len(said)), key=lambda rank: said[rank].count(",")),
    "a colon": lambda said: next((rank for rank, one in enumerate(said) if ":" in one), 0),
    "in turn": lambda said: len(said[0]) % len(said),
}


@pytest.mark.parametrize("habit", HABITS)
def test_no_habit_of_guessing_ends_well(story: Conversation, habit: str) -> None:
    code, standing = story.first, story.start
    while code != END:
        choice = story.lines[code].choices[HABITS[habit]([one.words for one in story.lines[code].choices])]
        standing, code = standing.after(choice), choice.leads_to
    assert not story.ending(standing).good


def test_neither_place_nor_length_betrays_the_good_answer(story: Conversation) -> None:
    lines = list(story.lines.values())
    places = Counter(rank for line in lines for rank, one in enumerate(line.choices) if not one.is_fault)
    assert len(places) == 3
    assert max(places.values()) <= 0.5 * places.total()
    assert min(places.values()) >= 0.2 * places.total()
    longest = sum(not max(line.choices, key=lambda one: len(one.words)).is_fault for line in lines)
    shortest = sum(not min(line.choices, key=lambda one: len(one.words)).is_fault for line in lines)
    assert longest <= 0.55 * len(lines)
    assert shortest <= 0.55 * len(lines)
    good, bad = (
        [len(one.words) for one in choices_of(story) if one.is_fault is fault] for fault in (False, True)
    )  # fmt: skip
    assert sum(good) / len(good) == pytest.approx(sum(bad) / len(bad), rel=0.1)
    for line in lines:
        sizes = [len(one.words) for one in line.choices]
        assert max(sizes) <= 1.7 * min(sizes), line.code


def test_texts_are_short(story: Conversation) -> None:
    assert len(story.scene.split()) <= 60
    for line in story.lines.values():
        assert len(line.words) <= 110, line.code
        for one in line.choices:
            assert 40 <= len(one.words) <= 135, one.words
            assert len(one.reply) <= 90, one.reply
            assert 40 <= len(one.why) <= 190, one.why
    for ending in story.endings:
        assert len(ending.words.split()) <= 45
        assert len(ending.advice.split()) <= 30


def test_each_kind_serves_and_desc_is_named_where_it_is_used(place: tuple[str, str]) -> None:
    story = told(*place)
    kinds = {one.kind for one in choices_of(story)}
    assert {"écoute", "reformulation", "question ouverte", "fait", "ressenti", "demande", "accord", "cadre"} <= kinds
    assert set(FAULTS) <= kinds
    assert kinds <= {*SUPPORTS, *FAULTS, *GRAVE_FAULTS}
    steps = {"Décrire": "fait", "Exprimer": "ressenti", "Spécifier": "demande", "Conclure": "accord"}
    for step, kind in steps.items():
        named = [one for one in choices_of(story) if one.why.startswith(f"{step} :")]
        assert named, step
        assert all(one.kind == kind for one in named), step


def test_the_four_grave_faults_are_in_one_or_the_other() -> None:
    kinds = {one.kind for place in ALL for one in choices_of(told(*place))}
    assert set(GRAVE_FAULTS) <= kinds


def test_no_good_answer_names_somebody_s_health_and_nobody_has_a_name(story: Conversation) -> None:
    for one in choices_of(story):
        if not one.is_fault:
            assert medical_slip(one.words) is None, one.words
            assert medical_slip(one.reply) is None, one.reply
    for line in story.lines.values():
        assert not re.match(r"(?:M\.|Mme|Monsieur|Madame)\b", line.speaker)
        assert re.match(r"(?:L’|La |Le )?[A-Za-zÉ]", line.speaker)
    for told_fact in story.facts.values():
        assert medical_slip(told_fact) is None
