"""Hostile copies: those of the tests, and some that aim at what reads, writes and reports on the trainer's side."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from benchmarks.held import from_tests

HandIn = Callable[[Any, str], None]
"""Hands in, in a course and for a learner who has the right answers, something hostile."""
SPARSE_BYTES = 190 * 2**20
FULL = (2.0, 3.0)


@dataclass(frozen=True)
class Hostile:
    """One hostile copy: its kind, how it is handed in, the most points that its answers are worth."""

    kind: str
    hand_in: HandIn
    worth: float


def hostile_copies(count: int, known: dict[str, Any], sparse: int) -> dict[str, Hostile]:
    """Return ``count`` hostile copies by identifier, of every kind by turns.

    Parameters
    ----------
    known
        What the attackers know of the machine (see ``attacks.known_to_attackers``).
    sparse
        How many sparse notebooks of 190 MiB are handed in with one copy.
    """
    attacks, files = from_tests("attacks"), from_tests("attacks_on_notebooks")
    kinds: list[dict[str, Hostile]] = [{name: Hostile("correcteur", *one) for name, one in _trusted(sparse).items()}]
    for module in attacks.MODULES:
        found = from_tests(module).ATTACKS
        kind = module.removeprefix("attacks_on_")
        kinds.append({name: Hostile(kind, _running(one, known), sum(one.earned)) for name, one in found.items()})
    kinds.append({name: Hostile("notebook", _file(one), sum(worth)) for name, (one, worth) in files.FILES.items()})
    kinds.append({name: Hostile("fichiers", _beside(one), sum(FULL)) for name, one in files.BESIDE.items()})
    by_turns = chain.from_iterable(zip_longest(*(kind.items() for kind in kinds)))
    named = [(f"x-{name}", one) for item in by_turns if item for name, one in [item]]
    return dict(named[:count])


def _running(attack: Any, known: dict[str, Any]) -> HandIn:
    small = from_tests("small")

    def hand_in(course: Any, learner: str) -> None:
        small.submit(course, learner, lambda notebook: attack.edit(notebook, known), **attack.answers)

    return hand_in


def _file(change: Callable[[Path], None]) -> HandIn:
    return lambda course, learner: change(from_tests("small").submit(course, learner))


def _beside(put: Callable[[Path], None]) -> HandIn:
    return lambda course, learner: put(from_tests("small").submit(course, learner).parent)


def _text(change: Callable[[str], str]) -> HandIn:
    def rewrite(path: Path) -> None:
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    return _file(rewrite)


def _trusted(sparse: int) -> dict[str, tuple[HandIn, float]]:
    """Return what aims at the trainer's side, and what it is worth."""
    worth = sum(FULL)
    stamps = {"stamp-far": "-2400000000000000-01-09 ١h1:", "stamp-arabic": "٢٠٢٦-١١-٢٦ ١٠:٠٠:٠٠ UTC"}

    def stamped(stamp: str) -> HandIn:
        return _beside(lambda folder: _write(folder / "timestamp.txt", stamp))

    return {
        "lone-low-surrogate": (_text(lambda text: text.replace('"un = ', '"# \\udc80\\nun = ')), worth),
        "sparse-notebooks": (_beside(lambda folder: _sparse(folder, sparse)), worth),
        "folder-linked": (_linked, worth),
        **{name: (stamped(stamp), worth) for name, stamp in stamps.items()},
        "escapes-in-file": (_file(lambda path: _write(path, '{"\x1b[2J\x1b[31mTout est juste\u202e')), 0.0),
        "escapes-in-error": (
            _file(
                _with_cell("class E(Exception): pass\nE.__name__ = '\\x1b[2JNote\\u202e\\n: 5'\nraise E('\\x07' * 9)")
            ),
            worth,
        ),
        "answer-nested": (_file(_with_answer("un = 1\nfor _ in range(900): un = [un]")), 3.0),
        "script-in-markdown": (_file(_with_script), worth),
        "not-utf-8": (_file(_not_utf_8), 0.0),
        "notebook-is-a-folder": (_file(_as_folder), 0.0),
        "notebook-is-a-pipe": (_file(_as_pipe), 0.0),
    }


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _sparse(folder: Path, count: int) -> None:
    for number in range(count):
        with (folder / f"brouillon-{number:02d}.ipynb").open("wb") as file:
            file.truncate(SPARSE_BYTES)


def _linked(course: Any, learner: str) -> None:
    """Hand in a link to what an honest learner hands in."""
    small = from_tests("small")
    folder = small.submit(course, learner).parent
    shutil.rmtree(folder)
    folder.symlink_to(course.folder("submitted") / "h-000" / small.ASSIGNMENT)


def _changed(change: Callable[[Any, dict[str, Any]], None]) -> Callable[[Path], None]:
    def rewrite(path: Path) -> None:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        change(from_tests("small"), notebook)
        _write(path, json.dumps(notebook))

    return rewrite


def _with_cell(source: str) -> Callable[[Path], None]:
    return _changed(lambda small, notebook: notebook["cells"].insert(2, small.code(source)))


def _with_answer(source: str) -> Callable[[Path], None]:
    return _changed(lambda small, notebook: small.set_source(notebook, "a-un", source))


def _with_script(path: Path) -> None:
    script = "<script>document.title='5/5'</script><img src=x onerror=alert(1)>"
    cell = {"cell_type": "markdown", "id": "script", "metadata": {}, "source": script}
    _changed(lambda _, notebook: notebook["cells"].append(cell))(path)


def _not_utf_8(path: Path) -> None:
    path.write_bytes(b"\xff\xfe{\x00" * 500)


def _as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)
