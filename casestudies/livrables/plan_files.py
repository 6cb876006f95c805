"""The plan written where the learner reads it: a page to read or to print, a document to edit, a PDF to send."""

from datetime import date
from pathlib import Path

from casestudies.downloads import FileLink, LinkedCard
from casestudies.findings import FeedbackService
from casestudies.livrables.places import FOLDER
from casestudies.livrables.plan import AssembledPlan, collect
from casestudies.livrables.plan_docx import docx_of
from casestudies.livrables.plan_html import html_of
from casestudies.livrables.plan_pdf import pdf_of
from casestudies.livrables.readiness import readiness
from casestudies.livrables.store import write_file


def write_plan(
    folder: Path,
    learner: str,
    assessment: str,
    today: date | None = None,
    service: FeedbackService | None = None,
    training: bool = False,
) -> LinkedCard:
    """Write the plan as HTML, Word and, where typst is installed, PDF in ``livrables/``; say where and what it lacks.

    ``service`` says which deliverables are ready; without it, all that is begun counts. ``training`` writes what was
    worked out on other companies, in files of its own.

    Raises
    ------
    CasekitError
        When no plan is described for the assessment, a file cannot be read, or the plan cannot be written.
    """
    plan = collect(folder, learner, today or date.today(), assessment, readiness(folder, learner, service), training)
    made = {"html": html_of(plan).encode("utf-8"), "docx": docx_of(plan), "pdf": pdf_of(plan)}
    forms = {form: content for form, content in made.items() if content is not None}
    for form, content in forms.items():
        write_file(folder / FOLDER / f"{plan.file}.{form}", content, f"{FOLDER}/{plan.file}.{form}")
    return _said(plan, folder, tuple(forms))


_USES = {"html": "page", "docx": "Word", "pdf": "PDF"}
_TO_PRINT = (
    "Pour l’avoir en PDF, ouvrez la page dans un navigateur, puis « Imprimer » et « Enregistrer au format PDF » : elle "
    "est mise en pages pour cela."
)


def _said(plan: AssembledPlan, folder: Path, forms: tuple[str, ...]) -> LinkedCard:
    where = [
        f"Il est dans `{FOLDER}/{plan.file}.html` (à lire ou imprimer)"
        f"{' et' if len(forms) == 2 else ','} `{FOLDER}/{plan.file}.docx` (à retoucher)"
        + (f" et `{FOLDER}/{plan.file}.pdf` (à envoyer)." if "pdf" in forms else ".")
    ]
    if "pdf" not in forms:
        where.append(_TO_PRINT)
    links = tuple(
        FileLink(f"Télécharger le plan ({_USES[form]})", f"{FOLDER}/{plan.file}.{form}", folder) for form in forms
    )
    if not plan.state:
        return LinkedCard("Votre plan est assemblé, complet", "good", "✓", tuple(where), links=links)
    plural = "s" if plan.ready > 1 else ""
    heading = f"Votre plan est assemblé : {plan.ready} pièce{plural} prête{plural} sur {len(plan.sections)}"
    left = [f"À compléter : {title}" for title in plan.to_complete]
    left += [f"Pas encore commencé : {title}" for title in plan.missing]
    return LinkedCard(heading, "mixed", "!", tuple(where), tuple(left), links=links)
