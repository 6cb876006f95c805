"""What the terminal shows of the certification: where a class or one learner stands, what a jury has to do."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from autograder.certification.model import Entry
from autograder.certification.progress import PathwayProgress, StepState
from autograder.certification.proposals import Proposal, Proposed
from autograder.certification.record import JuryRecord, bloc_name, way_title
from autograder.certification.session_files import WrittenSession
from autograder.certification.trace import CheckedTrace
from autograder.console import out, print_table, say, warn
from autograder.referentiel import load_referentiel
from casestudies.typography import french

if TYPE_CHECKING:
    from autograder.certification.dossier_files import WrittenDossier

WHOLE_STATES: Mapping[Proposed, StepState] = {
    Proposed.ACQUIRED: StepState.DONE,
    Proposed.VALIDATE: StepState.WAITING,
    Proposed.JURY: StepState.WAITING,
    Proposed.NOT_YET: StepState.TO_DO,
}
"""How far the certification as a whole is, from what is proposed for it."""


def as_json(found: Iterable[PathwayProgress]) -> str:
    """Return where learners stand as JSON text: identifiers, no name; what is not known is null."""
    return json.dumps([_progress(one) for one in found], ensure_ascii=False, indent=2) + "\n"


def print_class(found: list[PathwayProgress]) -> None:
    """Print where a class stands, one line per learner."""
    if not found:
        say("Aucun apprenant : complétez eleves.csv.")
        return
    table = Table(title=french("Parcours vers la certification"), title_justify="left")
    table.add_column("Apprenant", overflow="fold")
    for name in ("Voie", *map(bloc_name, load_referentiel().blocs), "Reste à faire"):
        table.add_column(french(name))
    for one in found:
        way = one.pathway.way if one.pathway else "—"
        left = "acquise" if one.whole.entry else str(len(one.next)) if one.next else "rien"
        cells = (way, *(bloc.proposed.value for bloc in one.blocs), left)
        table.add_row(escape(one.learner.full_name), *map(french, cells))
    out.print(table)
    if any(one.whole.entry for one in found):
        say("« acquise » : le jury a prononcé la certification entière.")
    say("« casekit parcours IDENTIFIANT » dit ce qui manque à une personne, et la suite.")


def print_learner(one: PathwayProgress) -> None:
    """Print where one learner stands, what is missing and what to do next."""
    way = way_title(one.pathway.way) if one.pathway else "non renseignée"
    cells = [(step.name, step.state.value, step.detail) for step in one.steps]
    whole = WHOLE_STATES[one.whole.proposed].value
    cells.append((one.whole.bloc.title, whole, " ".join(one.whole.reasons)))
    print_table(f"{one.learner.full_name}, {way}", ("Étape", "État", "Ce que l’on sait"), cells)
    if one.whole.entry:
        say("La certification entière est acquise : « casekit attestation IDENTIFIANT » l’atteste.")
    elif one.complete:
        say("Toutes les conditions sont réunies : la certification est au jury de la prononcer.")
    else:
        say("Ensuite :")
        for text in one.next:
            say(f"– {text}")


def print_record(record: JuryRecord, written: WrittenSession) -> None:
    """Print what a session's record leaves to settle, and where it is."""
    for text in record.remarks:
        warn(text)
    count = sum(len(one.undecided) for one in record.candidates)
    if count:
        say(f"{count} bloc(s) non décidable(s) en l’état, en tête du procès-verbal.")
    print_written(written)


def print_recorded(entries: list[Entry], left: int, written: WrittenSession) -> None:
    """Print what was recorded of a jury's decisions."""
    say(f"{len(entries)} décision(s) enregistrée(s) au registre.")
    if left:
        say(f"{left} bloc(s) restent sans décision : rien n’est enregistré pour eux.")
    print_written(written)


def left_open(record: JuryRecord) -> int:
    """Return how many blocs of a session wait for a decision."""
    lines = (line for one in record.candidates for line in one.lines)
    return sum(line.entry is None and line.proposal.proposed is not Proposed.ACQUIRED for line in lines)


def print_checked(checked: CheckedTrace) -> bool:
    """Print what a trace is worth; return whether something was changed."""
    for text in checked.edited:
        say(f"Fichier à compléter, modifié depuis : {text}")
    for text in checked.dossiers:
        say(f"Dossier de valorisation, autre que celui de la séance : {text}")
    for text in checked.problems:
        warn(text)
    say(f"{checked.lines} ligne(s) ; empreinte de la dernière : {checked.last}")
    if not checked.problems:
        say("Rien n’a changé, si cette empreinte est celle que vous aviez notée.")
    return bool(checked.problems)


def print_written(written: WrittenSession) -> None:
    """Print what was written, what was kept as people had changed it, and the hash to note."""
    for path in written.kept:
        say(f"{path.name} a été modifié à la main : il est gardé tel quel. Déplacez-le pour en obtenir un neuf.")
    say(f"{len(written.files)} fichier(s) écrit(s) dans {written.folder}.")
    say(f"Empreinte de la trace, à noter : {written.last_hash}")


def print_dossier(written: "WrittenDossier") -> bool:
    """Print where a dossier is and what it lacks; return whether it lacks something."""
    for path in written.kept:
        say(f"{path.name} a été modifié à la main : il est gardé tel quel. Déplacez-le pour en obtenir un neuf.")
    say(f"{written.file.state}. Dossier écrit dans {written.files[0].parent} :")
    for path in written.files:
        say(f"– {path.name}")
    for text in (*written.file.notes, *written.file.lacks):
        warn(text)
    return bool(written.file.lacks)


def _progress(one: PathwayProgress) -> dict[str, Any]:
    return {
        "learner": one.learner.id,
        "way": one.pathway.way if one.pathway else None,
        "complete": one.complete,
        "blocs": {bloc.bloc.code: _proposal(bloc) for bloc in one.blocs},
        "certification": _proposal(one.whole),
        "practice": asdict(one.practised) if one.grids or (one.pathway and one.pathway.periods) else None,
        "tutor_grids": [
            {
                "company": grid.company,
                "start": grid.start.isoformat(),
                "end": grid.end.isoformat(),
                "date": grid.day.isoformat(),
                "levels": {rating.competency: rating.level for rating in grid.ratings},
            }
            for grid in one.grids
        ],
        "dossier": {"date": one.dossier.day, "lacks": list(one.dossier.lacks)} if one.dossier else None,
        "steps": [
            {"name": step.name, "state": step.state.value, "detail": step.detail, "next": step.next or None}
            for step in one.steps
        ],
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    return {
        "acquired": one.entry is not None,
        "date": one.entry.session.day.isoformat() if one.entry else None,
        "session": one.entry.session.name if one.entry else None,
        "way": one.way or None,
        "proposal": one.proposed.value,
        "reasons": list(one.reasons),
    }
