"""Reading the descriptions: strictly, an unknown, missing or mistyped key is an error naming the file and the key."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_args

from casestudies.french import simplified
from casestudies.livrables.model import (
    Agenda,
    Bars,
    Deliverable,
    Field,
    FieldType,
    Highlight,
    Kind,
    Outline,
    Share,
    Total,
)
from casestudies.names import NAMES
from casestudies.strict import ContentError, Table

FOLDER = Path(__file__).parent
"""Where the descriptions are."""

PLANS = FOLDER / "plans"
"""Where the outline of each assessment’s plan is: ``e1.toml``."""

FIGURES = ("swot", "planning", "editorial", "feuille-route")
ASSESSMENTS = ("E1", "E2", "E3", "E4")
MOST_ROWS = 200
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"[^\W\d_A-Z][^\sA-Z]*")
_LONGEST_HELP = 250
"""A spreadsheet shows no more in the help of a cell."""

_OWN = ("titre", "entreprise", "evaluation", "question", "ordre")
_OPTIONAL = ("groupes", "figure", "totaux", "agenda", "barres", "diapositive")
_TABLE_ONLY = ("colonnes", "lignes", *_OPTIONAL)


class DescriptionError(ContentError):
    """A deliverable's description does not say what it must; the message names the file and the key."""


def deliverables() -> dict[str, Deliverable]:
    """Return every deliverable of the kit by slug, in the order of the plan."""
    return _load(FOLDER)


def deliverable_of_question(question: str) -> Deliverable | None:
    """Return the deliverable that a question checks, if any."""
    return next((one for one in deliverables().values() if one.question == question), None)


@cache
def _load(folder: Path) -> dict[str, Deliverable]:
    found = sorted((read(path) for path in folder.glob("*.toml")), key=lambda one: (one.order, one.slug))
    for one in found:
        for other in found:
            if one is not other and one.question == other.question:
                raise DescriptionError(
                    f"{one.slug}.toml : clé « question » : « {one.question} » est déjà celle de {other.slug}.toml."
                )
    return {one.slug: one for one in found}


def read(path: Path) -> Deliverable:
    """Return the deliverable that a file describes.

    Raises
    ------
    DescriptionError
        When the file cannot be read or does not say what it must.
    """
    table, slug = Table.read(path, DescriptionError), path.stem
    if not _SLUG.fullmatch(slug):
        table.fail("(nom du fichier)", "des minuscules sans accent, des chiffres et des tirets sont attendus")
    shape = _repeated(table, path) if "reprend" in table.data else _described(table, slug)
    if not _SLUG.fullmatch(table.text("question")):
        table.fail("question", "l’identifiant d’une question est attendu, par exemple `s2-swot`")
    return replace(
        shape, slug=slug, title=table.text("titre"), company=table.one_of("entreprise", tuple(NAMES)),
        assessment=table.one_of("evaluation", ASSESSMENTS), question=table.text("question"),
        order=table.integer("ordre", 0, 999),
    )  # fmt: skip


def _repeated(table: Table, path: Path) -> Deliverable:
    """Return the table whose columns, rows, groups, figure and totals another company's repeats."""
    table.only(*_OWN, "reprend")
    name = table.text("reprend")
    other = path.parent / f"{name}.toml"
    if name == path.stem or not _SLUG.fullmatch(name) or not other.is_file():
        table.fail("reprend", "le nom d’un autre livrable est attendu, par exemple `swot`")
    if "colonnes" not in Table.read(other, DescriptionError).data:
        table.fail("reprend", f"« {name} » ne décrit pas ses propres colonnes")
    return read(other)


def _described(table: Table, slug: str) -> Deliverable:
    """Return what a file says of the shape of its deliverable."""
    kind: Kind = table.one_of("genre", get_args(Kind), "tableau")  # type: ignore[assignment]
    if kind == "texte":
        for key in _TABLE_ONLY:
            if key in table.data:
                table.fail(key, "un texte n’a pas cette clé")
        table.only(*_OWN, optional=("genre",))
    else:
        table.only(*_OWN, "colonnes", "lignes", optional=("genre", *_OPTIONAL))
    fields = _fields(table) if kind == "tableau" else ()
    if "figure" in table.data and "barres" in table.data:
        table.fail("barres", "un tableau a une figure, ou des barres, pas les deux")
    return Deliverable(
        slug, "", "", "", "", 0, kind, fields,
        table.integer("lignes", 1, MOST_ROWS) if fields else 0,
        table.one_of("groupes", [field.name for field in fields if field.type == "choix"], ""),
        table.one_of("figure", FIGURES, "barres" if "barres" in table.data else ""), _totals(table, fields),
        _agenda(table, fields), _bars(table, fields), _slide(table, fields),
    )  # fmt: skip


def outlines() -> dict[str, Outline]:
    """Return the outline of each plan of the kit, by assessment.

    Raises
    ------
    DescriptionError
        When a file cannot be read or does not say what it must.
    """
    found = (_outline(path) for path in sorted(PLANS.glob("*.toml")))
    return {one.assessment: one for one in found}


def _outline(path: Path) -> Outline:
    table, assessment = Table.read(path, DescriptionError), path.stem.upper()
    table.only("titre", "parties", optional=("entreprise", "annexes", "chiffres", "synthese", "repartitions"))
    if assessment not in ASSESSMENTS:
        table.fail("(nom du fichier)", f"le code d’une évaluation est attendu : {', '.join(ASSESSMENTS)}")
    parts = table.table("parties")
    for key in parts.data:
        if not key.isdecimal():
            parts.fail(key, "le numéro d’un notebook est attendu")
    company = table.one_of("entreprise", tuple(NAMES), "")
    return Outline(
        assessment, table.text("titre"), {int(key): parts.text(key) for key in parts.data}, company,
        table.text("annexes", ""), _highlights(table, "chiffres", "total", "valeur", "compte", "unite"),
        _highlights(table, "synthese", "phrase", "par"), _shares(table),
    )  # fmt: skip


def _highlights(root: Table, key: str, *optional: str) -> tuple[Highlight, ...]:
    found = []
    for table in root.tables(key, name="titre") if key in root.data else ():
        table.only("titre", "livrable", optional=("si", *optional))
        only = ("", "")
        if "si" in table.data:
            kept = table.table("si").only("colonne", "vaut")
            only = (kept.text("colonne"), kept.text("vaut"))
        found.append(
            Highlight(
                table.text("titre"),
                table.text("livrable"),
                only,
                table.text("unite", ""),
                table.text("total", ""),
                table.text("valeur", ""),
                table.flag("compte"),
                table.text("phrase", ""),
                table.text("par", ""),
            )
        )
    return tuple(found)


def _shares(root: Table) -> tuple[Share, ...]:
    keys = ("titre", "livrable", "par", "total", "unite")
    return tuple(
        Share(*map(table.only(*keys).text, keys))
        for table in (root.tables("repartitions", name="titre") if "repartitions" in root.data else ())
    )


def _fields(root: Table) -> tuple[Field, ...]:
    fields: list[Field] = []
    for table in root.tables("colonnes", name="nom"):
        fields.append(_field(table))
        if simplified(fields[-1].name) in [simplified(field.name) for field in fields[:-1]]:
            table.fail("nom", "ce nom est déjà celui d’une autre colonne")
    return tuple(fields)


def _field(table: Table) -> Field:
    needed = ("nom", "type", "aide", *(("choix",) if table.data.get("type") == "choix" else ()))
    table.only(*needed, optional=("choix", "facultatif", "colonne_facultative", "titre"))
    name, told = table.text("nom"), table.text("aide")
    if not _NAME.fullmatch(name):
        table.fail("nom", "des minuscules sans espace, les mots joints par « _ », sont attendues")
    kind: FieldType = table.one_of("type", get_args(FieldType))  # type: ignore[assignment]
    if len(told) > _LONGEST_HELP:
        table.fail("aide", f"{_LONGEST_HELP} caractères au plus")
    if kind != "choix" and "choix" in table.data:
        table.fail("choix", f"une colonne de type « {kind} » n’a pas de choix")
    choices = _choices(table) if kind == "choix" else ()
    omissible = table.flag("colonne_facultative")
    optional = omissible or table.flag("facultatif")
    return Field(name, kind, told, choices, optional, table.text("titre", ""), omissible)


def _totals(root: Table, fields: Sequence[Field]) -> tuple[Total, ...]:
    totals = []
    for table in root.tables("totaux", name="colonne") if "totaux" in root.data else ():
        table.only("colonne", optional=("par", "somme_un"))
        column = table.one_of("colonne", [field.name for field in fields if field.type == "nombre"])
        totals.append(Total(column, table.one_of("par", [field.name for field in fields], ""), table.flag("somme_un")))
    return tuple(totals)


def _agenda(root: Table, fields: Sequence[Field]) -> Agenda | None:
    if "agenda" not in root.data:
        return None
    table, names = root.table("agenda"), [field.name for field in fields]
    table.only("titre", "debut", optional=("fin", "jours", "responsable", "etiquettes", "details"))
    days = [field.name for field in fields if field.type == "date"]
    if "fin" in table.data and "jours" in table.data:
        table.fail("jours", "une tâche a une fin ou un nombre de jours, pas les deux")
    several = {key: table.texts(key) if key in table.data else () for key in ("etiquettes", "details")}
    for key, found in several.items():
        if not set(found) <= set(names):
            table.fail(key, "des noms de colonnes sont attendus")
    return Agenda(
        table.one_of("titre", names), table.one_of("debut", days), table.one_of("fin", days, ""),
        table.one_of("jours", [field.name for field in fields if field.type == "nombre"], ""),
        table.one_of("responsable", names, ""), several["etiquettes"], several["details"],
    )  # fmt: skip


def _bars(root: Table, fields: Sequence[Field]) -> Bars | None:
    if "barres" not in root.data:
        return None
    table = root.table("barres").only("nom", "nombre", "unite", optional=("selon",))
    return Bars(
        table.one_of("nom", [field.name for field in fields]),
        table.one_of("nombre", [field.name for field in fields if field.type == "nombre"]), table.text("unite"),
        table.one_of("selon", [field.name for field in fields if field.type == "choix"], ""),
    )  # fmt: skip


def _slide(root: Table, fields: Sequence[Field]) -> tuple[str, ...]:
    if "diapositive" not in root.data:
        return ()
    names = root.texts("diapositive")
    if not names or not set(names) <= {field.name for field in fields}:
        root.fail("diapositive", "des noms de colonnes sont attendus")
    return names


def _choices(table: Table) -> tuple[str, ...]:
    values = table.texts("choix")
    if len(values) < 2:
        table.fail("choix", "une liste d’au moins deux textes est attendue")
    if len({simplified(value) for value in values}) < len(values):
        table.fail("choix", "un choix est répété")
    return values
