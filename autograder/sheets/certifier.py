"""Who certifies, the table « certificateur » of ``centre.toml``: what papers and credentials say of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from autograder.referentiel import load_referentiel
from casestudies.strict import Table

MAX_TEXT = 200
LA_POSTE = "356000000"
"""The SIREN whose establishments have another check: the sum of their digits is a multiple of 5."""
_CODE = re.compile(r"(?:RNCP|RS)[0-9]{1,6}")
_BLOC_CODE = re.compile(r"(?:RNCP|RS)[0-9]{1,6}BC[0-9]{2}")


@dataclass(frozen=True)
class Certifier:
    """What a centre wrote of who certifies; a text that nobody wrote is empty.

    ``rncp`` and ``bloc_codes`` (by bloc of the référentiel) are those of the national directories (RNCP or RS).
    """

    name: str
    site: str = ""
    siret: str = ""
    rncp: str = ""
    bloc_codes: Mapping[str, str] = field(default_factory=dict)


def read_certifier(table: Table) -> Certifier:
    """Return what a table says, once its site, SIRET and RNCP code look as such things look.

    Raises
    ------
    ContentError
        When a key is unknown, the name is absent, or a text cannot be what its key says.
    """
    table.only("nom", optional=("site", "siret", "rncp", "blocs"))
    name, site, siret, rncp = (" ".join(table.text(key, "").split()) for key in ("nom", "site", "siret", "rncp"))
    if len(name) > MAX_TEXT:
        table.fail("nom", f"{MAX_TEXT} caractères au plus")
    if site and not _is_site(site):
        table.fail("site", "une adresse complète est attendue, qui commence par « https:// »")
    siret = siret.replace(" ", "")
    if siret and not is_siret(siret):
        table.fail("siret", "les 14 chiffres du SIRET sont attendus ; ceux-ci ne vont pas ensemble")
    blocs = _bloc_codes(table.table("blocs")) if "blocs" in table.data else {}
    return Certifier(name, site, siret, _code(table, "rncp", rncp, _CODE, "« RNCP » suivi de chiffres"), blocs)


def _bloc_codes(table: Table) -> dict[str, str]:
    known = load_referentiel().blocs
    for key in table.data:
        if key not in known:
            table.fail(key, f"le référentiel n’a que les blocs {', '.join(known)}")
    expected = "celui de la fiche RNCP, comme RNCP00000BC01"
    return {key: _code(table, key, table.text(key), _BLOC_CODE, expected) for key in table.data}


def _code(table: Table, key: str, text: str, form: re.Pattern[str], expected: str) -> str:
    code = text.replace(" ", "").upper()
    if code and not form.fullmatch(code):
        table.fail(key, f"« {code[:40]} » n’est pas un code : {expected}")
    return code


def is_siret(text: str) -> bool:
    """Tell whether 14 digits check, as Luhn has it, or as La Poste's do (INSEE, « Numéro SIRET »).

    >>> is_siret("73282932000074"), is_siret("73282932000075"), is_siret("356000000")
    (True, False, False)
    """
    if not re.fullmatch(r"[0-9]{14}", text):
        return False
    digits = [int(sign) for sign in text]
    doubled = (sum(divmod(2 * digit, 10)) if place % 2 == 0 else digit for place, digit in enumerate(digits))
    return sum(doubled) % 10 == 0 or (text.startswith(LA_POSTE) and sum(digits) % 5 == 0)


def _is_site(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and "." in parts.netloc and " " not in text and len(text) <= MAX_TEXT
