"""Files that are not notebooks, recognised by their first bytes: what people hand in under the name of a notebook."""

import re

from autograder.grading.triage.refusal import RefusedError

SIGNATURES = (
    (b"%PDF", "un document PDF"),
    (b"{\\rtf", "un document RTF"),
    (b"\x1f\x8b", "une archive compressée"),
    (b"7z\xbc\xaf\x27\x1c", "une archive 7z"),
    (b"Rar!", "une archive RAR"),
    (b"\x89PNG", "une image PNG"),
    (b"\xff\xd8\xff", "une photo JPEG"),
    (b"\xd0\xcf\x11\xe0", "un document Office d’ancien format"),
    (b"SQLite format 3", "une base de données"),
)
ZIPPED = (
    (b"word/", "un document Word"),
    (b"xl/", "un classeur Excel"),
    (b"ppt/", "une présentation PowerPoint"),
    (b"opendocument", "un document LibreOffice"),
    (b".ipynb", "une archive zip qui contient un notebook"),
)
"""What betrays the kind of a zip file, in its first bytes and in its table of contents, which stands at its end."""

_ASK = "Demandez le notebook lui-même, le fichier « .ipynb » tel que JupyterLab l’enregistre."
_UNZIP = "Décompressez l’archive dans le dossier de la copie, ou demandez le fichier « .ipynb » seul."
_PYTHON = re.compile(r"^(?:# In ?\[|#!.*python|import \w|from [\w.]+ import |def \w+\(|print\()", re.MULTILINE)
_HEAD, _TAIL = 4096, 65536


def refuse_other_kinds(data: bytes) -> None:
    """Do nothing when ``data`` may be a notebook.

    Raises
    ------
    RefusedError
        When it is empty or known to be something else, which is named.
    """
    if not data[:_HEAD].strip(b"\0 \t\r\n") and not data.strip(b"\0 \t\r\n"):
        raise RefusedError("le fichier est vide." if not data.strip() else "le fichier ne contient que des zéros.")
    kind = next((kind for signature, kind in SIGNATURES if data.startswith(signature)), "")
    if kind:
        raise RefusedError(f"le fichier est en réalité {kind}.", _ASK)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        seen = data[:_HEAD] + data[-_TAIL:]
        kind = next((kind for mark, kind in ZIPPED if mark in seen), "une archive zip")
        raise RefusedError(f"le fichier est en réalité {kind}.", _UNZIP if "archive" in kind else _ASK)


def refuse_other_texts(text: str) -> None:
    """Do nothing when ``text`` begins like a JSON object.

    Raises
    ------
    RefusedError
        When it does not, with what it seems to be.
    """
    head = text[:_HEAD].lstrip()
    if head.startswith("{"):
        return
    if re.match(r"<!doctype html|<html", head, re.IGNORECASE):
        raise RefusedError(
            "le fichier est en réalité une page HTML (un export du notebook, ou une page de connexion).", _ASK
        )
    if head.startswith("<?xml"):
        raise RefusedError("le fichier est en réalité un document XML.", _ASK)
    if head.startswith("["):
        raise RefusedError("le fichier est du JSON, mais pas un notebook Jupyter.", _ASK)
    if _PYTHON.search(head):
        raise RefusedError("le fichier est en réalité un script Python : les cellules du notebook sont perdues.", _ASK)
    strange = sum(not (one.isprintable() or one.isspace()) or one == "\ufffd" for one in head)
    if strange > len(head) / 10:
        raise RefusedError("le fichier n’est pas du texte : ce n’est pas un notebook Jupyter.", _ASK)
    raise RefusedError("le fichier est du texte, pas un notebook Jupyter.", _ASK)
