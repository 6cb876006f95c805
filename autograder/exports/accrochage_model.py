"""``accrochage.toml``: what goes into each element of the certifier's XSD, filled once by the centre."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files as files_of
from pathlib import Path

from autograder.exports.civil_status import COLUMNS as CIVIL
from autograder.exports.xsd import Declared, SchemaFiles
from autograder.referentiel import ContentError
from casestudies.errors import CasekitError, why
from casestudies.strict import Table

FILE = "accrochage.toml"
CERTIFICATION, BLOCS = "certification", "blocs"
FIELDS: Mapping[str, str] = {
    "flux": "identifiant de ce fichier, nouveau à chaque fois",
    "horodatage": "date et heure de ce fichier",
    "certificateur": "nom (centre.toml)",
    "siret": "SIRET (centre.toml)",
    "rncp": "code de la fiche (centre.toml)",
    "passage": "identifiant de ce passage, le même à chaque fois",
    "bloc": "code du bloc ; vide pour la certification entière",
    "titre": "titre du bloc ou de la certification",
    "session": "nom de la session du jury",
    "date_jury": "jour du jury, AAAA-MM-JJ",
    "voie": "formation ou vae ; vide si la décision ne la dit pas",
    **dict.fromkeys(CIVIL, "etat-civil.csv"),
}
"""The fields that a value may name between braces, and what each holds."""
_FIELD = re.compile(r"\{([^{}]*)\}")


class MappingError(ContentError):
    """``accrochage.toml`` does not say what it must; the message is French and names the key."""


@dataclass(frozen=True)
class Mapped:
    """What the file says: the repeated element's path, what is declared, and the value of each path."""

    tree: Declared
    passage: str
    about: str
    values: Mapping[str, str]

    @classmethod
    def read(cls, path: Path, files: SchemaFiles) -> "Mapped":
        """Return what a file says, once sure that the schema has all the elements that it names.

        Raises
        ------
        CasekitError
            When the file is not there, names an element that the schema does not have, or a field that nobody fills.
        """
        if not path.exists():
            raise CasekitError(
                f"{FILE} n’existe pas : « casekit export accrochage --xsd FICHIER --modele » l’écrit d’après le "
                "schéma. Il se remplit une fois."
            )
        try:
            return cls._of(Table.read(path, MappingError), files)
        except OSError as error:
            raise CasekitError(f"{path} ne peut pas être lu ({why(error)}).") from error

    @classmethod
    def _of(cls, table: Table, files: SchemaFiles) -> "Mapped":
        table.only("passage", "porte_sur", "valeurs")
        passage = table.text("passage")
        root = passage.split("/", 1)[0]
        if root not in files.roots:
            table.fail("passage", f"le schéma {files.path.name} n’a pas d’élément « {root[:60]} » pour commencer")
        tree = files.tree(root)
        known = {one.path: one for one in tree.every()}
        if passage not in known or passage == root:
            table.fail("passage", f"le schéma n’a pas cet élément{_near(passage, known)}")
        leaves = {*known, *(f"{one.path}/@{name}" for one in known.values() for name in one.attributes)}
        values = table.table("valeurs")
        found = {key: values.text(key) for key in values.data}
        for key, text in found.items():
            if key not in leaves:
                values.fail(key, f"le schéma n’a pas cet élément{_near(key, leaves)}")
            for name in _FIELD.findall(text):
                if name not in FIELDS:
                    values.fail(key, f"champ inconnu, « {{{name[:40]}}} »{_near(name, FIELDS)}")
        return cls(tree, passage, table.one_of("porte_sur", [CERTIFICATION, BLOCS]), found)


def write_blank(path: Path, xsd: Path) -> Path:
    """Write an ``accrochage.toml`` to fill, with a line for each element that holds a text; return its path.

    Raises
    ------
    CasekitError
        When the file is there already, or the schema cannot be read.
    """
    files = SchemaFiles(xsd)
    if not files.roots:
        raise CasekitError(f"{xsd.name} ne décrit aucun élément : demandez le schéma du fichier à déposer.")
    trees = [files.tree(root) for root in files.roots]
    within = {one.name for tree in trees for child in tree.children for one in child.every()}
    trees = [tree for tree in trees if tree.name not in within] or trees
    every = [one for tree in trees for one in tree.every()]
    lines = [line for one in every for line in _lines(one)]
    repeated = [f'# passage = "{one.path}"' for one in every if one.repeated and one.children]
    fields = [f"#   {{{name}}} : {told}" for name, told in FIELDS.items()]
    text = files_of("autograder.exports").joinpath(FILE).read_text(encoding="utf-8")
    for mark, said in (
        ("{xsd}", [" ".join(xsd.name.split())]), ("# {fields}", fields), ("# {repeated}", repeated or ["# aucun"]),
    ):  # fmt: skip
        text = text.replace(mark, "\n".join(said))
    try:
        with path.open("xb") as file:
            file.write((text + "\n".join(lines) + "\n").encode("utf-8"))
    except FileExistsError:
        raise CasekitError(f"{path} existe déjà : il n’est pas remplacé. Complétez-le, ou déplacez-le.") from None
    except OSError as error:
        raise CasekitError(f"{path} ne peut pas être écrit ({why(error)}).") from error
    return path


def _lines(one: Declared) -> list[str]:
    made = [
        f'# "{one.path}/@{name}" = ""{"" if needed else "  # facultatif"}' for name, needed in one.attributes.items()
    ]
    if not one.children and not one.bare:
        notes = ["facultatif"] if one.optional else []
        notes += ["peut être vide"] if one.nillable else []
        notes += [one.told] if one.told else []
        made.insert(0, f'# "{one.path}" = ""' + (f"  # {' ; '.join(notes)}" if notes else ""))
    return made


def _near(word: str, known: "Mapping[str, object] | set[str]") -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f" ; vouliez-vous « {near[0]} » ?" if near else ""
