"""Load the référentiel from its TOML files, strictly."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeVar, cast, get_args

from autograder.referentiel.model import (
    Activity,
    Assessment,
    Bloc,
    Competency,
    Criterion,
    Kind,
    Principles,
    Referentiel,
    Way,
)
from casestudies.strict import ContentError, Table

FOLDER = Path(__file__).parent
LEVELS = (1, 2, 3, 4)


class ReferentielError(ContentError):
    """The référentiel or a rubric is not consistent; the message names the file and the key."""


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Element = TypeVar("_Element", bound=_Coded)


@cache
def load_referentiel() -> Referentiel:
    """Return the référentiel of the kit, read once."""
    return read_referentiel(FOLDER)


@cache
def referentiel_digest() -> str:
    """Return the SHA-256 of the files of the référentiel, in the order of their names: which one was in force."""
    found = sha256()
    for path in sorted(FOLDER.glob("*.toml")):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def read_referentiel(folder: Path) -> Referentiel:
    """Return the référentiel that a folder holds."""
    root = Table.read(folder / "certification.toml", ReferentielError)
    root.only("certification", "voies")
    files = sorted(folder.glob("bloc-*.toml"))
    if not files:
        raise ReferentielError(f"{folder} : aucun fichier bloc-*.toml.")
    referentiel = Referentiel(_principles(root), {}, {}, {}, {}, {}, _ways(root))
    for path in files:
        _add_bloc(referentiel, Table.read(path, ReferentielError))
    return referentiel


def _principles(root: Table) -> Principles:
    table = root.table("certification").only(
        "version", "date", "titre", "fondement", "capitalisation", "seuil", "qualites"
    )
    return Principles(
        title=table.text("titre"),
        basis=table.text("fondement"),
        capitalisation=table.text("capitalisation"),
        threshold=table.text("seuil"),
        qualities=table.text("qualites"),
        version=table.integer("version"),
        date=table.day("date"),
    )


def _ways(root: Table) -> dict[str, Way]:
    ways: dict[str, Way] = {}
    for table in root.tables("voies"):
        table.only("code", "titre", "conditions")
        _add(ways, Way(_code(table, r"[a-z]+"), table.text("titre"), table.texts("conditions")), table)
    return ways


def _add_bloc(referentiel: Referentiel, root: Table) -> None:
    """Add a bloc's elements in the order of their dependencies: whatever a code points to is already there."""
    root.only("bloc", "activites", "competences", "evaluations", "criteres")
    table = root.table("bloc").only("code", "titre")
    bloc = Bloc(_code(table, r"B\d"), table.text("titre"))
    _add(referentiel.blocs, bloc, table)
    for table in root.tables("activites"):
        table.only("code", "titre")
        activity = Activity(_code(table, rf"{bloc.code[1:]}\.\d"), table.text("titre"), bloc.code)
        _add(referentiel.activities, activity, table)
    for table in root.tables("competences"):
        _add(referentiel.competencies, _competency(table, referentiel, bloc), table)
    for table in root.tables("evaluations"):
        _add(referentiel.assessments, _assessment(table, referentiel, bloc), table)
    for activity in referentiel.activities.values():
        if activity.bloc == bloc.code and not _assessments_of(referentiel, activity.code):
            root.fail("evaluations", f"l’activité « {activity.code} » n’est évaluée nulle part")
    for table in root.tables("criteres"):
        _add(referentiel.criteria, _criterion(table, referentiel, bloc), table)


def _competency(table: Table, referentiel: Referentiel, bloc: Bloc) -> Competency:
    table.only("code", "enonce")
    code = _code(table, rf"{bloc.code[1:]}\.\d\.\d")
    activity = code.rpartition(".")[0]
    if activity not in referentiel.activities:
        table.fail("code", f"l’activité « {activity} » n’existe pas")
    return Competency(code, table.text("enonce"), activity)


def _assessment(table: Table, referentiel: Referentiel, bloc: Bloc) -> Assessment:
    table.only("code", "titre", "activites", "modalite", "mission", "qualites", optional=("orale",))
    activities = table.texts("activites")
    for activity in activities:
        if activity not in referentiel.activities or referentiel.activities[activity].bloc != bloc.code:
            table.fail("activites", f"l’activité « {activity} » n’existe pas dans le bloc {bloc.code}")
        if others := _assessments_of(referentiel, activity):
            table.fail("activites", f"l’activité « {activity} » est déjà évaluée par {others[0]}")
    return Assessment(
        code=_code(table, r"E\d"),
        title=table.text("titre"),
        bloc=bloc.code,
        activities=activities,
        modality=table.text("modalite"),
        task=table.text("mission"),
        oral=table.flag("orale"),
        qualities=table.texts("qualites"),
    )


def _criterion(table: Table, referentiel: Referentiel, bloc: Bloc) -> Criterion:
    table.only("code", "evaluation", "competences", "type", "enonce", optional=("oral",))
    assessment = table.text("evaluation")
    if assessment not in referentiel.assessments or referentiel.assessments[assessment].bloc != bloc.code:
        table.fail("evaluation", f"l’évaluation « {assessment} » n’existe pas dans le bloc {bloc.code}")
    competencies = table.texts("competences")
    for code in competencies:
        if code not in referentiel.competencies:
            table.fail("competences", f"la compétence « {code} » n’existe pas")
        if referentiel.competencies[code].activity not in referentiel.assessments[assessment].activities:
            table.fail("competences", f"la compétence « {code} » n’est pas évaluée par {assessment}")
    kinds = table.texts("type")
    if not set(kinds) <= set(get_args(Kind)):
        table.fail("type", "seules les lettres A, S et I sont permises")
    return Criterion(
        code=_code(table, rf"{bloc.code}-C\d\d"),
        statement=table.text("enonce"),
        competencies=competencies,
        assessment=assessment,
        type=cast(tuple[Kind, ...], kinds),
        oral=table.flag("oral"),
    )


def _assessments_of(referentiel: Referentiel, activity: str) -> list[str]:
    return [item.code for item in referentiel.assessments.values() if activity in item.activities]


def _code(table: Table, pattern: str) -> str:
    code = table.text("code")
    if not re.fullmatch(pattern, code):
        table.fail("code", f"« {code} » n’a pas la forme attendue")
    return code


def _add(elements: dict[str, _Element], element: _Element, table: Table) -> None:
    if element.code in elements:
        table.fail("code", f"« {element.code} » existe déjà")
    elements[element.code] = element
