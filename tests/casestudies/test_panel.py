"""The panel under a check: three faces that say the same, hints counted, options chosen, with buttons or without."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbconvert import HTMLExporter

from autograder.keys.cases import case_of
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.questions import question_of, questions_of
from casestudies import ouvrir_dossier, practice
from casestudies.answers import MIME
from casestudies.choices import shown_options
from casestudies.display import inline
from casestudies.dossier import Dossier
from casestudies.findings import Finding, Outcome, QuestionCard
from casestudies.kept_progress import KeptProgress
from casestudies.session import session_of
from casestudies.studio.panel_live import Panels

NUMBER = "q1-sessions"
LETTER = "q1-entree-conversion"
LAST = "q5-roi-sea"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stand for a notebook that runs this, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    events = SimpleNamespace(register=lambda *_: None)
    running = SimpleNamespace(kernel=object(), user_ns={}, events=events)
    monkeypatch.setattr(practice, "running_shell", lambda: running)
    return running


@pytest.fixture
def ran(shell: SimpleNamespace) -> Callable[..., None]:
    """Tell the session that a cell was run."""
    session = session_of(shell)
    assert session is not None

    def tell(cell: str, source: str, success: bool = True) -> None:
        session.ran(SimpleNamespace(info=SimpleNamespace(cell_id=cell, raw_cell=source), success=success))

    return tell


@pytest.fixture
def dossier(shell: SimpleNamespace) -> Dossier:
    return ouvrir_dossier("kerlavandre", "lea")


def faces(dossier: Dossier, question: str, answer: object) -> dict[str, Any]:
    return dossier.verifier(question, answer)._repr_mimebundle_()


def live(dossier: Dossier) -> Panels:
    found = dossier._practice._live
    assert found is not None
    return found


def ask(dossier: Dossier, what: str, question: str, **more: object) -> dict[str, Any]:
    return live(dossier).answer({"do": what, "question": question, "number": 1, **more})


def options_of(dossier: Dossier) -> tuple[str, ...]:
    company = dossier._company
    return shown_options(LETTER, company.slug, company.learner, company.draw)


def test_an_answer_has_text_html_and_its_own_type_and_no_view_of_a_widget(dossier: Dossier) -> None:
    shown = faces(dossier, NUMBER, 3)
    assert set(shown) == {"text/plain", "text/html", MIME}
    for face in ("text/plain", "text/html"):
        assert "Pas encore" in shown[face]
        assert "Un indice (1 sur 3)" in shown[face]
        assert 'dossier.indice("q1-sessions")' in shown[face].replace("&quot;", '"')
    assert f'data-casekit-panel="{live(dossier).model_id}/{NUMBER}"' in shown["text/html"]
    assert live(dossier).key == live(dossier).model_id


def test_one_widget_serves_the_panels_of_a_notebook(dossier: Dossier) -> None:
    faces(dossier, NUMBER, 3)
    first = live(dossier)
    faces(dossier, LETTER, "A")
    faces(dossier, NUMBER, 4)
    assert live(dossier) is first
    assert set(first.panels) == {NUMBER, LETTER}
    told = {"hint": "Un indice (1 sur 3)", "left": True, "chosen": "", "last": False, "options": [], "levels": None}
    assert first.panels[NUMBER] == told


def test_hints_asked_by_button_are_counted_and_kept_in_every_face(dossier: Dossier) -> None:
    hints = question_of(NUMBER).hints
    faces(dossier, NUMBER, 3)
    for number in (1, 2, 3):
        answered = ask(dossier, "hint", NUMBER)
        assert answered["faces"][MIME]["hints"] == number
        assert answered["faces"]["text/html"].count("Indice ") == number
        assert answered["faces"]["text/plain"].count("Indice ") == number
        assert f"Indice {number} sur 3" in answered["said"].replace("\u00a0", " ")
    assert live(dossier).panels[NUMBER]["hint"] == "Les 3 indices sont affichés"
    assert live(dossier).panels[NUMBER]["left"] is False
    assert "Un indice" not in answered["faces"]["text/html"]
    assert KeptProgress(Path.cwd(), "kerlavandre", "lea").standing(NUMBER).hints == len(hints) == 3
    again = faces(ouvrir_dossier("kerlavandre"), NUMBER, 3)
    assert again[MIME]["hints"] == 3
    assert "Indice 3 sur 3" in again["text/plain"].replace("\u00a0", " ")


def test_a_hint_that_is_typed_counts_with_those_of_the_button(dossier: Dossier) -> None:
    faces(dossier, NUMBER, 3)
    dossier.indice(NUMBER)
    assert live(dossier).panels[NUMBER]["hint"] == "Un indice (2 sur 3)"
    assert "Indice 2 sur 3" in ask(dossier, "hint", NUMBER)["said"].replace("\u00a0", " ")


def test_a_right_answer_offers_no_hint_with_its_buttons_or_without(dossier: Dossier) -> None:
    faces(dossier, NUMBER, 3)
    assert live(dossier).panels[NUMBER]["hint"]
    key = question_of(NUMBER).key
    assert key is not None
    shown = faces(dossier, NUMBER, key(case_of("kerlavandre", "lea", dossier._company.draw)).right)
    assert shown["text/plain"].startswith("✓ Juste")
    assert "indice" not in shown["text/html"]
    assert live(dossier).panels[NUMBER]["hint"] == ""


def test_options_are_listed_with_letters_and_given_to_the_page(dossier: Dossier) -> None:
    html = faces(dossier, LETTER, None)["text/html"]
    assert all(f"<li><strong>{letter}.</strong> " in html for letter in "ABCD")
    assert html.count("<li>") == len(options_of(dossier)) == 4
    told = live(dossier).panels[LETTER]
    assert [letter for letter, _ in told["options"]] == ["A", "B", "C", "D"]
    assert told["chosen"] == ""


def test_a_chosen_letter_is_given_to_the_notebook_and_judged(dossier: Dossier, shell: SimpleNamespace) -> None:
    faces(dossier, LETTER, None)
    found = {}
    for letter in "ABCD":
        answered = ask(dossier, "choose", LETTER, letter=letter, name="entree_conversion")
        assert shell.user_ns == {"entree_conversion": letter}
        assert answered["faces"][MIME]["answer"] == {"kind": "text", "value": letter}
        assert live(dossier).panels[LETTER]["chosen"] == letter
        found[letter] = answered["said"].split("\n")[0]
    assert list(found.values()).count("✓ Juste") == 1


@pytest.mark.parametrize(
    "message",
    [
        {"do": "choose", "question": LETTER, "letter": "Z", "name": "a"},
        {"do": "choose", "question": LETTER, "letter": "AB", "name": "a"},
        {"do": "choose", "question": LETTER, "letter": "", "name": "a"},
        {"do": "choose", "question": LETTER, "letter": "A", "name": "a.b"},
        {"do": "choose", "question": LETTER, "letter": "A", "name": "class"},
        {"do": "autre", "question": LETTER},
        {"do": "hint", "question": "q-inconnue"},
        {"do": "hint", "question": []},
        "rien",
    ],
)
def test_what_the_page_may_not_ask_is_refused_in_french(dossier: Dossier, shell: SimpleNamespace, message: Any) -> None:
    faces(dossier, LETTER, "A")
    answered = live(dossier).answer(message)
    assert answered["alert"] is True
    assert "faces" not in answered
    assert shell.user_ns == {}


def test_what_goes_wrong_is_said_without_a_traceback(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    faces(dossier, NUMBER, 3)
    monkeypatch.setattr(dossier._practice, "hint", lambda question: 1 / 0)
    answered = ask(dossier, "hint", NUMBER)
    assert answered["alert"] is True
    assert "ZeroDivisionError" in answered["said"]
    assert "Traceback" not in answered["said"]


def test_the_progression_is_shown_without_the_notebook_s_name(dossier: Dossier) -> None:
    faces(dossier, NUMBER, 3)
    answered = ask(dossier, "progress", NUMBER)
    assert "<table" in answered["table"]
    here, _, others = answered["table"].partition("<details")
    assert "Notebook" not in here
    assert "Notebook" in others
    assert answered["said"].startswith("Votre progression")


def test_outside_a_notebook_nothing_waits_for_buttons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    dossier = ouvrir_dossier("kerlavandre", "lea")
    shown = faces(dossier, LETTER, "A")
    assert dossier._practice._live is None
    assert f'data-casekit-panel="/{LETTER}"' in shown["text/html"]


def test_a_static_page_shows_the_verdict_the_hints_and_how_to_ask_for_one(dossier: Dossier) -> None:
    faces(dossier, LETTER, None)
    ask(dossier, "hint", LETTER)
    output = nbformat.v4.new_output("execute_result", data=faces(dossier, LETTER, None), execution_count=1)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])
    page = HTMLExporter().from_notebook_node(notebook)[0]
    for part in ("Pas encore de réponse", "Indice 1 sur 3", "Un indice (2 sur 3)", *options_of(dossier)):
        assert inline(part) in page


def test_at_grading_no_panel_is_opened(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    shown = faces(ouvrir_dossier("kerlavandre", "lea"), LETTER, "A")
    assert shown["text/plain"] == "0"
    assert "ck-panel" not in shown["text/html"]


ANSWER = ("a" + NUMBER, "sessions = 12")
CHECK = (NUMBER, f'dossier.verifier("{NUMBER}", sessions)')


def compare(dossier: Dossier, *cells: tuple[str, str]) -> dict[str, Any]:
    """Return the panels that change when the page shows these cells."""
    found: dict[str, Any] = live(dossier).answer({"do": "compare", "cells": [list(cell) for cell in cells]})["changed"]
    return found


def test_an_answer_edited_since_is_not_judged_until_it_is_run(dossier: Dossier, ran: Callable[..., None]) -> None:
    ran(*ANSWER)
    faces(dossier, NUMBER, 12)
    assert compare(dossier, ANSWER, CHECK) == {}
    changed = compare(dossier, (ANSWER[0], "sessions = 13"), CHECK)
    assert changed[NUMBER]["text/plain"].startswith("↻ À relancer")
    assert "sessions = 13" in changed[NUMBER]["text/html"]
    assert compare(dossier, (ANSWER[0], "sessions = 13"), CHECK) == {}
    assert "Pas encore" in compare(dossier, ANSWER, CHECK)[NUMBER]["text/plain"]


def test_a_right_answer_whose_cell_then_fails_is_no_longer_right(dossier: Dossier, ran: Callable[..., None]) -> None:
    key = question_of(NUMBER).key
    assert key is not None
    right = key(case_of("kerlavandre", "lea", dossier._company.draw)).right
    ran(ANSWER[0], "sessions = somme(visites)", success=False)
    shown = faces(dossier, NUMBER, right)
    assert shown["text/plain"].startswith("↻ À relancer")
    assert "Juste" not in shown["text/html"]
    assert KeptProgress(Path.cwd(), "kerlavandre", "lea").standing(NUMBER).best is Outcome.STALE
    ran(*ANSWER)
    assert faces(dossier, NUMBER, right)["text/plain"].startswith("✓ Juste")


def test_progress_forgets_a_success_that_was_stale(dossier: Dossier, ran: Callable[..., None]) -> None:
    key = question_of(NUMBER).key
    assert key is not None
    ran(*ANSWER)
    faces(dossier, NUMBER, key(case_of("kerlavandre", "lea", dossier._company.draw)).right)
    kept = KeptProgress(Path.cwd(), "kerlavandre", "lea")
    assert kept.standing(NUMBER).best is Outcome.RIGHT
    compare(dossier, (ANSWER[0], "sessions = 1"), CHECK)
    assert kept.standing(NUMBER).best is Outcome.STALE


def test_a_case_that_is_opened_again_judges_alone_what_it_judged_last(
    dossier: Dossier, ran: Callable[..., None]
) -> None:
    ran(*ANSWER)
    faces(dossier, NUMBER, 12)
    again = ouvrir_dossier("kerlavandre", "lea")
    made = faces(again, NUMBER, 12)[MIME]["made"]
    edited = (ANSWER[0], "sessions = 13")
    shown = {"do": "compare", "cells": [list(edited), list(CHECK)], "shown": [[NUMBER, made]]}
    told = live(dossier).answer(shown)
    assert (told["changed"], told["outlived"]) == ({}, {}), "the panels of the first opening are still in the page"
    assert "Le notebook a changé depuis que cette valeur" in compare(again, edited, CHECK)[NUMBER]["text/plain"]


@pytest.mark.parametrize("cells", [None, "abc", [1, ["a"], ["a", 2], {}], [["a", "b", "c"]]])
def test_cells_that_are_none_change_nothing(dossier: Dossier, ran: Callable[..., None], cells: object) -> None:
    ran(*ANSWER)
    faces(dossier, NUMBER, 12)
    assert live(dossier).answer({"do": "compare", "cells": cells})["changed"] == {}


def test_a_deliverable_filled_since_makes_its_answer_stale(dossier: Dossier, ran: Callable[..., None]) -> None:
    answer = ("a" + NUMBER, 'sessions = dossier.livrable("swot")')
    ran(*answer)
    faces(dossier, NUMBER, 12)
    assert compare(dossier, answer, CHECK) == {}
    (Path.cwd() / "swot.csv").write_text("id;quadrant\nF1;force\n", encoding="utf-8")
    assert "À relancer" in compare(dossier, answer, CHECK)[NUMBER]["text/plain"]


def test_a_letter_that_the_page_writes_counts_as_run(dossier: Dossier, ran: Callable[..., None]) -> None:
    before, after = ("a" + LETTER, "entree = None"), ("a" + LETTER, 'entree = "B"')
    check = (LETTER, f'dossier.verifier("{LETTER}", entree)')
    ran(*before)
    faces(dossier, LETTER, None)
    ask(dossier, "choose", LETTER, letter="B", name="entree", cell=after[0], source=after[1])
    assert compare(dossier, after, check) == {}
    ask(dossier, "choose", LETTER, letter="C", name="entree", cell=after[0], source='autre()\nentree = "C"')
    assert LETTER in compare(dossier, (after[0], 'autre()\nentree = "C"'), check)


ROWS = [{"étape": "x", "point_de_contact": "x", "question_client": "Où ?", "budget_ht": "x"}]


def test_a_panel_calls_columns_by_the_words_that_people_read(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    remarks = (
        "Ligne 1, colonne « question_client » : elle répète la ligne 2.",
        "La colonne « point_de_contact » manque.",
        "Ligne 1 : « statut_x » n’est pas dans la table « faits_swot ».",
    )
    finding = Finding(Outcome.TO_COMPLETE, 0.0, "Voici.", remarks=remarks)
    monkeypatch.setattr(type(dossier._service), "respond", lambda *_: finding)
    monkeypatch.setattr(practice.Practice, "_card", lambda *_: QuestionCard("s1-parcours", "", "", "", 3))
    monkeypatch.setattr(type(dossier._service), "level_guide", lambda *_: None)
    said = faces(dossier, "s1-parcours", ROWS)["text/plain"].replace("\u00a0", " ")
    assert "colonne « Question client » : elle répète" in said
    assert "La colonne « point_de_contact » manque" in said, "the name to write is the name itself"
    assert "« statut_x » n’est pas dans la table « faits_swot »" in said


def test_a_typed_hint_is_not_counted_once_the_answer_is_right(dossier: Dossier) -> None:
    key = question_of(NUMBER).key
    assert key is not None
    faces(dossier, NUMBER, 3)
    dossier.indice(NUMBER)
    faces(dossier, NUMBER, key(case_of("kerlavandre", "lea", dossier._company.draw)).right)
    said = dossier.indice(NUMBER)
    assert "Cette question est réussie" in str(said)
    assert KeptProgress(Path.cwd(), "kerlavandre", "lea").standing(NUMBER).hints == 1
    faces(dossier, NUMBER, 3)
    dossier.indice(NUMBER)
    assert KeptProgress(Path.cwd(), "kerlavandre", "lea").standing(NUMBER).hints == 2


def test_work_is_handed_in_under_the_last_question_of_a_notebook(dossier: Dossier, tmp_path: Path) -> None:
    faces(dossier, NUMBER, 3)
    faces(dossier, LAST, 3)
    assert [live(dossier).panels[name]["last"] for name in (NUMBER, LAST)] == [False, True]
    tag = {"nbgrader": {"grade": True, "grade_id": LAST, "locked": True, "solution": False}}
    cells = [
        nbformat.v4.new_code_cell('from casestudies import ouvrir_dossier\ndossier = ouvrir_dossier("kerlavandre")'),
        nbformat.v4.new_code_cell("roi_sea = 3", id="a"),
        nbformat.v4.new_code_cell(f'dossier.verifier("{LAST}", roi_sea)', metadata=tag),
    ]
    path = tmp_path / "05-ecarts.ipynb"
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    told = ask(dossier, "hand-in", LAST, cells=[["a", "roi_sea = 3"]])
    assert "0 réponse juste sur 1, 1 à revoir" in told["card"].replace("\xa0", " ")
    assert "prêt à être déposé" in told["said"].replace("\xa0", " ")
    assert (tmp_path / "remise" / "lea_e2-performance.zip").is_file()


def test_a_verdict_of_an_earlier_session_is_taken_back_when_the_notebook_changed(
    dossier: Dossier, ran: Callable[..., None], shell: SimpleNamespace
) -> None:
    source, check = "sessions = 3", f'dossier.verifier("{NUMBER}", sessions)'
    ran("a", source)
    session_of(shell).running = check  # type: ignore[union-attr]
    made = faces(dossier, NUMBER, 3)[MIME]["made"]
    session_of(shell).judges.clear()  # type: ignore[union-attr]  # another kernel has judged nothing yet
    again = ouvrir_dossier("kerlavandre", "lea")
    for text, taken in ((source, []), ("sessions = 4", [NUMBER])):
        cells = [["a", text], ["c", check]]
        told = again._practice.act({"do": "compare", "cells": cells, "shown": [[NUMBER, made]]})
        assert list(told["outlived"]) == taken
    assert "↻ À relancer" in told["outlived"][NUMBER]["text/plain"].replace("\xa0", " ")


def test_an_answer_right_given_another_one_is_judged_anew_when_that_one_changes(dossier: Dossier) -> None:
    case = case_of("kerlavandre", "lea", dossier._company.draw)
    asked = next(one for one in questions_of(company="kerlavandre") if one.needs and isinstance(one.check, CloseTo))
    need = question_of(asked.needs[0])
    wrong = 1.3 * float(need.key(case).right)
    given = float(asked.key(case.given({need.id: wrong})).right)
    dossier.verifier(need.id, wrong)
    shown = dossier.verifier(asked.id, given)
    assert "compte tenu d’une réponse précédente" in shown.text()
    dossier.verifier(need.id, float(need.key(case).right))
    assert dossier._practice._finding(asked.id).outcome not in (Outcome.RIGHT, Outcome.CONSEQUENCE)
