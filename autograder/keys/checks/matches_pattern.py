"""Rule: what has a set form is written in that form."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.tables import filled_rows, label, place, shown
from casestudies.answers import Value


@dataclass(frozen=True)
class MatchesPattern:
    """Each filled cell of ``name`` is, whole, what ``pattern`` describes; a text has such a passage.

    ``what`` says the expected form in French (« AAAA-MM-JJ_objet_v1 »).
    """

    name: str
    pattern: str
    what: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell in another form."""
        if isinstance(answer, str):
            found = re.search(self.pattern, answer, re.MULTILINE)
            return [] if found else [f"Votre texte ne contient pas {self.what}. Ajoutez-le sous cette forme."]
        return [
            f"{place(row, self.name)} : {shown(cell)} n’a pas la forme attendue. On attend {self.what}."
            for row, (cell,) in filled_rows(answer, self.name)
            if not re.fullmatch(self.pattern, label(cell))
        ]
