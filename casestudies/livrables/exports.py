"""The tasks of a deliverable taken elsewhere: a calendar (ICS, RFC 5545) and a table for a task board (CSV).

The library ``icalendar`` writes the calendar: pure Python, so that it runs in a browser too.
"""

import codecs
import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from casestudies.display import Card
from casestudies.downloads import FileLink, LinkedCard
from casestudies.errors import CasekitError
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.places import FOLDER
from casestudies.livrables.store import write_file
from casestudies.livrables.tasks import DatedAction, tasks_of, undated
from casestudies.quoting import printable
from casestudies.spreadsheets import safe_for_csv, spreadsheet
from casestudies.typography import french

BOARD = ("title", "start", "due", "assignee", "labels", "description")
"""The columns that task boards recognise by themselves, whatever the language of their pages."""


def calendar_of(deliverable: Deliverable, rows: Sequence[Row], moment: datetime) -> bytes:
    """Return the calendar: an event of whole days for each task, whose end is the day after its last one.

    A task keeps its UID as long as it keeps its name, so that a calendar which has it already moves it.
    """
    from icalendar import Calendar, Event  # it is heavy: only when asked for

    calendar = Calendar()
    calendar.add("prodid", "-//casekit//livrables//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", french(deliverable.title))
    seen: Counter[str] = Counter()
    for task in tasks_of(deliverable, rows):
        seen[task.title] += 1
        event = Event()
        event.add("uid", _uid(deliverable.company, deliverable.slug, task.title, str(seen[task.title])))
        event.add("dtstamp", moment.astimezone(UTC))
        event.add("dtstart", task.first)
        event.add("dtend", task.last + timedelta(days=1))
        event.add("summary", printable(task.title))
        event.add("transp", "TRANSPARENT")
        if description := _described(task, with_owner=True):
            event.add("description", description)
        if task.labels:
            event.add("categories", [printable(label) for label in task.labels])
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def board_of(deliverable: Deliverable, rows: Sequence[Row]) -> bytes:
    """Return the table for a task board.

    Boards read commas, days as « 2026-12-07 » and UTF-8 without a mark, which some take for a letter of the first
    title: not what French spreadsheets like, which have the workbook. No cell is a formula, for who opens it in one.
    """
    lines = [
        (
            task.title, task.first.isoformat(), task.last.isoformat(), task.owner, ", ".join(task.labels),
            _described(task, with_owner=False),
        )
        for task in tasks_of(deliverable, rows)
    ]  # fmt: skip
    return spreadsheet([BOARD, *(map(safe_for_csv, line) for line in lines)], ",").removeprefix(codecs.BOM_UTF8)


def export(folder: Path, deliverable: Deliverable, rows: Sequence[Row], moment: datetime) -> Card:
    """Write both files in ``livrables/``, and say what they are for.

    Raises
    ------
    CasekitError
        When the deliverable has no dates, when none can be read, or when a file cannot be written.
    """
    made = exported(deliverable, rows, moment)
    for name, content in made.items():
        write_file(folder / FOLDER / name, content, f"{FOLDER}/{name}")
    calendar, board = made
    count, left = len(tasks_of(deliverable, rows)), undated(deliverable, rows)
    lines = [
        f"`{FOLDER}/{calendar}` s’ouvre dans un agenda (Outlook, Google Agenda, Thunderbird…) : un événement par "
        "action, sur ses jours entiers. Importé de nouveau après un changement, il déplace ses événements sans les "
        "doubler.",
        f"`{FOLDER}/{board}` s’importe dans un tableau de tâches (Asana, Notion…), encodé en UTF-8, séparé par "
        "des virgules.",
    ]
    if left:
        plural = "s" if left > 1 else ""
        lines.append(f"{left} ligne{plural} sans nom ou sans date lisible : laissée{plural} de côté.")
    links = tuple(FileLink(f"Télécharger {name}", f"{FOLDER}/{name}", folder) for name in made)
    heading = f"{deliverable.title} : {count} action{'s' if count > 1 else ''} à emporter"
    return LinkedCard(heading, "mixed" if left else "good", "!" if left else "✓", tuple(lines), links=links)


def exported(deliverable: Deliverable, rows: Sequence[Row], moment: datetime) -> dict[str, bytes]:
    """Return the calendar, then the table for a board, by the names of their files.

    Raises
    ------
    CasekitError
        When the deliverable has no dates, or when none can be read.
    """
    if deliverable.agenda is None:
        dated = [one for one in deliverables().values() if one.agenda and one.company == deliverable.company]
        listed = ", ".join(f'`dossier.exporter("{one.slug}")`' for one in dated)
        possible = f" Dans ce dossier : {listed}." if dated else ""
        raise CasekitError(f"{deliverable.title} : ce tableau n’a pas d’actions datées à exporter.{possible}")
    if not tasks_of(deliverable, rows):
        raise CasekitError(f"{deliverable.title} : aucune ligne n’a encore de nom et de date lisible.")
    return {
        f"{deliverable.slug}.ics": calendar_of(deliverable, rows, moment),
        f"{deliverable.slug}-taches.csv": board_of(deliverable, rows),
    }


def _described(task: DatedAction, with_owner: bool) -> str:
    details = (*((("Responsable", task.owner),) if with_owner and task.owner else ()), *task.details)
    return printable("\n".join(french(f"{name} : {words}") for name, words in details))


def _uid(*parts: str) -> str:
    return f"{hashlib.blake2b('|'.join(parts).encode(), digest_size=12).hexdigest()}@casekit"
