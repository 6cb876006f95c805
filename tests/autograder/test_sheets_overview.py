"""The class overview: what it counts, that it is harmless, accessible, and fits an A4 page."""

import io
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
from candidates import LONG, candidate

from autograder.course.class_list import Learner
from autograder.grading.records import Incident
from autograder.sheets.exports import write_sheets
from autograder.sheets.model import Sheet, Verdict
from autograder.sheets.overview.build import overview_of
from autograder.sheets.overview.page import overview_page
from autograder.sheets.overview.plot import heatmap

pytestmark = pytest.mark.slow

HOSTILE = Incident("x", "<script>window.touched = 1</script>", "<b>Rien</b>", "01-essai")
WIDE = 1047
"""The width of an A4 page in landscape between its margins, in CSS pixels."""


def _class(code: str, people: int = 6) -> list[Sheet]:
    signs = ("4", "3?", "21", "!3", "a", "r2")
    names = ("Léa", "<img src=x onerror='window.touched=2'>", "$x^2$ \\alpha", LONG, "王小明", "O’Neill")
    return [
        candidate(
            code,
            Learner(f"p{place:03d}", names[place % 6]),
            signs[place % 6],
            incidents=(HOSTILE,) if place == 0 else (),
        )
        for place in range(people)
    ]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the overview of an assessment with the most criteria."""
    return next(
        path
        for path in write_sheets(_class("E3"), tmp_path_factory.mktemp("vue"), ("classe",))
        if path.suffix == ".html"
    )


class Cells(HTMLParser):
    """The texts of the cells of every table, by line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lines: list[list[str]] = []
        self.images: list[str] = []
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.lines.append([])
        if tag in ("td", "th"):
            self.lines[-1].append("")
        if tag == "img":
            self.images.append(dict(attributes)["alt"] or "")
        self._open = tag in ("td", "th", "b") or (self._open and tag not in ("p", "h2"))

    def handle_data(self, data: str) -> None:
        if self._open and self.lines and self.lines[-1]:
            self.lines[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = False


def test_what_is_counted() -> None:
    view = overview_of(_class("E2"))
    assert view.absent == ["王小明"]
    assert [(one.id, one.learners, len(one.questions)) for one in view.misconceptions] == [("M04", 2, 5)]
    codes = [row.code for row in view.criteria]
    assert [view.count(code, Verdict.TO_REVIEW) for code in codes] == [1, 1, 1, 1, 1]
    assert view.decided(codes[0]) == 3
    left = {one.criterion: (one.to_review, one.to_reconcile, one.learners) for one in view.left}
    assert left == {"B1-C13": (1, 0, 1), "B1-C14": (0, 1, 1), "B1-C16": (0, 1, 1)}, (
        "what no person reads is not waited for"
    )
    worst = view.questions[0]
    assert (worst.graded, worst.unanswered + worst.missed) == (5, round(worst.share * 5))
    assert [one.share for one in view.questions] == sorted((one.share for one in view.questions), reverse=True)
    assert view.stops[0].graded == 5


def test_the_table_writes_every_level_and_verdict(page: Path) -> None:
    read = Cells(page.read_text(encoding="utf-8"))
    lines = {line[0]: line[1:] for line in reversed(read.lines)}
    assert len(read.lines[0]) == 22
    assert set(lines["Léa"]) == {"4 acquis"}
    assert set(lines["王小明"]) == {"absent"}
    assert set(lines["O’Neill"]) == {"retiré", "2 partiel"}
    assert "à relire" in "".join(lines[LONG]).replace("\xa0", " ")
    assert "21 critères en lignes et de 6 apprenants" in read.images[0].replace("\xa0", " ")


def test_the_drawing_is_the_same_each_time_and_takes_a_large_class() -> None:
    view = overview_of(_class("E2", 200))
    first, again = heatmap(view), heatmap(view)
    assert (first.png, first.svg) == (again.png, again.svg)
    assert first.png.startswith(b"\x89PNG")
    root = ElementTree.fromstring(first.svg)
    texts = {"".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Critères", "B1-C12", "p000"} <= texts
    assert overview_page(view, first).count("<tr>") > 200


def test_levels_are_written_on_a_small_drawing() -> None:
    root = ElementTree.fromstring(heatmap(overview_of(_class("E2"))).svg)
    texts = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"4", "3", "2", "1", "R", "A"} <= set(texts)


@pytest.mark.parametrize("width", [1300, 400])
def test_axe_finds_nothing_and_no_script_runs(page: Path, browser: Any, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe manque : casekit[test].")
    shown = browser.new_context(viewport={"width": width, "height": 900}, locale="fr-FR").new_page()
    asked: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.goto(page.as_uri())
    found = axe.Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()
    assert shown.evaluate("window.touched") is None
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    shown.context.close()


def test_it_prints_on_a4_without_losing_a_column(page: Path, browser: Any) -> None:
    shown = browser.new_context(viewport={"width": WIDE, "height": 700}, locale="fr-FR").new_page()
    shown.goto(page.as_uri())
    shown.emulate_media(media="print")
    assert shown.evaluate("document.documentElement.scrollWidth") <= WIDE
    reader = pypdf.PdfReader(io.BytesIO(shown.pdf(prefer_css_page_size=True)))
    assert [round(float(size)) for size in reader.pages[0].mediabox[2:]] == [842, 595]
    text = " ".join(one.extract_text() for one in reader.pages)
    assert "B2-C01" in text
    assert "B2-C21" in text
    shown.context.close()
