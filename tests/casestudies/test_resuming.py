"""Going back to where one was: which cells are run, which question comes next, what the page is answered."""

import json
from pathlib import Path
from typing import Any

import pytest

from casestudies.findings import Outcome
from casestudies.freshness import Cell, SessionTokens
from casestudies.home import resuming
from casestudies.home.resuming import ALL_DONE, MIME, NO_QUESTION, answer, resumption
from casestudies.home.summary import summaries
from casestudies.identity import keep_learner, known_learner
from casestudies.kept_progress import KeptProgress
from casestudies.study import HOME

CELLS: list[Cell] = [
    ("c0", 'identifiant = "ana"  # le mien'),
    ("c1", 'dossier = ouvrir_dossier("kerlavandre", identifiant)'),
    ("vide", "  \n"),
    ("aq1", "x = 1"),
    ("q1", 'dossier.verifier("q1", x)'),
    ("c2", "y = x"),
    ("libre", "z = y"),
    ("q2", 'dossier.verifier("q2", z)'),
    ("aq3", "t = 3"),
    ("q3", "dossier.verifier('q3', t)"),
]


def ran(*names: str) -> SessionTokens:
    """Return a session in which these cells were run as they stand; a name that begins with « ! » stopped."""
    session = SessionTokens()
    for name in names:
        cell = name.lstrip("!")
        session.ran(cell, dict(CELLS)[cell], not name.startswith("!"), lambda _: "")
    return session


def progress(folder: Path, learner: str = "ana", **outcomes: Outcome) -> None:
    kept = KeptProgress(folder, "kerlavandre", learner)
    for question, outcome in outcomes.items():
        kept.remember(question, outcome=outcome)


def test_a_fresh_kernel_runs_from_the_top_to_the_check_of_the_next_question(tmp_path: Path) -> None:
    found = resumption(CELLS, SessionTokens(), tmp_path)
    assert (found.run, found.go) == (("c0", "c1", "aq1", "q1"), "aq1")
    progress(tmp_path, q1=Outcome.RIGHT)
    found = resumption(CELLS, SessionTokens(), tmp_path)
    assert (found.run, found.go) == (("c0", "c1", "aq1", "q1", "c2", "libre", "q2"), "libre")
    assert found.said == "Vous êtes à la question 2 sur 3."


def test_what_ran_as_it_stands_is_not_run_again(tmp_path: Path) -> None:
    progress(tmp_path, q1=Outcome.RIGHT)
    done = ("c0", "c1", "aq1", "q1", "c2", "libre", "q2")
    assert resumption(CELLS, ran(*done), tmp_path).run == ()
    assert resumption(CELLS, ran(*done[:4]), tmp_path).run == ("c2", "libre", "q2")


def test_a_cell_that_stopped_or_changed_is_run_again_with_all_that_follow(tmp_path: Path) -> None:
    progress(tmp_path, q1=Outcome.RIGHT)
    session = ran("c0", "c1", "!aq1", "q1", "c2", "libre", "q2")
    assert resumption(CELLS, session, tmp_path).run == ("aq1", "q1", "c2", "libre", "q2")
    changed = [(name, "y = x + 1" if name == "c2" else source) for name, source in CELLS]
    whole = ran("c0", "c1", "aq1", "q1", "c2", "libre", "q2")
    assert resumption(changed, whole, tmp_path).run == ("c2", "libre", "q2")


def test_the_last_question_worked_on_comes_first_as_long_as_it_is_open(tmp_path: Path) -> None:
    progress(tmp_path, q3=Outcome.RIGHT, q2=Outcome.WRONG)
    assert resumption(CELLS, SessionTokens(), tmp_path).go == "libre"
    progress(tmp_path, q2=Outcome.RIGHT)
    assert resumption(CELLS, SessionTokens(), tmp_path).go == "aq1"


def test_a_question_run_again_with_nothing_new_is_not_the_last_one_worked_on(tmp_path: Path) -> None:
    progress(tmp_path, q1=Outcome.RIGHT, q2=Outcome.WRONG)
    progress(tmp_path, q1=Outcome.RIGHT, q3=Outcome.NOT_ATTEMPTED)
    assert list(KeptProgress(tmp_path, "kerlavandre", "ana").standings()) == ["q1", "q2"]


def test_when_all_is_done_the_whole_notebook_is_there(tmp_path: Path) -> None:
    progress(tmp_path, q1=Outcome.RIGHT, q2=Outcome.READY, q3=Outcome.CONSEQUENCE)
    found = resumption(CELLS, SessionTokens(), tmp_path)
    assert (found.run[-1], found.go, found.said) == ("q3", "", ALL_DONE)
    assert resumption(CELLS[:3], SessionTokens(), tmp_path).said == NO_QUESTION
    assert resumption([], SessionTokens(), tmp_path).run == ()


@pytest.mark.parametrize(
    "line", ['identifiant = ""', "identifiant = ana.martin", "identifiant = 'ana", "identifiant = 12 + 3"]
)
def test_without_an_identifier_that_can_be_read_the_known_one_counts(line: str, tmp_path: Path) -> None:
    progress(tmp_path, "lea", q1=Outcome.RIGHT)
    keep_learner("lea", tmp_path)
    cells = [("c0", line), *CELLS[1:]]
    assert resumption(cells, SessionTokens(), tmp_path).go == "libre"
    assert known_learner(tmp_path) == "lea"


def test_the_identifier_of_the_notebook_wins(tmp_path: Path) -> None:
    progress(tmp_path, "lea", q1=Outcome.RIGHT)
    keep_learner("lea", tmp_path)
    assert resumption(CELLS, SessionTokens(), tmp_path).go == "aq1"
    assert known_learner(tmp_path) == "lea"


def test_a_notebook_knows_what_follows_and_where_its_home_is(tmp_path: Path) -> None:
    names = list(summaries())
    for one in names[1:]:
        (tmp_path / one.folder).mkdir(exist_ok=True)
        (tmp_path / one.file).write_text("{}", encoding="utf-8")
    (tmp_path / HOME).write_text("{}", encoding="utf-8")
    keep_learner("ana", tmp_path)
    for here, following in zip(names[1:], [*names[2:], None], strict=True):
        told = answer({"do": "around", "notebook": here.name.split("/")[1]}, tmp_path / here.folder)
        assert (told["learner"], told["home"]) == ("ana", f"../{HOME}")
        assert told["next"].get("path") == (f"../{following.file}" if following else None)
        if following:
            assert following.title in told["next"]["title"]
    assert answer({"do": "around", "notebook": "autre"}, tmp_path / names[1].folder)["next"] == {}


def test_a_notebook_alone_has_no_home(tmp_path: Path) -> None:
    folder = tmp_path / "seul"
    folder.mkdir()
    assert answer({"do": "around", "notebook": "01-consommateur"}, folder) == {"learner": "", "home": "", "next": {}}


def test_the_page_is_answered_by_a_display_of_plain_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append(bundle))
    resuming.tell(json.dumps({"do": "resume", "cells": CELLS}))
    (bundle,) = shown
    assert json.loads(json.dumps(bundle[MIME])) == {
        "run": ["c0", "c1", "aq1", "q1"], "go": "aq1", "said": "Vous êtes à la question 1 sur 3.",
    }  # fmt: skip
