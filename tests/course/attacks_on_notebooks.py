"""Attacks made by the file that is handed in, and by what is beside it: each rewrites a right submission."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import small
from attacks import FULL, NOTHING


def rewritten(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """Return what changes the notebook as data."""

    def hand_in(path: Path) -> None:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        change(notebook)
        path.write_text(json.dumps(notebook), encoding="utf-8")

    return hand_in


def in_text(mark: str, text: str) -> Callable[[Path], None]:
    """Return what replaces ``"mark"`` by ``text`` in the file, once the mark stands in the opening cell's outputs."""

    def hand_in(path: Path) -> None:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        small.cell(notebook, "ouverture")["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": mark}]
        path.write_text(json.dumps(notebook).replace(f'"{mark}"', text), encoding="utf-8")

    return hand_in


def sleepers(notebook: dict[str, Any]) -> None:
    position = notebook["cells"].index(small.cell(notebook, "a-deux"))
    notebook["cells"][position:position] = [small.code("import time; time.sleep(2.5)", f"s{i}") for i in range(60)]


def stubborn(notebook: dict[str, Any]) -> None:
    """Put one cell more than there are attempts, each ending the process, at the very end."""
    notebook["cells"] += [small.code("import os; os._exit(0)", f"s{i}") for i in range(5)]


def many_cells(notebook: dict[str, Any]) -> None:
    notebook["cells"] += [small.code("display(1)", f"s{i}") for i in range(1500)]


def forged_outputs(notebook: dict[str, Any]) -> None:
    for question in (small.FIRST, small.SECOND):
        cell = small.cell(notebook, question.id)
        cell["metadata"]["nbgrader"] |= {"points": 10**9, "grade": False, "checksum": "x", "schema_version": 99}
        data = {"text/plain": "100", "application/vnd.casekit.answer+json": {"question": question.id, "score": 100}}
        cell["outputs"] = [{"output_type": "execute_result", "metadata": {}, "data": data, "execution_count": 1}]


def bomb_of_metadata(notebook: dict[str, Any]) -> None:
    deep: Any = 1
    for _ in range(30):
        deep = {"a": deep}
    notebook["metadata"]["x"] = deep
    notebook["metadata"]["kernelspec"] = {"name": "../../../bin/sh", "display_name": "x", "argv": ["touch", "done"]}
    notebook["cells"][0]["metadata"] |= {"x": deep, "tags": ["raises-exception"]}


def neighbours_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parents[2] / "m-temoin" / small.ASSIGNMENT / path.name)


def links_beside(path: Path) -> None:
    for name, target in {"book.db": "../../../../gradebook.db", "root": "/", "loop": "loop", "up": ".."}.items():
        (path.parent / name).symlink_to(target)
    os.mkfifo(path.parent / "pipe.ipynb")
    (path.parent / "‮bdi.ipynb").write_text("{}")
    os.link(path.parents[3] / "release" / small.ASSIGNMENT / path.name, path.parent / "hard.ipynb")


def modules_beside(path: Path) -> None:
    """Put beside the notebook modules that Python would import in place of the real ones."""
    evil = "import os; os._exit(7)"
    for name in ("sitecustomize.py", "usercustomize.py", "nbformat.py", "autograder.py", "pytest.py", "conftest.py"):
        (path.parent / name).write_text(evil)
    (path.parent / ".ipython" / "profile_default" / "startup").mkdir(parents=True)
    (path.parent / ".ipython" / "profile_default" / "startup" / "0.py").write_text(evil)
    (path.parent / "ipython_config.py").write_text(evil)
    (path.parent / "nbgrader_config.py").write_text(evil)


def in_place_of(name: str, put: Callable[[Path], object]) -> Callable[[Path], None]:
    """Return what puts something under the name of a file, or of a folder, that the course gives."""

    def hand_in(folder: Path) -> None:
        place = folder / name
        place.unlink(missing_ok=True)
        place.parent.mkdir(exist_ok=True)
        put(place)

    return hand_in


def folder_with_a_file(place: Path) -> None:
    place.mkdir()
    (place / "a").write_text("a")


DEEP = "[" * 100_000 + "]" * 100_000
FILES: dict[str, tuple[Callable[[Path], None], tuple[float, float]]] = {
    "nested-outputs": (in_text("MARK", DEEP), FULL),
    "bomb-outputs": (in_text("MARK", "[" + "{}," * 500_000 + "{}]"), FULL),
    "huge-number": (in_text("MARK", "1" * 1_000_000), FULL),
    "metadata-bomb": (rewritten(bomb_of_metadata), FULL),
    "forged-outputs": (rewritten(forged_outputs), FULL),
    "a-sleepers": (rewritten(sleepers), (2.0, 0.0)),
    "stubborn": (rewritten(stubborn), FULL),
    "many-cells": (rewritten(many_cells), FULL),
    "neighbour-s-link": (neighbours_link, NOTHING),
    "links-beside": (links_beside, FULL),
    "modules-beside": (modules_beside, FULL),
}
BESIDE: dict[str, Callable[[Path], None]] = {
    "stamp-text": in_place_of("timestamp.txt", lambda place: place.write_text("n’importe quoi")),
    "stamp-digits": in_place_of("timestamp.txt", lambda place: place.write_text("9" * 4000)),
    "stamp-early": in_place_of("timestamp.txt", lambda place: place.write_text("0001-01-01 00:00:00 +23:59")),
    "stamp-bytes": in_place_of("timestamp.txt", lambda place: place.write_bytes(os.urandom(10**6))),
    "stamp-folder": in_place_of("timestamp.txt", folder_with_a_file),
    "folder-for-draws": in_place_of("tirages.json", folder_with_a_file),
    "link-for-draws": in_place_of("tirages.json", lambda place: place.symlink_to("/etc/passwd")),
    "pipe-for-draws": in_place_of("tirages.json", os.mkfifo),
    "folder-for-file": in_place_of("donnees.csv", folder_with_a_file),
    "link-for-file": in_place_of("donnees.csv", lambda place: place.symlink_to("/etc/passwd")),
    "pipe-for-file": in_place_of("donnees.csv", os.mkfifo),
    "file-for-folder": in_place_of("data", lambda place: place.write_text("a")),
    "link-for-folder": in_place_of("data", lambda place: place.symlink_to("/tmp")),
    "link-in-folder": in_place_of("data/x.csv", lambda place: place.symlink_to("/tmp")),
}
"""What is put beside a right notebook, in its folder."""
