"""Hand-in times: nbgrader's forms are read, anything else is not, and what cannot be true is not kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.utils import parse_utc

from autograder.grading.handed_in_at import CODE, LONGEST, HandInTime, hand_in_time, judged, read_time
from casestudies.remise.receipt import Receipt

DATED, NOW = datetime(2026, 3, 10, 8, 0), datetime(2026, 3, 20, 8, 0)
FORGED = "-2400…9١h1:"
fuzzed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.mark.parametrize(
    "text",
    [
        "2015-02-02 15:58:23.948203 America/Los_Angeles",
        "2015-02-02 15:58:23.948203 UTC",
        "2015-07-02 15:58:23.948203 Europe/Paris",
        "2015-02-02 15:58:23.9",
        "2015-02-02 15:58:23",
        "2015-02-02T15:58:23.948203+01:00",
        "2015-02-02 15:58",
    ],
)
def test_nbgraders_forms_are_read_as_nbgrader_reads_them(text: str) -> None:
    assert read_time(text) == parse_utc(text)


@pytest.mark.parametrize(
    "text",
    [
        FORGED, "hier matin", "2015-02-30 10:00:00 UTC", "1999-12-31 10:00:00 UTC", "9999-12-31 23:59:59 -2359",
        "2015-02-02 15:58:23 ../../etc/passwd", "2015-02-02 15:58:23 /etc/passwd", "2015-02-02 15:58:23 America",
        "2015-02-02 15:58:23 +9999", "2015-02-02 25:58:23", "٢٠١٥-02-02 15:58:23", "2015-02-02 15:58:23 UTC" + " " * 60,
    ],
)  # fmt: skip
def test_what_is_no_time_gives_way_to_the_files_own_date(text: str) -> None:
    assert read_time(text) is None
    found = judged(text, DATED, NOW)
    assert found.kept == DATED
    assert found.incident is not None
    assert (found.incident.code, "ne peut pas être lue" in found.incident.what) == (CODE, True)
    assert "10/03/2026 à 08:00" in found.incident.what
    assert text not in found.incident.what


@pytest.mark.parametrize(
    ("written", "kept", "words"),
    [
        ("2026-03-10 07:59:00 UTC", datetime(2026, 3, 10, 7, 59), ""),
        ("2026-03-10 20:00:00", datetime(2026, 3, 10, 20, 0), ""),
        ("2026-01-01 00:00:00 UTC", datetime(2026, 1, 1), ""),
        ("2026-03-12 08:00:00 UTC", DATED, "après le fichier lui-même"),
        ("2026-04-12 08:00:00 UTC", DATED, "dans le futur"),
    ],
)
def test_a_time_after_the_file_itself_is_not_kept(written: str, kept: datetime, words: str) -> None:
    found = judged(written, DATED, NOW)
    assert found.kept == kept
    assert words in (found.incident.what if found.incident else "")
    assert bool(found.incident) == bool(words)


def test_a_time_that_alone_beats_the_due_date_is_said() -> None:
    due = datetime(2026, 3, 5)
    found = judged("2026-03-04 23:00:00 UTC", DATED, NOW, due)
    assert found.kept == datetime(2026, 3, 4, 23)
    assert found.incident is not None
    assert "avant l’échéance" in found.incident.what
    assert judged("2026-03-06 23:00:00 UTC", DATED, NOW, due).incident is None, "late in any case"
    assert judged("2026-03-04 23:00:00 UTC", due - timedelta(hours=1), NOW, due).incident is None


def test_a_file_dated_in_the_future_proves_nothing() -> None:
    assert judged("2026-06-01 08:00:00", datetime(2026, 6, 2), NOW).kept == NOW


def test_an_empty_or_absent_file_says_nothing(tmp_path: Path) -> None:
    assert hand_in_time(tmp_path) == HandInTime()
    (tmp_path / "timestamp.txt").write_text(" \n", encoding="utf-8")
    assert hand_in_time(tmp_path) == HandInTime()


pieces = st.sampled_from(["2026-01-01", "T", " ", "10:00", ":00", ".5", "UTC", "+01:00", "Europe/Paris", "-", "9" * 30])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=80) | st.lists(pieces, max_size=8).map("".join)


@given(text=texts)
@fuzzed
def test_any_text_is_a_plausible_time_or_an_incident(tmp_path: Path, text: str) -> None:
    (tmp_path / "timestamp.txt").write_text(text, encoding="utf-8")
    found = hand_in_time(tmp_path)
    if found.kept is not None:
        assert datetime(1999, 12, 30) < found.kept <= datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
    assert bool(found.kept) == bool(text.strip())
    assert found.incident is None or len(found.incident.what) < 400
    assert read_time(text + "x" * LONGEST) is None


@given(data=st.binary(max_size=400))
@fuzzed
def test_any_bytes_are_a_time_or_an_incident(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "timestamp.txt").write_bytes(data)
    hand_in_time(tmp_path)


def test_a_receipt_dates_a_copy_that_nothing_else_dates(tmp_path: Path) -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5)
    (tmp_path / "recu.json").write_bytes(Receipt("lea", "e2-performance", moment).to_bytes())
    assert hand_in_time(tmp_path) == HandInTime(moment)
    (tmp_path / "recu.json").write_bytes(Receipt("lea", "e2-performance", datetime(2099, 1, 1)).to_bytes())
    found = hand_in_time(tmp_path)
    assert found.incident is not None
    assert "« recu.json »" in found.incident.what
    (tmp_path / "timestamp.txt").write_text("2025-05-05 05:05:05 UTC", encoding="utf-8")
    assert hand_in_time(tmp_path) == HandInTime(datetime(2025, 5, 5, 5, 5, 5))
    (tmp_path / "timestamp.txt").unlink()
    (tmp_path / "recu.json").write_text("{}", encoding="utf-8")
    assert hand_in_time(tmp_path) == HandInTime()
