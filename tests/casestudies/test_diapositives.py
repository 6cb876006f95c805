"""The slides of a talk: read again as PowerPoint and as PDF, whole, empty, long and hostile."""

import io
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation
from pptx.util import Pt
from pypdf import PdfReader
from right_values import right

import casestudies.dossier as dossier_module
from autograder.keys.cases import Case
from autograder.keys.formative import service
from autograder.keys.questions.e4_equipe.evaluer_defendre_tables import SLIDES, TALK_SECONDS
from autograder.referentiel.rubric import load_rubrics
from casestudies import ouvrir_dossier
from casestudies.diapositives import model
from casestudies.diapositives.charts import CHARTS, chart_of, people_of, requests_of
from casestudies.diapositives.deck import Speaker, collect, plan_of
from casestudies.diapositives.fitting import cut, fit, fit_table, lines_in
from casestudies.diapositives.model import Deck, Excerpt, SlideTable, runs_of
from casestudies.diapositives.notes import notes_of
from casestudies.diapositives.pdf_out import pdf_of
from casestudies.diapositives.pptx_out import pptx_of
from casestudies.dossier import Dossier
from casestudies.errors import CasekitError
from casestudies.home.summary import summaries
from casestudies.livrables import loading
from casestudies.livrables.figures import Picture
from casestudies.typography import french

COMPANY = "septembrune"
TODAY = date(2026, 11, 27)
REMINDERS = load_rubrics()["B3-C09"].expected
PLAN = [
    ("Clore vite n’est pas résoudre", "41 % contre 12 % de retours, t3-retours", 70),
    ("Les journées sont notées à la main", "table temps", 60),
    ("Chaque tâche a une personne qui répond", "raci", 60),
    ("Nous avons écarté le score unique", "table enquete_qvct", 50),
    ("Ce que nous dirons à chacun", "t3-objections", 40),
]
RACI = [
    {"tache_id": "T01", "livrable": "Note de cadrage", "competence": "gestion_projet : demande 3, tenu 4",
     "jours_homme": 2.5, "realise": "M02", "repond": "M01", "consulte": "M10", "informe": "M11, M12",
     "debut": "2026-10-05"},
]  # fmt: skip
NOTE = "À la direction : oui, les heures se comptent.\nÀ l’équipe : votre vitesse compte.\nÀ la personne : non."
HOSTILE = "<b>gras</b> =1+1 $x$ \x07\x1b[31m\u202e & « fin » {0} %s"


def rows(plan: Sequence[tuple[Any, ...]] = PLAN) -> list[dict[str, Any]]:
    return [dict(zip(("message", "preuve", "secondes"), row, strict=True)) for row in plan]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    """Léa's case, where nobody gives feedback."""
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(dossier_module, "entry_points", lambda group: [])
    return ouvrir_dossier(COMPANY, "lea")


def deck_of(dossier: Dossier, found: set[str] | None = None) -> Deck:
    tables = {spec.name: spec.title for spec in dossier._company.specs().values()}
    speaker = Speaker("lea", dossier._folder, lambda question: question in (found or set()), REMINDERS)
    return collect(dossier, tables, speaker, plan_of(COMPANY), TODAY)


def slides_of(content: bytes | Path) -> list[Any]:
    return list(Presentation(io.BytesIO(content) if isinstance(content, bytes) else str(content)).slides)


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


@pytest.fixture
def filled(opened: Dossier) -> Dossier:
    opened.verifier("t3-plan", rows())
    opened.verifier("o1-raci", RACI)
    opened.verifier("t3-objections", NOTE)
    return opened


def test_the_message_is_the_title_and_the_notes_hold_clock_proof_and_what_the_jury_expects(filled: Dossier) -> None:
    deck = deck_of(filled)
    cover, *slides = slides_of(pptx_of(deck))
    assert cover.shapes.title.text == "Coordonner une équipe"
    assert "Agence Septembrune" in words(cover)
    assert "5 diapositives complètes sur 10" in words(cover).replace("\u00a0", " ")
    assert len(slides) == SLIDES
    for slide, (message, proof, seconds) in zip(slides, PLAN, strict=False):
        assert slide.shapes.title.text == message
        assert french(f"Preuve : {proof}") in notes(slide)
        assert french(f"Temps : {model.duration(seconds)}") in notes(slide)
    assert french("de 1 min 10 s à 2 min 10 s (sur 10 min)") in notes(slides[1])
    assert "2 min 10 s sur 10 min" in words(slides[1])
    assert "lea · Agence Septembrune" in words(slides[0])
    assert "3 / 10" in words(slides[2])
    said = "\n".join(map(notes, slides))
    assert all(french(reminder) in said for reminder in REMINDERS)
    assert all(french(reminder) in notes(cover) for reminder in REMINDERS)
    assert all(notes(slide).startswith(french("Ce que je dirai : …")) for slide in slides)


def test_a_number_of_the_proof_stands_out_and_the_name_of_a_question_becomes_its_title(filled: Dossier) -> None:
    slide = slides_of(pptx_of(deck_of(filled)))[1]
    proof = slide.placeholders[1].text_frame.paragraphs[0]
    large = [run for run in proof.runs if run.font.bold]
    assert [run.text.replace("\u00a0", " ") for run in large] == ["41 %", "12 %"]
    assert min(run.font.size for run in large) > max(run.font.size for run in proof.runs if not run.font.bold)
    assert "t3-retours" not in words(slide)
    assert "Taux de retour par équipe" in words(slide)


def test_a_deliverable_that_is_named_is_shown_as_a_table_and_stands_whole_in_the_notes(filled: Dossier) -> None:
    slide = slides_of(pptx_of(deck_of(filled)))[3]
    (table,) = [shape for shape in slide.shapes if shape.has_table]
    assert [cell.text for cell in table.table.rows[0].cells][:2] == ["Tâche", "Livrable"]
    assert [cell.text for cell in table.table.rows[1].cells] == [
        "T01", "Note de cadrage", "M02", "M01", "M10", "M11, M12",
    ]  # fmt: skip
    assert table.table.first_row
    assert "Tâches, compétences et rôles (RACI)" in table._element._nvXxPr.cNvPr.get("descr")
    assert french("Tâches, compétences et rôles (RACI), en entier :") in notes(slide)
    assert french("Charge (jours-homme) : 2,5") in notes(slide)


def test_a_table_of_the_company_is_drawn_with_its_alternative_text(filled: Dossier) -> None:
    slide = slides_of(pptx_of(deck_of(filled)))[2]
    (drawn,) = [shape for shape in slide.shapes if shape.is_placeholder and hasattr(shape, "image")]
    said = drawn._element._nvXxPr.cNvPr.get("descr")
    assert "notées en minutes" in said
    assert re.search(r"domicile \d", said)
    assert drawn.left >= 0
    assert drawn.left + drawn.width <= Pt(960)
    assert drawn.top + drawn.height <= Pt(540)


def test_a_note_is_shown_by_its_beginning(filled: Dossier) -> None:
    deck = deck_of(filled)
    assert isinstance(deck.slides[4].proof.shown, Excerpt)
    assert "les heures se comptent" in words(slides_of(pptx_of(deck))[5])


def test_what_cannot_be_shown_is_said_by_its_title(filled: Dossier) -> None:
    slide = slides_of(pptx_of(deck_of(filled)))[4]
    assert "Enquête" in slide.placeholders[1].text_frame.text
    assert "enquete_qvct" in notes(slide)


def test_every_text_says_that_it_is_french_and_every_slide_has_one_title(filled: Dossier) -> None:
    file = Presentation(io.BytesIO(pptx_of(deck_of(filled))))
    assert (file.slide_width, file.slide_height) == (Pt(960), Pt(540))
    assert file.core_properties.language == "fr-FR"
    pages = [*file.slides, *(slide.notes_slide for slide in file.slides), *file.slide_layouts, file.slide_master]
    for page in pages:
        for run in page._element.xpath(".//a:r"):
            assert run.rPr is not None, run.text
            assert run.rPr.get("lang") == "fr-FR", run.text
    titles = [slide.shapes.title.text for slide in file.slides]
    assert all(titles)
    for slide in file.slides:
        identifiers = slide._element.xpath(".//p:cNvPr/@id")
        assert len(set(identifiers)) == len(identifiers)
        assert slide.shapes[0] == slide.shapes.title


def test_an_empty_candidate_gets_ten_slides_that_invent_nothing(opened: Dossier) -> None:
    card = opened.diapositives()
    assert card is not None
    assert "attendent votre plan" in card.text()
    assert 'dossier.editeur("plan-soutenance")' in card.text()
    _cover, *slides = slides_of(Path("livrables/soutenance.pptx"))
    assert [slide.shapes.title.text for slide in slides] == [f"Message {n} à écrire" for n in range(1, 11)]
    assert all(slide.placeholders[1].text_frame.text == "Preuve à écrire" for slide in slides)
    assert all("durée à écrire" in words(slide) for slide in slides)
    assert not re.search(r"\d %", "".join(map(words, slides)))
    assert len(PdfReader("livrables/soutenance.pdf").pages) == 11


def test_the_card_says_what_is_missing_and_how_long_the_talk_is(opened: Dossier) -> None:
    opened.verifier("t3-plan", rows([("Un message", "", 400), ("", "table temps", None), ("Trois", "x", 400)]))
    card = opened.diapositives()
    assert card is not None
    said = card.text().replace("\u00a0", " ")
    assert "1 sur 10 ont message, preuve et durée" in said
    assert "Message à écrire : diapositives 2, 4, 5" in said
    assert "Preuve à écrire : diapositives 1, 4" in said
    assert "Sans durée lisible : diapositives 2, 4" in said
    assert "Trop long de 3 min 20 s : 13 min 20 s au moins, sur 10 min (800 secondes sur 600)" in said
    assert 'href="livrables/soutenance.pptx" download' in card.html()
    assert 'href="livrables/soutenance.pdf" download' in card.html()


def test_a_whole_plan_is_ready(opened: Dossier) -> None:
    opened.verifier("t3-plan", rows([(f"Message {n}", "table temps", 60) for n in range(10)]))
    card = opened.diapositives()
    assert card is not None
    assert card.text().replace("\u00a0", " ").startswith("✓ Vos 10 diapositives sont prêtes : 10 min sur 10 min")


@pytest.mark.parametrize("seconds", [-5, 0, "beaucoup", 10**9])
def test_what_is_no_length_is_said_rather_than_counted(opened: Dossier, seconds: object) -> None:
    opened.verifier("t3-plan", rows([("Un", "x", 30), ("Deux", "y", seconds), ("Trois", "z", 30)]))
    deck = deck_of(opened)
    assert deck.lacking("durée") == (2, *range(4, 11))
    assert deck.seconds == 60
    assert [slide.until for slide in deck.slides[:3]] == [30, None, None]
    assert "faute d’une durée plus haut" in "\n".join(notes_of(deck, deck.slides[2]))


def test_hostile_and_endless_texts_are_shown_and_stay_on_their_slide(opened: Dossier) -> None:
    long = [(HOSTILE * 60, HOSTILE * 80, 30), ("M" * 2000, f"{'x' * 9000}, t3-retours", 30), ("Court", "raci", 30)]
    opened.verifier("t3-plan", rows([*long, *((f"ligne {n}", "raci", 30) for n in range(25))]))
    cell = "très long " * 300
    opened.verifier("o1-raci", [{**RACI[0], "livrable": cell, "tache_id": "T" * 300} for _ in range(40)])
    card = opened.diapositives()
    assert card is not None
    said = card.text().replace("\u00a0", " ")
    assert "28 lignes dans le plan, pour 10 diapositives attendues" in said
    assert "Les 20 premières lignes seules" in said
    _cover, *slides = slides_of(Path("livrables/soutenance.pptx"))
    assert len(slides) == 20
    assert "<b>gras</b> =1+1 $x$" in words(slides[0])
    assert "…" in slides[0].shapes.title.text
    everything = "".join(map(words, slides)) + "".join(map(notes, slides))
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", everything.replace("\x0b", ""))
    assert "la suite est dans les notes" in words(slides[2])
    (table,) = [shape for shape in slides[2].shapes if shape.has_table]
    assert table.top + table.height <= Pt(540)
    assert max(len(notes(slide)) for slide in slides) < 20_000
    assert french("(RACI), le début :") in notes(slides[2])
    assert french("… la suite est dans votre livrable « raci ».") in notes(slides[2])
    pages = PdfReader("livrables/soutenance.pdf")
    assert len(pages.pages) > 20
    assert "<b>gras</b> =1+1 $x$" in pages.pages[1].extract_text().replace("\u00a0", " ")


def test_a_deliverable_that_cannot_be_read_stops_nothing_and_is_said(filled: Dossier) -> None:
    Path("livrables").mkdir(exist_ok=True)
    Path("livrables/amenagements.csv").write_text("rien;à;voir\n1;2;3\n", encoding="utf-8")
    card = filled.diapositives()
    assert card is not None
    assert "amenagements.csv" in card.text()
    assert len(slides_of(Path("livrables/soutenance.pptx"))) == 11


def test_a_retouched_file_is_kept_beside_the_new_one(filled: Dossier) -> None:
    filled.diapositives()
    path = Path("livrables/soutenance.pptx")
    filled.diapositives()
    assert not list(Path("livrables").glob("*retouchee*"))
    mine = Presentation(str(path))
    mine.slides[1].shapes.title.text = "Mon titre"
    mine.core_properties.last_modified_by = "Léa"
    mine.save(str(path))
    for expected in (1, 2):
        card = filled.diapositives()
        assert card is not None
        assert (f"soutenance-retouchee-{expected}.pptx" in card.text()) == (expected == 1)
    assert slides_of(Path("livrables/soutenance-retouchee-1.pptx"))[1].shapes.title.text == "Mon titre"
    path.write_bytes(b"not a presentation")
    filled.diapositives()
    assert Path("livrables/soutenance-retouchee-2.pptx").read_bytes() == b"not a presentation"


def test_the_pdf_has_a_page_for_each_slide_with_its_notes_and_is_accessible(filled: Dossier) -> None:
    content = pdf_of(deck_of(filled))
    assert content is not None
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 11
    page = reader.pages[1].extract_text().replace("\u00a0", " ")
    assert "Clore vite n’est pas résoudre" in page
    assert "Notes" in page
    assert "41 % contre 12 % de retours, t3-retours" in page
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "fr-FR"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_without_python_pptx_the_pdf_is_made_and_it_is_said(filled: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("casestudies.diapositives.")]:
        if name.endswith(("pptx_out", "layouts")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pptx", None)
    card = filled.diapositives()
    assert card is not None
    assert "python-pptx" in card.text()
    assert not Path("livrables/soutenance.pptx").exists()
    assert Path("livrables/soutenance.pdf").exists()
    monkeypatch.delitem(sys.modules, "casestudies.typesetting", raising=False)
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(CasekitError, match="python-pptx, qui manque ici"):
        filled.diapositives()


def test_another_company_is_sent_to_the_one_of_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dossier_module, "entry_points", lambda group: [])
    with pytest.raises(CasekitError, match=r'Agence Septembrune.*ouvrir_dossier\("septembrune"'):
        ouvrir_dossier("hetrabelle", "lea").diapositives()


def test_nothing_is_made_while_a_copy_is_graded(filled: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert filled.diapositives() is None


def test_what_the_jury_expects_comes_from_the_rubric(filled: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tuple(service().expectations("B3-C09")) == REMINDERS
    assert not service().expectations("Z9-C99")
    monkeypatch.undo()
    monkeypatch.chdir(filled._folder)
    card = ouvrir_dossier(COMPANY, "lea").diapositives()
    assert card is not None
    assert french(REMINDERS[0]) in notes(slides_of(Path("livrables/soutenance.pptx"))[1])


def test_the_time_and_the_number_of_slides_are_those_that_the_check_asks() -> None:
    assert model.TALK_SECONDS == TALK_SECONDS
    assert plan_of(COMPANY).rows == SLIDES


def test_the_charts_are_of_questions_and_tables_that_exist(dossier: Dossier) -> None:
    tables = {f"table {name}" for name in dossier._company.specs()}
    questions = {asked.id for one in summaries() if one.company == COMPANY for asked in one.questions}
    assert set(CHARTS) <= tables | questions
    assert {chart.needs for chart in CHARTS.values() if chart.needs} <= questions


def test_a_chart_that_shows_an_answer_waits_until_it_is_found(dossier: Dossier) -> None:
    for name, chart in CHARTS.items():
        drawn = chart_of(dossier, name, lambda question: False, 3.0)
        assert (drawn is None) == bool(chart.needs), name


def test_the_charts_show_what_the_answers_are(dossier: Dossier, case: Case) -> None:
    """Each figure that the key gives is in the alternative text of its chart."""

    def said(name: str) -> str:
        drawn = chart_of(dossier, name, lambda question: True, 3.0)
        assert isinstance(drawn, Picture)
        return drawn.text.replace("\u00a0", " ").replace("\u202f", " ")

    def shown(number: float, decimals: int) -> str:
        return f"{number:.{decimals}f}".replace(".", ",")

    for team, days in right(case, "t3-resolution").items():
        assert re.search(rf"{team} [\d,]+ puis {shown(days, 1)} jours", said("t3-resolution"))
    assert f"{shown(100 * right(case, 'o1-surcharge'), 0)} %" in said("o1-surcharge")
    for mode, share in right(case, "t2-decisions").items():
        assert f"{mode} {shown(100 * share, 0)} %" in said("t2-decisions")
    for mode, index in right(case, "t2-appartenance").items():
        assert f"{mode} {shown(index, 1)}" in said("t2-appartenance")
    people = people_of(dossier.table("temps"))
    assert people["heures_jour"].corr(people["valeur_heure"]) == pytest.approx(right(case, "t3-lien"))
    known = requests_of(dossier)
    siennes = known.loc[known["equipe"] == known.groupby("equipe")["premier"].mean().idxmin(), "delai"]
    assert siennes.mean() - siennes.median() == pytest.approx(right(case, "t3-ecart-mediane"))


@pytest.mark.parametrize(
    ("proof", "said", "title"),
    [
        ("41 %, t3-retours", "41 %", "Taux de retour par équipe"),
        ("t3-retours", "", "Taux de retour par équipe"),
        ("0,35 d’écart (t3-lien)", "0,35 d’écart (t3-lien)", "Lien entre heures par jour et valeur par heure"),
        ("table tickets, fin décembre", "fin décembre", "Demandes des clients"),
        ("le temps passé en réunion", "le temps passé en réunion", ""),
        ("une table que personne ne connaît", "une table que personne ne connaît", ""),
        ("RACI", "", "Tâches, compétences et rôles (RACI)"),
        ("enquete_qvct", "", "Enquête anonyme sur la qualité de vie et les conditions de travail"),
    ],
)
def test_what_a_proof_names_is_found_and_the_rest_is_said(opened: Dossier, proof: str, said: str, title: str) -> None:
    opened.verifier("t3-plan", rows([("Un message", proof, 60)]))
    found = deck_of(opened).slides[0].proof
    assert found.text == french(proof)
    assert found.said == french(said)
    assert found.sources == ((title,) if title else ())


def test_numbers_stand_out_and_codes_do_not() -> None:
    def numbers(text: str) -> list[str]:
        return [piece for piece, is_number in runs_of(text) if is_number]

    assert numbers("−35 % puis 12 345,6 € HT et 3 jours ouvrés") == ["−35 %", "12 345,6 € HT", "3 jours ouvrés"]
    assert numbers("B3-C09, t3-lien, M15, 31/12/2026, v2.1") == []
    assert "".join(piece for piece, _ in runs_of(HOSTILE)) == HOSTILE


def test_columns_that_a_slide_shows_are_columns_of_the_deliverable(tmp_path: Path) -> None:
    text = (loading.FOLDER / "raci.toml").read_text(encoding="utf-8")
    path = tmp_path / "raci.toml"
    path.write_text(text.replace('diapositive = ["tache_id"', 'diapositive = ["autre"'), encoding="utf-8")
    with pytest.raises(loading.DescriptionError, match="diapositive"):
        loading.read(path)
    for one in loading.deliverables().values():
        if one.company == COMPANY and one.is_table and one.question != "t3-plan":
            assert one.slide, one.slug


def test_texts_are_made_smaller_then_cut() -> None:
    assert fit("Court", 400, 40, (30, 20)).size_pt == 30
    assert fit("mot " * 20, 400, 60, (30, 20, 12)).size_pt == 12
    small = fit("mot " * 400, 400, 60, (30, 12))
    assert small.cut
    assert small.text.endswith("mot…")
    assert lines_in(small.text, 400, 12) * 1.2 * 12 <= 60
    assert cut("a" * 10, 0) == "…"


def test_a_table_keeps_its_words_whole_then_shortens_then_leaves_rows_out() -> None:
    header, line = ("Tâche", "Échéance"), ("un texte " * 4, "28/01/2027")
    few = fit_table(header, [line] * 2, 800, 270, (20, 12))
    assert (few.size_pt, few.cut) == (20, False)
    assert sum(few.shares) == pytest.approx(1)
    many = fit_table(header, [("mot " * 200, "28/01/2027")] * 60, 800, 270, (20, 12))
    assert many.cut
    assert 5 < len(many.lines) < 60
    assert all(text[1] == "28/01/2027" for text in many.lines)


def test_a_slide_table_says_what_it_leaves_out(opened: Dossier) -> None:
    opened.verifier("t3-plan", rows([("Un message", "t2-rituels", 60)]))
    row = {"rituel": "Réunion " * 40, "mode": "hybride", "risque": "x", "règle": "y " * 90, "trace": "t", "signe": "s"}
    opened.verifier("t2-rituels", pd.DataFrame([row] * 30))
    shown = deck_of(opened).slides[0].proof.shown
    assert isinstance(shown, SlideTable)
    assert shown.left_out.startswith(french("Extrait : "))
    assert "lignes de plus, des textes abrégés" in shown.left_out
