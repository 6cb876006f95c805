"""The attestation of acquired blocs or of the whole certification: what, when, before which jury; never a grade."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from autograder.certification.model import WHOLE, Entry
from autograder.certification.record import UNNAMED_CENTRE, bloc_name
from autograder.certification.record_docx import write_bullets, write_signatures, write_table
from autograder.course.class_list import Learner
from autograder.referentiel import load_referentiel
from autograder.sheets.centre import Centre
from autograder.sheets.docx_out import add_logo
from autograder.sheets.issuer import Logo
from autograder.sheets.wording import coded, logo_text
from casestudies import __version__
from casestudies.docx_kit import WIDTH_CM, add_labels, new_document, saved
from casestudies.errors import CasekitError
from casestudies.french import french_date
from casestudies.settling import settled
from casestudies.typesetting import typeset

TEMPLATE = Path(__file__).parent / "attestation.typ"


def page_data(
    learner: Learner, acquired: Mapping[str, Entry], centre: Centre, day: date, bloc: str = ""
) -> dict[str, Any]:
    """Return the texts of an attestation; ``bloc`` is the code of the only bloc that it is asked for, if any.

    Raises
    ------
    CasekitError
        When nothing is acquired yet.
    """
    if not acquired:
        what = f"pas encore acquis le bloc {bloc}" if bloc else "encore aucun bloc acquis"
        raise CasekitError(
            f"« {learner.id} » n’a {what} : l’attestation s’écrit après la décision du jury "
            "(« casekit jury --valider »)."
        )
    referentiel, issuer = load_referentiel(), centre.issuer
    blocs = [(code, acquired[code]) for code in referentiel.blocs if code in acquired]
    whole = acquired.get(WHOLE)
    heading = (
        "Attestation de réussite à la certification"
        if whole
        else "Attestation de bloc de compétences acquis"
        if bloc
        else "Attestation de blocs de compétences acquis"
    )
    return {
        "title": f"{heading} : {learner.full_name}",
        "heading": heading,
        "footer": f"{learner.full_name[:60]} · {french_date(day)} · casekit {__version__}",
        "page": "Page",
        "logo": logo_text(centre),
        "version": f"casekit {__version__}",
        "header": [
            ("Centre", centre.name or UNNAMED_CENTRE),
            *([("Certificateur", issuer.name)] if issuer.name else []),
            ("Certification", coded(referentiel.principles.title, issuer.code)),
            ("Nom", learner.full_name),
            ("Identifiant", learner.id),
            ("Établie le", french_date(day)),
        ],
        "statement": _statement(whole, [code for code, _ in blocs], bloc),
        "summary": {
            "title": "Bloc acquis" if bloc else "Blocs acquis",
            "header": ("Bloc", "Titre", "Acquis le", "Session du jury"),
            "rows": [
                (
                    bloc_name(code),
                    coded(referentiel.blocs[code].title, issuer.bloc_code(code)),
                    french_date(one.session.day),
                    one.session.name,
                )
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
            "Cette attestation ne porte pas de note. Elle ne remplace pas le document officiel que délivre l’organisme "
            "certificateur."
            if whole
            else "Cette attestation ne porte pas de note. Elle ne vaut pas délivrance de la certification entière, que "
            "le jury prononce.",
        ],
        "signature": {
            "title": "Signature",
            "header": ("Pour le centre : nom et qualité", "Signature et cachet"),
            "rows": [issuer.signed_by],
        },
    }


def _statement(whole: Entry | None, codes: Sequence[str], bloc: str) -> str:
    """Say what is attested, in one sentence."""
    if whole:
        return (
            "Le centre atteste que, pour la personne nommée ci-dessus, le jury a prononcé la certification entière, le "
            f"{french_date(whole.session.day)} (session « {whole.session.name} »)."
        )
    known = len(load_referentiel().blocs)
    if bloc:
        what = f"le {bloc_name(bloc).lower()}"
    else:
        count = len(codes)
        what = f"les {known} blocs" if count == known else f"{count} bloc{'s' if count > 1 else ''} sur {known}"
    return f"Le centre atteste que la personne nommée ci-dessus a acquis {what} de cette certification."


def as_pdf(page: dict[str, Any], day: date, logo: Logo | None = None) -> bytes:
    """Return the attestation as a PDF."""
    return typeset(TEMPLATE, page, day, "L’attestation", (logo.content,) if logo else ())


def as_docx(page: dict[str, Any], day: date, logo: Logo | None = None) -> bytes:
    """Return the attestation as a Word document."""
    text = settled(page)
    document = new_document(text["title"], day, footer=text["footer"])
    add_logo(document, logo, text["logo"])
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
