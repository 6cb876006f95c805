"""The attestation of acquired blocs: what was acquired, when, before which jury; never a grade."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from autograder.certification.model import Entry
from autograder.certification.record import UNNAMED_CENTRE, bloc_name
from autograder.certification.record_docx import write_bullets, write_signatures, write_table
from autograder.course.class_list import Learner
from autograder.referentiel import load_referentiel
from autograder.sheets.centre import Centre
from casestudies import __version__
from casestudies.docx_kit import WIDTH_CM, add_labels, new_document, saved
from casestudies.errors import CasekitError
from casestudies.french import french_date
from casestudies.settling import settled

TEMPLATE = Path(__file__).parent / "attestation.typ"


def page_data(learner: Learner, acquired: Mapping[str, Entry], centre: Centre, day: date) -> dict[str, Any]:
    """Return the texts of an attestation.

    Raises
    ------
    CasekitError
        When nothing is acquired yet.
    """
    if not acquired:
        raise CasekitError(
            f"« {learner.id} » n’a encore aucun bloc acquis : l’attestation s’écrit après la décision du jury "
            "(« casekit jury --valider »)."
        )
    referentiel = load_referentiel()
    blocs = [(code, acquired[code]) for code in referentiel.blocs if code in acquired]
    known = len(referentiel.blocs)
    count = f"les {known} blocs" if len(blocs) == known else f"{len(blocs)} bloc{'s'[: len(blocs) - 1]} sur {known}"
    return {
        "title": f"Attestation de blocs de compétences acquis : {learner.full_name}",
        "heading": "Attestation de blocs de compétences acquis",
        "footer": f"{learner.full_name[:60]} · {french_date(day)} · casekit {__version__}",
        "page": "Page",
        "version": f"casekit {__version__}",
        "header": [
            ("Centre", centre.name or UNNAMED_CENTRE),
            ("Certification", referentiel.principles.title),
            ("Nom", learner.full_name),
            ("Identifiant", learner.id),
            ("Établie le", french_date(day)),
        ],
        "statement": f"Le centre atteste que la personne nommée ci-dessus a acquis {count} de cette certification.",
        "summary": {
            "title": "Blocs acquis",
            "header": ("Bloc", "Titre", "Acquis le", "Session du jury"),
            "rows": [
                (bloc_name(code), referentiel.blocs[code].title, french_date(one.session.day), one.session.name)
                for code, one in blocs
            ],
        },
        "blocs": [
            {
                "title": f"{bloc_name(code)}, compétences attestées",
                "texts": [f"{one.code} {one.statement}" for one in referentiel.competencies_of(code)],
            }
            for code, _ in blocs
        ],
        "notes": [
            referentiel.principles.capitalisation,
            "Cette attestation ne porte pas de note. Elle ne vaut pas délivrance de la certification entière, que le "
            "jury prononce.",
        ],
        "signature": {
            "title": "Signature",
            "header": ("Pour le centre : nom et qualité", "Signature et cachet"),
            "rows": [""],
        },
    }


def as_docx(page: dict[str, Any], day: date) -> bytes:
    """Return the attestation as a Word document."""
    text = settled(page)
    document = new_document(text["title"], day, footer=text["footer"])
    document.add_heading(text["heading"], 1)
    add_labels(document, text["header"])
    document.add_paragraph(text["statement"])
    write_table(document, text["summary"], (1.8, WIDTH_CM - 9.8, 3.6, 4.4))
    for bloc in text["blocs"]:
        write_bullets(document, bloc)
    for note in text["notes"]:
        document.add_paragraph(note)
    write_signatures(document, text["signature"], height_cm=2.2)
    return saved(document)
