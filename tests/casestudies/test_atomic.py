"""A file is written whole or not at all."""

import os

import pytest

from casestudies.atomic import write_atomically


def test_a_file_is_written_with_its_folder_and_its_permissions(tmp_path):
    path = tmp_path / "new" / "plan.csv"
    write_atomically(path, b"one")
    write_atomically(path, b"two", 0o640)
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(path.parent.iterdir()) == [path]


def test_what_was_there_stays_when_the_disk_fails(tmp_path, monkeypatch):
    path = tmp_path / "plan.csv"
    path.write_bytes(b"one")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"two")
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_left_in_the_place_of_the_temporary_file_is_not_followed(tmp_path):
    other, path = tmp_path / "other", tmp_path / "plan.csv"
    other.write_bytes(b"mine")
    (tmp_path / f".plan.csv.{os.getpid()}.tmp").symlink_to(other)
    write_atomically(path, b"one")
    assert (path.read_bytes(), other.read_bytes()) == (b"one", b"mine")
