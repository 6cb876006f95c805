"""The dossier written where the candidate reads it: a document to complete, a PDF to send; what it lacks is said."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from casestudies.downloads import FileLink, LinkedCard
from casestudies.findings import FeedbackService
from casestudies.livrables.places import FOLDER
from casestudies.livrables.store import write_file
from casestudies.valorisation.as_docx import docx_of
from casestudies.valorisation.as_pdf import pdf_of
from casestudies.valorisation.collecting import collect
from casestudies.valorisation.model import Valorisation
from casestudies.valorisation.page import TITLE, page_data

NAME = "dossier-de-valorisation"
SHOWN = 12
"""What is missing is said line by line up to here; the document says the rest."""
TO_FILL = (
    'Pour écrire vos récits : `dossier.editeur("valorisation")`, et vos périodes en entreprise : '
    '`dossier.editeur("pratique")`. Dans un tableur : `dossier.modele("valorisation")`.'
)
WITHOUT_PDF = "Ici, le PDF ne peut pas être fait : ouvrez le fichier Word, puis « Enregistrer au format PDF »."
_USES = {"docx": "Word", "pdf": "PDF"}


def write_dossier(
    folder: Path, learner: str, way: str, vae_blocs: Sequence[str], service: FeedbackService | None,
    today: date | None = None,
) -> LinkedCard:  # fmt: skip
    """Write a learner's dossier in ``livrables/``; say where it is and what it lacks.

    Raises
    ------
    CasekitError
        When the way is unknown, a table cannot be read, or the dossier cannot be written.
    """
    file = collect(folder, learner, today or date.today(), way, vae_blocs, service)
    page = page_data(file)
    made = {"docx": docx_of(page, file.day), "pdf": pdf_of(page, file.day)}
    forms = {form: content for form, content in made.items() if content is not None}
    for form, content in forms.items():
        write_file(folder / FOLDER / f"{NAME}.{form}", content, f"{FOLDER}/{NAME}.{form}")
    return _said(file, folder, tuple(forms))


def _said(file: Valorisation, folder: Path, forms: tuple[str, ...]) -> LinkedCard:
    links = tuple(
        FileLink(f"Télécharger le dossier ({_USES[form]})", f"{FOLDER}/{NAME}.{form}", folder) for form in forms
    )
    where = [f"Il est dans `{FOLDER}/{NAME}.docx`" + (f" et `{FOLDER}/{NAME}.pdf`." if "pdf" in forms else ".")]
    if "pdf" not in forms:
        where.append(WITHOUT_PDF)
    lacks = file.lacks
    if not lacks:
        return LinkedCard(f"{TITLE} : complet", "good", "✓", tuple(where), links=links)
    where.append(TO_FILL)
    left = list(lacks[:SHOWN])
    if len(lacks) > SHOWN:
        left.append(f"Et {len(lacks) - SHOWN} autres points : la première page du dossier les dit tous.")
    return LinkedCard(f"{TITLE} : {file.state}", "mixed", "!", tuple(where), tuple(left), links=links)
