"""Copies made to be slow: the work stays bounded. It is counted, not timed."""

import base64
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.grading.feedback import sanitise
from autograder.grading.feedback.cells import sections_of
from autograder.grading.feedback.copies import FeedbackPart
from autograder.grading.feedback.marking import SafeForMarking
from autograder.keys.checks import rows
from autograder.keys.checks.plans import find_cycle
from autograder.keys.checks.rows import CompleteGrid
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import question_of
from autograder.keys.variants import reference_case
from casestudies.answers import encode
from casestudies.findings import Outcome
from casestudies.livrables.cells import MAX_ROWS

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(150_000)).decode()
NESTED = "<div><b>" * 10_000


class Counting:
    """The cleaner, which notes how much it is given."""

    def __init__(self, cleaner: Any) -> None:
        self.cleaner, self.given = cleaner, list[str]()

    def sanitize_html_tags(self, html: str) -> str:
        self.given.append(html)
        return str(self.cleaner.sanitize_html_tags(html))


@pytest.fixture
def cleaner(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting(sanitise._cleaner)
    monkeypatch.setattr(sanitise, "_cleaner", counting)
    return counting


def test_a_text_is_made_harmless_once(cleaner: Counting) -> None:
    for _ in range(3):
        assert "unique" in sanitise.safe_html("<p>Un texte unique, en HTML.</p>", "T")
        assert "unique" in sanitise.Allowance().markdown("Un texte **unique**, en Markdown.")
    assert len(cleaner.given) == 2


@pytest.mark.parametrize("text", [NESTED, "a" * 200_000, "&lt;<i>" * 40_000])
def test_a_text_beyond_bounds_becomes_a_note(cleaner: Counting, text: str) -> None:
    for shown in (sanitise.safe_html(text, "T"), sanitise.safe_markdown(text), sanitise.Allowance().html(text, "T")):
        assert "Contenu trop long ou trop chargé pour cette page" in shown
        assert len(shown) < 300
    assert cleaner.given == []


def test_an_image_counts_for_nothing(cleaner: Counting) -> None:
    html = f'<p>Ma figure</p><img alt="Ventes" src="data:image/png;base64,{PNG}">'
    for shown in (sanitise.safe_html(html, "T"), sanitise.Allowance().html(html, "T")):
        assert f'src="data:image/png;base64,{PNG}"' in shown
        assert 'alt="Ventes"' in shown


def test_a_markdown_table_of_thousands_of_rows_becomes_a_note(cleaner: Counting) -> None:
    assert "Contenu trop long" in sanitise.safe_markdown("|a|b|\n|-|-|\n" + "|1|2|\n" * 5_000)
    assert cleaner.given == []


def _heavy() -> Any:
    """Return a copy of 5 MB of different HTML and Markdown in 200 cells."""
    cells = []
    for number in range(100):
        html = f"<table>{''.join(f'<tr><td>{number}</td><td>{row}</td></tr>' for row in range(800))}</table>"
        cells.append(new_code_cell("x", outputs=[new_output("display_data", data={"text/html": html})]))
        cells.append(new_markdown_cell(f"Texte {number} **gras** <b>b</b> " * 700))
    return new_notebook(cells=cells)


def test_the_page_of_a_heavy_copy_takes_a_bounded_work(cleaner: Counting) -> None:
    heavy = _heavy()
    (section,) = sections_of(heavy, FeedbackPart("n"))
    assert sum(map(len, cleaner.given)) < 400_000
    assert sum(one.count("<") for one in cleaner.given) < 20_000
    assert sum("Contenu trop long" in cell for cell in section.cells) > 150
    assert "Texte 0" in "".join(section.cells)


def test_the_formgrader_s_page_of_a_heavy_copy_too(cleaner: Counting) -> None:
    made, _ = SafeForMarking().preprocess(_heavy(), {})
    assert sum(one.count("<") for one in cleaner.given) < 20_000
    left = sum(len(cell.source) for cell in made.cells if cell.cell_type == "markdown")
    assert left < 400_000


class Compared(str):
    """A text that counts how often it is compared with another."""

    __slots__ = ()
    times = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Compared.times += 1
        return str.__eq__(self, other)


def test_a_long_chain_of_tasks_is_followed_in_one_go() -> None:
    tasks = [Compared(f"T{number}") for number in range(1_000)]
    waits = {task: [Compared(following)] for task, following in pairwise(tasks)}
    Compared.times = 0
    assert find_cycle(waits) == []
    assert Compared.times < 20 * len(tasks)
    waits[tasks[-1]] = [tasks[500]]
    assert len(find_cycle(waits)) == 501


def test_a_grid_of_many_values_is_not_gone_through_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def counted(*titles: dict[str, str]) -> Iterator[tuple[str, ...]]:
        for pair in product(*titles):
            tried.append(pair)
            yield pair

    monkeypatch.setattr(rows, "product", counted)
    table = pd.DataFrame({"a": [f"a{n}" for n in range(1_000)] * 2, "b": [f"b{n}" for n in range(1_000)] * 2})
    remarks = CompleteGrid("a", "b")(table, reference_case("isolombre"))
    assert remarks[0] == "« a0 » et « b1 » : la ligne manque. Ajoutez-la."
    assert remarks[5] == "« a0 » et « b0 » : 2 lignes. Gardez-en une seule."
    assert len(remarks) == 10
    assert len(tried) < 20


def test_a_table_too_long_is_not_judged() -> None:
    question = question_of("s5-partenaires")
    case = reference_case(question.company)
    long = pd.DataFrame({"partenaire": [f"S{n}" for n in range(MAX_ROWS + 1)]})
    found = evaluate(question, case, encode(long))
    assert found.outcome is Outcome.UNREADABLE
    assert found.message == "Le tableau compte 2001 lignes : 2000 au plus. Gardez celles que la question demande."
    assert evaluate(question, case, encode(long.head(MAX_ROWS))).outcome is Outcome.TO_COMPLETE
