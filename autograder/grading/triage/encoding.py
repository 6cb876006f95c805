"""From the bytes of a file to text: byte order marks and other encodings are put right."""

import json

from autograder.grading.records import Incident
from autograder.grading.triage.refusal import NOTHING, RefusedError

BOM = b"\xef\xbb\xbf"
MAX_WIDE = 64 * 2**20
"""The largest UTF-16 or UTF-32 file that is converted, in bytes."""


def without_marks(data: bytes, notes: list[Incident]) -> bytes:
    """Return ``data`` in a one-byte encoding without a byte order mark; say in ``notes`` what was changed.

    Raises
    ------
    RefusedError
        When the file announces UTF-16 or UTF-32 and is not, or is too large to be converted.
    """
    announced = json.detect_encoding(data[:64])
    if announced == "utf-8":
        return data
    if announced == "utf-8-sig":
        notes.append(Incident("encodage", "une marque d’encodage (BOM) en tête du fichier a été enlevée.", NOTHING))
        return data.removeprefix(BOM)
    name = announced[:6].upper()
    if len(data) > MAX_WIDE:
        raise RefusedError(f"le fichier, en {name}, dépasse {MAX_WIDE // 2**20} Mio.")
    try:
        text = data.decode(announced)
    except UnicodeDecodeError as error:
        raise RefusedError("le fichier n’est pas du texte UTF-8.") from error
    notes.append(Incident("encodage", f"le fichier, enregistré en {name}, a été converti en UTF-8.", NOTHING))
    return text.lstrip("\ufeff").encode("utf-8", "replace")


def as_text(data: bytes, notes: list[Incident]) -> str:
    """Return the text of ``data``, read as UTF-8, else as Windows-1252 when it begins like a notebook.

    Raises
    ------
    RefusedError
        When it is neither.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not data.lstrip().startswith(b"{"):
            raise RefusedError("le fichier n’est pas du texte UTF-8.") from error
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise RefusedError("le fichier n’est pas du texte UTF-8.") from error
        what = "le fichier n’était pas en UTF-8 ; il a été relu comme du Windows-1252."
        notes.append(Incident("encodage", what, "Vérifiez les accents des textes rédigés."))
    stripped = text.rstrip("\0")
    if len(stripped) != len(text):
        what = "des zéros à la fin du fichier ont été enlevés."
        notes.append(Incident("remis-en-forme", what, "Vérifiez que la copie est complète."))
    return stripped
