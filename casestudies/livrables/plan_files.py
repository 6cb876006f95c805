"""The plan written where the learner reads it: a page to read or to print, a document to edit."""

from datetime import date
from pathlib import Path

from casestudies.display import Card
from casestudies.livrables.places import FOLDER
from casestudies.livrables.plan import AssembledPlan, collect
from casestudies.livrables.plan_docx import docx_of
from casestudies.livrables.plan_html import html_of
from casestudies.livrables.store import write_file


def write_plan(folder: Path, learner: str, assessment: str, today: date | None = None) -> Card:
    """Write the plan as HTML and as a Word document in ``livrables/``, and say where it is and what it lacks.

    Raises
    ------
    CasekitError
        When no plan is described for the assessment, a file cannot be read, or the plan cannot be written.
    """
    plan = collect(folder, learner, today or date.today(), assessment)
    for form, content in (("html", html_of(plan).encode("utf-8")), ("docx", docx_of(plan))):
        write_file(folder / FOLDER / f"plan.{form}", content, f"{FOLDER}/plan.{form}")
    return _said(plan)


def _said(plan: AssembledPlan) -> Card:
    where = f"`{FOLDER}/plan.html` (à lire ou imprimer) et `{FOLDER}/plan.docx` (à retoucher)"
    total, left = len(plan.sections), len(plan.missing)
    if not left:
        return Card("Votre plan est assemblé, complet", "good", "✓", (f"Il est dans {where}.",))
    heading = f"Votre plan est assemblé : {total - left} pièce{'s' if total - left > 1 else ''} sur {total}"
    return Card(heading, "mixed", "!", (f"Il est dans {where}. Il manque encore :",), plan.missing)
