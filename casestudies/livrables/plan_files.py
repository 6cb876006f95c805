"""The plan written where the learner reads it: a page to read or to print, a document to edit."""

from datetime import date
from pathlib import Path

from casestudies.downloads import FileLink, LinkedCard
from casestudies.findings import FeedbackService
from casestudies.livrables.places import FOLDER
from casestudies.livrables.plan import AssembledPlan, collect
from casestudies.livrables.plan_docx import docx_of
from casestudies.livrables.plan_html import html_of
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
    """Write the plan as HTML and as a Word document in ``livrables/``, and say where it is and what it lacks.

    ``service`` says which deliverables are ready; without it, all that is begun counts. ``training`` writes what was
    worked out on other companies, in files of its own.

    Raises
    ------
    CasekitError
        When no plan is described for the assessment, a file cannot be read, or the plan cannot be written.
    """
    plan = collect(folder, learner, today or date.today(), assessment, readiness(folder, learner, service), training)
    for form, content in (("html", html_of(plan).encode("utf-8")), ("docx", docx_of(plan))):
        write_file(folder / FOLDER / f"{plan.file}.{form}", content, f"{FOLDER}/{plan.file}.{form}")
    return _said(plan, folder)


def _said(plan: AssembledPlan, folder: Path) -> LinkedCard:
    where = (
        f"Il est dans `{FOLDER}/{plan.file}.html` (à lire ou imprimer) et `{FOLDER}/{plan.file}.docx` (à retoucher)."
    )
    links = (
        FileLink("Télécharger le plan (page)", f"{FOLDER}/{plan.file}.html", folder),
        FileLink("Télécharger le plan (Word)", f"{FOLDER}/{plan.file}.docx", folder),
    )
    ready = len(plan.sections) - len(plan.missing) - len(plan.to_complete)
    if ready == len(plan.sections):
        return LinkedCard("Votre plan est assemblé, complet", "good", "✓", (where,), links=links)
    plural = "s" if ready > 1 else ""
    heading = f"Votre plan est assemblé : {ready} pièce{plural} prête{plural} sur {len(plan.sections)}"
    left = [f"À compléter : {title}" for title in plan.to_complete]
    left += [f"Pas encore commencé : {title}" for title in plan.missing]
    return LinkedCard(heading, "mixed", "!", (where,), tuple(left), links=links)
