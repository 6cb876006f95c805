"""Writing a learner's dossier de valorisation in the course: what people changed by hand is never overwritten."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from autograder.certification.dossier_gathering import gather, received_file
from autograder.certification.dossier_pointer import DossierPointer, dossier_folder, file_of, pointer_of
from autograder.course.course import Course
from autograder.sheets.files import write_whole
from casestudies.errors import CasekitError
from casestudies.livrables.places import FORMS
from casestudies.livrables.store import Shelf
from casestudies.livrables.template import write_xlsx
from casestudies.valorisation.as_docx import docx_of
from casestudies.valorisation.as_pdf import pdf_of
from casestudies.valorisation.competencies import competencies
from casestudies.valorisation.forms import VALORISATION, first_rows
from casestudies.valorisation.model import Valorisation
from casestudies.valorisation.page import page_data


@dataclass(frozen=True)
class WrittenDossier:
    """What was written, the document that was kept as people had changed it, and the dossier itself."""

    file: Valorisation
    files: tuple[Path, ...]
    kept: tuple[Path, ...]


def write_dossier(course: Course, learner: str, today: date) -> WrittenDossier:
    """Assemble a learner's dossier and write it as PDF, DOCX and JSON (what it lacks, the hash of each file).

    Raises
    ------
    CasekitError
        When the learner is unknown, a file of the course cannot be read, or one cannot be written.
    """
    file = gather(course, learner, today)
    page, known = page_data(file), pointer_of(course, learner)
    made = {"pdf": pdf_of(page, today), "docx": docx_of(page, today)}
    digests, written, kept = {}, [], []
    for form, content in made.items():
        path, former = file_of(course, learner, form), known.files if known else {}
        if content is None:
            continue
        edited = form == "docx" and path.is_file() and sha256(path.read_bytes()).hexdigest() != former.get(path.name)
        if edited:
            digests[path.name] = former.get(path.name, "")
            kept.append(path)
        else:
            digests[path.name] = sha256(content).hexdigest()
            written.append(write_whole(path, content))
    pointer = DossierPointer(
        learner, file.way, today.isoformat(), file.complete, len(file.entries), file.lacks, digests
    )
    written.append(write_whole(file_of(course, learner, "json"), pointer.as_json()))
    return WrittenDossier(file, tuple(written), tuple(kept))


def receive(course: Course, learner: str, sent: Path) -> Path:
    """Keep the workbook of words that a candidate sent apart, once it could be read; return where.

    Raises
    ------
    CasekitError
        When the learner is unknown, or the file cannot be read as the table to fill.
    """
    _require_listed(course, learner)
    form = sent.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise CasekitError(f"{sent.name} : un classeur (.xlsx) ou un fichier .csv est attendu.")
    if not sent.is_file():
        raise CasekitError(f"{sent} est introuvable : vérifiez son nom.")
    path = sent.resolve()
    read = Shelf(path.parent).read(VALORISATION, path)
    if not read or not read.rows:
        raise CasekitError(f"{sent.name} ne contient aucun récit : rien n’a été gardé.")
    target = received_file(course, learner, form)
    if path != target.resolve():
        write_whole(target, path.read_bytes())
        for other in FORMS:
            if other != form:
                received_file(course, learner, other).unlink(missing_ok=True)
    return target


def write_form(course: Course, learner: str) -> Path:
    """Write the workbook that a candidate fills, each competency named; return its path.

    Raises
    ------
    CasekitError
        When the learner is unknown, or it cannot be written.
    """
    _require_listed(course, learner)
    path = dossier_folder(course) / f"modele-{VALORISATION.slug}-{learner}.xlsx"
    return write_whole(path, write_xlsx(VALORISATION, first_rows(competencies().values())))


def _require_listed(course: Course, learner: str) -> None:
    if learner not in course.learners():
        raise CasekitError(f"« {learner} » n’est pas dans eleves.csv : vérifiez l’identifiant.")
