"""The sheets on paper: A4, nothing lost, nothing over the edge, the same text as PDF and as a document to edit."""

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from candidates import COMMENT, EVERYTHING, INCIDENT, LONG, NOTHING, OTHERS, STRAINED, WORD, candidate
from PIL import Image

from autograder.course.class_list import Learner
from autograder.sheets.centre import Centre
from autograder.sheets.certifier import Certifier
from autograder.sheets.docx_out import as_docx
from autograder.sheets.exports import write_sheets
from autograder.sheets.issuer import Issuer, Logo
from autograder.sheets.model import Sheet
from autograder.sheets.paper import on_paper
from autograder.sheets.wording import review_cells
from autograder.sheets.xlsx_out import as_xlsx
from casestudies.findings import Outcome

pytestmark = pytest.mark.slow

BUSY = candidate("E3", Learner("a09", LONG, f"O’Connor {WORD}"), "2", COMMENT, Centre(name=LONG * 2), (INCIDENT,))
"""As much as a first page ever holds."""
EACH = [EVERYTHING, NOTHING, STRAINED, *OTHERS]
A4 = (595.28, 841.89)
MARGIN = 45
"""The side margins in points, a little less."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("fiches")
    write_sheets([*EACH, BUSY], target, ("pdf", "docx"))
    return target


def pdf(folder: Path, sheet: Sheet) -> pypdf.PdfReader:
    return pypdf.PdfReader(folder / f"fiche-{sheet.learner.id}.pdf")


def squeezed(text: str) -> str:
    """Return text without spaces, hyphens of line ends nor the breaks put in long words: how lines fall is free."""
    return re.sub(r"[\s\u200b\u00ad\u2010-]+", "", text)


@pytest.mark.parametrize("sheet", EACH, ids=lambda one: one.learner.id)
def test_pages_are_a4_and_hold_everything_inside(folder: Path, sheet: Sheet) -> None:
    for page in pdf(folder, sheet).pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4, abs=0.1)
        placed: list[tuple[float, float]] = []
        page.extract_text(visitor_text=lambda text, cm, tm, *_, placed=placed: placed.append(_at(text, cm, tm)))
        seen = [(x, y) for x, y in placed if (x, y) != (0, 0)]
        assert seen
        assert min(x for x, _ in seen) >= MARGIN - 1
        assert max(x for x, _ in seen) <= A4[0] - MARGIN
        assert all(0 < y < A4[1] for _, y in seen)


def _at(text: str, cm: Any, tm: Any) -> tuple[float, float]:
    """Return where a run of text begins on the page, in points; nothing for an empty one."""
    if not text.strip():
        return 0, 0
    x, y = tm[4], tm[5]
    return cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]


@pytest.mark.parametrize("sheet", [*EACH, BUSY], ids=lambda one: one.learner.id)
def test_the_first_page_is_the_one_to_sign(folder: Path, sheet: Sheet) -> None:
    first, second = (squeezed(pdf(folder, sheet).pages[number].extract_text()) for number in (0, 1))
    for words in ("Critères", "Bloc", "Commentaire", "Signatures", "Évaluation", "Dateetsignature", "Visa", "Niveau"):
        assert words in first, words
    for row in sheet.criteria:
        assert squeezed(row.code) in first
    assert "Points" not in first, "levels and verdicts, no total"
    assert "Signatures" not in second
    assert second.startswith("Annexe")
    alone = [row.code for row in sheet.criteria if row.machine_alone]
    assert ("Propositionautomatique(" in first) is bool(alone)
    assert all(code in first.split("Propositionautomatique(")[-1] for code in map(squeezed, alone))


def test_the_annex_has_what_is_not_simply_right() -> None:
    questions = {line[1] for line in on_paper(EVERYTHING)["evidence"]}
    found = {item.title: item.found for row in EVERYTHING.criteria for item in row.evidence if item.found}
    assert questions == {title for title, outcome in found.items() if outcome is not Outcome.RIGHT}
    assert len(questions) < len(found)


def test_what_the_centre_gave_is_printed_with_its_logo(tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (300, 100), "navy").save(drawn, "png")
    issuer = Issuer(
        Certifier("Certificateur & fils", rncp="RNCP123", bloc_codes={"B1": "RNCP123BC01"}),
        Logo("logo.png", drawn.getvalue()),
    )
    sheet = replace(OTHERS[0], centre=Centre(name="Centre *d’essai*", issuer=issuer))
    svg = Logo("l.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0H9V9Z'/></svg>")
    drawing = replace(OTHERS[1], centre=Centre(issuer=Issuer(logo=svg)))
    write_sheets([sheet, drawing], tmp_path, ("pdf", "docx"))
    first = pdf(tmp_path, sheet).pages[0]
    text = " ".join(first.extract_text().replace("\xa0", " ").split())
    for words in ("Centre *d’essai*", "Certificateur & fils", "RNCP123", "1 (RNCP123BC01)"):
        assert words in text
    assert len(first.images) == 1
    document = docx.Document(str(tmp_path / f"fiche-{sheet.learner.id}.docx"))
    assert [one._inline.docPr.get("descr") for one in document.inline_shapes] == ["Logo\xa0: Centre *d’essai*"]
    assert len(pdf(tmp_path, drawing).pages[0].extract_text()) > 200
    assert not docx.Document(str(tmp_path / f"fiche-{drawing.learner.id}.docx")).inline_shapes


def test_everything_is_on_the_page(folder: Path) -> None:
    text = squeezed(" ".join(page.extract_text() for page in pdf(folder, EVERYTHING).pages))
    for words in (
        "Centre d’essai", "Léa Nguyễn", "partiellement acquis", "à relire", "retiré",
        "Relu par Ana Le Goff et Bo Martin le 27 février 2026 à 23 h 40, grille 00aa11bb22cc33dd.",
        "Les deux relecteurs n’ont pas donné le même niveau : à concilier.", COMMENT, "Rapport inversé",
        "1 cellule arrêtée.", "Origine des copies", "Kerlavandre, tirage 1 (01234567)",
        "Un critère corrigé et relu prend le plus faible des deux niveaux.", "Sans compensation entre critères",
        "Retiré de cette session par le centre : Salle indisponible.", "Qualités non observables",
    ):  # fmt: skip
        assert squeezed(words) in text, words
    for row in EVERYTHING.criteria:
        assert squeezed(row.code) in text


def test_a_candidate_with_nothing_is_absent_and_has_no_zero(folder: Path) -> None:
    text = " ".join(page.extract_text() for page in pdf(folder, NOTHING).pages)
    assert text.count("absent") >= len(NOTHING.criteria)
    assert "Absent : aucune copie remise." in " ".join(text.replace("\xa0", " ").split())
    assert not re.search(r"(^|\s)0\s*/\s*10", text)
    assert len(pdf(folder, NOTHING).pages) <= 3


def test_long_words_break_and_nothing_of_them_is_lost(folder: Path) -> None:
    text = squeezed(" ".join(page.extract_text() for page in pdf(folder, STRAINED).pages))
    assert squeezed(LONG) in text
    assert squeezed(WORD + WORD) in text
    assert "=#$x$*a*" in text


@pytest.mark.parametrize("sheet", EACH, ids=lambda one: one.learner.id)
def test_the_document_to_edit_says_the_same(folder: Path, sheet: Sheet) -> None:
    document = docx.Document(str(folder / f"fiche-{sheet.learner.id}.docx"))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert document.core_properties.language == "fr-FR"
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    written = squeezed(" ".join([paragraph.text for paragraph in document.paragraphs] + cells))
    for text in _texts({name: value for name, value in on_paper(sheet).items() if name not in ("words", "page")}):
        assert squeezed(text) in written or squeezed(text) in squeezed(
            section.footer.paragraphs[0].text + document.core_properties.title + document.core_properties.keywords
        ), text


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for one in (value.values() if isinstance(value, dict) else value) for text in _texts(one)]


def test_the_document_is_made_of_styles_alone() -> None:
    document = docx.Document(io.BytesIO(as_docx(EVERYTHING)))
    cells = [cell for table in document.tables for line in table.rows for cell in line.cells]
    paragraphs = [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    assert not [run for one in paragraphs for run in one.runs if run.bold or run.italic or run.font.size]
    names = [one.style.name for one in document.paragraphs]
    assert names.count("Heading 1") == 2, "the sheet and its annex"
    assert names.count("Heading 2") >= 8
    heads = [table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in document.tables[1:]]
    assert all(heads), "each head is repeated on the next page"


def test_the_workbook_tells_who_read_when_and_on_what() -> None:
    page = openpyxl.load_workbook(io.BytesIO(as_xlsx([EVERYTHING]))).worksheets[1]
    lines = [[cell.value or "" for cell in line] for line in page.iter_rows(max_col=9)]
    start = lines.index(["Relectures et commentaires", *[""] * 8])
    parts = review_cells(EVERYTHING)
    assert len(parts) > 5
    assert lines[start + 2 : start + 2 + len(parts)] == parts
    assert ["Origine des copies", *[""] * 8] in lines
    assert any(line[1].endswith(COMMENT) for line in lines if line[0] == "")
