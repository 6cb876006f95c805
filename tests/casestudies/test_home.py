"""The home: where a learner stands, what it says with and without a kernel, how an identifier changes."""

import json
import os
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

import casestudies
from casestudies import accueil
from casestudies.display import Card
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.findings import Outcome
from casestudies.home import opening
from casestudies.home.documents import document_html, documents_of
from casestudies.home.opening import Home
from casestudies.home.page import HomePage
from casestudies.home.standing import current, next_question, standing_in, standings
from casestudies.home.summary import summaries, summary_of
from casestudies.identity import Identity, identify, keep_learner, known_learner, write_json
from casestudies.kept_progress import KeptProgress
from casestudies.seeds import REFERENCE
from casestudies.studio.home_live import HomePanel
from casestudies.study import HOME, REVISION, home_of

FIRST, SECOND = summaries()[:2]
SAME_COMPANY = [one for one in summaries() if one.folder == "e2-performance"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study folder whose notebooks are empty files, at hand."""
    folder = tmp_path / "etude"
    for notebook in summaries():
        (folder / notebook.folder).mkdir(parents=True, exist_ok=True)
        (folder / notebook.file).write_text("{}", encoding="utf-8")
    (folder / HOME).write_text("{}", encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    return folder


def succeed(root: Path, learner: str, notebook: object, *ranks: int) -> None:
    """Let a learner succeed in questions of a notebook, named by their rank."""
    assert notebook in summaries()
    kept = KeptProgress(root / notebook.folder, notebook.company, learner)
    for rank in ranks:
        kept.remember(notebook.questions[rank - 1].id, outcome=Outcome.RIGHT)


def test_what_is_compiled_tells_each_notebook() -> None:
    for one in summaries():
        assert all((one.assessment, one.title, one.company, one.duration, one.questions)), one.name
        assert "minutes" in one.duration or "heure" in one.duration
        assert one.produces, one.name
    assert summary_of(FIRST.name) is FIRST
    assert summary_of("e9/01-rien") is None
    assert FIRST.heading.startswith("1. ")
    assert FIRST.rank(FIRST.questions[3].id) == 4


def test_no_card_has_a_capital_in_the_middle_of_a_sentence(root: Path) -> None:
    text = re.sub(r"<[^>]+>", "\n", HomePage("", standings(root, REFERENCE)).html())
    said = re.findall(r"^Vous produirez\s: (.+)$", text, re.MULTILINE)
    assert len(said) == len(summaries())
    for sentence in said:
        capitals = re.findall(r"\b[^\W\d_]*[A-ZÀ-Ý][^\W\d_]*", sentence)
        assert all(word.isupper() and len(word) > 1 for word in capitals), sentence
    assert any("\u00a0; e-mail aux magasins." in one for one in said)


@pytest.mark.parametrize(
    ("done", "last", "following"),
    [
        ("", "", "a"),
        ("a", "a", "b"),
        ("a", "c", "c"),  # worked on, and not yet right
        ("abc", "c", "d"),
        ("bcd", "d", "a"),  # what was left behind comes after the end
        ("abcd", "d", ""),
        ("", "gone", "a"),
    ],
)
def test_the_next_question(done: str, last: str, following: str) -> None:
    assert next_question(list("abcd"), set(done), last) == following


def test_a_folder_without_progress_begins_with_its_first_notebook(root: Path) -> None:
    found = standings(root, REFERENCE)
    assert [one.notebook for one in found] == list(summaries())
    now = current(found)
    assert now is not None
    assert (now.notebook, now.last) == (FIRST, "")
    assert HomePage("", found).action() == f"Commencer : {FIRST.heading}"
    assert current([]) is None
    assert HomePage("", []).action() == ""


def test_only_the_notebooks_that_are_there_are_shown(root: Path) -> None:
    (root / FIRST.file).unlink()
    assert [one.notebook for one in standings(root, REFERENCE)] == list(summaries())[1:]
    assert FIRST.heading not in HomePage("", standings(root, REFERENCE)).text()


def test_the_question_to_resume_is_in_the_notebook_worked_on_last(root: Path) -> None:
    succeed(root, "ana", FIRST, 1, 2)
    succeed(root, "ana", SECOND, 1, 2, 3)
    earlier = next((root / FIRST.folder / ".casekit/progression").glob(f"{FIRST.company}-*"))
    os.utime(earlier, (1, 1))
    assert HomePage("ana", standings(root, "ana")).action() == "Reprendre : question 4"
    assert f"{SECOND.questions[3].title}" in HomePage("ana", standings(root, "ana")).html()
    assert "Commencer" in HomePage("bob", standings(root, "bob")).action()


def test_two_notebooks_about_one_company_do_not_mix(root: Path) -> None:
    succeed(root, "ana", SAME_COMPANY[1], 1)
    succeed(root, "ana", SAME_COMPANY[0], 1, 2)
    found = {one.notebook: one for one in standings(root, "ana")}
    assert found[SAME_COMPANY[1]].done == {SAME_COMPANY[1].questions[0].id}
    now = current(list(found.values()))
    assert now is not None
    assert now.notebook is SAME_COMPANY[0]
    assert now.next == SAME_COMPANY[0].questions[2]


def test_a_finished_notebook_leads_to_the_next_one_and_the_last_to_handing_in(root: Path) -> None:
    succeed(root, "ana", FIRST, *range(1, len(FIRST.questions) + 1))
    assert HomePage("ana", standings(root, "ana")).action() == f"Commencer : {SECOND.heading}"
    for one in summaries():
        succeed(root, "ana", one, *range(1, len(one.questions) + 1))
    page = HomePage("ana", standings(root, "ana"))
    assert "remettez" in page.action()
    assert "ck-go" not in page.html()


def test_progress_is_counted_by_criterion(root: Path) -> None:
    succeed(root, "ana", FIRST, 1)
    counts = standing_in(root, "ana", FIRST).by_criterion()
    assert sum(total for _, total in counts.values()) == len(FIRST.questions)
    assert sum(done for done, _ in counts.values()) == 1
    assert list(counts) == sorted(counts)
    code, (done, total) = next(item for item in counts.items() if item[1][0])
    assert f"{code}\xa0: {done} sur {total}" in HomePage("ana", standings(root, "ana")).html()


class _Tags(HTMLParser):
    """The open tags left at the end, and the attributes seen."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_quotes_the_identifier(root: Path) -> None:
    hostile = '<script>alert("x")</script>'
    html = HomePage(hostile, standings(root, hostile), key='"><b', hands_in=True).html()
    assert "<script" not in html
    tags = _Tags()
    tags.feed(html)
    assert tags.open == []
    links = [value for name, value in tags.attributes if name == "href"]
    assert all((root / str(link)).is_file() for link in links if link != REVISION)
    assert REVISION in links


def test_the_home_reads_without_buttons(root: Path) -> None:
    shown = accueil()
    assert isinstance(shown, Home)
    bundle = shown._repr_mimebundle_()
    assert 'accueil("votre.identifiant")' in bundle["text/plain"]
    assert "Commencer" in bundle["text/html"]
    assert 'data-casekit-home=""' in bundle["text/html"]
    assert "ana" in repr(accueil("ana"))
    assert "ana" in repr(accueil())


def test_nothing_is_shown_at_grading(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert accueil("ana") is None
    assert known_learner(root) == ""


def test_the_identifier_given_at_home_serves_in_every_notebook(root: Path) -> None:
    accueil(" ana ")
    assert identify("", root / FIRST.folder, {}).learner == "ana"
    assert identify("bob", root / SECOND.folder, {}).before == "ana"
    assert repr(accueil()).startswith("Vous travaillez sous l’identifiant «\xa0bob\xa0»")


def test_an_identifier_kept_beside_the_notebooks_before_there_was_a_home_still_counts(root: Path) -> None:
    write_json(root / FIRST.folder / ".casekit/identite.json", {"identifiant": "lea"})
    assert identify("", root / FIRST.folder, {}).learner == "lea"
    keep_learner("ana", root)
    assert identify("", root / FIRST.folder, {}).learner == "ana"
    assert home_of(root / FIRST.folder) == root
    assert home_of(root) == root


def test_a_name_like_the_known_one_is_asked_about_and_another_one_taken(root: Path) -> None:
    home = accueil("ana.martin")
    assert home is not None
    asked = home.act({"do": "identify", "name": "Ana Martin"})
    assert set(asked) == {"asks"}
    assert "Est-ce la même personne" in asked["asks"]["text"]
    assert home.learner == known_learner(root) == "ana.martin"
    assert "Ana Martin" in home.act({"do": "identify", "name": "Ana Martin", "sure": True})["said"]
    assert known_learner(root) == "Ana Martin"
    answer = home.act({"do": "identify", "name": "bob"})
    assert "bob" in answer["faces"]["text/html"]
    with pytest.raises(CasekitError, match="identifiant"):
        home.act({"do": "identify", "name": "  "})
    with pytest.raises(CasekitError, match="pas reconnu"):
        home.act({"do": "dance"})


def test_a_slip_that_is_typed_is_asked_about_and_changes_nothing(root: Path) -> None:
    accueil("ana.martin")
    shown = repr(accueil("Ana Martin"))
    assert "Est-ce la même personne" in shown
    assert known_learner(root) == "ana.martin"


def test_progress_made_since_is_seen_when_the_home_comes_back(root: Path) -> None:
    home = accueil("ana")
    assert home is not None
    succeed(root, "ana", FIRST, 1)
    assert "question 2" in home.act({"do": "look"})["faces"]["text/plain"]


def test_documents_are_read_with_the_learners_figures(root: Path) -> None:
    for company in {one.company for one in summaries()}:
        titles = documents_of(company)
        assert len(titles) > 2
        assert all(title and not {"{", "#", "Objet"} & set(title.split()) for title in titles.values())
        assert all(title[0].isupper() for title in titles.values())
    home = accueil("ana")
    assert home is not None
    charter = home.act({"do": "read", "name": "kerlavandre/charte"})["document"]
    assert "<h3>" in charter
    assert "<h2>" not in charter
    assert "Bonjour" in home.act({"do": "read", "name": "kerlavandre/message"})["document"]
    for name in ("kerlavandre/../brief", "kerlavandre/", "/", "", "x/y"):
        with pytest.raises(CasekitError):
            home.act({"do": "read", "name": name})
    with pytest.raises(UnknownNameError):
        document_html("kerlavandre", "introuvable", "ana")


def test_handing_in_calls_what_the_kit_offers(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = accueil("ana")
    assert home is not None
    monkeypatch.setattr(opening, "hand_in", lambda: None)
    assert "data-casekit-hand-in" not in home.page().html()
    with pytest.raises(CasekitError, match="e1-strategie"):
        home.act({"do": "hand-in", "name": "e1-strategie"})
    handed: list[tuple[str, str]] = []

    def hand_in(learner: str, assignment: str) -> Card:
        handed.append((learner, assignment))
        return Card("Remis")

    monkeypatch.setattr(opening, "hand_in", lambda: hand_in)
    assert 'data-casekit-hand-in="e1-strategie"' in home.page().html()
    assert "Remis" in home.act({"do": "hand-in", "name": "e1-strategie"})["document"]
    assert handed == [("ana", "e1-strategie")]


def test_what_hands_in_is_found_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casestudies, "remettre", print, raising=False)
    assert opening.hand_in() is print


def test_the_buttons_answer_every_message_with_a_sentence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "running_shell", lambda: SimpleNamespace(kernel=True))
    home = Home(root, Identity("ana"))
    html = home._repr_mimebundle_()["text/html"]
    panel = home._panel
    assert isinstance(panel, HomePanel)
    assert f'data-casekit-home="{panel.key}"' in html
    assert panel.learner == "ana"
    assert panel.answer({"do": "identify", "name": "x" * 300, "number": 4}) == {
        "do": "identify", "name": "x" * 300, "number": 4, "alert": True,
        "said": "L’identifiant est trop long\xa0: 200 caractères au plus.",
    }  # fmt: skip
    for odd in (None, 3, {}, {"do": ["identify"]}, {"do": "read", "name": None}):
        assert panel.answer(odd)["alert"] is True
    assert panel.answer({"do": "identify", "name": "bob"})["said"]
    assert panel.learner == "bob"
    monkeypatch.setattr(home, "_shown", lambda _: 1 / 0)
    assert "ZeroDivisionError" in HomePanel(home.act, "", imposed=False).answer({"do": "look"})["said"]


def test_the_hub_gives_the_identifier_and_nobody_is_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_USER", "sam")
    monkeypatch.setattr(opening, "running_shell", lambda: SimpleNamespace(kernel=True))
    home = accueil("ana")
    assert home is not None
    assert home.learner == "sam"
    home.live()
    assert home._panel is not None
    assert home._panel.imposed


def test_what_is_kept_is_french_plain_data(root: Path) -> None:
    accueil("ana")
    assert json.loads((root / ".casekit/identite.json").read_text(encoding="utf-8")) == {"identifiant": "ana"}


def test_the_home_says_how_each_plan_is_assembled(root: Path) -> None:
    html = unescape(accueil("lea")._repr_mimebundle_()["text/html"]).replace("\u00a0", " ")
    assert 'dossier.plan("E1")' in html
    assert "Plan marketing opérationnel de Hêtrabelle" in html
    assert "e3-plan-operationnel/livrables" in html
    assert 'dossier.plan("E2")' not in html
