"""The oral on paper: one page a candidate and a marker, with what is known beforehand and room for what is heard."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.keys.questions import Review, reviews_of
from autograder.referentiel import load_referentiel, load_rubrics
from autograder.review.model import Part
from autograder.review.orals import clock
from autograder.review.shown.slides import HandedSlide, slides_of
from autograder.sheets.centre import centre_of
from autograder.sheets.files import write_whole
from casestudies import __version__
from casestudies.docx_kit import add_labels, add_table, new_document, saved
from casestudies.errors import CasekitError
from casestudies.french import french_date
from casestudies.quoting import on_one_line
from casestudies.settling import settled
from casestudies.typesetting import typeset

TEMPLATE = Path(__file__).parent / "oral_form.typ"
NAME = "oral"
MESSAGE, PROOF, PERSON, MOST_SLIDES = 100, 60, 60, 12
"""Characters of a slide's message, of its proof and of a name, and slides, that the page has room for."""
COLON = "\N{NO-BREAK SPACE}: "
NO_PLAN = "Aucun plan de soutenance n’a été remis."
WORDS = {
    "how": "Un exemplaire par évaluateur, rempli sans voir celui de l’autre. À saisir ensuite, temps compris, à "
    "l’écran de l’oral : « casekit review {assignment} --oral ».",
    "marker": "Évaluateur", "day": "Date", "talk": "Exposé", "answers": "Questions", "minutes": "{} min prévues",
    "number": "N°", "slides": "Diapositives remises", "end": "Fin à",
    "is_asked": "Posée", "asked": "Questions posées", "others": "Autres questions",
    "heard": "Entendu, par élément attendu", "said": "Ce que vous entendez", "else": "Autre chose",
    "level": "Niveau", "comment": "Commentaire pour l’apprenant",
    "note": "Note privée (jamais montrée à l’apprenant)",
    "settled": "Conciliation, une fois les deux niveaux donnés", "kept": "Niveau retenu", "signed": "Signatures",
}  # fmt: skip


def orals_of(assignment: str) -> list[Review]:
    """Return the parts of an assignment that are judged aloud.

    Raises
    ------
    CasekitError
        When it has none.
    """
    found = [one for one in reviews_of(assignment=assignment) if not one.notebook.rpartition("/")[2]]
    if not found:
        raise CasekitError(f"« {assignment} » n’a pas d’oral : ses parties se relisent avec « casekit review ».")
    return found


def write_oral_forms(course: Course, assignment: str, learners: Sequence[Learner]) -> list[Path]:
    """Write the forms of candidates, in their order, as a PDF to print and a document to edit; return the files.

    Raises
    ------
    CasekitError
        When the assignment has no oral, there is nobody to hear, or a file cannot be made or written.
    """
    if not learners:
        raise CasekitError("Aucun candidat : complétez eleves.csv, ou nommez-les avec « --apprenant ».")
    today = date.today()
    page = form_data(course, assignment, learners, today)
    folder = course.root / "build" / "fiches" / assignment
    folder.mkdir(parents=True, exist_ok=True)
    pdf = typeset(TEMPLATE, page, today, "Le formulaire de l’oral")
    return [write_whole(folder / f"{NAME}.pdf", pdf), write_whole(folder / f"{NAME}.docx", as_docx(page, today))]


def form_data(course: Course, assignment: str, learners: Iterable[Learner], day: date) -> dict[str, Any]:
    """Return the texts of the forms: those of the oral once, then those of each candidate."""
    assessment, centre = load_referentiel().assessment_of(assignment), centre_of(course)
    title = f"Oral {assessment.code} : {assessment.title}"
    words = {name: text.replace("{assignment}", assignment) for name, text in WORDS.items()}
    return {
        "title": title,
        "version": f"casekit {__version__}",
        "footer": " · ".join(filter(None, (title, centre.name, french_date(day), f"casekit {__version__}"))),
        "page": "Page",
        "words": words,
        "pages": [_page(course, assignment, oral, learner) for oral in orals_of(assignment) for learner in learners],
    }


def _page(course: Course, assignment: str, oral: Review, learner: Learner) -> dict[str, Any]:
    rubric = load_rubrics()[oral.criterion]
    slides = slides_of(course, Part(assignment, learner.id, oral.id, oral.criterion))
    name = _cut(learner.full_name, PERSON)
    half = oral.minutes // 2
    return {
        "name": name if learner.full_name == learner.id else f"{name} ({_cut(learner.id, PERSON)})",
        "criterion": f"{oral.criterion}, {oral.title}",
        "talk": WORDS["minutes"].format(oral.minutes - half),
        "answers": WORDS["minutes"].format(half),
        "slides": _slides(slides) or [["", NO_PLAN, ""]],
        "questions": rubric.questions,
        "expected": rubric.expected,
        "anchors": [[str(one.level), one.name, one.text] for one in rubric.anchors],
        "tie_breaker": f"2 ou 3 ? {rubric.tie_breaker}",
    }


def _slides(slides: Sequence[HandedSlide]) -> list[list[str]]:
    rows, elapsed = [], 0.0
    for number, slide in enumerate(slides[:MOST_SLIDES], start=1):
        elapsed += slide.seconds or 0
        proof = f" ({_cut(slide.proof, PROOF)})" if slide.proof else ""
        rows.append([str(number), f"{_cut(slide.message, MESSAGE) or '–'}{proof}", clock(elapsed)])
    return rows


def _cut(text: str, limit: int) -> str:
    words = on_one_line(text)
    return words if len(words) <= limit else f"{words[: limit - 1]}…"


def as_docx(page: dict[str, Any], day: date) -> bytes:
    """Return the forms as a Word document, one page a candidate."""
    text = settled(page)
    words = text["words"]
    document = new_document(text["title"], day, footer=text["footer"])
    section = document.sections[0]
    section.top_margin, section.bottom_margin, section.footer_distance = Cm(1.1), Cm(1.1), Cm(0.5)
    document.styles["Normal"].font.size = Pt(8.5)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(0)
    document.styles["Heading 1"].font.size = Pt(13)
    for number, one in enumerate(text["pages"]):
        if number:
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        _candidate(document, words, one)
    return saved(document)


def _candidate(document: Any, words: dict[str, str], one: dict[str, Any]) -> None:
    dots = "…" * 12
    document.add_heading(f"{one['name']} – {one['criterion']}", 1)
    document.add_paragraph(words["how"])
    times = [(words[name], f"{dots} ({one[name]})") for name in ("talk", "answers")]
    add_labels(document, [(words["marker"], f"{dots}{dots}   {words['day']}{COLON}{dots}"), *times])
    table = partial(add_table, document, size_pt=7.5)
    table((words["number"], words["slides"], words["end"]), one["slides"], (0.9, 15.0, 1.5), numbers={2})
    _gap(document)
    asked = [("☐", question) for question in one["questions"]] + [("☐", words["others"])]
    table((words["is_asked"], words["asked"]), asked, (1.5, 15.9), row_height_cm=0.45)
    _gap(document)
    heard = [(text, "") for text in (*one["expected"], words["else"])]
    table((words["heard"], words["said"]), heard, (6.0, 11.4), row_height_cm=1.35)
    _gap(document)
    levels = [(f"☐ {level}", f"{name}{COLON}{text}") for level, name, text in one["anchors"]]
    table((words["level"], one["tie_breaker"]), levels, (1.5, 15.9))
    _gap(document)
    last = [
        (words["comment"], ""),
        (words["note"], ""),
        (words["settled"], f"{words['kept']}{COLON}☐ 1  ☐ 2  ☐ 3  ☐ 4"),
    ]
    table(None, last, (4.4, 13.0), row_height_cm=1.1)
    document.add_paragraph(f"{words['signed']}{COLON}")


def _gap(document: Any) -> None:
    """Part two tables, which a word processor would make one of."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), Pt(5)
