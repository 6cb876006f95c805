"""The class list: what a platform or a spreadsheet made of it, read as people meant it, and said.

=============  ==========================================================================================
column         what else it may be called, whatever the capitals, accents, spaces and hyphens
=============  ==========================================================================================
identifiant    « numéro d’identification », « ID number », « nom d’utilisateur », « username », « login »
prenom         « first name »
nom            « nom de famille », « last name », « surname »
courriel       « adresse de courriel », « e-mail », « mail », « email address »
=============  ==========================================================================================
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casestudies.errors import CasekitError, why
from casestudies.french import simplified
from casestudies.identity import normal_form, normalise
from casestudies.spreadsheets import is_formula, readable_text

ID, FIRST, LAST, EMAIL = COLUMNS = ("identifiant", "prenom", "nom", "courriel")
NAMES: Mapping[str, tuple[str, ...]] = {
    ID: (ID, "numero d identification", "id number", "nom d utilisateur", "username", "login"),
    FIRST: (FIRST, "first name"),
    LAST: (LAST, "nom de famille", "last name", "surname"),
    EMAIL: (EMAIL, "adresse de courriel", "adresse e mail", "e mail", "email", "mail", "email address"),
}
"""The names of each column, simplified, the surest first."""
SHOWN, MAX_PEOPLE, MAX_BYTES = 15, 20_000, 5_000_000
_SEPARATORS = (";", ",", "\t")
_REFUSED = frozenset('/\\:*?"<>|+')

Cells = list[str]


@dataclass(frozen=True)
class Learner:
    """A person of the class: the identifier used everywhere, the names shown on sheets, the address Moodle may want."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""

    @property
    def full_name(self) -> str:
        """First and last name, or the identifier when there is none."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


@dataclass(frozen=True)
class RosterTable:
    """A list as it stands in a file: its header, then the lines that hold something, each with its number."""

    file: str
    header: Cells
    lines: tuple[tuple[int, Cells], ...]

    def column(self, name: str) -> int | None:
        """Return the place of a column, by the surest of its names; None when there is none."""
        simple = [simplified(cell) for cell in self.header]
        return next((simple.index(one) for one in NAMES[name] if one in simple), None)

    def texts(self, place: int | None) -> list[str]:
        """Return the cells of a column, empty where a line is short or the column absent."""
        return [cells[place] if place is not None and place < len(cells) else "" for _, cells in self.lines]


def read_learners(path: Path) -> dict[str, Learner]:
    """Return the people of a class list, by identifier.

    Raises
    ------
    CasekitError
        When the file is not readable text, has no column of identifiers, or one is empty, odd, or taken already, were
        it with other capitals: every line at fault is told.
    """
    table = csv_table(list_content(path), path.name)
    place = table.column(ID)
    if place is None:
        raise CasekitError(f"{path.name} doit avoir une colonne « identifiant ».")
    return learners_in(table, table.texts(place))


def list_content(path: Path) -> bytes:
    """Return what the file of a list holds.

    Raises
    ------
    CasekitError
        When it cannot be read, or is too long for a class.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CasekitError(f"{path.name} est trop long pour être une liste de classe.")
        return path.read_bytes()
    except OSError as error:
        raise CasekitError(f"{path} ne peut pas être lu ({why(error)}).") from error


def learners_in(table: RosterTable, identifiers: Sequence[str]) -> dict[str, Learner]:
    """Return the people of a table whose identifiers are these, line by line.

    Raises
    ------
    CasekitError
        When an identifier is empty, odd, or taken already.
    """
    names = zip(*(table.texts(table.column(one)) for one in (FIRST, LAST, EMAIL)), strict=True)
    found: dict[str, Learner] = {}
    alike: dict[str, str] = {}
    problems: list[str] = []
    for (line, _), text, rest in zip(table.lines, identifiers, names, strict=True):
        try:
            name = _identifier(text)
        except CasekitError as error:
            problems.append(f"{table.file}, ligne {line} : {error}")
            continue
        former = alike.setdefault(name.casefold(), name)
        if former != name:
            problems.append(
                f"{table.file}, ligne {line} : « {name} » et « {former} » ne diffèrent que par les majuscules : "
                "changez l’un des deux."
            )
        elif name in found:
            problems.append(f"{table.file}, ligne {line} : l’identifiant « {name} » est déjà pris.")
        else:
            found[name] = Learner(name, *rest)
    if problems:
        more = len(problems) - SHOWN
        raise CasekitError("\n".join([*problems[:SHOWN], *([f"… et {more} autre(s)."] if more > 0 else [])]))
    return found


def csv_table(content: bytes, file: str) -> RosterTable:
    """Return the table of a text file, whatever its encoding and separator; empty lines are left out.

    Raises
    ------
    CasekitError
        When it is not text, too long, or its quotes do not match.
    """
    text = readable_text(content)
    if text is None:
        raise CasekitError(f"{file} n’est pas un fichier texte : enregistrez la liste au format « CSV UTF-8 ».")
    known = {one for names in NAMES.values() for one in names}

    def matches(separator: str) -> int:
        first = next(csv.reader([text.split("\n", 1)[0]], delimiter=separator), [])
        return len({simplified(cell) for cell in first} & known)

    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=matches), strict=True)
    try:
        return table_of(file, ((reader.line_num, cells) for cells in reader))
    except csv.Error as error:
        raise CasekitError(f"{file}, ligne {reader.line_num} : un guillemet est de trop ou manque.") from error


def table_of(file: str, lines: Iterable[tuple[int, Sequence[object]]]) -> RosterTable:
    """Return a table from its lines, numbered: the first that holds something is the header.

    Raises
    ------
    CasekitError
        When there are too many lines for a class.
    """
    kept: list[tuple[int, Cells]] = []
    for number, cells in lines:
        texts = [_plain(cell) for cell in cells]
        if any(texts):
            kept.append((number, texts))
        if len(kept) > MAX_PEOPLE:
            raise CasekitError(f"{file} a plus de {MAX_PEOPLE} lignes : ce n’est pas une liste de classe.")
    header = kept[0][1] if kept else []
    return RosterTable(file, header, tuple(kept[1:]))


def _plain(cell: object) -> str:
    text = "" if cell is None else normal_form(str(cell))
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def _identifier(text: str) -> str:
    name = normalise(text)
    if not name or name.startswith(".") or _REFUSED & set(name) or len(name) > 100:
        raise CasekitError(
            f"l’identifiant « {name[:40]} » ne convient pas. Prenez des lettres, des chiffres, « - », « _ » ou « . »."
        )
    return name
