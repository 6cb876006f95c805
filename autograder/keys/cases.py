"""A case as the trainer's side sees it: the tables of one variant and the right values computed from them."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from casestudies.answers import Unreadable, Value, decode
from casestudies.company import Company, Period, company_of

if TYPE_CHECKING:
    from autograder.keys.model import Asked

T = TypeVar("T")


class Case:
    """The tables, periods and derived facts of one company under one variant.

    ``value(asked)`` is the right answer to a question, or the learner's own where ``given`` replaces it, so that the
    same key function serves the truth and the consequence of an earlier mistake.
    """

    def __init__(
        self,
        company: Company,
        given: Mapping[str, Value] | None = None,
        facts: dict[Any, Any] | None = None,
        beside: Mapping[str, object] | None = None,
    ) -> None:
        """Wrap ``company``; ``given`` and ``beside`` map question ids to a learner's answers, read and as handed in."""
        self.company = company
        self._given = dict(given or {})
        self._facts: dict[Any, Any] = {} if facts is None else facts
        self._beside = dict(beside or {})

    def table(self, name: str) -> pd.DataFrame:
        """Return a copy of a table of the variant."""
        return self.company.table(name)

    def period(self, name: str) -> Period:
        """Return a named window."""
        return self.company.periods[name]

    def fact(self, compute: Callable[["Case"], T]) -> T:
        """Return ``compute(case)``, computed once for this variant; ``compute`` uses tables only."""
        if compute not in self._facts:
            self._facts[compute] = compute(self)
        found: T = self._facts[compute]
        return found

    @property
    def facts(self) -> Mapping[Any, Any]:
        """What was computed so far."""
        return self._facts

    def once(self, compute: Callable[["Case"], T]) -> T:
        """Return ``compute(case)``, computed once for this variant and these earlier answers of the learner."""
        wanted = (compute, tuple(sorted(self._given.items())))
        if wanted not in self._facts:
            self._facts[wanted] = compute(self)
        found: T = self._facts[wanted]
        return found

    def value(self, asked: "Asked") -> float:
        """Return the number that answers a question: the learner's where given, else the right one."""
        if asked.id in self._given:
            return float(self._given[asked.id])  # type: ignore[arg-type]
        return float(self.once(asked).right)  # type: ignore[arg-type]

    def given(self, answers: Mapping[str, Value]) -> "Case":
        """Return the same case seen through a learner's earlier answers."""
        return Case(self.company, answers, self._facts, self._beside)

    def beside(self, answers: Mapping[str, object]) -> "Case":
        """Return the same case with what the learner handed in elsewhere in the notebook, encoded, at hand."""
        return Case(self.company, self._given, self._facts, answers)

    def handed_in(self, question: str) -> Value | None:
        """Return what the learner handed in to another question of the notebook; None when it cannot be read.

        Only what compares two deliverables needs it (a crossing and the table it crosses); a value goes by ``value``.
        """
        kept = self._beside.get(question)
        found = None if kept is None else decode(kept)
        return None if isinstance(found, Unreadable) else found


@lru_cache(maxsize=8)
def case_of(company: str, learner: str, draw: int) -> Case:
    """Return the case of one learner at one draw; the last few are kept."""
    return Case(company_of(company, learner, draw))


def hypotheses(case: Case) -> Mapping[str, float]:
    """Return the management assumptions of a company by their short name."""
    table = case.table("hypotheses")
    return {str(name): float(value) for name, value in zip(table["cle"], table["valeur"], strict=True)}
