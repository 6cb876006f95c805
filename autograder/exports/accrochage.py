"""The « accrochage »: the passages of certification that a French certifier declares to the Caisse des Dépôts, as XML.

The obligation is that of article L. 6113-8 of the Code du travail; the file is checked with the XSD that the portal
https://certificateurs.moncompteformation.gouv.fr gives (« Comment faire ? », read on 27 November 2026): a file that the
XSD refuses cannot be used. The kit has no copy of that XSD and knows none of its elements: the centre gives it, and
fills once ``accrochage.toml``, which says what goes into each element.
"""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from autograder.certification.model import WHOLE, Entry
from autograder.certification.register import Register
from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.exports.accrochage_model import BLOCS, FILE, Mapped
from autograder.exports.civil_status import FILE as CIVIL_FILE
from autograder.exports.civil_status import civil_identities_of
from autograder.exports.credentials import NAMESPACE
from autograder.exports.xsd import XSI, Declared, SchemaFiles
from autograder.exports.xsd_errors import faults, schema_of
from autograder.referentiel import load_referentiel
from autograder.sheets.centre import centre_of
from autograder.sheets.files import write_whole
from casestudies.errors import CasekitError

TARGET = Path("build") / "exports" / "accrochage" / "accrochage.xml"
SHOWN = 20
_FIELD = re.compile(r"\{([a-z_0-9]+)\}")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Passage:
    """What is declared of one person: what the register validated, and the fields that the document may hold."""

    learner: Learner
    entry: Entry
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Written:
    """The file that was written: how many passages it declares, and who of the register it had to leave out."""

    path: Path
    count: int
    left: tuple[str, ...]


def write_accrochage(course: Course, xsd: Path, now: datetime, session: str = "") -> Written:
    """Write the XML of what juries validated.

    Parameters
    ----------
    xsd
        The schema that the certifier got, with the files that it includes beside it.
    session
        The name of the only session to declare; by default all of them.

    Raises
    ------
    CasekitError
        When something is missing, or the schema refuses the document: each fault is told, nothing is written.
    """
    files = SchemaFiles(xsd)  # first: it refuses what would be fetched
    schema = schema_of(xsd)
    mapped = Mapped.read(course.root / FILE, files)
    passages, left = passages_of(course, mapped.about, session)
    filled = FilledDocument(mapped, passages)
    root = filled.filled(_common(course, now, passages))
    found = list(faults(root, schema, filled.gaps, lambda element: _person(element, filled.people)))
    if found:
        more = [f"… et {len(found) - SHOWN} autre(s)."] if len(found) > SHOWN else []
        raise CasekitError(
            "\n".join(
                [
                    f"Le schéma {xsd.name} refuse le document :", *found[:SHOWN], *more,
                    f"Rien n’a été écrit : complétez {CIVIL_FILE}, centre.toml ou {FILE}, puis relancez.",
                ]
            )
        )  # fmt: skip
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return Written(write_whole(course.root / TARGET, content), len(passages), left)


def passages_of(course: Course, about: str, session: str = "") -> tuple[list[Passage], tuple[str, ...]]:
    """Return what is to be declared, in the order of the class, and who is left out, being no longer in the class list.

    Somebody who was erased keeps their lines in the register, but nothing says any more who they are.

    Raises
    ------
    CasekitError
        When nothing was validated, or the civil identity of somebody is not filled.
    """
    codes = list(load_referentiel().blocs) if about == BLOCS else [WHOLE]
    with Register.of(course) as register:
        acquired = register.acquired()
    learners = course.learners()
    wanted = [
        (name, entry)
        for name in [*learners, *sorted(set(acquired) - set(learners))]
        for code in codes
        if (entry := acquired.get(name, {}).get(code)) and session in ("", entry.session.name)
    ]
    left = tuple(dict.fromkeys(name for name, _ in wanted if name not in learners))
    wanted = [(name, entry) for name, entry in wanted if name in learners]
    if not wanted:
        where = f" dans la session « {session[:60]} »" if session else ""
        what = "Aucun bloc n’a été validé" if about == BLOCS else "Aucune certification entière n’a été prononcée"
        raise CasekitError(f"{what}{where} : il n’y a rien à déclarer. Rien n’a été écrit.")
    civil = civil_identities_of(course)
    missing = list(dict.fromkeys(name for name, _ in wanted if name not in civil))
    if missing:
        more = f" et {len(missing) - SHOWN} autre(s)" if len(missing) > SHOWN else ""
        listed = ", ".join(f"« {name} »" for name in missing[:SHOWN])
        raise CasekitError(f"{CIVIL_FILE} ne dit rien de {listed}{more} : complétez-le. Rien n’a été écrit.")
    return [Passage(learners[name], entry, {**_of_entry(entry), **civil[name]}) for name, entry in wanted], left


@dataclass
class FilledDocument:
    """A document being filled: its root, whom its elements are about, and the required elements left empty in it."""

    mapped: Mapped
    passages: list[Passage]
    people: dict[Any, Passage] = field(default_factory=dict)
    gaps: dict[Any, str] = field(default_factory=dict)

    def filled(self, common: Mapping[str, str]) -> Any:
        """Return the root.

        Raises
        ------
        CasekitError
            When a text holds a sign that XML does not allow.
        """
        root = self._element(self.mapped.tree, common, "")
        return etree.Element(self.mapped.tree.name) if root is None else root

    def _element(self, declared: Declared, fields: Mapping[str, str], whose: str) -> Any:
        """Return an element with what is under it, or None when there is nothing to write in it."""
        made = etree.Element(declared.name, nsmap=_spaces(declared))
        below = [(child, list(self._below(child, fields, whose))) for child in declared.children]
        made.text = self._value(declared.path, fields, whose) or None
        for name in declared.attributes:
            if text := self._value(f"{declared.path}/@{name}", fields, whose):
                made.set(name, text)
        if not (made.text or made.attrib or any(found for _, found in below)):
            return None
        for child, found in below:
            made.extend(found or self._needed(child))
        return made

    def _below(self, child: Declared, fields: Mapping[str, str], whose: str) -> Iterator[Any]:
        if child.path != self.mapped.passage:
            element = self._element(child, fields, whose)
            yield from () if element is None else (element,)
            return
        for one in self.passages:
            element = self._element(child, {**fields, **one.fields}, one.learner.full_name)
            if element is not None:
                self.people[element] = one
                yield element

    def _needed(self, child: Declared) -> list[Any]:
        """Return what stands in the place of an element that has nothing to say, when the schema requires one.

        It is declared empty where the schema lets it be, with what it must hold; any other is a fault, told as such.
        """
        if child.optional:
            return []
        empty = etree.Element(child.name, nsmap=_spaces(child))
        filled = self.mapped.values.get(child.path)
        if child.nillable:
            empty.set(f"{{{XSI}}}nil", "true")
        elif child.children:
            for one in child.children:
                empty.extend(self._needed(one))
        elif not child.bare:
            self.gaps[empty] = f"rien à y écrire, {filled} est vide" if filled else f"obligatoire, absent de {FILE}"
        return [empty]

    def _value(self, path: str, fields: Mapping[str, str], whose: str) -> str:
        text = _FIELD.sub(lambda found: fields.get(found[1], ""), self.mapped.values.get(path, "")).strip()
        if _NOT_XML.search(text):
            raise CasekitError(
                f"{whose or FILE}, {path.rsplit('/', 1)[-1]} : ce texte contient un signe que le XML n’admet pas. "
                "Tapez-le de nouveau. Rien n’a été écrit."
            )
        return text


def _spaces(declared: Declared) -> dict[str | None, str]:
    space = etree.QName(declared.name).namespace
    return {"c": space, "xsi": XSI} if space else {"xsi": XSI}


def _of_entry(entry: Entry) -> dict[str, str]:
    referentiel = load_referentiel()
    whole = entry.bloc == WHOLE
    return {
        "identifiant": entry.learner,
        "passage": str(uuid.uuid5(NAMESPACE, f"passage|{entry.id}|{entry.at.isoformat()}")),
        "bloc": "" if whole else entry.bloc,
        "titre": referentiel.principles.title if whole else referentiel.blocs[entry.bloc].title,
        "session": entry.session.name,
        "date_jury": entry.session.day.isoformat(),
        "voie": entry.way,
    }


def _common(course: Course, now: datetime, passages: Iterable[Passage]) -> dict[str, str]:
    certifier = centre_of(course).issuer.certifier
    content = "|".join([now.isoformat(), *(one.fields["passage"] for one in passages)])
    return {
        "flux": str(uuid.uuid5(NAMESPACE, f"flux|{content}")),
        "horodatage": now.isoformat(timespec="seconds"),
        "certificateur": certifier.name if certifier else "",
        "siret": certifier.siret if certifier else "",
        "rncp": certifier.rncp if certifier else "",
    }


def _person(element: Any, people: Mapping[Any, Passage]) -> str:
    """Return whom an element is about: the learner of the passage that holds it."""
    for one in (element, *element.iterancestors()):
        if one in people:
            learner = people[one].learner
            return learner.full_name if learner.full_name == learner.id else f"{learner.full_name} ({learner.id})"
    return ""
