"""Rules of notebook 04 that read Bocanterre's own tables: the season of a period, what a calendar announces."""

from dataclasses import dataclass
from datetime import date

from autograder.keys.cases import Case
from autograder.keys.checks.dates import read_date
from autograder.keys.checks.reading import plain
from autograder.keys.checks.tables import Row, filled_rows, label, other_table, place, shown
from autograder.keys.questions.e1_strategie import calendrier as facts
from casestudies.answers import Value


def month_index(case: Case, row: Row) -> float | None:
    """Return the index of the month when the period of a row starts."""
    start = read_date(row["début"])
    return None if start is None else case.fact(facts.month_indices)[start.month]


def expected_days(case: Case, row: Row) -> float | None:
    """Return the days that the format of a row is expected to take."""
    known = {plain(name): one.expected for name, one in case.fact(facts.times).items()}
    return known.get(plain(row["format"]))


def absences(case: Case) -> dict[tuple[str, date], str]:
    """Return why a role is away (« congé », « école »), by role written plainly and day."""
    team = case.table("equipe_dispo")
    away = team[(team["heures_dispo"] <= 0) & ~team["statut"].isin(["week-end", "férié"])]
    return {
        (plain(role), day.date()): str(state)
        for role, day, state in zip(away["role"], away["date"], away["statut"], strict=True)
    }


@dataclass(frozen=True)
class InYear:
    """Each day of the columns ``names`` is in ``year``."""

    names: tuple[str, ...]
    year: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per day of another year; unreadable days are left to other rules."""
        return [
            f"{place(row, name)} : {shown(cell)} n’est pas en {self.year}, l’année du calendrier demandé."
            for name in self.names
            for row, (cell,) in filled_rows(answer, name)
            if (day := read_date(cell)) and day.year != self.year
        ]


@dataclass(frozen=True)
class RoleThere:
    """On each day of ``day``, the role of ``role`` is not away, as far as the table of the team knows."""

    day: str
    role: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose role is away; unreadable days are left to other rules."""
        away = case.fact(absences)
        remarks = []
        for row, (cell, role) in filled_rows(answer, self.day, self.role):
            written = read_date(cell)
            reason = away.get((plain(role), written)) if written else None
            if reason:
                remarks.append(
                    f"{place(row, self.day)} : ce jour-là, {shown(role)} est absent ({reason}). "
                    "Changez de jour ou de responsable."
                )
        return remarks


@dataclass(frozen=True)
class ServesPeriods:
    """Each period of the table handed in to ``question`` has a content between its preparation and its last day.

    ``day`` is the column of the days of publication. Nothing is said while the periods are missing.
    """

    day: str
    question: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per period that no content announces."""
        periods = other_table(case, self.question)
        if periods is None:
            return []
        days = [day for _, (cell,) in filled_rows(answer, self.day) if (day := read_date(cell))]
        remarks = []
        for _, (name, first, last) in filled_rows(periods, "opération", "préparation_dès", "fin"):
            start, end = read_date(first), read_date(last)
            if start and end and not any(start <= day <= end for day in days):
                remarks.append(
                    f"Aucun contenu n’annonce « {label(name)[:60]} », de votre tableau des périodes, entre sa "
                    "préparation et son dernier jour. Ajoutez-en un."
                )
        return remarks
