"""The check of a budget shared between levers, and the rule about a ceiling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from autograder.keys.cases import Case
from autograder.keys.checks.numbers import misconception_finding
from autograder.keys.checks.reading import Keyed, Known, number_in, plain, read_number, same, settle
from autograder.keys.checks.tables import filled_rows, place, shown
from casestudies.answers import Value
from casestudies.findings import Finding, Outcome
from casestudies.french import short_number

if TYPE_CHECKING:
    from autograder.keys.model import Key


Split = Mapping[str, float]


@dataclass(frozen=True)
class BestSplit(Keyed):
    """Accept a split that captures at least ``enough`` of what the best one gains over a split to ``beat``.

    ``worth`` says what a split brings; ``budget`` what must be shared, and ``bounds`` the least and the most of each
    lever. The key holds the best split. A catalogued wrong split is recognised within ``step`` euros by lever. A split
    that gains something, though less than enough, earns half.
    """

    worth: Callable[[Case, Split], float]
    beat: Callable[[Case], Split]
    budget: Callable[[Case], float]
    bounds: Callable[[Case], Mapping[str, tuple[float, float]]]
    enough: float = 0.9
    step: float = 1000.0

    def judge(self, case: Case, key: Key, answer: Value) -> Finding:
        """Return the finding for one split."""
        best: Split = key.right  # type: ignore[assignment]
        given = read_split(answer, tuple(best))
        if isinstance(given, str):
            return Finding(Outcome.UNREADABLE, 0.0, given)
        known = [wrong.misconception for wrong in key.wrong if self._alike(given, wrong.value)]  # type: ignore[arg-type]
        if known:
            return misconception_finding(known)
        return self._outside(case, given) or self._judge(case, given, best)

    def _alike(self, given: Split, other: Split) -> bool:
        return all(same(given[name], other[name], 2 * self.step) for name in other)

    def _outside(self, case: Case, given: Split) -> Finding | None:
        edges = case.fact(self.bounds)
        remarks = tuple(
            f"« {name} » : {'sous sa borne basse' if given[name] < low else 'au-dessus de sa borne haute'}."
            for name, (low, high) in edges.items()
            if not low - 1 <= given[name] <= high + 1
        )
        gap, budget = sum(given.values()) - self.budget(case), self.budget(case)
        if gap > 0.001 * budget:
            remarks += ("Le total dépasse le budget décidé par la direction.",)
        elif gap < -0.005 * budget:
            remarks += ("Le total est inférieur au budget : il reste de l’argent à répartir.",)
        if not remarks:
            return None
        message = "Cette répartition ne respecte pas les limites du dossier."
        return Finding(
            Outcome.WRONG, 0.0, message, "Quelles bornes l’énoncé et la table « leviers » fixent-ils ?", (), remarks
        )

    def _judge(self, case: Case, given: Split, best: Split) -> Finding:
        floor = self.worth(case, case.fact(self.beat))
        gain = (self.worth(case, given) - floor) / (self.worth(case, best) - floor)
        if gain >= self.enough:
            return Finding(
                Outcome.RIGHT, 1.0, "Déplacer de l’argent d’un levier à l’autre ne ferait presque plus gagner."
            )
        question = "Sur quel levier le prochain millier d’euros rapporte-t-il le plus, et sur lequel le moins ?"
        if gain > 0:
            message = "Cette répartition fait mieux que reconduire celle d’aujourd’hui. On peut encore gagner."
            return Finding(Outcome.WRONG, 0.5, message, question)
        return Finding(
            Outcome.WRONG, 0.0, "Cette répartition ne fait pas mieux que reconduire celle d’aujourd’hui.", question
        )


def read_split(answer: Value, names: tuple[str, ...]) -> dict[str, float] | str:
    """Return the amount of each lever, or what is missing, in French.

    >>> read_split({"seo": "1 200 €"}, ("SEO",))
    {'SEO': 1200.0}
    """
    if isinstance(answer, pd.DataFrame) and answer.shape[1] == 2:
        answer = dict(zip(answer.iloc[:, 0], answer.iloc[:, 1], strict=True))
    if not isinstance(answer, dict):
        return 'On attend un montant par levier : {"SEO": 30000, …}.'
    read = {plain(name): read_number(amount) for name, amount in answer.items()}
    found: dict[str, float] = {}
    for name in names:
        number = read.get(plain(name))
        if number is None:
            return f"« {name} » : on attend un montant, en € HT."
        found[name] = number.value
    return found


_TOLERANCE = 0.005


@dataclass(frozen=True)
class BudgetWithin:
    """The amounts of ``name`` add up to ``value`` at most, and none is below zero."""

    name: str
    value: Known[float]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no amount, or else one when the sum is too high."""
        read = [(row, cell, number_in(cell)) for row, (cell,) in filled_rows(answer, self.name)]
        remarks = [
            f"{place(row, self.name)} : {shown(cell)} n’est pas un montant. Écrivez un nombre, en euros."
            for row, cell, number in read
            if number is None
        ] + [
            f"{place(row, self.name)} : {shown(cell)} est au-dessous de zéro. Une dépense s’écrit sans signe."
            for row, cell, number in read
            if number is not None and number < 0
        ]
        total = sum(number for _, _, number in read if number is not None)
        if remarks or total <= settle(self.value, case) + _TOLERANCE:
            return remarks
        return [
            f"Colonne « {self.name} » : le total, {short_number(total)} €, dépasse le plafond fixé dans le dossier. "
            "Réduisez ou écartez ce qui rapporte le moins."
        ]
