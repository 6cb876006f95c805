"""Copies are put in place together: all of them down to the disk first, then their names; nothing by halves."""

import os
import threading
from pathlib import Path

import pytest

from autograder.grading.placing import Placing
from casestudies import atomic


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "salle").mkdir()
    return tmp_path / "salle"


def watched(monkeypatch: pytest.MonkeyPatch, target: Path) -> list[tuple[str, bool]]:
    """Note what is waited for, and whether ``target`` was already in place."""
    seen: list[tuple[str, bool]] = []
    settle = atomic.settle

    def noted(path: Path) -> None:
        seen.append((path.name, (target / "note.ipynb").exists()))
        settle(path)

    monkeypatch.setattr("autograder.grading.placing.settle", noted)
    return seen


def test_what_is_made_is_on_the_disk_before_it_takes_its_place_and_names_after(
    tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, record = tmp_path / "corrige" / "lea" / "e1", tmp_path / "notes" / "lea.json"
    seen, threads = watched(monkeypatch, copy), threading.active_count()
    with Placing(room) as placing:
        made = placing.made_for(copy)
        made.mkdir()
        (made / "note.ipynb").write_bytes(b"1")
        placing.made_for(record).write_bytes(b"2")
        assert not copy.exists()
        placing.place()
        assert threading.active_count() == threads, "a process of several threads could not be forked"
    assert {name for name, placed in seen if not placed} == {"0", "1", "note.ipynb"}
    assert {name for name, placed in seen if placed} == {"lea", "corrige", "notes", tmp_path.name}
    assert ((copy / "note.ipynb").read_bytes(), record.read_bytes()) == (b"1", b"2")
    assert not list(room.iterdir())


def test_nothing_is_replaced_when_the_disk_fails(tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = tmp_path / "lea.json"
    record.write_bytes(b"1")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with Placing(room) as placing:
        placing.made_for(record).write_bytes(b"2")
        with pytest.raises(OSError, match="No space left"):
            placing.place()
    assert record.read_bytes() == b"1"
    assert not list(room.iterdir())


def test_an_earlier_copy_stays_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "e1"
    target.mkdir()
    (target / "note.ipynb").write_bytes(b"1")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "No")))
    with Placing(room) as placing:
        placing.made_for(target).mkdir()
        with pytest.raises(PermissionError):
            placing.place()
    assert (target / "note.ipynb").read_bytes() == b"1"


def test_a_copy_of_which_nothing_is_left_takes_the_earlier_one_away(tmp_path: Path, room: Path) -> None:
    target = tmp_path / "e1"
    target.mkdir()
    with Placing(room) as placing:
        placing.made_for(target)
        placing.place()
    assert not target.exists()
