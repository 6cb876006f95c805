"""What was handed in is remembered; the plan assembles it as HTML and DOCX, and says what is missing."""

import io
import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

import casestudies.dossier as dossier_module
from casestudies import ouvrir_dossier
from casestudies.errors import CasekitError
from casestudies.livrables import loading
from casestudies.livrables.blocks import paragraphs_of
from casestudies.livrables.csv_file import write_csv
from casestudies.livrables.model import Deliverable, Field, Row
from casestudies.livrables.plan import assessment_of, collect
from casestudies.livrables.plan_docx import docx_of
from casestudies.livrables.plan_html import html_of
from casestudies.livrables.store import Shelf
from casestudies.livrables.tables import tables_html

ESSAIS = Path(__file__).parent / "livrables_essai"
SWOT = loading.read(ESSAIS / "essai-swot.toml")
ROWS = [
    {"quadrant": "menace", "facteur": "Prix <bas> & promotions", "poids": 0.5, "intensité": 4,
     "date_relevé": "2027-01-06"},
    {"quadrant": "force", "facteur": "Atelier\nlocal", "poids": 1234.5, "intensité": None},
    {"quadrant": "opportunité", "facteur": "Salon", "poids": 0.5, "intensité": 2},
]  # fmt: skip
NOTE = "Madame la directrice,\n\nVoici l'essentiel : 12 % de mieux.\n- un point\n- un autre\n"
TODAY = date(2027, 3, 1)


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(loading, "FOLDER", ESSAIS)
    monkeypatch.setattr(loading, "PLANS", ESSAIS / "plans")
    monkeypatch.setattr(dossier_module, "entry_points", lambda group: [])
    return ouvrir_dossier("hetrabelle", "lea")


def test_answers_to_deliverables_are_remembered_and_blanks_forget_nothing(dossier, tmp_path: Path) -> None:
    dossier.verifier("s2-essai", ROWS)
    dossier.verifier("s2-essai-note", NOTE)
    dossier.verifier("s2-autre", 12)
    kept = sorted(path.name for path in (tmp_path / ".casekit/rendus").iterdir())
    assert kept == ["s2-essai-note.json", "s2-essai.json"]
    for blank in (None, "", [], [{"quadrant": "", "facteur": ""}], 12):
        dossier.verifier("s2-essai", blank)
        dossier.verifier("s2-essai-note", blank)
    plan = collect(tmp_path, "lea", TODAY, "E1")
    note, table = plan.sections
    assert [row["quadrant"] for row in table.rows] == ["menace", "force", "opportunité"]
    assert table.rows[0]["date_relevé"] == "2027-01-06"
    assert table.picture is not None
    assert "Menaces" in table.picture.text
    assert note.text.startswith("Madame")
    assert collect(tmp_path, "zoé", TODAY, "E1").missing == ("Note d’essai", SWOT.title)


def test_the_plan_takes_the_deliverables_of_its_assessment_alone(
    dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed = tmp_path / "descriptions"
    mixed.mkdir()
    for path in ESSAIS.glob("*.toml"):
        other = "note" in path.name
        text = path.read_text(encoding="utf-8")
        assert 'evaluation = "E1"' in text or "feuille" in path.name
        (mixed / path.name).write_text(text.replace('"E1"', '"E3"') if other else text, encoding="utf-8")
    monkeypatch.setattr(loading, "FOLDER", mixed)
    dossier.verifier("s2-essai", ROWS)
    dossier.verifier("s2-essai-note", NOTE)
    assert [one.deliverable.slug for one in collect(tmp_path, "lea", TODAY, "E1").sections] == ["essai-swot"]
    assert "complet" in dossier.plan().text()


def test_the_plan_of_another_assessment_is_data_alone(dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    described, outlines = tmp_path / "descriptions", tmp_path / "plans"
    described.mkdir()
    outlines.mkdir()
    text = (ESSAIS / "essai-note.toml").read_text(encoding="utf-8")
    (described / "essai-note.toml").write_text(text.replace('"E1"', '"E3"'), encoding="utf-8")
    shutil.copy(ESSAIS / "essai-swot.toml", described)
    (outlines / "e3.toml").write_text(
        'titre = "Plan opérationnel"\n[parties]\n2 = "Le web : les tâches"\n', encoding="utf-8"
    )
    monkeypatch.setattr(loading, "FOLDER", described)
    monkeypatch.setattr(loading, "PLANS", outlines)
    dossier.verifier("s2-essai-note", NOTE)
    assert "complet" in dossier.plan().text()
    html = (tmp_path / "livrables/plan.html").read_text(encoding="utf-8")
    assert "<title>Plan opérationnel</title>" in html
    assert "1. Le web\u00a0: les tâches\u00a0: Hêtrabelle" in html
    assert SWOT.title not in html
    with pytest.raises(CasekitError, match="« E1 »"):
        dossier.plan("E1")
    (outlines / "e1.toml").write_text('titre = "Plan de stratégie"\n[parties]\n', encoding="utf-8")
    with pytest.raises(CasekitError, match=r'dossier.plan\("E1"\)`, `dossier.plan\("E3"\)'):
        dossier.plan()
    assert "0 pièce prête sur 1" in dossier.plan("E1").text().replace("\u00a0", " ")


def test_a_company_of_several_assessments_gets_the_plan_of_the_folder_that_is_open() -> None:
    assert assessment_of("isolombre", "e1-strategie") == "E1"
    assert assessment_of("isolombre", "e3-plan-operationnel") == "E3"
    with pytest.raises(CasekitError, match="Dites de quelle évaluation"):
        assessment_of("isolombre", "essais")


def test_a_plan_about_one_company_leaves_the_others_to_its_training(
    dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    described, outlines = tmp_path / "descriptions", tmp_path / "plans"
    described.mkdir()
    outlines.mkdir()
    shutil.copy(ESSAIS / "essai-swot.toml", described)
    own = 'titre = "{0}"\nentreprise = "kerlavandre"\nevaluation = "E1"\nquestion = "{1}"\nordre = {2}\n{3}\n'
    for name, *rest in (
        ("premier", "Tôt", "s1-essai", 11, 'genre = "texte"'),
        ("autre", "Tard", "s7-essai", 71, 'reprend = "essai-swot"'),
    ):
        (described / f"{name}.toml").write_text(own.format(*rest), encoding="utf-8")
    (outlines / "e1.toml").write_text(
        'titre = "Plan"\nentreprise = "kerlavandre"\n[parties]\n7 = "La suite"\n1 = "Le début"\n2 = "Le reste"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(loading, "FOLDER", described)
    monkeypatch.setattr(loading, "PLANS", outlines)
    dossier.verifier("s2-essai", ROWS)
    dossier.verifier("s7-essai", ROWS)
    plan = collect(tmp_path, "lea", TODAY, "E1")
    assert [part.heading for part in plan.parts] == ["La suite", "Le début"]
    assert [(one.deliverable.title, one.is_missing) for one in plan.sections] == [("Tard", False), ("Tôt", True)]
    assert plan.sections[0].picture is not None
    assert plan.title == "Plan : Kerlavandre"
    trained = collect(tmp_path, "lea", TODAY, "E1", training=True)
    assert [part.heading for part in trained.parts] == ["Le reste\u00a0: Hêtrabelle"]
    assert trained.title == "Plan : entraînement"
    dossier.plan("E1")
    dossier.plan("E1", entrainement=True)
    written = {path.name for path in (tmp_path / "livrables").iterdir()}
    assert {f"{name}.{form}" for name in ("plan", "plan-entrainement") for form in ("html", "docx")} <= written
    (outlines / "e1.toml").write_text('titre = "Plan"\n[parties]\n2 = "Le reste"\n', encoding="utf-8")
    with pytest.raises(CasekitError, match="pas de partie d’entraînement"):
        dossier.plan("E1", entrainement=True)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("e1", 'titre = "T"\nentreprise = "personne"\n[parties]\n1 = "A"', "entreprise"),
        ("e1", 'titre = "T"', "parties"),
        ("e1", '[parties]\n1 = "A"', "titre"),
        ("e1", 'titre = "T"\n[parties]\nun = "A"', "numéro d’un notebook"),
        ("e1", 'titre = "T"\n[parties]\n1 = ""', "texte non vide"),
        ("e9", 'titre = "T"\n[parties]', "code d’une évaluation"),
        ("e1", "titre =", "illisible"),
    ],
)
def test_a_faulty_outline_names_the_file_and_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str, words: str
) -> None:
    (tmp_path / f"{name}.toml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(loading, "PLANS", tmp_path)
    with pytest.raises(loading.DescriptionError, match=rf"{name}\.toml.*{words}"):
        loading.outlines()


def test_every_part_of_a_plan_has_its_heading() -> None:
    notebooks = {(one.assessment, one.notebook) for one in loading.deliverables().values()}
    headings = {(code, number) for code, outline in loading.outlines().items() for number in outline.headings}
    assert {one for one in notebooks if one[0] in loading.outlines()} == headings


def test_a_damaged_memory_is_nothing(dossier, tmp_path: Path) -> None:
    dossier.verifier("s2-essai", ROWS)
    path = tmp_path / ".casekit/rendus/s2-essai.json"
    for content in ("{", "[]", json.dumps({"identifiant": "lea", "answer": {"kind": "table", "rows": 3}})):
        path.write_text(content, encoding="utf-8")
        assert collect(tmp_path, "lea", TODAY, "E1").sections[1].is_missing


def test_a_file_changed_since_the_answer_wins(dossier, tmp_path: Path) -> None:
    dossier.verifier("s2-essai", ROWS)
    answered = (tmp_path / ".casekit/rendus/s2-essai.json").stat().st_mtime
    path = Shelf(tmp_path).path(SWOT, "csv")
    path.parent.mkdir()
    path.write_bytes(write_csv(SWOT, [{"quadrant": "faiblesse", "facteur": "Ailleurs"}]))
    for moment, expected in ((answered - 60, 3), (answered + 60, 1)):
        os.utime(path, (moment, moment))
        assert len(collect(tmp_path, "lea", TODAY, "E1").sections[1].rows) == expected


def test_the_plan_says_what_is_missing(dossier, tmp_path: Path) -> None:
    said = dossier.plan().text()
    assert "0 pièce prête sur 2" in said.replace("\u00a0", " ")
    assert SWOT.title in said
    html = (tmp_path / "livrables/plan.html").read_text(encoding="utf-8")
    assert html.count("À compléter.") == 2
    dossier.verifier("s2-essai", ROWS)
    dossier.verifier("s2-essai-note", NOTE)
    assert "complet" in dossier.plan().text()
    html = (tmp_path / "livrables/plan.html").read_text(encoding="utf-8")
    assert "À compléter." not in html
    assert "La concurrence et le diagnostic\u00a0: Hêtrabelle" in html
    assert "Établi par lea" in html
    assert "Prix &lt;bas&gt; &amp; promotions" in html
    assert "1\u202f234,5" in html
    assert "06/01/2027" in html
    assert "<li>un point</li>" in html
    assert "<caption>Tableau SWOT d’essai\u00a0: menace</caption>" in html
    assert 'alt="Tableau SWOT' in html


def test_the_word_document_has_headings_tables_and_a_described_figure(dossier, tmp_path: Path) -> None:
    dossier.verifier("s2-essai", [{**ROWS[0], "facteur": "in\x00visible"}, *ROWS[1:]])
    dossier.verifier("s2-essai-note", NOTE)
    document = Document(io.BytesIO(docx_of(collect(tmp_path, "lea", TODAY, "E1"))))
    headings = [one.text for one in document.paragraphs if one.style.name.startswith(("Heading", "Title"))]
    assert headings == [
        loading.outlines()["E1"].title,
        "1. La concurrence et le diagnostic\u00a0: Hêtrabelle",
        "Note d’essai",
        SWOT.title,
    ]
    first = [one for one in document.tables if "invisible" in [cell.text for row in one.rows for cell in row.cells]]
    assert [cell.text for cell in first[0].rows[0].cells] == ["Facteur", "Poids", "Intensité", "Date relevé"]
    aligned = [cell.paragraphs[0].alignment for cell in first[0].rows[1].cells]
    assert aligned == [None, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.RIGHT, None]
    assert "NUMPAGES" in document.sections[0].footer._element.xml
    assert len(document.tables) == 3
    assert len(document.inline_shapes) == 1
    assert document.inline_shapes[0]._inline.docPr.get("descr").startswith("Tableau SWOT")
    assert document.core_properties.language == "fr-FR"


def test_the_columns_of_the_word_document_hold_their_longest_word(dossier, tmp_path: Path) -> None:
    dossier.verifier("s2-essai", ROWS)
    document = Document(io.BytesIO(docx_of(collect(tmp_path, "lea", TODAY, "E1"))))
    page = document.sections[0]
    for table in document.tables:
        widths = dict(
            zip([cell.text for cell in table.rows[0].cells], [one.width for one in table.columns], strict=True)
        )
        assert widths["Facteur"] > widths["Poids"]
        assert all(width > 100_000 * len(max(name.split(), key=len)) for name, width in widths.items())
        assert sum(widths.values()) <= page.page_width - page.left_margin - page.right_margin
    assert document.inline_shapes[0].height < page.page_height - page.top_margin - page.bottom_margin


def test_a_note_has_paragraphs_and_lists() -> None:
    assert [kind for kind, _ in paragraphs_of(NOTE)] == ["p", "p", "ul"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Une phrase coupée par la largeur de la cellule du notebook,\nAvec sa fin.", 1),
        ("À : la direction\nDe : l’équipe webmarketing", 2),
        ("1. Lancer le lit-bureau, avec dix ans de pièces garantis par écrit.\n2. Tenir le stock.", 2),
        ("- un point qui tient sur deux lignes, parce qu’il est long\n  jusqu’ici\n- un autre", 2),
    ],
)
def test_only_the_lines_cut_to_fit_a_cell_are_joined(text: str, expected: int) -> None:
    (block,) = paragraphs_of(text)
    assert len(block[1]) == expected


def test_one_wide_row_is_shown_as_a_sheet_and_an_empty_optional_column_is_not() -> None:
    fields = tuple(Field(f"colonne_{letter}", "texte", "", optional=letter == "z") for letter in "abcdefghiz")
    wide = Deliverable("large", "Tableau large", "hetrabelle", "E1", "s2-large", 29, fields=fields, rows=1)
    row: Row = {one.name: "dit" for one in fields[:-1]}
    assert tables_html(wide, [row]).count('<th scope="row">') == 9
    two = tables_html(wide, [row, {**row, "colonne_z": "oui"}])
    assert two.count('<th scope="col">') == 10


def test_at_grading_the_plan_writes_nothing(dossier, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    dossier.verifier("s2-essai", ROWS)
    assert dossier.plan() is None
    assert not (tmp_path / "livrables").exists()
    assert not (tmp_path / ".casekit/rendus").exists()


@pytest.mark.parametrize("filled", [True, False])
def test_the_page_has_no_accessibility_violation(browser, dossier, tmp_path: Path, filled: bool) -> None:
    if filled:
        dossier.verifier("s2-essai", ROWS)
        dossier.verifier("s2-essai-note", NOTE)
    for width in (1200, 400):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.set_content(html_of(collect(tmp_path, "lea", TODAY, "E1")))
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        captures = Path(__file__).parents[2] / "build" / "captures"
        captures.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(captures / f"plan-{'rempli' if filled else 'vide'}-{width}.png"), full_page=True)
        page.close()


def test_what_is_begun_and_not_ready_is_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    opened = ouvrir_dossier("hetrabelle", "lea")
    opened.verifier("s2-swot", [{"repère": "Fo1", "quadrant": "force", "facteur": "Atelier local"}])
    opened.verifier("s2-diapositive", "Madame, voici treize mots qui ne font pas encore une note à lire.")
    card = opened.plan("E1", entrainement=True)
    text = card.text().replace("\u00a0", " ")
    assert "0 pièce prête sur" in text
    assert "À compléter : Tableau SWOT" in text
    assert "À compléter : Le marché en une diapositive" in text
    assert "Pas encore commencé : Benchmark" in text
    assert 'href="livrables/plan-entrainement.docx" download' in card.html()
    html = (tmp_path / "livrables/plan-entrainement.html").read_text(encoding="utf-8")
    assert "À compléter\u00a0:" in html
    assert "Atelier local" in html
