"""The dossier de valorisation as the centre can assemble it: what was handed in, graded, seen by tutors, declared."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from autograder.certification.dossier_pointer import dossier_folder
from autograder.certification.model import TutorGrid
from autograder.certification.pathway import Pathway, pathways_of
from autograder.certification.register import Register
from autograder.certification.tutor_store import grids_of
from autograder.course.course import Course
from autograder.grading.records import Record, read_records
from autograder.referentiel import LEVEL_NAMES, load_referentiel
from autograder.sheets.blocs import decide_blocs
from autograder.sheets.centre import centre_of
from casestudies.errors import CasekitError
from casestudies.findings import Outcome
from casestudies.levelling.kept import read_levels
from casestudies.livrables.cells import FileError
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.places import FOLDER as DELIVERED
from casestudies.livrables.places import FORMS
from casestudies.livrables.store import Shelf
from casestudies.valorisation.collecting import criteria_of_questions, entries_of, practice_lines, proofs_of
from casestudies.valorisation.competencies import FORMATION, VAE
from casestudies.valorisation.forms import PRACTICE, VALORISATION
from casestudies.valorisation.model import (
    FilledGrid,
    KitProof,
    PracticeLine,
    SeenLevel,
    TutorLine,
    Valorisation,
    same_company,
)
from casestudies.valorisation.told import read_told

SHEET, OWN = "Fiche du centre", "Candidat"
NOT_OBSERVED = "non observé"
UNKNOWN_WAY = "La voie n’est pas dans parcours.csv : ce dossier est assemblé comme pour la formation."
UNNAMED = "le centre"


def gather(course: Course, learner: str, today: date) -> Valorisation:
    """Return the dossier of a learner, from the course as it stands.

    Raises
    ------
    CasekitError
        When the learner is unknown, or a file of the course cannot be read as announced.
    """
    listed = course.learners()
    if learner not in listed:
        raise CasekitError(f"« {learner} » n’est pas dans eleves.csv : vérifiez l’identifiant.")
    pathway = pathways_of(course).get(learner)
    with Register.of(course) as register:
        seen, acquired = grids_of(register.database).get(learner, []), register.acquired().get(learner, {})
    grids = tuple(map(_filled, seen))
    problems: list[str] = []
    told = read_told(_rows(course, learner, VALORISATION, problems))
    declared, faults = practice_lines(_rows(course, learner, PRACTICE, problems))
    way, blocs = (pathway.way, pathway.vae_blocs) if pathway else (FORMATION, ())
    proofs: list[KitProof] = []
    levels: list[SeenLevel] = []
    if way != VAE:
        proofs, levels = list(_proofs(course, learner)), list(_levels(course, learner))
    notes = [] if pathway else [UNKNOWN_WAY]
    notes += [f"Bloc {code[1:]} déjà acquis : session « {one.session.name} »." for code, one in acquired.items()]
    return Valorisation(
        listed[learner].full_name, way, today, entries_of(told, way, blocs, proofs, levels, grids),
        tuple(_practised(pathway, declared, seen)), grids, blocs if way != VAE else (),
        (*problems, *told.unplaced, *faults), centre_of(course).name or UNNAMED, tuple(notes),
    )  # fmt: skip


def received_file(course: Course, learner: str, form: str) -> Path:
    """Return where the workbook that a candidate sent apart is kept."""
    return dossier_folder(course) / f"{VALORISATION.slug}-{learner}.{form}"


def _rows(course: Course, learner: str, form: Deliverable, problems: list[str]) -> Iterator[Row]:
    """Yield the rows of a table, in every copy handed in and in the workbook sent apart; say what cannot be read."""
    submitted = course.folder("submitted") / learner
    found = [
        (Shelf(place), place / DELIVERED / f"{form.slug}.{suffix}", place.name)
        for place in sorted(submitted.glob("*"))
        for suffix in FORMS
    ]
    if form is VALORISATION:
        kept = Shelf(dossier_folder(course))
        found += [(kept, received_file(course, learner, suffix), "reçu à part") for suffix in FORMS]
    for shelf, path, where in found:
        if any(one.is_symlink() for one in (path, path.parent, path.parent.parent)):
            problems.append(f"{where}, {path.name} : ce fichier est un lien, il n’est pas lu.")
            continue
        try:
            read = shelf.read(form, path)
        except FileError as error:
            problems.append(f"{where}, {error}")
            continue
        yield from read.rows if read else ()


def _records(course: Course, learner: str) -> Iterator[Record]:
    """Yield the records of a learner in the assignments that bear an assessment's code."""
    referentiel = load_referentiel()
    for assignment in course.assignments():
        try:
            referentiel.assessment_of(assignment)
        except CasekitError:
            continue
        yield from read_records(course.records, assignment, learner)


def _proofs(course: Course, learner: str) -> Iterator[KitProof]:
    """Yield the deliverables that were handed in, as they were graded."""
    criteria = criteria_of_questions()
    asked = {one.question: one for one in deliverables().values() if one.question in criteria}
    for record in _records(course, learner):
        for question, result in record.results.items():
            if question in asked and result.finding.outcome is not Outcome.NOT_ATTEMPTED:
                place = f"{record.assignment}, {_where(course, learner, record, asked[question])}"
                yield KitProof(criteria[question], asked[question].title, place, result.finding.outcome.is_right)


def _where(course: Course, learner: str, record: Record, deliverable: Deliverable) -> str:
    """Return the name of the file that was handed in, else that of the notebook."""
    names = [f"{DELIVERED}/{deliverable.slug}.{form}" for form in FORMS]
    copy = course.folder("submitted") / learner / record.assignment
    return next((name for name in names if (copy / name).is_file()), f"notebook {record.notebook}")


def _levels(course: Course, learner: str) -> Iterator[SeenLevel]:
    """Yield the levels of the centre's sheet, then those that the learner gave their own work."""
    for decision in decide_blocs(course, [learner])[learner].values():
        for row in decision.criteria:
            if row.level is not None:
                yield SeenLevel(SHEET, row.code, f"niveau {row.level} ({row.verdict.value})")
    criteria = criteria_of_questions()
    for record in _records(course, learner):
        for question, given in record.own_levels.items():
            if question in criteria and (kept := read_levels(given)):
                yield SeenLevel(OWN, criteria[question], f"niveau {kept[-1].level} ({LEVEL_NAMES[kept[-1].level]})")


def _practised(
    pathway: Pathway | None, declared: Sequence[PracticeLine], grids: Sequence[TutorGrid]
) -> Iterator[PracticeLine]:
    """Yield the periods of ``parcours.csv`` with what proves each, then those that the candidate alone declares."""
    periods = pathway.periods if pathway else ()
    for period in periods:
        mine = [one for one in declared if same_company(one.period.company, period.company)]
        seen = [one for one in grids if same_company(one.company, period.company)]
        said = (
            *proofs_of(period.company, declared),
            *(f"Grille tuteur de {one.tutor}, remplie le {one.day:%d/%m/%Y}, du {one.start:%d/%m/%Y} au "
              f"{one.end:%d/%m/%Y}." for one in seen),
        )  # fmt: skip
        yield PracticeLine(period, next((one.role for one in mine if one.role), ""), said)
    for one in declared:
        if not any(same_company(one.period.company, period.company) for period in periods):
            note = "déclarée par le candidat, absente de parcours.csv, non comptée."
            yield PracticeLine(one.period, one.role, one.proofs, note, counted=False)


def _filled(grid: TutorGrid) -> FilledGrid:
    levels = {level: f"{level} {name}" for level, name in LEVEL_NAMES.items()}
    lines = (TutorLine(one.competency, levels.get(one.level or 0, NOT_OBSERVED), one.comment) for one in grid.ratings)
    return FilledGrid(grid.company, grid.tutor, grid.role, grid.start, grid.end, grid.day, tuple(lines))
