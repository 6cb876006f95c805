"""What the pages of a learner's key say, as texts: the PDF is made of it."""

from itertools import groupby
from pathlib import Path
from typing import Any

from autograder.course.private import CONFIDENTIAL
from autograder.key_sheets.model import GivenAnswer, KeyLine, KeySheet
from autograder.keys.checks.choices import Letter
from autograder.keys.questions import question_of, reviews_of
from autograder.referentiel import load_referentiel, load_rubrics
from autograder.sheets import wording
from casestudies import __version__
from casestudies.french import french_date
from casestudies.home.summary import summary_of
from casestudies.typesetting import typeset

TEMPLATE = Path(__file__).parent / "key_sheet.typ"
METHOD = 1
"""Which of the three hints is the method, in words."""
LONG = 80
"""From how many letters on a wrong answer is shown as words, not in bold."""
READING = (
    "Ces valeurs ne sont justes que pour cette personne : chacun a ses propres tables. Ne laissez pas cette feuille à "
    "la vue des candidats.",
    "Une valeur est acceptée à 0,5 % près, ou à la moitié de l’arrondi que la question annonce.",
    "Après chaque erreur connue vient ce qu’elle donne dans cette variante. Une réponse fausse qui découle d’une "
    "erreur précédente n’est pas comptée deux fois.",
    "Un tableau, un texte ou un graphique n’a pas une seule bonne réponse. Pour voir celle du modèle, avec ces "
    "chiffres : « casekit voir-comme ÉVALUATION/NOTEBOOK IDENTIFIANT --modele ».",
)


def as_pdf(sheet: KeySheet) -> bytes:
    """Return the PDF of a learner's key, marked confidential on each page.

    Raises
    ------
    CasekitError
        When typst cannot make it.
    """
    return typeset(TEMPLATE, page_data(sheet), sheet.date, f"Le corrigé de « {sheet.learner.id} »")


def page_data(sheet: KeySheet) -> dict[str, Any]:
    """Return the texts of a key, in the order of its pages."""
    assessment = load_referentiel().assessment_of(sheet.assignment)
    name, day = sheet.learner.full_name, french_date(sheet.date)
    title = f"Corrigé individuel — {assessment.code}, {assessment.title}"
    return {
        "title": f"{title} — {name} — {CONFIDENTIAL}",
        "heading": title,
        "confidential": CONFIDENTIAL,
        "version": f"casekit {__version__}",
        "footer": f"{name[:60]} · {assessment.code} · {day} · casekit {__version__}",
        "page": "Page",
        "facts": [
            ("Candidat", name if name == sheet.learner.id else f"{name} ({sheet.learner.id})"),
            ("Évaluation", sheet.assignment),
            ("Variante", " ; ".join(map(wording.variant, sheet.variants))),
            ("Copie", "corrigée : ce qui a été rendu suit chaque question" if sheet.is_graded else "pas corrigée"),
            ("Établi le", day),
        ],
        "reading": {"title": "Comment lire cette feuille", "texts": READING},
        "header": ("Question", "Réponse juste", "Méthode, erreurs connues, copie"),
        "notebooks": [
            {"title": _heading(notebook), "rows": [_row(line) for line in lines]}
            for notebook, lines in groupby(sheet.lines, key=lambda line: question_of(line.question).notebook)
        ],
        "oral": {
            "title": "Questions pour un entretien, critère par critère",
            "expected": "Ce qu’on attend",
            "ask": "À demander",
            "criteria": _oral(sheet),
        },
    }


def _heading(notebook: str) -> str:
    found = summary_of(notebook)
    return found.heading if found else notebook.partition("/")[2]


def _row(line: KeyLine) -> dict[str, Any]:
    question = question_of(line.question)
    return {
        "title": question.title,
        "codes": f"{question.criterion} · {question.id}",
        "right": [unmarked(one) for one in line.shown],
        "judged": "" if line.right is not None else "oui",
        "method": unmarked(question.hints[METHOD]),
        "mistakes": [
            {"said": f"{one.code}, {one.title} :", "gives": (gives := unmarked(" ou ".join(one.shown))),
             "words": "oui" if isinstance(question.check, Letter) or len(gives) > LONG else ""}
            for one in line.mistakes
        ],
        "handed": _handed(line.handed_in) if line.handed_in else [],
    }  # fmt: skip


def _handed(given: GivenAnswer) -> list[str]:
    verdict = f"{given.outcome.label}, {wording.points(given.points, given.max_points)}"
    known = f" ({' ; '.join(given.mistakes)})" if given.mistakes else ""
    said = [f"Rendu : {given.shown} → {verdict}{known}."]
    return [*said, f"À demander : {unmarked(given.to_ask)}"] if given.to_ask else said


def _oral(sheet: KeySheet) -> list[dict[str, Any]]:
    """Return the rubric's bank of each criterion of the assignment, in the order of the référentiel."""
    asked, rubrics = {question_of(line.question).criterion for line in sheet.lines}, load_rubrics()
    asked |= {review.criterion for review in reviews_of(assignment=sheet.assignment)}
    return [
        {"title": f"{code} — {rubric.title}", "expected": rubric.expected, "questions": rubric.questions}
        for code, rubric in rubrics.items()
        if code in asked
    ]


def unmarked(text: str) -> str:
    """Return one of the kit's own sentences without the signs of Markdown.

    >>> unmarked("**Moins** de déchets (`dechets`)")
    'Moins de déchets (dechets)'
    """
    return text.replace("**", "").replace("`", "")
