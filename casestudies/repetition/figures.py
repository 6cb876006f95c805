"""Questions on a learner's own figures: answers of theirs that were found right, and the proofs of their slides.

Nothing else is quoted, so that no value is given away to somebody who has not found it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

from casestudies.answers import decode
from casestudies.french import french_list, french_number, short_number
from casestudies.quoting import quoted
from casestudies.repetition.model import OralQuestion, RehearsedTalk
from casestudies.strict import ContentError, Table

FILE = Path(__file__).with_name("chiffres.toml")
ORIGIN = "sur un chiffre à vous"
FORMS = ("pourcentage", "jours", "euros", "nombre")
MOST_VALUES = 3
ON_A_PROOF = (
    "Diapositive {number}, vous montrez {proof}. D’où vient ce chiffre, et qui d’autre peut le refaire ?",
    "Diapositive {number}, vous montrez {proof}. Qu’est-ce qui pourrait fausser ce chiffre, et comment le savez-vous ?",
    "Diapositive {number}, vous montrez {proof}. À partir de quelle valeur auriez-vous décidé autre chose ?",
)
NO_FIGURE = OralQuestion(
    "chiffre",
    "Quel chiffre de votre dossier porte votre décision, et que feriez-vous s’il était deux fois plus petit ?",
    "sur un chiffre que vous choisirez : aucun n’est encore connu ici",
)
_NAMED = re.compile(r"\b[a-z]\d-[a-z0-9-]+|\b\w*_\w+", re.IGNORECASE)
"""Names of questions and of tables: their digits are no figures."""


@dataclass(frozen=True)
class AskedFigure:
    """What a jury asks about the answer to one question; ``text`` has the place of its value."""

    question: str
    form: str
    text: str


class FigureError(ContentError):
    """The questions on own figures do not say what they must."""


@cache
def asked_figures(path: Path = FILE) -> tuple[AskedFigure, ...]:
    """Return what is asked of each answer, in the order of the notebook.

    Raises
    ------
    FigureError
        When the file does not say what it must.
    """
    table = Table.read(path, FigureError)
    table.only("chiffres")
    return tuple(_asked(one) for one in table.tables("chiffres"))


def _asked(table: Table) -> AskedFigure:
    table.only("question", "forme", "texte")
    if "{valeur}" not in table.text("texte"):
        table.fail("texte", "la place de « {valeur} » est attendue")
    return AskedFigure(table.text("question"), table.one_of("forme", FORMS), table.text("texte"))


def own_questions(right: Mapping[str, Mapping[str, Any]], talk: RehearsedTalk) -> list[OralQuestion]:
    """Return the questions that can be asked on figures of one's own; one that names none when there are none.

    ``right`` holds the encoded answers that were found right, by question.
    """
    found = [
        OralQuestion(one.question, one.text.replace("{valeur}", value), ORIGIN)
        for one in asked_figures()
        if one.question in right and (value := _said(decode(right[one.question]), one.form))
    ]
    shown = [one for one in talk.slides if re.search(r"\d", _NAMED.sub(" ", one.proof))]
    found += [OralQuestion(f"diapositive-{one.number}", _on_a_proof(one.number, one.proof), ORIGIN) for one in shown]
    return found or [NO_FIGURE]


def _on_a_proof(number: int, proof: str) -> str:
    return ON_A_PROOF[number % len(ON_A_PROOF)].format(number=number, proof=quoted(proof))


def _said(value: object, form: str) -> str:
    """Return the number of an answer, or its few numbers, as one says them aloud; nothing for anything else.

    >>> _said({"a": 0.414, "b": 0.12}, "pourcentage").replace("\u00a0", " ")
    '41 % et 12 %'
    """
    values = list(value.values()) if isinstance(value, dict) else [value]
    numbers = [float(one) for one in values if isinstance(one, int | float) and not isinstance(one, bool)]
    if not numbers or len(numbers) != len(values) or len(numbers) > MOST_VALUES or not all(map(isfinite, numbers)):
        return ""
    return french_list(_aloud(one, form) for one in sorted(numbers, reverse=True))


def _aloud(number: float, form: str) -> str:
    match form:
        case "pourcentage":
            return french_number(100 * number, 0, "%")
        case "euros":
            return french_number(number, 0, "€")
        case "jours":
            return f"{short_number(number, 1)} jour{'s' if abs(number) >= 2 else ''}"
        case _:
            return short_number(number)
