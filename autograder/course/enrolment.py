"""Putting a platform's list of people into ``eleves.csv``: who is new, who is known, who is no longer in it."""

from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course.class_list import (
    COLUMNS,
    EMAIL,
    ID,
    NAMES,
    Learner,
    RosterTable,
    csv_table,
    learners_in,
    list_content,
    table_of,
)
from autograder.course.course import LEARNERS_FILE, Course
from casestudies.atomic import write_atomically
from casestudies.errors import CasekitError
from casestudies.french import french_list, simplified, unaccented
from casestudies.spreadsheets import csv_bytes
from casestudies.typography import french


@dataclass(frozen=True)
class Enrolment:
    """What an import understood and did: sentences for the trainer, and the people now in the class."""

    told: tuple[str, ...]
    learners: dict[str, Learner]


def enrol(course: Course, path: Path) -> Enrolment:
    """Add the people of a list (CSV of any kind, XLSX, a platform's export) to the class, and say what was understood.

    Somebody known by identifier or by address keeps their identifier, and takes the names of the list; nobody is
    taken out.

    Raises
    ------
    CasekitError
        When the list cannot be read or gives no sure identifier for everybody; nothing is written then.
    """
    table = _table(path)
    known = course.learners()
    by_address = {one.email.casefold(): one.id for one in known.values() if one.email}
    identifiers, said = _identifiers(table, by_address)
    listed = learners_in(table, identifiers)
    if not listed:
        raise CasekitError(f"{path.name} ne donne le nom de personne : rien n’a été changé.")
    merged = dict(known)
    for one in listed.values():
        former = known.get(one.id, Learner(one.id))
        merged[one.id] = replace(
            former, first_name=one.first_name or former.first_name, last_name=one.last_name or former.last_name,
            email=one.email or former.email,
        )  # fmt: skip
    rows = [(one.id, one.first_name, one.last_name, one.email) for one in merged.values()]
    write_atomically(course.root / LEARNERS_FILE, csv_bytes([COLUMNS, *rows]))
    return Enrolment((*_columns(table), said, *_people(known, listed)), merged)


def _table(path: Path) -> RosterTable:
    content = list_content(path)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from casestudies.livrables.xlsx_file import open_book

        sheet = open_book(content, path.name, values=True).worksheets[0]
        return table_of(path.name, enumerate(sheet.iter_rows(values_only=True), start=1))
    return csv_table(content, path.name)


def _identifiers(table: RosterTable, by_address: dict[str, str]) -> tuple[list[str], str]:
    """Return an identifier for each line and where it comes from: a full column of them, else the address."""
    if not table.lines:
        raise CasekitError(
            f"{table.file} est vide : il faut une première ligne de titres, puis une ligne par personne."
        )
    simple = [simplified(cell) for cell in table.header]
    addresses = table.texts(table.column(EMAIL))
    for place in (simple.index(one) for one in NAMES[ID] if one in simple):
        texts = table.texts(place)
        if all(texts):
            return texts, f"Identifiants : la colonne « {table.header[place]} »."
    if not all(addresses):
        empty = next((line for (line, _), one in zip(table.lines, addresses, strict=True) if not one), 0)
        raise CasekitError(
            f"{table.file} : aucune colonne ne donne un identifiant à chacun, et l’adresse manque à la ligne {empty}. "
            "Ajoutez une colonne « identifiant », ou complétez les adresses."
        )
    made = [by_address.get(one.casefold()) or unaccented(one.partition("@")[0]) for one in addresses]
    return made, "Identifiants : le début de l’adresse, faute de colonne remplie pour chacun."


def _columns(table: RosterTable) -> list[str]:
    read = {place: name for name in COLUMNS if (place := table.column(name)) is not None}
    told = [f"« {table.header[place]} » → {name}" for place, name in sorted(read.items())]
    others = [f"« {cell} »" for place, cell in enumerate(table.header) if place not in read and cell]
    said = [f"Colonnes lues : {' ; '.join(told) or 'aucune'}."]
    return [french(one) for one in [*said, *([f"Laissées de côté : {french_list(others)}."] if others else [])]]


def _people(known: dict[str, Learner], listed: dict[str, Learner]) -> list[str]:
    new = [name for name in listed if name not in known]
    gone = [name for name in known if name not in listed]
    told = [f"{len(listed)} personne(s) dans la liste : {len(new)} nouvelle(s), {len(listed) - len(new)} déjà là."]
    if gone:
        shown = french_list(gone[:8]) + (f" et {len(gone) - 8} autre(s)" if len(gone) > 8 else "")
        told.append(f"Dans eleves.csv et pas dans la liste : {shown}. Rien n’a été retiré.")
    return [french(one) for one in told]
