"""The check of a structured answer (table, note, chart), and the rules about its columns and cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from autograder.keys.cases import Case
from autograder.keys.checks.reading import is_blank, plain, unreadable_or_missing
from autograder.keys.checks.tables import (
    column,
    columns_looked_for,
    faults,
    filled_rows,
    label,
    place,
    reading,
    rows,
    shown,
)
from casestudies.answers import Unreadable, Value
from casestudies.charts import Chart
from casestudies.findings import Finding, Outcome
from casestudies.livrables.cells import MAX_ROWS

if TYPE_CHECKING:
    from autograder.keys.model import Question


class Rule(Protocol):
    """Looks at one aspect of a structured answer; returns what is missing, in French, and nothing when all is there."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return the remarks."""


KINDS: dict[str, tuple[type, str]] = {
    "table": (pd.DataFrame, "un tableau : une liste de lignes, ou un DataFrame"),
    "text": (str, "un texte entre guillemets"),
    "chart": (Chart, "votre graphique (l’objet « ax » de matplotlib)"),
}


@dataclass(frozen=True)
class Structure:
    """Apply ``rules`` to an answer of a ``kind`` (« table », « text », « chart »); each kept rule earns its share.

    A column that is missing is said once, by the rule ``Columns``: the rules that read it say and earn nothing.
    """

    kind: str
    rules: Sequence[Rule]

    def __call__(self, question: Question, case: Case, answer: Value | Unreadable) -> Finding:
        """Return « prêt à relire » or « à compléter », with what is missing; a table that is too long is not judged."""
        stopped = unreadable_or_missing(answer)
        if stopped:
            return stopped
        expected, words = KINDS[self.kind]
        if not isinstance(answer, expected):
            return Finding(Outcome.UNREADABLE, 0.0, f"On attend {words}.")
        if isinstance(answer, pd.DataFrame) and len(answer) > MAX_ROWS:
            message = (
                f"Le tableau compte {len(answer)} lignes : {MAX_ROWS} au plus. Gardez celles que la question demande."
            )
            return Finding(Outcome.UNREADABLE, 0.0, message)
        remarks = self.remarks_by_rule(answer, case)  # type: ignore[arg-type]
        kept = sum(found == [] for found in remarks)
        if kept == len(self.rules):
            return Finding(Outcome.READY, 1.0, "La forme est complète. Le fond sera relu par votre formateur.")
        listed = tuple(remark for found in remarks for remark in found or ())
        message = "La forme est à compléter avant la relecture par votre formateur."
        return Finding(Outcome.TO_COMPLETE, kept / len(self.rules), message, "", (), listed)

    def remarks_by_rule(self, answer: Value, case: Case) -> list[list[str] | None]:
        """Return the remarks of each rule, None when a column that it reads is missing: it has nothing to judge."""
        absent: set[str] = set()
        if isinstance(answer, pd.DataFrame):
            columns = [rule for rule in self.rules if isinstance(rule, Columns)]
            absent = {plain(name) for rule in columns for name in rule.missing(answer)}
        remarks: list[list[str] | None] = []
        with reading(answer):
            for rule in self.rules:
                with columns_looked_for() as looked_for:
                    found = rule(answer, case)
                remarks.append(None if looked_for & absent else found)
        return remarks


_MESSAGES = {
    Outcome.READY: "Le tableau est complet, et ses valeurs sont bien celles que donnent vos tables.",
    Outcome.TO_COMPLETE: "Le tableau est à compléter ou à corriger.",
}


@dataclass(frozen=True)
class ComputedTable(Structure):
    """A structure check whose rules also cover the values, so that it announces no review by people."""

    def __call__(self, question: Question, case: Case, answer: Value | Unreadable) -> Finding:
        """Return the finding of the structure check, in the words of a table that is computed."""
        finding = super().__call__(question, case, answer)
        return replace(finding, message=_MESSAGES.get(finding.outcome, finding.message))


@dataclass(frozen=True)
class Columns:
    """Every name of ``names`` is a column, whatever the order; there are at least ``rows`` rows."""

    names: tuple[str, ...]
    rows: int = 1

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return the missing columns, and what is missing in rows."""
        assert isinstance(answer, pd.DataFrame)
        missing = [f"La colonne « {name} » manque." for name in self.missing(answer)]
        if len(answer) < self.rows:
            missing.append(f"Il faut au moins {self.rows} lignes ; le tableau en compte {len(answer)}.")
        return missing

    def missing(self, table: pd.DataFrame) -> list[str]:
        """Return the names that ``table`` lacks."""
        present = {plain(name) for name in table.columns}
        return [name for name in self.names if plain(name) not in present]


@dataclass(frozen=True)
class Filled:
    """Each of ``names`` is filled in every row."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row and column left empty."""
        remarks = []
        for name in self.names:
            empty = [str(row) for row, cell in enumerate(column(answer, name), start=1) if is_blank(cell)]
            if empty:
                remarks.append(f"Colonne « {name} » : case vide à la ligne {', '.join(empty)}.")
        return remarks


@dataclass(frozen=True)
class FilledWhen:
    """The cell of ``name`` is filled in each row where every column of ``when`` holds one of its values."""

    name: str
    when: tuple[tuple[str, tuple[str, ...]], ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per blank cell of a row that is concerned."""
        conditions = [column(answer, other) for other, _ in self.when]
        wanted = [{plain(value) for value in values} for _, values in self.when]
        remarks = []
        for row, (cell,) in rows(answer, self.name):
            held = [cells[row - 1] if row <= len(cells) else None for cells in conditions]
            met = all(plain(value) in values for value, values in zip(held, wanted, strict=True))
            if met and is_blank(cell):
                said = " et ".join(f"« {value} »" for value in held)
                remarks.append(f"{place(row, self.name)} : à remplir, puisque la ligne dit {said}.")
        return remarks


@dataclass(frozen=True)
class SomeFilled:
    """At least ``least`` rows have something in the column ``name``; ``what`` says what it holds, in French."""

    name: str
    what: str
    least: int = 1

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when too few cells are filled."""
        found = len(list(filled_rows(answer, self.name)))
        if found >= self.least:
            return []
        return [
            f"Colonne « {self.name} » : {found} ligne(s) remplie(s) ; "
            f"donnez {self.what} dans au moins {self.least} ligne(s)."
        ]


@dataclass(frozen=True)
class Allowed:
    """Each filled cell of ``name`` is one of ``values``, whatever its case and accents."""

    name: str
    values: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row with another value."""
        known = {plain(value) for value in self.values}
        listed = ", ".join(f"« {value} »" for value in self.values)

        def fault(cell: object) -> str:
            return "" if plain(cell) in known else f"« {str(cell)[:40]} » n’est pas une valeur prévue ({listed})."

        return faults(answer, fault, self.name)


@dataclass(frozen=True)
class AllowedFor:
    """In a row labelled ``label``, the cell of ``name`` is one of ``values[label]``, whatever case and accents."""

    label: str
    name: str
    values: Mapping[str, tuple[str, ...]]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row with another value; unknown labels and empty cells are left to other rules."""
        known = {plain(title): (title, values) for title, values in self.values.items()}
        remarks = []
        for _, (given, cell) in rows(answer, self.label, self.name):
            title, values = known.get(plain(given), ("", ()))
            if title and not is_blank(cell) and plain(cell) not in map(plain, values):
                listed = " ou ".join(f"« {value} »" for value in values)
                remarks.append(
                    f"Ligne « {title} », colonne « {self.name} » : "
                    f"on attend {listed}, vous avez écrit « {str(cell)[:40]} »."
                )
        return remarks


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

        def fault(cell: object) -> str:
            agrees = re.fullmatch(self.pattern, label(cell))
            return "" if agrees else f"{shown(cell)} n’a pas la forme attendue. On attend {self.what}."

        return faults(answer, fault, self.name)
