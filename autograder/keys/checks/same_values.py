"""The check of a small table of numbers: one number per label, whatever the order of rows and columns."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from autograder.keys.cases import Case
from autograder.keys.checks.choice import plain
from autograder.keys.checks.close_to import misconception_finding
from autograder.keys.checks.numbers import read_number, same
from autograder.keys.checks.spoken import unreadable_or_missing
from autograder.keys.model import Question
from casestudies.answers import Unreadable, Value
from casestudies.findings import Finding, Outcome


@dataclass(frozen=True)
class SameValues:
    """Accept a dict, a Series, or a table with a label column and one column of numbers.

    ``label`` names what each row is (« levier »), ``unit`` what the numbers are in.
    """

    label: str
    unit: str
    decimals: int | None = None

    def __call__(self, question: Question, case: Case, answer: Value | Unreadable) -> Finding:
        """Return the finding; each right label earns its share."""
        stopped = unreadable_or_missing(answer)
        if stopped:
            return stopped
        assert question.key is not None
        given = self._read(answer)  # type: ignore[arg-type]
        if given is None:
            message = (
                f"On attend un nombre par {self.label}, en {self.unit} : une série, ou un tableau à deux colonnes."
            )
            return Finding(Outcome.UNREADABLE, 0.0, message)
        key = question.key(case)
        right: Mapping[str, float] = key.right  # type: ignore[assignment]
        good = [name for name in right if self._agree(given, right, name)]
        if len(good) == len(right):
            return Finding(Outcome.RIGHT, 1.0, "Toutes les valeurs sont justes.")
        known = [w.misconception for w in key.wrong if all(self._agree(given, w.value, name) for name in right)]  # type: ignore[arg-type]
        if known:
            return misconception_finding(known)
        missing = [name for name in right if plain(name) not in given]
        remarks = tuple(f"« {name} » : absent." for name in missing) + tuple(
            f"« {name} » : à revoir." for name in right if name not in good and name not in missing
        )
        message = f"{len(good)} valeur(s) juste(s) sur {len(right)}."
        return Finding(
            Outcome.WRONG, len(good) / len(right), message, "Que change-t-il entre ces lignes ?", (), remarks
        )

    def _agree(self, given: Mapping[str, float], expected: Mapping[str, float], name: str) -> bool:
        step = 0.0 if self.decimals is None else 10.0**-self.decimals
        return plain(name) in given and same(given[plain(name)], expected[name], step)

    def _read(self, answer: Value) -> dict[str, float] | None:
        if isinstance(answer, pd.DataFrame) and answer.shape[1] == 2:
            labelled = plain(self.label) in [plain(name) for name in answer.columns]
            position = [plain(name) for name in answer.columns].index(plain(self.label)) if labelled else 0
            answer = dict(zip(answer.iloc[:, position], answer.iloc[:, 1 - position], strict=True))
        if not isinstance(answer, dict):
            return None
        numbers = {plain(name): read_number(item) for name, item in answer.items()}
        if any(number is None for number in numbers.values()):
            return None
        return {name: number.value for name, number in numbers.items() if number is not None}
