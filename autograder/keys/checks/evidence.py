"""Rules about what a table cites: tables and questions of the course, facts of the case, rows of another table."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.keys.cases import Case
from autograder.keys.checks.reading import plain
from autograder.keys.checks.tables import (
    Row,
    by_plain,
    cited,
    column,
    faults,
    filled_records,
    filled_rows,
    ids_handed_in,
    ids_of,
    label,
    other_table,
    place,
    shown,
)
from casestudies.answers import Value

if TYPE_CHECKING:
    from autograder.keys.model import Question


_QUESTION = re.compile(r"\b[a-z]\d-[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True)
class CitesEvidence:
    """Each filled cell of ``name`` cites a table (« ventes_jour ») or a question (« q2-net ») that exists.

    ``questions`` gives the questions about the company of this slug.
    """

    name: str
    questions: Callable[[str], Sequence[Question]]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that cites nothing, or a question that does not exist."""
        questions = {question.id for question in self.questions(case.company.slug)}
        tables = list(case.company.specs())

        def fault(cell: object) -> str:
            text = str(cell).lower()
            cited = _QUESTION.findall(text)
            unknown = [name for name in cited if name not in questions]
            if unknown:
                return f"la question « {unknown[0]} » n’existe pas."
            if cited or set(tables) & set(_NAME.findall(text)):
                return ""
            return f"citez une table (par exemple « {tables[0]} ») ou une question du notebook."

        return faults(answer, fault, self.name)


@dataclass(frozen=True)
class EvidenceExists:
    """Every id cited in ``name``, apart by commas or spaces, is in the column ``column`` of a table of the case."""

    name: str
    table: str
    column: str

    def known(self, case: Case) -> dict[str, str]:
        """Return the ids that the table holds, by their plain writing."""
        return by_plain(ids_of(case.table(self.table)[self.column]))

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that cites something else."""
        known = case.fact(self.known)

        def fault(cell: object) -> str:
            found, unknown = cited(cell, known)
            if found and not unknown:
                return ""
            return (
                f"{shown(unknown[0] if unknown else cell)} n’est pas dans la colonne « {self.column} » de la table "
                f"« {self.table} ». Recopiez les identifiants tels quels, séparés par des virgules."
            )

        return faults(answer, fault, self.name)


@dataclass(frozen=True)
class EvidenceSupports:
    """In each row, at least ``least`` ids of ``name`` are among those that ``supporting`` finds for the row.

    ``supporting(case, row)`` returns the ids that would do, or None for a row that is not concerned; ``what`` says in
    French what they must be. No id that would do is ever said.
    """

    name: str
    supporting: Callable[[Case, Row], Collection[str] | None]
    what: str
    least: int = 1

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose evidence is too thin or says something else."""
        remarks = []
        for row, cell, record in filled_records(answer, self.name):
            known = self.supporting(case, record)
            if known is None:
                continue
            found, others = cited(cell, by_plain(known))
            if others:
                remarks.append(
                    f"{place(row, self.name)} : « {others[0]} » n’est pas {self.what}. Relisez-le ou citez-en un autre."
                )
            elif len(set(found)) < self.least:
                remarks.append(f"{place(row, self.name)} : on attend au moins {self.least} preuves différentes.")
        return remarks


@dataclass(frozen=True)
class ExistingIds:
    """Every id cited in ``name`` is in the column ``column`` of the table handed in to ``question``.

    Nothing is said while that table is missing: it has its own question.
    """

    name: str
    question: str
    column: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that cites an unknown id."""
        known = by_plain(ids_handed_in(case, self.question, self.column))

        def fault(cell: object) -> str:
            _, unknown = cited(cell, known)
            if not unknown:
                return ""
            return (
                f"{shown(unknown[0])} n’est pas dans la colonne « {self.column} » de votre réponse à "
                f"« {self.question} ». Reprenez un identifiant de ce tableau, ou complétez-le."
            )

        return faults(answer, fault, self.name) if known else []


@dataclass(frozen=True)
class CoversAll:
    """Every id of the column ``column`` of the table handed in to ``question`` is cited in ``name``.

    Nothing is said while that table is missing: it has its own question.
    """

    name: str
    question: str
    column: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per id that no row cites."""
        known = by_plain(ids_handed_in(case, self.question, self.column))
        met = {plain(one) for cell in column(answer, self.name) for one in cited(cell, known)[0]}
        return [
            f"Colonne « {self.name} » : aucune ligne ne cite « {one} », de votre réponse à « {self.question} ». "
            "Reliez-le à une ligne au moins."
            for one in known.values()
            if plain(one) not in met
        ]


@dataclass(frozen=True)
class CrossedKinds:
    """Each row cites at least one row of each of the two kinds that its ``crossing`` states, and none of another kind.

    ``ids`` is the column of the cited ids; they are rows of the table handed in to ``question``, known by its column
    ``key`` and sorted by its column ``kind``. ``expected`` gives the two kinds of each crossing. Unknown ids, unknown
    crossings and a missing table are left to other rules.
    """

    crossing: str
    ids: str
    question: str
    key: str
    kind: str
    expected: Mapping[str, tuple[str, str]]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per crossing that does not cross what it says."""
        other = other_table(case, self.question)
        if other is None:
            return []
        kinds = {label(key): plain(kind) for _, (key, kind) in filled_rows(other, self.key, self.kind)}
        known, pairs = by_plain(kinds), {plain(name): wanted for name, wanted in self.expected.items()}
        remarks = []
        for row, (name, cell) in filled_rows(answer, self.crossing, self.ids):
            found, unknown = cited(cell, known)
            wanted = pairs.get(plain(name))
            if wanted is None or unknown or not found:
                continue
            if {kinds[one] for one in found} != {plain(kind) for kind in wanted}:
                remarks.append(
                    f"{place(row, self.ids)} : {shown(name)} croise au moins une ligne « {wanted[0]} » et une ligne "
                    f"« {wanted[1]} » de votre tableau, et rien d’autre. Relisez les lignes citées."
                )
        return remarks
