"""What a schema finds wrong in a document, in French, with the person and the field: never the parser's English."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from autograder.exports.xsd import parsed_xml
from casestudies.errors import CasekitError

_EXPECTED = re.compile(r"Expected is (?:one of )?\((?P<names>[^)]*)\)")
LONGEST = 60
"""Signs of a value that an error shows."""
_KINDS: dict[str, str] = {
    "SCHEMAV_CVC_ENUMERATION_VALID": "« {value} » n’est pas l’une des valeurs permises",
    "SCHEMAV_CVC_PATTERN_VALID": "« {value} » n’a pas la forme attendue",
    "SCHEMAV_CVC_MAXLENGTH_VALID": "« {value} » est trop long",
    "SCHEMAV_CVC_MINLENGTH_VALID": "« {value} » est trop court",
    "SCHEMAV_CVC_LENGTH_VALID": "« {value} » n’a pas la longueur attendue",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "un attribut obligatoire manque",
    "SCHEMAV_CVC_ELT_3_1": "cet élément ne peut pas être déclaré vide (xsi:nil)",
}


def schema_of(path: Path) -> Any:
    """Return the schema of a file, ready to validate.

    Raises
    ------
    CasekitError
        When it is not a schema that can be used.
    """
    try:
        return etree.XMLSchema(parsed_xml(path))
    except etree.XMLSchemaParseError as error:
        line = error.error_log[0].line if len(error.error_log) else 0
        raise CasekitError(
            f"{path.name}, ligne {line} : ce schéma XSD n’est pas utilisable. Téléchargez-le de nouveau, avec les "
            "fichiers qui l’accompagnent, sans les changer."
        ) from None


def faults(root: Any, schema: Any, gaps: Mapping[Any, str], who: Callable[[Any], str]) -> Iterator[str]:
    """Yield each fault of a document: whom it is about, in which field, what is wrong.

    ``gaps`` are the elements known to be empty, with what to say of each instead of what the schema finds there;
    ``who`` names the person whom an element is about; it returns an empty text for what is nobody's.
    """
    again = etree.fromstring(etree.tostring(root))
    twins = dict(zip(again.iter(), root.iter(), strict=True))
    for element, gap in gaps.items():
        yield _told(element, gap, who)
    if schema.validate(again):
        return
    told: set[tuple[str, str]] = set()
    for entry in schema.error_log:
        found = again.xpath(entry.path, namespaces={key: value for key, value in again.nsmap.items() if key})
        element = twins[found[0]] if found else root
        if element not in gaps and (entry.path, entry.type_name) not in told and not _follows(entry, told):
            told.add((entry.path, entry.type_name))
            yield _told(element, _french(entry, element.text or ""), who)


def _told(element: Any, problem: str, who: Callable[[Any], str]) -> str:
    place = [name for name in (who(element), etree.QName(element).localname) if name]
    return f"{', '.join(place)} : {problem}."


def _follows(entry: Any, told: set[tuple[str, str]]) -> bool:
    """Tell whether an error only says again that the value of an element is wrong."""
    return entry.type_name == "SCHEMAV_CVC_DATATYPE_VALID_1_2_1" and any(path == entry.path for path, _ in told)


def _french(entry: Any, value: str) -> str:
    if entry.type_name == "SCHEMAV_ELEMENT_CONTENT":
        expected = _EXPECTED.search(entry.message)
        names = [name.split("}")[-1].strip() for name in expected["names"].split(",")] if expected else []
        if "not expected" in entry.message:
            return f"cet élément n’est pas attendu ici{_list(', ou d’abord : ', names)}"
        return f"il manque un élément{_list(' : ', names)}"
    if "not a valid value" in entry.message:
        return f"« {_cut(value)} » n’est pas une valeur de ce type"
    return _KINDS.get(entry.type_name, "le schéma ne l’accepte pas").format(value=_cut(value))


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"


def _list(before: str, names: list[str]) -> str:
    return before + " ou ".join(f"« {name} »" for name in names[:6]) if names else ""
