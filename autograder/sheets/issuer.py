"""Who issues the papers of a centre: the certificateur and its codes, the centre's logo, who signs for the centre."""

import re
import struct
from dataclasses import dataclass
from pathlib import Path

from autograder.sheets.certifier import MAX_TEXT, Certifier, read_certifier
from casestudies.errors import why
from casestudies.strict import Table

MAX_LOGO_BYTES = 200_000
MAX_LOGO_PX = 4000
PNG = b"\x89PNG\r\n\x1a\n"
KEYS = ("logo", "signataire", "qualite_signataire", "certificateur")
"""The keys of ``centre.toml`` that are read here."""


@dataclass(frozen=True)
class Logo:
    """A picture that was checked: PNG, or SVG that refers to nothing outside itself."""

    name: str
    content: bytes

    @property
    def is_png(self) -> bool:
        """Whether it is a PNG: the only one that a Word document takes."""
        return self.content.startswith(PNG)


@dataclass(frozen=True)
class Issuer:
    """What is printed of the certificateur and of the centre; what is empty is left out."""

    certifier: Certifier | None = None
    logo: Logo | None = None
    signatory: str = ""
    quality: str = ""

    @property
    def signed_by(self) -> str:
        """Who signs for the centre, with their quality; empty when nobody is named."""
        return ", ".join(one for one in (self.signatory, self.quality) if one)

    @property
    def name(self) -> str:
        """The certificateur's name, empty when it is not known."""
        return self.certifier.name if self.certifier else ""

    @property
    def code(self) -> str:
        """The code of the certification, empty when it is not known."""
        return self.certifier.rncp if self.certifier else ""

    def bloc_code(self, bloc: str) -> str:
        """Return the code of a bloc, empty when it is not known."""
        return self.certifier.bloc_codes.get(bloc, "") if self.certifier else ""


def read_issuer(root: Table, folder: Path) -> Issuer:
    """Return what ``centre.toml`` says of it; the logo is a file of ``folder``.

    Raises
    ------
    CentreError
        When a value is not one that it can have.
    """
    return Issuer(
        certifier=read_certifier(root.table("certificateur")) if "certificateur" in root.data else None,
        logo=_logo(root, folder) if "logo" in root.data else None,
        signatory=_short(root, "signataire"),
        quality=_short(root, "qualite_signataire"),
    )


def _short(table: Table, key: str) -> str:
    if key not in table.data:
        return ""
    text = " ".join(table.text(key).split())
    if len(text) > MAX_TEXT:
        table.fail(key, f"{MAX_TEXT} caractères au plus")
    return text


def _logo(root: Table, folder: Path) -> Logo:
    name = root.text("logo")
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        root.fail("logo", "un fichier du dossier du cours est attendu")
    try:
        size = path.stat().st_size
        if size > MAX_LOGO_BYTES:
            root.fail("logo", f"« {name[:40]} » pèse {size // 1000} ko : {MAX_LOGO_BYTES // 1000} ko au plus")
        content = path.read_bytes()
    except OSError as error:
        root.fail("logo", f"« {name[:40]} » ne peut pas être lu ({why(error)})")
    if problem := _problem(content):
        root.fail("logo", f"« {name[:40]} » {problem}")
    return Logo(path.name, content)


def _problem(content: bytes) -> str:
    """Return why a picture is not taken; empty for one that is."""
    if content.startswith(PNG):
        if len(content) < 33 or content[12:16] != b"IHDR":
            return "est un PNG abîmé"
        width, height = struct.unpack(">II", content[16:24])
        fits = 0 < width <= MAX_LOGO_PX and 0 < height <= MAX_LOGO_PX
        return "" if fits else f"mesure {width} × {height} pixels : {MAX_LOGO_PX} au plus de chaque côté"
    return _svg_problem(content)


def _svg_problem(content: bytes) -> str:
    text = content.decode("utf-8", errors="replace")
    if not re.match(r"\ufeff?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<svg[\s>]", text, re.DOTALL):
        return "n’est ni un PNG ni un SVG"
    if re.search(r"<!DOCTYPE|<!ENTITY|<script|<foreignObject|<style|<image|<text|url\(\s*['\"]?(?!#)", text, re.I):
        return "contient autre chose qu’un dessin : enregistrez-le en PNG, ou en SVG simple, textes en tracés"
    if re.search(r"href\s*=\s*['\"](?!#)", text):
        return "renvoie à un autre fichier : enregistrez-le en PNG"
    return ""
