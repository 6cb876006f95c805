"""What is read of a copy: one total for everything, sizes looked at first, the expected notebooks before the rest."""

import hashlib
from pathlib import Path

import pytest

from autograder.grading import handed_in
from autograder.grading.handed_in import Submitted, drop, look_at, read_handed_in, unpack
from autograder.grading.pool import MAX_HELD, has_room


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "lea" / "e2"
    made.mkdir(parents=True)
    (made / "zzz.ipynb").write_text("attendu", encoding="utf-8")
    (made / "timestamp.txt").write_text("2026", encoding="utf-8")
    for number in range(6):
        with (made / f"brouillon-{number}.ipynb").open("wb") as file:
            file.truncate(190 * 2**20)
    return made


def test_what_goes_beyond_the_total_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(handed_in, "read_file", lambda path: read.append(path.name) or b"")
    found = read_handed_in(folder, "lea", ["zzz"])
    assert read == ["zzz.ipynb", "brouillon-0.ipynb", "timestamp.txt"], "the expected one first, small files still fit"
    assert [name for name, _ in found.beyond] == [f"brouillon-{number}.ipynb" for number in range(1, 6)]


def test_a_copy_is_looked_at_without_being_held(folder: Path) -> None:
    seen = look_at(folder, "lea", ["zzz"])
    assert seen.digests["zzz.ipynb"] == hashlib.blake2b(b"attendu").digest()
    assert seen.size == 190 * 2**20 + len("attendu") + len("2026")
    before = seen.fingerprint()
    (folder / "zzz.ipynb").write_text("changé", encoding="utf-8")
    again = look_at(folder, "lea", ["zzz"])
    assert again.fingerprint() != before
    assert seen.fingerprint({"zzz.ipynb": again.digests["zzz.ipynb"]}) == again.fingerprint()


def test_hollow_files_tell_their_size_and_are_dropped(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "ici"
    target.mkdir()
    inodes = unpack(read_handed_in(folder, "lea", ["zzz"]), target)
    assert (target / "brouillon-3.ipynb").stat().st_size == 190 * 2**20
    drop(target, inodes)
    assert sorted(path.name for path in target.iterdir()) == ["brouillon-0.ipynb", "timestamp.txt", "zzz.ipynb"]


def test_copies_in_hand_are_bounded_in_bytes() -> None:
    def copy(size: int) -> Submitted:
        return Submitted("lea", Path(), size=size)

    small, large = copy(2**10), copy(MAX_HELD)
    assert has_room([large], [], 6), "one copy is always taken"
    assert has_room([large], [large], 6)
    assert not has_room([small], [small, large], 6)
    assert not has_room([small], [small] * 6, 6)
    assert not has_room([], [], 6)
