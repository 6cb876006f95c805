"""Handing in a folder: every notebook read afresh, one ZIP with its receipt, a recap and an attestation beside it.

Incomplete work is handed in like any other: what is missing is said, nothing is refused.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from casestudies.display import TONES
from casestudies.downloads import CARRIED, FileLink, LinkedCard
from casestudies.errors import CasekitError
from casestudies.findings import FeedbackService
from casestudies.livrables.store import write_file
from casestudies.quoting import shown
from casestudies.remise.pages import attestation_page, recap_html, recap_page
from casestudies.remise.parcel import Parcel, file_name, pack, require_folder, zipped
from casestudies.remise.reading import NotebookReading, read_afresh, sentences, summary
from casestudies.remise.recap import Recap, recap_of
from casestudies.remise.receipt import NAME as RECEIPT
from casestudies.remise.receipt import Receipt, fingerprint_of, now
from casestudies.remise.saved import SavedNotebook, read_saved
from casestudies.seeds import REFERENCE

FOLDER = "remise"
RECAP, ATTESTATION = "recapitulatif.html", "attestation.html"
NOBODY = (
    "Vous n’avez pas donné d’identifiant : votre formateur ne saura pas à qui est ce travail. Écrivez-le dans la "
    "cellule « identifiant », relancez le notebook, puis remettez de nouveau."
)
NOTHING = "Aucun notebook de ce dossier ne pose de question : ouvrez celui de l’évaluation, puis recommencez."


@dataclass(frozen=True)
class HandedInCard(LinkedCard):
    """What is said once the work is handed in: what was found, the files to download, the recap folded below."""

    recap: str = ""

    def html(self) -> str:
        """Return the card, its links, and the recap."""
        colour = TONES["neutral"][0]
        style = f"border-left:4px solid {colour};background:#fff;color:#1b1b1b;padding:.4em .9em;max-width:52em"
        summary_ = '<summary style="cursor:pointer">Votre récapitulatif</summary>'
        return f'{super().html()}<details lang="fr">{summary_}<div style="{style}">{self.recap}</div></details>'


def hand_in(
    folder: Path, learner: str, service: FeedbackService | None, moment: datetime | None = None, unsaved: bool = False
) -> HandedInCard:
    """Read every notebook of ``folder`` afresh, write the ZIP and its pages in ``remise/``, and say what is in it.

    Parameters
    ----------
    moment
        When, in UTC without a zone; now when None.
    unsaved
        Whether the page of a notebook holds changes that its file does not.

    Raises
    ------
    CasekitError
        When the folder has no notebook that asks questions, or cannot be written.
    """
    require_folder(folder)
    notebooks, readings = _notebooks(folder)
    parcel = pack(folder, notebooks, [f"{one.name}.ipynb" for one in readings])
    parcel.files = {name: _without_links(name, content) for name, content in parcel.files.items()}
    readings += [read_afresh(one, parcel.files, learner, folder, service) for one in notebooks]
    readings.sort(key=lambda one: one.name)
    assignment = _assignment(folder, readings)
    receipt = Receipt(
        learner, assignment, moment or now(), {name: fingerprint_of(content) for name, content in parcel.files.items()}
    )
    recap = recap_of(readings, folder, learner, service)
    _write(folder, parcel, receipt, readings, recap)
    return _said(folder, parcel, receipt, readings, recap, unsaved)


def _notebooks(folder: Path) -> tuple[list[SavedNotebook], list[NotebookReading]]:
    """Return the notebooks of a folder that ask questions, and what is said of those that cannot be read.

    Raises
    ------
    CasekitError
        When there is none at all.
    """
    found, unread = [], []
    for path in sorted(folder.glob("*.ipynb")):
        if path.name.startswith(".") or path.is_symlink():
            continue
        try:
            saved = read_saved(path)
        except CasekitError as error:
            unread.append(NotebookReading(path.stem, problem=str(error)))
            continue
        if saved.questions:
            found.append(saved)
    if not found and not unread:
        raise CasekitError(NOTHING)
    return found, unread


def _assignment(folder: Path, readings: Sequence[NotebookReading]) -> str:
    """Return the assignment's name: that of most questions, else that of the folder."""
    asked = Counter(
        one.card.notebook.split("/")[0] for reading in readings for one in reading.questions if "/" in one.card.notebook
    )
    return asked.most_common(1)[0][0] if asked else folder.resolve().name


def _write(folder: Path, parcel: Parcel, receipt: Receipt, readings: Sequence[NotebookReading], recap: Recap) -> None:
    name = f"{file_name(_who(receipt.learner), receipt.assignment)}.zip"
    files = {
        name: zipped({**parcel.files, RECEIPT: receipt.to_bytes()}, receipt.moment),
        RECAP: recap_page(readings, recap, receipt, name).encode(),
        ATTESTATION: attestation_page(readings, recap, receipt).encode(),
    }
    for file, content in files.items():
        write_file(folder / FOLDER / file, content, f"{FOLDER}/{file}")


def _said(
    folder: Path, parcel: Parcel, receipt: Receipt, readings: Sequence[NotebookReading], recap: Recap, unsaved: bool
) -> HandedInCard:
    name = f"{file_name(_who(receipt.learner), receipt.assignment)}.zip"
    lost = sum(len(one.lost) for one in readings)
    problems = [f"{shown(one.name)} — {text}" for one in readings for text in sentences(one)]
    left = [f"Pas dans le ZIP : {text}." for text in parcel.left]
    said = [f"{summary(readings)} Empreinte du reçu : {receipt.fingerprint}."]
    said.append(
        f"Déposez `{FOLDER}/{name}` là où votre formateur l’attend : il contient vos notebooks et vos livrables."
    )
    if receipt.learner == REFERENCE:
        said.append(NOBODY)
    if unsaved:
        said.append(
            "Des changements de ce notebook ne sont pas encore enregistrés (Ctrl + S) : ils ne sont pas dans le ZIP. "
            "Enregistrez, puis remettez de nouveau."
        )
    if lost:
        many = f"{lost} réponses justes ici ne le seraient" if lost > 1 else "une réponse juste ici ne le serait"
        said.append(f"Attention : {many} pas à la correction. Corrigez, enregistrez, puis remettez de nouveau.")
    complete = not (problems or left or unsaved) and receipt.learner != REFERENCE
    heading = "Votre travail est prêt à être déposé" + ("" if complete else ", avec ce qui reste à voir")
    links = tuple(
        FileLink(label, f"{FOLDER}/{file}", folder)
        for label, file in (
            (f"Télécharger {name}", name), ("Récapitulatif", RECAP), ("Attestation de pratique", ATTESTATION),
        )
    )  # fmt: skip
    tone, symbol = ("good", "✓") if complete else ("mixed", "!")
    return HandedInCard(
        heading, tone, symbol, tuple(said), (*problems, *left), links=links, recap=recap_html(readings, recap)
    )


def _who(learner: str) -> str:
    return "" if learner == REFERENCE else learner


def _without_links(name: str, content: bytes) -> bytes:
    """Return a notebook without the outputs whose links carry a file: a ZIP would hold the one before it."""
    if not name.endswith(".ipynb") or CARRIED.encode() not in content:
        return content
    try:
        notebook = json.loads(content)
        for cell in notebook["cells"]:
            if isinstance(cell.get("outputs"), list):
                cell["outputs"] = [one for one in cell["outputs"] if CARRIED not in json.dumps(one)]
        return json.dumps(notebook, ensure_ascii=False, indent=1).encode() + b"\n"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return content
