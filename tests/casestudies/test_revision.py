"""The day's revision: what comes first, when a card comes back, the streak, the words, and what a notebook shows."""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.keys.cases import case_of
from autograder.keys.questions import question_of
from casestudies import glossaire, ouvrir_dossier, reviser
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.identity import write_json
from casestudies.revision import opening
from casestudies.revision.cards import Flashcard, Reply
from casestudies.revision.glossary import glossary, word_cards
from casestudies.revision.mistakes import mistakes_of, remember_mistakes
from casestudies.revision.places import kept_file
from casestudies.revision.schedule import LONGEST_DAYS, daily, read_memory, reviewed, streak
from casestudies.revision.session import CARDS, WORDS, Session
from casestudies.revision.view import RevisionView, end_of, place_of, streak_of
from casestudies.studio.revision_live import RevisionPanel
from casestudies.study import REVISION as NOTEBOOK
from casestudies.study import home_of

TODAY = date(2026, 11, 26)
NAMES = [f"M{number:02}" for number in range(1, 31)]


class Cards:
    """Stands for the other side: thirty cards whose figures depend on the seed."""

    def flashcards(self, seed: str) -> Sequence[Flashcard]:
        return [
            Flashcard(
                name,
                f"{name}, {seed} ?",
                Reply(10.0, "Oui."),
                (Reply(20.0, "Non.", "Doublé", "Le double ?"),),
                "5 + 5.",
            )
            for name in NAMES
        ]


def session(folder: Path, today: date = TODAY, learner: str = "ana.martin") -> Session:
    return Session(learner, folder, Cards(), today)  # type: ignore[arg-type]


def work(one: Session, right: Callable[[str], bool] = lambda _: True) -> list[str]:
    """Answer every card of a day; return their ids in order."""
    seen = []
    while one.card:
        seen.append(one.card.id)
        value = one.card.right.value if right(one.card.id) else one.card.wrong[0].value
        one.answer("ABCD"[one.card.options.index(str(value))] if one.card.options else value)
        one.advance()
    return seen


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_a_day_is_five_questions_and_two_words_the_same_whoever_opens_it_again(tmp_path: Path) -> None:
    seen = work(session(tmp_path))
    assert len(seen) == CARDS + WORDS == len(set(seen))
    assert [name for name in seen if name.startswith("mot-")] == seen[-WORDS:]
    other = tmp_path / "ailleurs"
    assert work(session(other)) == seen
    assert work(session(other, learner="lea")) != seen
    assert session(tmp_path).card is None, "the day is done"


def test_one_s_own_mistakes_come_first_the_latest_before(tmp_path: Path) -> None:
    remember_mistakes(tmp_path, "ana.martin", ("M07", "M21"))
    remember_mistakes(tmp_path, "ana.martin", ("M07",))
    remember_mistakes(tmp_path, "lea", ("M30",))
    assert mistakes_of(tmp_path, "ana.martin") == {"M21": 1, "M07": 2}
    first = session(tmp_path)
    assert first.own
    assert work(first)[:2] == ["M07", "M21"]
    assert not {"M07", "M21"} & set(work(session(tmp_path, TODAY + timedelta(1))))


def test_a_mistake_made_again_comes_back_the_next_day_even_when_its_card_was_not_due(tmp_path: Path) -> None:
    remember_mistakes(tmp_path, "ana.martin", ("M07",))
    work(session(tmp_path))
    remember_mistakes(tmp_path, "ana.martin", ("M07",))
    assert work(session(tmp_path, TODAY + timedelta(1)))[0] == "M07"


def test_a_missed_card_comes_back_at_the_end_with_other_figures_then_the_next_day(tmp_path: Path) -> None:
    one = session(tmp_path)
    missed, statement = one.card.id, one.card.statement
    one.answer(20)
    assert one.verdict.heading == "Erreur reconnue : Doublé"
    one.advance()
    assert one.total == CARDS + WORDS + 1
    rest = []
    while one.card:
        rest.append((one.card.id, one.card.statement, one.repeated))
        one.answer(one.card.right.value if not one.card.options else "A")
        one.advance()
    again = [item for item in rest if item[0] == missed]
    assert len(again) == 1
    assert again[0][2]
    assert again[0][1] != statement
    assert missed in work(session(tmp_path, TODAY + timedelta(1)))


def test_intervals_grow_when_one_is_right_and_fall_when_one_is_wrong() -> None:
    day, memory, gaps = TODAY, None, []
    for _ in range(8):
        memory = reviewed(memory, True, day)
        gaps.append((memory.due - day).days)
        day = memory.due
    assert gaps == sorted(gaps)
    assert gaps[0] >= 1
    assert gaps[3] > 10
    assert max(gaps) <= LONGEST_DAYS
    failed = reviewed(memory, False, day)
    assert (failed.due - day).days < gaps[-1] / 2
    assert reviewed(None, False, TODAY).due == TODAY + timedelta(1)
    assert reviewed(None, True, TODAY) == reviewed(None, True, TODAY), "nothing is left to chance"


def test_what_is_due_goes_before_what_is_new_and_the_day_is_never_longer(tmp_path: Path) -> None:
    memories = {name: reviewed(None, True, TODAY - timedelta(30 + rank)) for rank, name in enumerate(NAMES[:8])}
    chosen = daily(NAMES[::-1], {"M30": 1}, memories, TODAY, 5)
    assert chosen == ["M30", *sorted(NAMES[:8], key=lambda name: memories[name].due)[:4]]
    assert daily(NAMES, {}, {"M01": reviewed(None, True, TODAY)}, TODAY, 1) == []


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [((), 0), ((0,), 1), ((1,), 1), ((3,), 1), ((4,), 0), ((0, 3, 6), 3), ((0, 3, 7), 2), ((0, 0, 1), 2)],
)
def test_the_streak_forgives_two_missed_days_in_a_row_and_not_three(gaps: tuple[int, ...], expected: int) -> None:
    assert streak([TODAY - timedelta(gap) for gap in gaps], TODAY) == expected


def test_the_streak_is_kept_and_says_its_rule(tmp_path: Path) -> None:
    assert streak_of(session(tmp_path)) == ""
    work(session(tmp_path))
    later = session(tmp_path, TODAY + timedelta(3))
    assert later.streak == 1
    work(later)
    assert later.streak == 2
    assert "Un ou deux jours manqués" in streak_of(later)


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "{", '{"cartes": [], "jours": 3}', '{"cartes": {"M01": 5, "M02": {}}, "jours": ["x", 4, null]}',
        '{"cartes": {"M01": {"stability": NaN, "difficulty": 5, "due": "2026-01-01", "last": "2026-01-01"}}}',
        '{"cartes": {"M01": {"stability": 1e300, "difficulty": 5, "due": "9999-01-01", "last": "2026-01-01"}}}',
        '{"cartes": {"M01": {"stability": 3, "difficulty": 5, "due": "9999-12-31", "last": "0001-01-01"}}}',
    ],
)  # fmt: skip
def test_damaged_files_lose_nothing_else(tmp_path: Path, content: str) -> None:
    for kind in ("cartes", "erreurs"):
        path = kept_file(tmp_path, "ana.martin", kind)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    remember_mistakes(tmp_path, "ana.martin", ("M02",))
    assert work(session(tmp_path))[0] == "M02"
    assert json.loads(kept_file(tmp_path, "ana.martin", "cartes").read_text())["jours"] == ["2026-11-26"]


def test_a_memory_written_is_read_again() -> None:
    memory = reviewed(None, True, TODAY, 3)
    assert read_memory(json.loads(json.dumps(memory.as_json()))) == memory


def test_an_answer_that_cannot_be_read_is_not_counted(tmp_path: Path) -> None:
    one = session(tmp_path)
    card = one.card
    one.answer("je ne sais pas")
    one.advance()
    assert one.card is card
    assert not kept_file(tmp_path, "ana.martin", "cartes").exists()
    one.answer(10)
    assert one.answer(20).right, "the first answer read is the one that counts"


def test_nothing_is_lost_when_the_day_is_done(tmp_path: Path) -> None:
    one = session(tmp_path)
    work(one)
    with pytest.raises(CasekitError, match="terminée"):
        one.answer(1)
    assert any("Prochaine révision utile" in line for line in end_of(one))


def test_every_check_remembers_the_mistakes_that_it_names(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (alone / NOTEBOOK).touch()
    folder = alone / "e2-performance"
    folder.mkdir()
    assert home_of(folder) == alone
    assert home_of(alone) == alone
    monkeypatch.chdir(folder)
    dossier = ouvrir_dossier("kerlavandre", "ana.martin")
    company = dossier._company
    key = question_of("q1-sessions").key(case_of(company.slug, company.learner, company.draw))
    dossier.verifier("q1-sessions", key.right)
    assert mistakes_of(alone, "ana.martin") == {}
    dossier.verifier("q1-sessions", key.wrong[0].value)
    made = mistakes_of(alone, "ana.martin")
    assert key.wrong[0].misconception in made
    assert dossier.reviser()._session.card.id in made
    monkeypatch.chdir(alone)
    assert reviser()._session.card.id in made, "the only identifier kept beside the notebooks is used"
    assert mistakes_of(folder, "ana.martin") == made


def test_two_identifiers_beside_the_notebooks_are_never_guessed_between(alone: Path) -> None:
    for folder, learner in (("a", "ana"), ("b", "lea")):
        write_json(alone / folder / ".casekit" / "identite.json", {"identifiant": learner})
    with pytest.raises(CasekitError, match="identifiant entre les guillemets"):
        reviser("")
    assert reviser("lea")._session._learner == "lea"
    assert reviser("")._session._learner == "lea"


def test_nothing_opens_at_grading(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert reviser("ana.martin") is None
    assert ouvrir_dossier("kerlavandre", "ana.martin").reviser() is None
    assert not (alone / ".casekit" / "revision").exists()


def test_without_widgets_one_answers_in_cells(alone: Path) -> None:
    revision = reviser("ana.martin")
    assert "Question 1 sur 7" in repr(revision)
    assert "revision.repondre(" in repr(revision)
    card = revision._session.card
    said = revision.repondre("A" if card.options else "1")
    assert "Question 2 sur" in repr(said)
    assert said._repr_mimebundle_().keys() == {"text/plain", "text/html"}
    assert revision.repondre("?").text().startswith("? Réponse illisible")
    assert "Question 2 sur" in repr(revision)
    while revision._session.card:
        card = revision._session.card
        last = revision.repondre("A" if card.options else 1)
    assert "Révision du jour terminée" in last.text()
    assert "Révision du jour terminée" in last.html()


def test_without_the_other_side_the_words_are_still_there(tmp_path: Path) -> None:
    seen = work(Session("ana.martin", tmp_path, None, TODAY))
    assert len(seen) == WORDS


def test_the_panel_says_what_the_page_needs_and_survives_anything(tmp_path: Path) -> None:
    one = session(tmp_path)
    panel = RevisionPanel(one)
    assert panel.shown["place"] == "Question 1 sur 7"
    assert not panel.shown["answered"]
    panel.hear({"do": "answer", "value": "20"})
    assert "Doublé" in panel.shown["said"]
    assert panel.shown["answered"]
    for message in (None, [], "x", {"do": "rien"}, {"do": "answer"}, {"do": "answer", "value": {"a": [1] * 100}}):
        panel.hear(message)
        assert panel.shown["answered"]
    panel.hear({"do": "next"})
    assert panel.shown["place"] == "Question 2 sur 8"
    while one.card:
        work(one)
    panel.hear({"do": "answer", "value": "1"})
    assert "terminée" in panel.shown["end"]


def test_what_is_written_is_escaped(tmp_path: Path) -> None:
    one = session(tmp_path, learner="<img src=x onerror=alert(1)>")
    assert "<img" not in RevisionView.of(one).html()


def test_a_notebook_with_a_kernel_gets_a_live_place(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "running_shell", lambda: SimpleNamespace(kernel=object()))
    revision = reviser("ana.martin")
    shown = revision._repr_mimebundle_()
    assert set(shown) == {"text/plain", "text/html"}
    assert f'data-casekit-revision="{revision._live.model_id}"' in shown["text/html"]
    assert place_of(revision._session) in shown["text/html"].replace("\u00a0", " ")


def test_the_glossary_defines_each_word_in_one_sentence_with_figures() -> None:
    words = glossary()
    assert len(words) >= 60
    assert len({word.term for word in words.values()}) == len(words)
    for word in words.values():
        assert word.definition[0].isupper(), word.id
        assert word.definition.rstrip("…").endswith((".", "x")) or word.definition.endswith("…"), word.id
        assert word.definition.count(". ") == 0, word.id
        assert any(sign.isdigit() for sign in word.example), word.id
        assert word.term.split(" (")[0].lower() not in word.definition.lower(), word.id


def test_a_word_is_found_by_its_name_its_initials_or_without_accents() -> None:
    assert glossaire("roas").heading == "ROAS"
    assert glossaire("taux de clic").heading == glossaire("Taux de clic (CTR)").heading
    assert "L310-3" in glossaire("Soldes").text()
    assert "publicité" in glossaire().text().lower()
    with pytest.raises(UnknownNameError, match="ROAS"):
        glossaire("licorne")


def test_every_word_has_a_card_with_four_words_of_its_theme() -> None:
    cards = word_cards("graine")
    assert [card.id for card in cards] == [f"mot-{name}" for name in glossary()]
    for card in cards:
        assert len(set(card.options)) == 4
        assert card.right.value in card.options
    assert word_cards("graine") == cards
    assert word_cards("autre") != cards
