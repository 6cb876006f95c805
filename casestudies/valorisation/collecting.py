"""The dossier as the candidate's own folders hold it: words, deliverables, own levels, practice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from casestudies.errors import CasekitError, UnknownNameError
from casestudies.findings import FeedbackService
from casestudies.french import clean
from casestudies.home.summary import summaries
from casestudies.levelling.kept import KeptLevels
from casestudies.livrables.cells import FileError
from casestudies.livrables.current import current
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.readiness import readiness
from casestudies.livrables.store import Shelf
from casestudies.seeds import REFERENCE
from casestudies.study import home_of
from casestudies.valorisation.competencies import MIXED, VAE, WAYS, blocs, competencies
from casestudies.valorisation.forms import COMPANY, END, PAPER, PRACTICE, ROLE, START, VALORISATION
from casestudies.valorisation.model import (
    CompetencyEntry,
    FilledGrid,
    KitProof,
    PracticeLine,
    SeenLevel,
    Valorisation,
    same_company,
    way_of,
)
from casestudies.valorisation.months import PracticePeriod
from casestudies.valorisation.told import ToldRows, kept_of, read_told

OWN = "Vous"


def collect(
    folder: Path, learner: str, today: date, way: str, vae_blocs: Sequence[str], service: FeedbackService | None
) -> Valorisation:
    """Return a learner's dossier, from all the assignments of their study folder.

    Raises
    ------
    CasekitError
        When the way or a bloc is unknown, or one of the two tables cannot be read.
    """
    asked = checked_blocs(way, vae_blocs)
    places = study_folders(folder)
    shelves = [Shelf(place) for place in places]
    told = read_told(rows_in(shelves, VALORISATION))
    lines, faults = practice_lines(rows_in(shelves, PRACTICE))
    proofs: list[KitProof] = []
    levels: list[SeenLevel] = []
    if way != VAE:
        for place in places:
            proofs += _proofs(place, folder, learner, service)
            levels += _levels(place, learner)
    return Valorisation(
        "" if learner == REFERENCE else learner, way, today, entries_of(told, way, asked, proofs, levels, ()),
        lines, None, asked, (*told.unplaced, *faults),
    )  # fmt: skip


def checked_blocs(way: str, vae_blocs: Sequence[str]) -> tuple[str, ...]:
    """Return the blocs that a mixed way asks by VAE.

    Raises
    ------
    CasekitError
        When the way or a bloc is unknown, or when blocs are named for another way.
    """
    if way not in WAYS:
        raise UnknownNameError.of("voie", way, WAYS)
    found = tuple(dict.fromkeys(one.upper() for one in vae_blocs))
    for one in found:
        if one not in blocs():
            raise CasekitError(f"Aucun bloc ne s’appelle « {one[:20]} » : {', '.join(blocs())}.")
    if (way == MIXED) != bool(found) or len(found) == len(blocs()):
        raise CasekitError(
            'Les blocs ne se nomment que pour la voie mixte, ni aucun ni tous : `dossier.valorisation("mixte", "B3")`.'
        )
    return found


def study_folders(folder: Path) -> list[Path]:
    """Return the assignments' folders of the study folder that ``folder`` stands in, else ``folder`` alone."""
    root = home_of(folder)
    if root == folder:
        return [folder]
    names = dict.fromkeys((*(one.folder for one in summaries()), folder.name))
    return [root / name for name in names if (root / name).is_dir()]


def rows_in(shelves: Iterable[Shelf], form: Deliverable) -> Iterator[Row]:
    """Yield the rows of one of the two tables, wherever they were filled.

    Raises
    ------
    FileError
        When a file cannot be read, or when two files of one folder differ.
    """
    for shelf in shelves:
        try:
            filled = shelf.filled(form)
        except FileError as error:
            raise FileError(f"{shelf.folder.name}/{error}") from error
        yield from filled.rows if filled else ()


def entries_of(
    told: ToldRows, way: str, vae_blocs: Sequence[str], proofs: Sequence[KitProof], levels: Sequence[SeenLevel],
    grids: Sequence[FilledGrid],
) -> tuple[CompetencyEntry, ...]:  # fmt: skip
    """Return every competency with what is told of it; by VAE, without the kit's figures and what was not lived."""
    found = []
    for code, one in competencies().items():
        mine, asked = told.by_code.get(code, ()), way_of(one.bloc, way, vae_blocs)
        kept, aside = kept_of(mine) if asked == VAE else (mine, ())
        held = asked != VAE
        found.append(
            CompetencyEntry(
                one, asked, kept, aside,
                tuple(each for each in proofs if held and each.criterion in one.criteria),
                tuple(each for each in levels if held and each.criterion in one.criteria),
                tuple((grid.company, line) for grid in grids for line in grid.lines if line.code == code),
            )
        )  # fmt: skip
    return tuple(found)


def practice_lines(rows: Iterable[Row]) -> tuple[tuple[PracticeLine, ...], tuple[str, ...]]:
    """Return the periods that rows tell, and what cannot be read of them, in French."""
    found: list[PracticeLine] = []
    faults = []
    for number, row in enumerate(rows, start=1):
        company = _text(row.get(COMPANY))
        start, end = _day(row.get(START)), _day(row.get(END))
        said = f"Pratique, ligne {number}"
        if not company or start is None or (row.get(END) and end is None):
            faults.append(f"{said} : écrivez l’entreprise, le premier jour et, si elle est finie, le dernier.")
        elif end is not None and end < start:
            faults.append(f"{said} : elle finit avant de commencer.")
        else:
            paper = _text(row.get(PAPER))
            line = PracticeLine(PracticePeriod(company, start, end), _text(row.get(ROLE)), (paper,) if paper else ())
            found += [] if line in found else [line]
    return tuple(found), tuple(faults)


def criteria_of_questions() -> dict[str, str]:
    """Return the criterion of each question of the kit, by its identifier."""
    return {one.id: one.criterion for notebook in summaries() for one in notebook.questions}


def _proofs(place: Path, here: Path, learner: str, service: FeedbackService | None) -> Iterator[KitProof]:
    """Yield the deliverables that are begun in one folder."""
    says, shelf, criteria = readiness(place, learner, service), Shelf(place), criteria_of_questions()
    asked = {one.id for notebook in summaries() for one in notebook.questions if notebook.folder == place.name}
    for one in deliverables().values():
        if one.question not in criteria or (place != here and one.question not in asked):
            continue
        try:
            now = current(shelf, learner, one)
        except FileError as error:
            yield KitProof(criteria[one.question], f"{one.title} ({error})", place.name, False)
            continue
        if now.begun:
            name = shelf.name(now.path) if now.path else "écrit dans le notebook"
            yield KitProof(criteria[one.question], one.title, f"{place.name}, {name}", now.is_ready(says))


def _levels(place: Path, learner: str) -> Iterator[SeenLevel]:
    """Yield the last level that a learner gave each of their works in one folder."""
    kept = KeptLevels(place, learner)
    for notebook in summaries():
        if notebook.folder == place.name:
            for one in notebook.questions:
                if given := kept.of(one.id):
                    yield SeenLevel(OWN, one.criterion, f"{one.title}, niveau {given[-1].level} sur 4")


def proofs_of(company: str, lines: Sequence[PracticeLine]) -> tuple[str, ...]:
    """Return the papers that a candidate names for a company."""
    return tuple(paper for one in lines if same_company(one.period.company, company) for paper in one.proofs)


def _text(cell: object) -> str:
    return clean(str(cell)) if cell is not None else ""


def _day(cell: object) -> date | None:
    try:
        return date.fromisoformat(cell) if isinstance(cell, str) else None
    except ValueError:
        return None
