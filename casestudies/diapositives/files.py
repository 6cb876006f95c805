"""The slides written where the learner finds them: a PowerPoint file to retouch, a PDF to send or to learn from."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from casestudies.diapositives.deck import Speaker, collect, plan_of
from casestudies.diapositives.model import TALK_SECONDS, Deck, duration
from casestudies.diapositives.pdf_out import pdf_of
from casestudies.downloads import FileLink, LinkedCard
from casestudies.errors import CasekitError
from casestudies.findings import FeedbackService
from casestudies.french import french_list
from casestudies.kept_progress import KeptProgress
from casestudies.livrables.places import FOLDER
from casestudies.livrables.store import write_file

if TYPE_CHECKING:
    from casestudies.dossier import Dossier

NAME = "soutenance"
"""The name of the files, without their ending."""
CRITERION = "B3-C09"
"""What the oral is judged on."""
NO_LIBRARY = (
    "Les diapositives demandent la bibliothèque python-pptx, qui manque ici. Dans une cellule, lancez "
    "`%pip install python-pptx`, redémarrez le noyau, puis relancez cette cellule ; sinon, dites-le à votre formateur."
)


def write_slides(
    dossier: "Dossier", company: str, tables: dict[str, str], learner: str, folder: Path,
    service: FeedbackService | None, today: date | None = None,
) -> LinkedCard:  # fmt: skip
    """Write the slides in ``livrables/``, as PPTX and, where typst is installed, as PDF; say what they lack.

    ``tables`` are the tables of the case, with their titles. A file that was retouched is kept beside the new one.

    Raises
    ------
    CasekitError
        When the plan of the talk is about another company or cannot be read, or the files cannot be made or written.
    """
    plan, kept = plan_of(company), KeptProgress(folder, company, learner)

    def found(question: str) -> bool:
        return kept.standing(question).best.is_right

    reminders = tuple(service.expectations(CRITERION)) if service else ()
    deck = collect(dossier, tables, Speaker(learner, folder, found, reminders), plan, today or date.today())
    pdf, pptx = pdf_of(deck), _pptx_of(deck)
    if pptx is None and pdf is None:
        raise CasekitError(NO_LIBRARY)
    aside = _keep_retouched(folder) if pptx is not None else ""
    forms = {form: made for form, made in (("pptx", pptx), ("pdf", pdf)) if made is not None}
    for form, content in forms.items():
        write_file(folder / FOLDER / f"{NAME}.{form}", content, f"{FOLDER}/{NAME}.{form}")
    return _said(deck, folder, tuple(forms), aside)


def _pptx_of(deck: Deck) -> bytes | None:
    """Return the PowerPoint file; None where its library is not installed, as in some browsers' Python."""
    try:
        from casestudies.diapositives.pptx_out import pptx_of
    except ImportError:
        return None
    return pptx_of(deck)


def _keep_retouched(folder: Path) -> str:
    """Give a file that people have retouched another name, and return it; empty when nothing is lost."""
    from casestudies.diapositives.pptx_out import is_retouched

    path = folder / FOLDER / f"{NAME}.pptx"
    try:
        if not path.is_file() or not is_retouched(path.read_bytes()):
            return ""
        number = 1
        while (aside := path.with_name(f"{NAME}-retouchee-{number}.pptx")).exists():
            number += 1
        path.rename(aside)
    except OSError as cause:
        raise CasekitError(
            f"{FOLDER}/{path.name} a été retouché et ne peut pas être mis de côté : fermez-le, puis relancez."
        ) from cause
    return aside.name


_EMPTY = (
    "Le plan de soutenance est vide : les diapositives disent « à écrire », rien n’y est inventé. Remplissez-le avec "
    '`dossier.editeur("plan-soutenance")`, puis relancez cette cellule.'
)
_USES = {"pptx": "PowerPoint", "pdf": "PDF avec les notes"}


def _said(deck: Deck, folder: Path, forms: tuple[str, ...], aside: str) -> LinkedCard:
    files = {"pptx": f"`{FOLDER}/{NAME}.pptx` (à projeter et à retoucher)",
             "pdf": f"`{FOLDER}/{NAME}.pdf` (chaque diapositive et ses notes)"}  # fmt: skip
    where = [f"Fichiers : {french_list(files[form] for form in forms)}."]
    if "pptx" not in forms:
        where.append(NO_LIBRARY)
    if "pdf" not in forms:
        where.append("Le PDF se fait dans votre logiciel de présentation : « Exporter », puis « PDF ».")
    if aside:
        where.append(f"Votre fichier retouché est gardé : `{FOLDER}/{aside}`. Le nouveau part de votre plan.")
    where.append(
        "Ce que vous direz est à vous : les notes vous laissent la place, et rappellent le temps et la preuve."
    )
    links = tuple(
        FileLink(f"Télécharger les diapositives ({_USES[form]})", f"{FOLDER}/{NAME}.{form}", folder) for form in forms
    )
    if deck.is_blank:
        return LinkedCard("Vos diapositives attendent votre plan", "mixed", "!", (_EMPTY, *where), links=links)
    lacks = _lacks(deck)
    if not lacks:
        heading = f"Vos {len(deck.slides)} diapositives sont prêtes : {deck.length}"
        return LinkedCard(heading, "good", "✓", tuple(where), links=links)
    heading = f"Vos diapositives : {deck.complete} sur {len(deck.slides)} ont message, preuve et durée"
    return LinkedCard(heading, "mixed", "!", tuple(where), lacks, links=links)


def _lacks(deck: Deck) -> tuple[str, ...]:
    """Return what a talk still lacks, one line each."""
    lines = [
        f"{name} : diapositive{'s' if len(numbers) > 1 else ''} {french_list(map(str, numbers))}"
        for what, name in (
            ("message", "Message à écrire"),
            ("preuve", "Preuve à écrire"),
            ("durée", "Sans durée lisible"),
        )
        if (numbers := deck.lacking(what))
    ]
    if len(deck.slides) > deck.asked:
        lines.append(
            f"{len(deck.slides) + deck.left_out} lignes dans le plan, pour {deck.asked} diapositives attendues"
        )
    if deck.left_out:
        lines.append(f"Les {len(deck.slides)} premières lignes seules sont devenues des diapositives")
    lines += deck.unreadable
    told = f"{deck.length} ({round(deck.seconds)} secondes sur {TALK_SECONDS})"
    if deck.seconds > TALK_SECONDS:
        over = duration(deck.seconds - TALK_SECONDS)
        lines.append(f"Trop long de {over} : {told}. Raccourcissez la diapositive qui prouve le moins.")
    elif lines and deck.seconds:
        lines.append(f"Durée : {told}")
    return tuple(lines)
