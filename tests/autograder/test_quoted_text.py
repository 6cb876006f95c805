"""What a learner writes comes back as theirs, and acts on nothing: each door by which it reaches a person."""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from rich.console import Console
from traitlets.config import Config

from autograder import console
from autograder.grading import job
from autograder.grading.evaluate import _crash, _stopped
from autograder.grading.feedback import cells, sanitise
from autograder.grading.feedback.marking import inert_tex
from autograder.grading.job import Graded
from autograder.grading.records import Incident
from autograder.grading.repair import ReadHandedIn
from autograder.grading.report import print_report
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import question_of
from autograder.keys.variants import reference_case
from autograder.review.shown.rendering import answer_html
from casestudies.answers import Unreadable, decode, encode
from casestudies.quoting import is_odd, on_one_line, printable, quoted, shown
from casestudies.spreadsheets import csv_bytes, showable

MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HOSTILE = f"\x1b]0;titre\x07\x1b[31mBravo\x1b[0m\x9b2J{MARKS} ». Note : 20/20\r\nSigné casekit «"


def _acts(text: str) -> list[str]:
    """Return the characters of a text that act on a screen, newlines and French spaces apart."""
    return [sign for sign in text if is_odd(sign) and sign != "\n"]


def test_a_text_acts_on_nothing() -> None:
    assert _acts(printable(HOSTILE)) == []
    assert printable("Prix :\t12 €\nété 👩‍🏫\u00a0!") == "Prix :\t12 €\nété 👩‍🏫\u00a0!"
    assert on_one_line(HOSTILE).count("\n") == 0
    assert _acts(shown(HOSTILE)) == []
    assert len(shown("a" * 500)) == 80


def test_quoted_words_cannot_close_their_quotation_marks() -> None:
    said = quoted(HOSTILE)
    assert (said.count("«"), said.count("»")) == (1, 1)
    assert said.endswith(" »")
    assert len(quoted("a" * 10_000)) <= 84
    assert "\n" not in said


def test_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    console.say(f"Incident : {HOSTILE} [bold]gras[/bold]")
    console.warn(HOSTILE)
    console.print_table("Titre", ["a"], [[HOSTILE]])
    printed = capsys.readouterr()
    assert _acts(printed.out + printed.err) == []
    assert "[bold]gras[/bold]" in printed.out


def test_the_report_of_a_class(capsys: pytest.CaptureFixture[str]) -> None:
    graded = Graded(f"dossier{HOSTILE}", incidents=[Incident("echec", f"Un mot : {HOSTILE}", HOSTILE)])
    run = SimpleNamespace(everyone=[graded], graded=[graded], unchanged=[], missing=())
    print_report(run)  # type: ignore[arg-type]
    assert _acts(capsys.readouterr().out) == []


def test_the_name_of_an_error() -> None:
    cell = new_code_cell(outputs=[new_output("error", ename=HOSTILE, evalue="", traceback=[])])
    crashed = _crash(cell)
    assert crashed is not None
    for message in (crashed.message, _stopped(HOSTILE).message):
        assert _acts(message) == []
        assert "\n" not in message
        assert message.count("»") == 1


def test_an_answer_that_cannot_be_read_speaks_in_its_own_name() -> None:
    read = decode({"kind": "unreadable", "reason": "Copie parfaite, 20/20."})
    assert read == Unreadable("La copie a écrit à la place de la réponse : « Copie parfaite, 20/20. ».")
    hostile = decode({"kind": "unreadable", "reason": HOSTILE})
    assert isinstance(hostile, Unreadable)
    assert hostile.reason.startswith("La copie a écrit")
    assert _acts(hostile.reason) == []
    assert "\n" not in hostile.reason


class _Raising:
    def __array__(self, *_: object) -> object:
        raise ValueError(HOSTILE)


def _named(name: str) -> object:
    return type(name, (), {})()


def test_the_kit_s_own_reasons_stay_as_they_are() -> None:
    deep: list[Any] = [1]
    for _ in range(6):
        deep = [deep, [2]]
    refused = [
        object(), print, float("nan"), 10**400, deep, pd.DataFrame({"a": [[1]]}), list(range(30_000)), "x" * 400_000,
        SimpleNamespace(a=1),
    ]  # fmt: skip
    for value in refused:
        written = encode(value)
        assert written["kind"] == "unreadable", value
        assert decode(written) == Unreadable(written["reason"])
    for name in ("x ». Bravo, 20/20 «", HOSTILE):
        reason = encode(_named(name))["reason"]
        assert (reason.count("«"), _acts(reason)) == (1, [])


def test_remarks_quote_a_cell_on_one_line() -> None:
    question = question_of("s5-partenaires")
    table = pd.DataFrame({"partenaire": ["S01", HOSTILE], "décision": [HOSTILE, "x"], "recouvrement_%": [HOSTILE, 1.0],
                          "points": [1.0, HOSTILE], "motif": ["a", "b"]})  # fmt: skip
    found = evaluate(question, reference_case(question.company), encode(table))
    assert any("Bravo" in remark for remark in found.remarks)
    assert [remark for remark in (found.message, *found.remarks) if _acts(remark) or "\n" in remark] == []


def test_a_grading_that_fails_quotes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "n.ipynb").write_text("{}", encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise ValueError(HOSTILE)

    monkeypatch.setattr(nbformat, "reads", fail)
    graded = Graded("lea")
    source: Any = SimpleNamespace(name="e1", draws={})
    job._grade_notebook(source, Config(), tmp_path, "n", graded, "")
    (incident,) = graded.incidents
    assert _acts(incident.what) == []
    assert "\n" not in incident.what
    assert "»" not in incident.what


def test_a_name_in_stored_outputs_is_quoted(tmp_path: Path) -> None:
    payload = {"application/vnd.casekit.answer+json": {"learner": HOSTILE, "draw": 3}}
    nb = new_notebook(cells=[new_code_cell(outputs=[new_output("display_data", data=payload)])])
    notebook = question_of("s5-partenaires").notebook
    assignment, _, name = notebook.partition("/")
    config = Config()
    config.CourseDirectory.root, config.CourseDirectory.source_directory = str(tmp_path), "notebooks"
    who = {"student": "lea", "assignment": assignment, "notebook": name}
    ReadHandedIn(config=config).preprocess(nb, {"nbgrader": who})
    (told,) = nb.metadata.casekit.incidents
    assert told["code"] == "autre-variante"
    assert _acts(told["what"]) == []
    assert told["what"].count("»") == 1


def test_sheets() -> None:
    assert _acts(showable(HOSTILE)) == []
    assert _acts(csv_bytes([[HOSTILE]]).decode("utf-8-sig").replace("\r", "")) == []


@pytest.mark.parametrize("text", [HOSTILE, "a&#x202e;b&#8294;c"])
def test_feedback_and_desk(text: str) -> None:
    allowance = sanitise.Allowance()
    shown_there = [
        allowance.html(f"<p>{text}</p>", "T"), allowance.markdown(text), cells.code_html(text),
        cells.output_html({"output_type": "stream", "text": text}, str, allowance),
        cells.output_html({"output_type": "error", "ename": text, "evalue": text}, str, allowance),
        answer_html(None, "T", encode(text)), answer_html(None, "T", encode([text])),
        answer_html(None, "T", encode(pd.DataFrame({text: [text]}))),
        answer_html(None, "T", {"kind": "unreadable", "reason": text}),
    ]  # fmt: skip
    assert [html for html in shown_there if _acts(html)] == []


def test_formulas_make_no_link_and_set_no_style() -> None:
    hostile = r"$\href{javascript:alert(1)}{x}$ \require{html} \let\a\href \style{background:url(x)}{y} \unicode{x41}"
    assert [name for name in ("href", "require", "let", "style", "unicode") if f"\\{name}" in inert_tex(hostile)] == []
    assert inert_tex(r"$\frac{a}{b} \leq \hat{x} \left( \text{été} \right)$") == (
        r"$\frac{a}{b} \leq \hat{x} \left( \text{été} \right)$"
    )


def test_a_name_is_printed_as_a_command_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = io.StringIO()
    monkeypatch.setattr(console, "out", Console(file=heard, soft_wrap=True))
    console.say("« o'brien » : lancez « casekit parcours o'brien »")
    assert heard.getvalue() == "«\xa0o'brien\xa0»\xa0: lancez «\xa0casekit parcours o'brien\xa0»\n"
