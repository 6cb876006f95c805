"""Deadlines and extensions (``echeances.csv``) against the times of the gradebook: who handed in late, by how much.

One line for the whole class (« identifiant » empty) or for one learner, whose line wins. A time without an hour is the
end of the day; hours are those of Paris.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from nbgrader.api import Gradebook, MissingEntry

from autograder.course.course import Course
from autograder.course.lists import FileRow, read_day, read_hour, read_rows
from autograder.grading.records import Incident

FILE = "echeances.csv"
COLUMNS = ("evaluation", "identifiant", "echeance", "motif")
CODE = "en-retard"
HERE = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Late:
    """Somebody's hand-in beyond their deadline; both times are in UTC."""

    due: datetime
    handed_in: datetime

    @property
    def by(self) -> str:
        """By how much, in words."""
        over = self.handed_in - self.due
        hours = over.seconds // 3600
        if over.days:
            return f"{over.days} jour{'s' if over.days > 1 else ''}"
        return f"{hours} h" if hours else "moins d’une heure"

    @property
    def refusal(self) -> str:
        """What is said in place of each verdict where the centre takes no late copy."""
        return f"Copie non recevable (réglage du centre) : {self.incident.what}"

    @property
    def incident(self) -> Incident:
        """What is said of it on the sheet."""
        what = f"Remis {_shown(self.handed_in)}, en retard de {self.by} (échéance : {_shown(self.due)})."
        return Incident(CODE, what, f"Un délai accordé s’écrit dans {FILE} ; la fiche en tient compte aussitôt.")


def deadlines(course: Course, assignment: str) -> dict[str, datetime]:
    """Return the deadlines of an assignment, by learner, "" for the class, in UTC; none without the file.

    Raises
    ------
    CasekitError
        When a line is not filled as it must be: nothing is then concluded from the file.
    """
    path = course.root / FILE
    if not path.exists():
        return {}
    rows, problems = read_rows(path, COLUMNS[:3], COLUMNS[3:])
    known, learners = course.assignments(), course.learners()
    found: dict[str, datetime] = {}
    for row in rows:
        if row["evaluation"] not in known:
            row.fail(f"le cours n’a pas d’évaluation « {row['evaluation'][:40]} ».")
        if row["identifiant"] and row["identifiant"] not in learners:
            row.fail(f"« {row['identifiant'][:40]} » n’est pas dans eleves.csv.")
        moment = _moment(row)
        if row["evaluation"] != assignment or moment is None:
            continue
        if row["identifiant"] in found:
            row.fail("une autre ligne donne déjà cette échéance : gardez-en une.")
        found[row["identifiant"]] = moment
    problems.settle("Les échéances n’ont pas été lues : corrigez ces lignes, puis relancez.")
    return found


def late_copies(due: Mapping[str, datetime], handed_in: Mapping[str, datetime]) -> dict[str, Late]:
    """Return who handed in after their own deadline, or the class's."""
    return {
        learner: Late(limit, moment)
        for learner, moment in handed_in.items()
        if (limit := due.get(learner, due.get(""))) is not None and moment > limit
    }


def hand_in_times(course: Course, assignment: str) -> Mapping[str, datetime]:
    """Return when each copy was handed in, where that is known, in UTC."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            copies = gradebook.assignment_submissions(assignment)
        except MissingEntry:
            return {}
        return {one.student_id: one.timestamp.replace(tzinfo=UTC) for one in copies if one.timestamp}


def _moment(row: FileRow) -> datetime | None:
    day, _, hour = row["echeance"].replace("T", " ").partition(" ")
    found, clock = read_day(day), read_hour(hour.strip().removeprefix("à")) if hour else time.max
    if found is None or clock is None:
        shown = row["echeance"][:40]
        row.fail(f"« {shown} » n’est pas une échéance : écrivez JJ/MM/AAAA, ou JJ/MM/AAAA HH:MM (heure de Paris).")
        return None
    return datetime.combine(found, clock, HERE).astimezone(UTC)


def _shown(moment: datetime) -> str:
    return f"le {moment.astimezone(HERE):%d/%m/%Y à %H:%M}"
