"""The plan as its reader receives it: a cover, a summary of what was handed in, annexes; in three formats."""

import io
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from docx.oxml.ns import qn

import casestudies.dossier as dossier_module
from casestudies import ouvrir_dossier
from casestudies.dossier import Dossier
from casestudies.errors import CasekitError
from casestudies.livrables import loading
from casestudies.livrables.model import Row
from casestudies.livrables.plan import AssembledPlan, collect
from casestudies.livrables.plan_docx import docx_of
from casestudies.livrables.plan_html import html_of
from casestudies.livrables.plan_pdf import pdf_of
from casestudies.livrables.summary import MOST_LETTERS, MOST_LINES

ESSAIS = Path(__file__).parent / "livrables_essai"
TODAY = date(2027, 3, 1)
OUTLINE = """
titre = "Plan opérationnel"
entreprise = "hetrabelle"
annexes = "Étude d’une autre entreprise : ses chiffres ne sont pas ceux {de_hetrabelle}."

[[chiffres]]
titre = "Budget"
livrable = "essai-feuille"
total = "budget_eur"
unite = "€ HT"

[[chiffres]]
titre = "Actions du web"
livrable = "essai-feuille"
compte = true
si = {colonne = "responsable", vaut = "Web"}

[[chiffres]]
titre = "Calendrier"
livrable = "essai-feuille"

[[chiffres]]
titre = "Premier budget"
livrable = "essai-feuille"
valeur = "budget_eur"
unite = "€ HT"

[[chiffres]]
titre = "Ailleurs"
livrable = "pas-encore"
compte = true

[[synthese]]
titre = "Actions"
livrable = "essai-feuille"
par = "objectif"
phrase = "{action} ({budget_eur} €)"

[[synthese]]
titre = "Suivi"
livrable = "essai-suivi"

[[synthese]]
titre = "Toutes"
livrable = "essai-feuille"
phrase = "{action}"

[[repartitions]]
titre = "Budget par responsable"
livrable = "essai-feuille"
par = "responsable"
total = "budget_eur"
unite = "€ HT"

[parties]
9 = "La feuille de route"
2 = "Le diagnostic"
"""
NOTE = """
titre = "Suivi"
entreprise = "hetrabelle"
evaluation = "E3"
question = "p9-suivi"
ordre = 92
genre = "texte"
"""
DECISION = "Constat : deux semaines de retard, sans un euro de plus que ce qui était prévu.\nDécision : lancer le 14."


def action(goal: str, name: str, owner: str, budget: float, day: str, days: float) -> Row:
    return {"objectif": goal, "action": name, "responsable": owner, "budget_eur": budget, "debut": day,
            "duree_jours": days}  # fmt: skip


ROWS = [
    action("O1", "Écrire <la fiche> $a$", "Web", 1000.4, "2026-10-12", 5),
    action("O1", "Photographier", "Contenus", 2500, "2026-10-19", 3),
    action("O2", "Lancer", "Web", 700, "2026-12-07", 5),
]
LONG = [action(f"O{number}", "Très long " * 60 + "x" * 300, "Web", number, "2026-10-12", 5) for number in range(9)]


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    here, described, outlines = (tmp_path / name for name in ("dossier", "descriptions", "plans"))
    for folder in (here, described, outlines):
        folder.mkdir()
    monkeypatch.chdir(here)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    road = (ESSAIS / "essai-feuille.toml").read_text(encoding="utf-8")
    (described / "essai-feuille.toml").write_text(road, encoding="utf-8")
    (described / "essai-suivi.toml").write_text(NOTE, encoding="utf-8")
    swot = (ESSAIS / "essai-swot.toml").read_text(encoding="utf-8")
    (described / "essai-swot.toml").write_text(
        swot.replace('"E1"', '"E3"').replace("hetrabelle", "isolombre"), encoding="utf-8"
    )
    (outlines / "e3.toml").write_text(OUTLINE, encoding="utf-8")
    monkeypatch.setattr(loading, "FOLDER", described)
    monkeypatch.setattr(loading, "PLANS", outlines)
    monkeypatch.setattr(dossier_module, "entry_points", lambda group: [])
    return ouvrir_dossier("hetrabelle", "lea")


def filled(dossier: Dossier, rows: list[Row] = ROWS, annex: bool = True) -> AssembledPlan:
    dossier.verifier("p9-essai", rows)
    dossier.verifier("p9-suivi", DECISION)
    if annex:
        dossier.verifier("s2-essai", [{"quadrant": "force", "facteur": "Atelier", "poids": 1, "intensité": 3}])
    return collect(Path.cwd(), "lea", TODAY, "E3")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_summary_says_what_was_handed_in_and_nothing_else(dossier: Dossier) -> None:
    summary = filled(dossier).summary
    assert {title: plain(words) for title, words in summary.figures} == {
        "Budget": "4 200 € HT", "Actions du web": "2", "Calendrier": "du 12/10/2026 au 11/12/2026",
        "Premier budget": "1 000 € HT", "Ailleurs": "–",
    }  # fmt: skip
    assert {title: tuple(map(plain, lines)) for title, lines in summary.lines} == {
        "Actions": ("O1 : Écrire <la fiche> $a$ (1 000 €) ; Photographier (2 500 €)", "O2 : Lancer (700 €)"),
        "Suivi": tuple(DECISION.split("\n")),
        "Toutes": ("Écrire <la fiche> $a$", "Photographier", "Lancer"),
    }
    empty = collect(Path.cwd(), "zoé", TODAY, "E3").summary
    assert {words for _, words in empty.figures} == {"–"}
    assert {lines for _, lines in empty.lines} == {()}


def test_the_summary_stays_on_one_page_whatever_is_written(dossier: Dossier) -> None:
    plan = filled(dossier, LONG)
    for _, lines in plan.summary.lines:
        assert len(lines) <= MOST_LINES
        assert all(len(line) <= MOST_LETTERS for line in lines)
    assert plain(plan.summary.lines[0][1][-1]) == "… et 6 autres, dans le plan."
    pages = [page.extract_text() for page in _pdf(plan).pages]
    (first,) = (place for place, text in enumerate(pages) if "L’essentiel en une page" in text and place > 1)
    assert "1. La feuille de route" in pages[first + 1]


def test_a_total_is_shared_out_in_a_table_and_a_chart(dossier: Dossier) -> None:
    section = filled(dossier).sections[0]
    ((shared, drawn),) = section.shared
    assert [tuple(map(plain, line)) for line in shared.grid.lines] == [
        ("Contenus", "1", "2 500", "60 %"), ("Web", "2", "1 700", "40 %"), ("Total", "3", "4 200", "100 %"),
    ]  # fmt: skip
    assert "Contenus 2 500 € HT" in plain(drawn.text)
    assert drawn.png.startswith(b"\x89PNG")


def test_what_is_about_others_is_in_annexes_and_what_they_lack_is_said_at_the_end(dossier: Dossier) -> None:
    plan = filled(dossier)
    assert [heading for heading, _ in plan.numbered] == [
        "1. La feuille de route", "Annexe A. Le diagnostic\u00a0: Isolombre",
    ]  # fmt: skip
    assert (plan.state, plan.lacks) == ("", ())
    assert plan.foreword.endswith("ceux de Hêtrabelle.")
    without = collect(Path.cwd(), "zoé", TODAY, "E3")
    assert [heading for heading, _ in without.numbered] == ["1. La feuille de route"]
    assert [plain(words) for words, _ in without.lacks] == ["Pas encore commencé :", "Pas joint en annexe :"]
    assert plain(without.state) == "Version de travail : 0 pièce prête sur 2."
    with pytest.raises(CasekitError, match="en annexe"):
        dossier.plan("E3", entrainement=True)


def test_the_page_and_the_documents_say_the_same(dossier: Dossier) -> None:
    plan = filled(dossier)
    html, document = html_of(plan), Document(io.BytesIO(docx_of(plan)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    written = "\n".join([*(one.text for one in document.paragraphs), *cells])
    printed = " ".join(" ".join(page.extract_text() for page in _pdf(plan).pages).split())
    for words in ("Plan opérationnel", "L’essentiel en une page", "Budget par responsable", "Photographier", "60 %"):
        assert all(plain(words) in plain(text) for text in (html, written, printed)), words
    assert "Écrire &lt;la fiche&gt;" in html
    assert "Écrire <la fiche> $a$" in printed


def test_the_pdf_is_tagged_numbered_and_describes_its_charts(dossier: Dossier) -> None:
    plan = filled(dossier)
    reader = _pdf(plan)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr-FR"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert plain(str(reader.metadata.title)) == "Plan opérationnel : Hêtrabelle"
    assert reader.metadata.author == "lea"
    assert [one.title for one in reader.outline if not isinstance(one, list)]  # type: ignore[union-attr]
    pages = [page.extract_text() for page in reader.pages]
    assert "Page" not in pages[0]
    assert f"Page 2 / {len(pages)}" in plain(pages[1])
    described = [item for item in _structure(root["/StructTreeRoot"]) if item.get("/S") == "/Figure"]
    assert len(described) == 2  # the shared budget, the annex's figure
    assert all(str(item.get("/Alt")) for item in described)
    assert any(item.get("/S") == "/TH" for item in _structure(root["/StructTreeRoot"]))
    assert pdf_of(plan) == pdf_of(plan)


def test_without_typst_the_page_is_to_be_printed(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(dossier)
    assert "plan.pdf` (à envoyer)" in dossier.plan().text()  # type: ignore[union-attr]
    monkeypatch.setitem(sys.modules, "casestudies.typesetting", None)
    (Path.cwd() / "livrables/plan.pdf").unlink()
    text = dossier.plan().text()  # type: ignore[union-attr]
    assert "Enregistrer au format PDF" in text
    assert not (Path.cwd() / "livrables/plan.pdf").exists()


def test_the_word_document_has_a_cover_contents_and_one_page_for_each_part(dossier: Dossier) -> None:
    document = Document(io.BytesIO(docx_of(filled(dossier))))
    assert document.sections[0].different_first_page_header_footer
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings[0] == "L’essentiel en une page"
    assert document.styles["Heading 1"].paragraph_format.page_break_before
    codes = [one.text for one in document.element.iter(qn("w:instrText"))]
    assert any("TOC" in str(code) for code in codes)
    marks = [one.get(qn("w:fldCharType")) for one in document.element.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]
    *_, last = document.paragraphs
    assert last.text  # no blank page after the last table


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("long", [False, True])
def test_the_page_is_accessible_in_both_themes_and_prints_within_its_sheets(
    browser, dossier: Dossier, tmp_path: Path, scheme: str, long: bool
) -> None:
    html = html_of(filled(dossier, LONG if long else ROWS))
    for width in (1280, 400):
        page = browser.new_page(viewport={"width": width, "height": 720}, color_scheme=scheme)
        page.set_content(html)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.close()
    sheet = browser.new_page(viewport={"width": 1010, "height": 680})  # what an A4 sheet on its side holds
    sheet.set_content(html)
    sheet.emulate_media(media="print")
    assert sheet.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert sheet.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    sheet.close()


def test_what_a_summary_takes_is_described() -> None:
    """Each line of each plan names a deliverable of its assessment, and columns that it has."""
    known = loading.deliverables()
    for code, outline in loading.outlines().items():
        for asked in (*outline.figures, *outline.lines, *outline.shares):
            if asked.deliverable not in known:
                assert (code, 7 in outline.headings) == ("E3", False), asked  # its last notebook is being written
                continue
            one = known[asked.deliverable]
            assert (one.assessment, one.company) == (code, outline.company), asked
            columns = set(_columns(asked))
            assert columns <= set(one.names), (asked, columns - set(one.names))


def _columns(asked: object) -> list[str]:
    only = getattr(asked, "only", ("", ""))[0]
    named = [getattr(asked, name, "") for name in ("total", "value", "by")]
    return [name for name in [only, *named, *re.findall(r"\{([^{}]+)\}", getattr(asked, "phrase", ""))] if name]


def _pdf(plan: AssembledPlan) -> pypdf.PdfReader:
    made = pdf_of(plan)
    assert made is not None
    return pypdf.PdfReader(io.BytesIO(made))


def _structure(item: Any) -> Iterator[Any]:
    """Yield every element of a PDF's structure."""
    found = item.get_object() if hasattr(item, "get_object") else item
    if isinstance(found, list):
        for one in found:
            yield from _structure(one)
    elif isinstance(found, dict):
        yield found
        if "/K" in found:
            yield from _structure(found["/K"])
