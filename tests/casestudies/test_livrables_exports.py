"""The dated actions of a deliverable, for a calendar and for a task board, read back by other means."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from icalendar import Calendar

import casestudies.dossier as dossier_module
from casestudies import ouvrir_dossier
from casestudies.errors import CasekitError
from casestudies.livrables import loading
from casestudies.livrables.exports import board_of, calendar_of, exported
from casestudies.livrables.model import Row
from casestudies.livrables.store import Shelf
from casestudies.livrables.tasks import tasks_of, undated
from casestudies.planification import jours_ouvres

ESSAIS = Path(__file__).parent / "livrables_essai"
ROAD = loading.read(ESSAIS / "essai-feuille.toml")
NOW = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)
CLOSED = ["2026-11-11", "2026-12-25", "2027-01-01"]


def action(name: str, day: str | None, days: float | str | None, **cells: str | float | None) -> Row:
    return {"objectif": "O1", "action": name, "responsable": "Web", "budget_eur": 100.0, "debut": day,
            "duree_jours": days, **cells}  # fmt: skip


ROWS = [
    action("Écrire ; la fiche, avec \\ et\nune seconde ligne très longue, jusqu’à être pliée là", "2026-11-09", 5),
    action("=HYPERLINK(\"x\")", "2026-12-24", 2, objectif="@O2", budget_eur=None),
    action("Un jour", "2026-10-12", 1),
    action("Un jour", "2026-10-13", 1, responsable=None, objectif=None),
]  # fmt: skip
UNREADABLE = [
    action("", "2026-10-12", 1), action("Sans date", None, 1), action("Bientôt", "bientôt", 1),
    action("Rien", "2026-10-12", 0), action("Texte", "2026-10-12", "long"), action("Toujours", "2026-10-12", 1e9),
]  # fmt: skip


def test_the_last_day_counts_working_days_as_the_plannings_do() -> None:
    for one, row in zip(tasks_of(ROAD, ROWS), ROWS, strict=True):
        assert jours_ouvres(one.first, one.last, CLOSED) == row["duree_jours"]
        assert one.last.weekday() < 5
    first = tasks_of(ROAD, ROWS)[0]
    closed = pd.offsets.CustomBusinessDay(holidays=CLOSED)
    assert first.last == (pd.Timestamp(first.first) + 4 * closed).date() == date(2026, 11, 16)
    assert undated(ROAD, [*ROWS, *UNREADABLE]) == len(UNREADABLE)


def test_the_calendar_is_read_back_as_it_was_written() -> None:
    content = calendar_of(ROAD, [*ROWS, *UNREADABLE], NOW)
    calendar = Calendar.from_ical(content)
    assert (str(calendar["version"]), str(calendar["method"])) == ("2.0", "PUBLISH")
    events = calendar.walk("VEVENT")
    for event, one in zip(events, tasks_of(ROAD, ROWS), strict=True):
        assert str(event["summary"]) == one.title
        assert event["dtstart"].dt == one.first
        assert event["dtend"].dt == one.last + timedelta(days=1)
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert event["dtstamp"].dt == NOW
        assert str(event["transp"]) == "TRANSPARENT"
    assert "Responsable : Web\nBudget (€ HT) : 100" in str(events[0]["description"]).replace("\u00a0", " ")
    assert [str(one) for one in events[0]["categories"].cats] == ["O1"]
    assert "categories" not in events[3]


def test_the_calendar_keeps_to_rfc_5545_to_the_letter() -> None:
    content = calendar_of(ROAD, ROWS, NOW)
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    unfolded = content.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")
    assert (unfolded[0], unfolded[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    summary = next(line for line in unfolded if line.startswith("SUMMARY:"))
    assert summary.startswith("SUMMARY:Écrire")
    assert "\\; la fiche\\, avec \\\\ et\\nune" in summary
    assert sum(line.startswith("DTSTART;VALUE=DATE:2026") for line in unfolded) == len(ROWS)
    assert "DTSTAMP:20261127T103000Z" in unfolded


def test_an_action_keeps_its_identifier_when_it_moves() -> None:
    def ids(rows: list[Row]) -> list[str]:
        return [str(one["uid"]) for one in Calendar.from_ical(calendar_of(ROAD, rows, NOW)).walk("VEVENT")]

    assert len(set(ids(ROWS))) == len(ROWS)
    moved = [{**row, "debut": "2027-02-01", "budget_eur": 1.0} for row in reversed(ROWS[:3])]
    assert ids(moved) == list(reversed(ids(ROWS)[:3]))
    assert all(re.fullmatch(r"[0-9a-f]{24}@casekit", one) for one in ids(ROWS))


def test_the_board_s_table_has_the_columns_that_boards_know_and_no_formula() -> None:
    content = board_of(ROAD, [*ROWS, *UNREADABLE])
    assert not content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    assert list(lines[0]) == ["title", "start", "due", "assignee", "labels", "description"]
    assert [(one["start"], one["due"]) for one in lines[:2]] == [
        ("2026-11-09", "2026-11-16"),
        ("2026-12-24", "2026-12-28"),
    ]
    assert lines[1]["title"] == '\'=HYPERLINK("x")'
    assert lines[1]["labels"] == "'@O2"
    assert lines[0]["assignee"] == "Web"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for one in lines for cell in one.values())


def test_learners_get_both_files_and_are_told_what_was_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(loading, "FOLDER", ESSAIS)
    monkeypatch.setattr(dossier_module, "entry_points", lambda group: [])
    dossier = ouvrir_dossier("hetrabelle", "lea")
    with pytest.raises(CasekitError, match="aucune ligne"):
        dossier.exporter("essai-feuille")
    with pytest.raises(CasekitError, match=r'pas d’actions datées.*dossier.exporter\("essai-feuille"\)'):
        dossier.exporter("essai-swot")
    shelf = Shelf(tmp_path)
    shelf.save(ROAD, [*ROWS, UNREADABLE[1]], shelf.path(ROAD, "csv"))
    card = dossier.exporter("essai-feuille")
    text = card.text().replace("\u00a0", " ")  # type: ignore[union-attr]
    assert "4 actions à emporter" in text
    assert "1 ligne sans nom ou sans date lisible" in text
    assert card.html().count("download=") == 2  # type: ignore[union-attr]
    written = {path.name for path in (tmp_path / "livrables").iterdir()}
    assert written == {"essai-feuille.csv", "essai-feuille.ics", "essai-feuille-taches.csv"}
    filled = shelf.filled(ROAD)
    assert filled is not None
    assert filled.path.name == "essai-feuille.csv"


@pytest.mark.parametrize("slug", ["planning", "calendrier-editorial"])
def test_the_kit_s_dated_tables_can_be_taken_away(slug: str) -> None:
    one = loading.deliverables()[slug]
    assert one.agenda is not None
    row: Row = {field.name: "2027-01-04" if field.type == "date" else "texte" for field in one.fields}
    made = exported(one, [row], NOW)
    (event,) = Calendar.from_ical(made[f"{slug}.ics"]).walk("VEVENT")
    assert event["dtend"].dt == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("agenda", "words"),
    [
        ('titre = "action"', "debut"),
        ('titre = "rien"\ndebut = "debut"', "rien"),
        ('titre = "action"\ndebut = "action"', "debut"),
        ('titre = "action"\ndebut = "debut"\nfin = "debut"\njours = "duree_jours"', "pas les deux"),
        ('titre = "action"\ndebut = "debut"\ndetails = ["rien"]', "noms de colonnes"),
        ('titre = "action"\ndebut = "debut"\nautre = 1', "inconnue"),
    ],
)
def test_a_faulty_agenda_names_the_key(tmp_path: Path, agenda: str, words: str) -> None:
    text = (ESSAIS / "essai-feuille.toml").read_text(encoding="utf-8")
    head, _, rest = text.partition("[agenda]")
    path = tmp_path / "essai-feuille.toml"
    path.write_text(f"{head}[agenda]\n{agenda}\n\n[[totaux]]{rest.partition('[[totaux]]')[2]}", encoding="utf-8")
    with pytest.raises(loading.DescriptionError, match=words):
        loading.read(path)
