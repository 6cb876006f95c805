"""Reading the descriptions: strictly, an unknown, missing or mistyped key is an error naming the file and the key."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, get_args

from casestudies.errors import CasekitError
from casestudies.livrables.model import Deliverable, Field, FieldType, Kind, Outline
from casestudies.livrables.words import simplified
from casestudies.names import NAMES

FOLDER = Path(__file__).parent
"""Where the descriptions are."""

PLANS = FOLDER / "plans"
"""Where the outline of each assessment’s plan is: ``e1.toml``."""

FIGURES = ("swot", "planning")
ASSESSMENTS = ("E1", "E2", "E3", "E4")
MOST_ROWS = 200
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"[^\W\d_A-Z][^\sA-Z]*")
_LONGEST_HELP = 250
"""A spreadsheet shows no more in the help of a cell."""

_TABLE_ONLY = {"colonnes", "lignes", "groupes", "figure"}


class DescriptionError(CasekitError):
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
    return _reader(path).deliverable(path.stem)


def outlines() -> dict[str, Outline]:
    """Return the outline of each plan of the kit, by assessment.

    Raises
    ------
    DescriptionError
        When a file cannot be read or does not say what it must.
    """
    found = (_reader(path).outline(path.stem.upper()) for path in sorted(PLANS.glob("*.toml")))
    return {one.assessment: one for one in found}


def _reader(path: Path) -> "_Reader":
    try:
        return _Reader(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise DescriptionError(f"{path.name} : fichier illisible ({cause}).") from cause


class _Reader:
    """One table of the file, which knows where it stands."""

    def __init__(self, data: dict[str, Any], place: str) -> None:
        self.data = data
        self.place = place

    def fail(self, key: str, problem: str) -> NoReturn:
        raise DescriptionError(f"{self.place} : clé « {key} » : {problem}.")

    def only(self, needed: set[str], optional: set[str]) -> None:
        for key in self.data:
            if key not in needed | optional:
                self.fail(key, "clé inconnue")
        for key in sorted(needed):
            if key not in self.data:
                self.fail(key, "clé absente")

    def get(self, key: str, kind: type, default: Any, wanted: str) -> Any:
        value = self.data.get(key, default)
        if type(value) is not kind:
            self.fail(key, f"{wanted} est attendu")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        value: str = self.get(key, str, default, "un texte")
        if key in self.data and not value.strip():
            self.fail(key, "un texte non vide est attendu")
        return value

    def number(self, key: str, least: int, most: int) -> int:
        value: int = self.get(key, int, None, "un nombre entier")
        if not least <= value <= most:
            self.fail(key, f"un nombre entier de {least} à {most} est attendu")
        return value

    def among(self, key: str, known: tuple[str, ...], default: str) -> str:
        value = self.text(key, default)
        if value != default and value not in known:
            self.fail(key, f"« {value} » n’existe pas ; possible : {', '.join(known)}")
        return value

    def deliverable(self, slug: str) -> Deliverable:
        kind: Kind = self.among("genre", get_args(Kind), "tableau")  # type: ignore[assignment]
        common = {"titre", "entreprise", "evaluation", "question", "ordre"}
        if kind == "texte":
            for key in sorted(_TABLE_ONLY & set(self.data)):
                self.fail(key, "un texte n’a pas cette clé")
            self.only(common, {"genre"})
        else:
            self.only(common | {"colonnes", "lignes"}, {"genre", "groupes", "figure"})
        if not _SLUG.fullmatch(slug):
            self.fail("(nom du fichier)", "des minuscules sans accent, des chiffres et des tirets sont attendus")
        if not _SLUG.fullmatch(self.text("question")):
            self.fail("question", "l’identifiant d’une question est attendu, par exemple `s2-swot`")
        if self.text("entreprise") not in NAMES:
            self.fail("entreprise", f"« {self.text('entreprise')} » n’est pas une entreprise du kit")
        assessment = self.text("evaluation")
        if assessment not in ASSESSMENTS:
            self.fail("evaluation", f"« {assessment} » n’existe pas ; possible : {', '.join(ASSESSMENTS)}")
        fields = self.fields() if kind == "tableau" else ()
        return Deliverable(
            slug, self.text("titre"), self.text("entreprise"), assessment, self.text("question"),
            self.number("ordre", 0, 999), kind, fields, self.number("lignes", 1, MOST_ROWS) if fields else 0,
            self.groups(fields), self.among("figure", FIGURES, ""),
        )  # fmt: skip

    def outline(self, assessment: str) -> Outline:
        self.only({"titre", "parties"}, set())
        if assessment not in ASSESSMENTS:
            self.fail("(nom du fichier)", f"le code d’une évaluation est attendu : {', '.join(ASSESSMENTS)}")
        parts = _Reader(self.get("parties", dict, None, "une table"), f"{self.place}, parties")
        for key in parts.data:
            if not key.isdecimal():
                parts.fail(key, "le numéro d’un notebook est attendu")
        return Outline(assessment, self.text("titre"), {int(key): parts.text(key) for key in parts.data})

    def groups(self, fields: tuple[Field, ...]) -> str:
        name = self.text("groupes", "")
        if name and name not in [field.name for field in fields if field.type == "choix"]:
            self.fail("groupes", f"« {name} » n’est pas une colonne de type « choix »")
        return name

    def fields(self) -> tuple[Field, ...]:
        tables: list[Any] = self.get("colonnes", list, None, "une liste de tables")
        if not tables or not all(isinstance(table, dict) for table in tables):
            self.fail("colonnes", "une liste de tables est attendue")
        fields: list[Field] = []
        for number, table in enumerate(tables, start=1):
            reader = _Reader(table, f"{self.place}, colonne n° {number} ({table.get('nom', 'sans nom')})")
            fields.append(reader.field())
            if simplified(fields[-1].name) in [simplified(field.name) for field in fields[:-1]]:
                reader.fail("nom", "ce nom est déjà celui d’une autre colonne")
        return tuple(fields)

    def field(self) -> Field:
        self.only({"nom", "type", "aide"}, {"choix", "facultatif", "titre"})
        name, told = self.text("nom"), self.text("aide")
        if not _NAME.fullmatch(name):
            self.fail("nom", "des minuscules sans espace, les mots joints par « _ », sont attendues")
        kind: FieldType = self.among("type", get_args(FieldType), "")  # type: ignore[assignment]
        if len(told) > _LONGEST_HELP:
            self.fail("aide", f"{_LONGEST_HELP} caractères au plus")
        if kind != "choix" and "choix" in self.data:
            self.fail("choix", f"une colonne de type « {kind} » n’a pas de choix")
        optional: bool = self.get("facultatif", bool, False, "« true » ou « false »")
        return Field(name, kind, told, self.choices() if kind == "choix" else (), optional, self.text("titre", ""))

    def choices(self) -> tuple[str, ...]:
        values: list[Any] = self.get("choix", list, None, "une liste de textes")
        if len(values) < 2 or not all(isinstance(value, str) and value.strip() for value in values):
            self.fail("choix", "une liste d’au moins deux textes non vides est attendue")
        if len({simplified(value) for value in values}) < len(values):
            self.fail("choix", "un choix est répété")
        return tuple(values)
