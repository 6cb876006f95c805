"""From text to a notebook's data: what JSON allows and people do not expect is noticed."""

import json
import re
from typing import Any

from autograder.grading.records import Incident
from autograder.grading.triage.refusal import NOTHING, RefusedError

MAX_DIGITS = 4000
"""Python itself refuses whole numbers of more than 4,300 digits."""
_CONFLICT = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)


def parse(text: str, closed: bool, notes: list[Incident]) -> dict[str, Any]:
    """Return the JSON object written in ``text``.

    Parameters
    ----------
    closed
        Whether every bracket of the text is closed, to tell a cut file from a damaged one.

    Raises
    ------
    RefusedError
        When the text is not JSON, or not an object.
    """
    watch = _Watch()
    options: dict[str, Any] = {"object_pairs_hook": watch.mapping, "parse_int": watch.integer}
    try:
        try:
            value = json.loads(text, **options)
        except json.JSONDecodeError as error:
            if not error.msg.startswith("Invalid control character"):
                raise
            value = json.loads(text, **options, strict=False)
            watch.remarks["des caractères de contrôle ont été remis en forme"] = None
    except json.JSONDecodeError as error:
        raise _damaged(text, closed, error) from error
    except RecursionError as error:
        raise RefusedError("le fichier imbrique trop de données : ce n’est pas un notebook.") from error
    if not isinstance(value, dict):
        raise RefusedError("le fichier n’est pas un notebook Jupyter.")
    notes.extend(Incident("remis-en-forme", f"{remark}.", NOTHING) for remark in watch.remarks)
    return value


class _Watch:
    """Notes, while JSON is read, what is kept otherwise than it was written."""

    def __init__(self) -> None:
        self.remarks: dict[str, None] = {}

    def mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return an object; a repeated key keeps its last value, as in JupyterLab."""
        found = dict(pairs)
        if len(found) != len(pairs):
            self.remarks["des champs écrits deux fois ont gardé leur dernière valeur"] = None
        return found

    def integer(self, digits: str) -> int:
        """Return a whole number; one that has thousands of digits becomes 0."""
        if len(digits) <= MAX_DIGITS:
            return int(digits)
        self.remarks["un nombre démesuré a été remplacé par zéro"] = None
        return 0


def _damaged(text: str, closed: bool, error: json.JSONDecodeError) -> RefusedError:
    where = f"JSON invalide, ligne {error.lineno}"
    if _CONFLICT.search(text):
        return RefusedError(f"le fichier contient des marques de conflit entre deux versions ({where}).")
    if error.msg == "Extra data":
        return RefusedError(f"le fichier contient autre chose après la fin du notebook ({where}).")
    if not closed:
        return RefusedError(f"le fichier est abîmé ou incomplet : il s’arrête avant la fin ({where}).")
    return RefusedError(f"le fichier est abîmé ou incomplet ({where}).")
