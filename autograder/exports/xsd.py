"""What an XSD declares, as a tree: each element's path, in the order of the schema, and what may be left out.

Only what the writing of a document needs is read here; whether a document is right is for ``lxml``'s own validation.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from casestudies.errors import CasekitError, why

XS = "{http://www.w3.org/2001/XMLSchema}"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
MAX_BYTES, MAX_NODES, MAX_FILES = 5_000_000, 20_000, 30
_GROUPS = frozenset(f"{XS}{name}" for name in ("sequence", "choice", "all"))
_DERIVED = frozenset(f"{XS}{name}" for name in ("complexContent", "simpleContent", "extension", "restriction"))


@dataclass
class Declared:
    """An element of a schema; ``name`` has its namespace, « {…}nom », and ``path`` only local names.

    ``bare`` says that no text may stand in it.
    """

    path: str
    name: str
    optional: bool = False
    repeated: bool = False
    nillable: bool = False
    bare: bool = False
    told: str = ""
    attributes: dict[str, bool] = field(default_factory=dict)
    """The local names of the attributes, and whether each is required."""
    children: list["Declared"] = field(default_factory=list)

    def every(self) -> Iterator["Declared"]:
        """Yield the element itself, then all those under it, in the order of the schema."""
        yield self
        for child in self.children:
            yield from child.every()


class SchemaFiles:
    """An XSD and the files beside it that it includes; nothing is ever fetched from the network."""

    def __init__(self, path: Path) -> None:
        self._top: dict[tuple[str, str, str], Any] = {}
        self._read: set[Path] = set()
        self._nodes = 0
        self.path = path
        self._load(path)

    @property
    def roots(self) -> list[str]:
        """The local names of the elements that a document may begin with."""
        return [name for kind, _, name in self._top if kind == "element"]

    def tree(self, root: str) -> Declared:
        """Return the tree of one of the ``roots``.

        Raises
        ------
        CasekitError
            When the schema is too large.
        """
        self._nodes = 0
        found = next(one for (kind, _, name), one in self._top.items() if (kind, name) == ("element", root))
        return self._element(found, "", ())

    def _load(self, path: Path) -> None:
        path = path.resolve()
        if path in self._read:
            return
        self._read.add(path)
        if len(self._read) > MAX_FILES:
            raise CasekitError(f"{self.path.name} inclut trop de fichiers pour être lu.")
        schema = parsed_xml(path).getroot()
        if schema.tag != f"{XS}schema":
            raise CasekitError(f"{path.name} n’est pas un schéma XSD : demandez le fichier « .xsd ».")
        for one in schema:
            if one.tag in (f"{XS}include", f"{XS}import", f"{XS}redefine") and one.get("schemaLocation"):
                place = one.get("schemaLocation")
                if ":" in place or not (beside := path.parent / place).is_file():
                    raise CasekitError(
                        f"{path.name} s’appuie sur « {place[:80]} », qui n’est pas à côté de lui : enregistrez ce "
                        "fichier dans le même dossier (casekit ne va rien chercher sur le réseau)."
                    )
                self._load(beside)
            elif isinstance(one.tag, str) and one.get("name"):
                self._top.setdefault((one.tag.removeprefix(XS), _target(one), one.get("name")), one)

    def _element(self, one: Any, parent: str, within: tuple[Any, ...]) -> Declared:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise CasekitError(f"{self.path.name} décrit trop d’éléments pour être lu.")
        real = self._named("element", one, one.get("ref")) if one.get("ref") else one
        if real is None:
            raise CasekitError(f"{self.path.name} renvoie à « {one.get('ref')[:80]} », qu’il ne décrit pas.")
        local = real.get("name")
        schema = real.getroottree().getroot()
        form = real.get("form", schema.get("elementFormDefault", "unqualified"))
        space = _target(real) if form == "qualified" or real.getparent() is schema else ""
        made = Declared(
            f"{parent}/{local}" if parent else local, f"{{{space}}}{local}" if space else local,
            optional=one.get("minOccurs") == "0", repeated=one.get("maxOccurs", "1") not in ("0", "1"),
            nillable=real.get("nillable") in ("true", "1"), told=_told(real),
        )  # fmt: skip
        kind = real.find(f"{XS}complexType")
        if kind is None and real.get("type"):
            kind = self._named("complexType", real, real.get("type"))
        if kind is not None:
            made.bare = kind.get("mixed") not in ("true", "1") and kind.find(f"{XS}simpleContent") is None
        if kind is not None and kind not in within:  # a type within itself is left there
            self._fill(made, kind, (*within, kind), optional=False)
        return made

    def _fill(self, made: Declared, node: Any, within: tuple[Any, ...], optional: bool) -> None:
        """Add to an element what a type, or a part of one, declares; ``optional`` is said of all of that part."""
        base = node.get("base")
        kind = self._named("complexType", node, base) if base and node.tag == f"{XS}extension" else None
        if kind is not None and kind not in within:
            self._fill(made, kind, (*within, kind), optional)
        for one in node:
            if one.tag == f"{XS}element":
                child = self._element(one, made.path, within)
                child.optional |= optional
                made.children.append(child)
            elif one.tag in _GROUPS:
                free = optional or one.get("minOccurs") == "0" or one.tag == f"{XS}choice"
                self._fill(made, one, within, free)
            elif one.tag in _DERIVED:
                self._fill(made, one, within, optional)
            elif one.tag in (f"{XS}group", f"{XS}attributeGroup") and one.get("ref"):
                group = self._named(one.tag.removeprefix(XS), one, one.get("ref"))
                if group is not None and group not in within:
                    self._fill(made, group, (*within, group), optional or one.get("minOccurs") == "0")
            elif one.tag == f"{XS}attribute" and one.get("name") and one.get("use") != "prohibited":
                made.attributes[one.get("name")] = one.get("use") == "required"

    def _named(self, kind: str, near: Any, name: str) -> Any:
        prefix, _, local = name.rpartition(":")
        space = near.nsmap.get(prefix or None) or ("" if prefix else _target(near))
        return self._top.get((kind, space, local), self._top.get((kind, _target(near), local)))


def parsed_xml(path: Path) -> Any:
    """Return an XML file, no entity replaced and nothing fetched.

    Raises
    ------
    CasekitError
        When it cannot be read, or is no XML.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CasekitError(f"{path.name} est trop long pour être un schéma.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        return etree.parse(str(path), parser)
    except OSError as error:
        raise CasekitError(f"{path} ne peut pas être lu ({why(error)}).") from error
    except etree.XMLSyntaxError as error:
        raise CasekitError(
            f"{path.name}, ligne {error.lineno} : ce n’est pas du XML bien formé. Téléchargez le fichier de nouveau."
        ) from None


def _target(node: Any) -> str:
    return str(node.getroottree().getroot().get("targetNamespace", ""))


def _told(node: Any) -> str:
    """Return a line about an element: its type, then the schema's own words, cut."""
    words = " ".join(" ".join(node.xpath("./*[local-name()='annotation']/*/text()")).split())
    return " ".join(part for part in (node.get("type", ""), words[:120]) if part)
