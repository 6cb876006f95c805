"""What cannot be made again is copied before it changes, and put back whole; a damaged gradebook is kept beside."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course import backups
from autograder.course.backups import FOLDER, back_up, backups_of, restore
from autograder.course.course import Course
from autograder.course.creation import init_course
from casestudies.errors import CasekitError

LISTED = "identifiant;prenom;nom\na01;Zoé;Riou\n"


def write(course: Course, text: str) -> None:
    assert course.gradebook_file is not None
    with closing(sqlite3.connect(course.gradebook_file)) as opened, opened:
        opened.execute("CREATE TABLE IF NOT EXISTS said (text)")
        opened.execute("INSERT INTO said VALUES (?)", (text,))


def said(course: Course) -> list[str]:
    assert course.gradebook_file is not None
    with closing(sqlite3.connect(course.gradebook_file)) as opened:
        return [text for (text,) in opened.execute("SELECT text FROM said ORDER BY rowid")]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    made = init_course(tmp_path / "cours")
    (made.root / "eleves.csv").write_text(LISTED, encoding="utf-8")
    write(made, "relecture")
    return made


def test_a_copy_puts_back_lists_and_gradebook(course: Course) -> None:
    made = back_up(course, "grade")
    assert made is not None
    assert {"eleves.csv", "gradebook.db", "centre.toml"} <= set(made.files)
    assert (course.root / FOLDER).stat().st_mode & 0o077 == 0
    write(course, "plus tard")
    (course.root / "eleves.csv").write_text("identifiant\n", encoding="utf-8")
    done = restore(course, made.name)
    assert said(course) == ["relecture"]
    assert (course.root / "eleves.csv").read_text(encoding="utf-8") == LISTED
    assert done.former is not None, "what stood there can be put back too"
    restore(course, done.former.name)
    assert said(course) == ["relecture", "plus tard"]


def test_a_gradebook_is_copied_while_somebody_writes_in_it(course: Course) -> None:
    assert course.gradebook_file is not None
    with closing(sqlite3.connect(course.gradebook_file)) as busy:
        busy.execute("PRAGMA journal_mode=WAL")
        busy.execute("INSERT INTO said VALUES ('validé')")
        busy.commit()
        busy.execute("INSERT INTO said VALUES ('en cours')")
        made = back_up(course, "grade")
    assert made is not None
    with closing(sqlite3.connect(made.folder / "gradebook.db")) as copied:
        assert [text for (text,) in copied.execute("SELECT text FROM said")] == ["relecture", "validé"]


def test_a_damaged_gradebook_is_said_kept_beside_and_replaced(course: Course) -> None:
    good = back_up(course, "grade")
    assert good is not None
    assert course.gradebook_file is not None
    course.gradebook_file.write_bytes(b"abime" * 1000)
    with pytest.raises(CasekitError, match="abîmé"):
        back_up(course, "grade")
    assert [one.name for one in backups_of(course)] == [good.name], "nothing half made is left"
    result = CliRunner().invoke(main, ["restaurer", good.name, "--cours", str(course.root)])
    assert result.exit_code == 0, result.output
    assert said(course) == ["relecture"]
    (kept,) = course.root.glob("gradebook.db.abimee*")
    assert kept.read_bytes().startswith(b"abime")


@pytest.mark.parametrize("harm", ["changed", "gone", "elsewhere"])
def test_a_copy_that_changed_is_refused(course: Course, harm: str) -> None:
    made = back_up(course, "grade")
    assert made is not None
    target = made.folder / "eleves.csv"
    if harm == "changed":
        target.write_text("identifiant\n", encoding="utf-8")
    if harm != "changed":
        target.unlink()
    if harm == "elsewhere":
        target.symlink_to("/etc/passwd")
    write(course, "plus tard")
    with pytest.raises(CasekitError, match="a changé"):
        restore(course, made.name)
    assert said(course) == ["relecture", "plus tard"]


def test_the_oldest_go_and_a_name_that_is_none_is_said(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "KEPT", 2)
    made = [back_up(course, "grade") for _ in range(4)]
    assert [one.name for one in backups_of(course)] == [one.name for one in made[2:] if one]
    for name in ("../..", "rien", "2026-01-01_00-00-00_avant-grade"):
        with pytest.raises(CasekitError, match="Pas de sauvegarde"):
            restore(course, name)


def test_commands_copy_before_they_change_anything(course: Course, tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("identifiant\nb02\n", encoding="utf-8")
    course.gradebook_file.unlink()  # type: ignore[union-attr]
    CliRunner().invoke(main, ["classe", str(tmp_path / "liste.csv"), "--cours", str(course.root)])
    (made,) = backups_of(course)
    assert made.name.endswith("_avant-classe")
    assert (made.folder / "eleves.csv").read_text(encoding="utf-8") == LISTED
    shown = CliRunner().invoke(main, ["restaurer", "--cours", str(course.root)])
    assert made.name in shown.output.replace("\n", "")
