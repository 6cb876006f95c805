"""Triage: every way of handing in something else than asked is repaired and said, or refused with what to ask for."""

import copy
import io
import json
import os
import socket
import time
import unicodedata
import zipfile
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.grading.evaluate import handed_in
from autograder.grading.triage import candidates, files, layout, shape
from autograder.grading.triage.matching import kit_cells
from autograder.grading.triage.plan import TriagePlan, take_in
from autograder.grading.triage.reading import read_notebook
from autograder.grading.triage.refusal import LOST, MENDED, RefusedError
from autograder.grading.triage.split import join_pieces
from casestudies.answers import MIME

ONE, TWO = "01-indicateurs", "02-analyse"
EXPECTED = {ONE: {"q1-a", "q1-b", "q1-c"}, TWO: {"q2-a", "q2-b"}}
OTHERS = {"e1-strategie": {"01-swot": {"q9-a", "q9-b"}}}


def code(source: str, grade_id: str = "", **more) -> dict:
    tags = {"grade_id": grade_id, "grade": True, "locked": True, "points": 1, "schema_version": 3, "solution": False}
    metadata = {"nbgrader": tags} if grade_id else {}
    cell = {"cell_type": "code", "id": grade_id or f"c{abs(hash(source)) % 10**9}", "metadata": metadata}
    return cell | {"source": source, "outputs": [], "execution_count": None} | more


def notebook(ids, *extra: dict, work: str = "un = 1") -> dict:
    cells = [code(work), *(code(f'dossier.verifier("{name}", un)', name) for name in sorted(ids)), *extra]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}


def dumped(content: dict, **options) -> bytes:
    return json.dumps(content, ensure_ascii=False, **options).encode("utf-8")


def first(**options) -> dict:
    return notebook(EXPECTED[ONE], **options)


def second(**options) -> dict:
    return notebook(EXPECTED[TWO], **options)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a submission where only the first notebook is still to be written."""
    made = tmp_path / "lea" / "e2-performance"
    made.mkdir(parents=True)
    (made / f"{TWO}.ipynb").write_bytes(dumped(second()))
    return made


def triage(folder: Path) -> TriagePlan:
    """Take a submission in, twice: the second time finds the same, and changes nothing more."""
    intake = take_in(folder, "lea", EXPECTED, OTHERS)
    before = snapshot(folder)
    again = take_in(folder, "lea", EXPECTED, OTHERS)
    assert (again.ready, again.incidents) == (intake.ready, intake.incidents)
    assert snapshot(folder) == before
    for name in intake.ready:
        nb = nbformat.read(folder / f"{name}.ipynb", as_version=4)
        nbformat.validate(nb)
    for name in EXPECTED:
        lost = [one for one in intake.incidents if one.code in LOST and one.notebook == name]
        assert len(lost) == (name not in intake.ready)
    for one in intake.incidents:
        assert one.code in LOST | MENDED
        assert one.what.endswith(".")
        assert one.advice.endswith(".")
    return intake


def snapshot(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def codes(intake: TriagePlan) -> list[str]:
    return [one.code for one in intake.incidents]


def hand_in(folder: Path, data: bytes | dict, name: str = f"{ONE}.ipynb") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(dumped(data) if isinstance(data, dict) else data)
    return path


def mended(folder: Path, data: bytes | dict, expected_codes: list[str], words: str) -> dict:
    """Hand in a file that triage mends; return what is graded, after checking that the original is kept to the byte."""
    original = hand_in(folder, data).read_bytes()
    intake = triage(folder)
    assert list(intake.ready) == [ONE, TWO]
    assert codes(intake) == expected_codes
    assert words in intake.incidents[0].what
    assert (folder / f"{ONE}.ipynb.original").read_bytes() == original
    assert f"{ONE}.ipynb.original" in intake.incidents[0].what
    return json.loads((folder / f"{ONE}.ipynb").read_text(encoding="utf-8"))


def refused(folder: Path, data: bytes | dict, words: str, code: str = "illisible") -> TriagePlan:
    """Hand in a file that triage refuses: it says why, touches nothing, and the other notebook is graded."""
    original = hand_in(folder, data).read_bytes()
    intake = triage(folder)
    assert list(intake.ready) == [TWO]
    assert codes(intake) == [code]
    assert words in intake.incidents[0].what
    assert ONE in intake.incidents[0].what
    assert (folder / f"{ONE}.ipynb").read_bytes() == original
    return intake


# What needs nothing


def test_a_good_submission_is_taken_as_it_is(folder: Path) -> None:
    hand_in(folder, first())
    before = snapshot(folder)
    intake = triage(folder)
    assert (list(intake.ready), intake.incidents) == ([ONE, TWO], [])
    assert snapshot(folder) == before


def test_not_a_number_in_outputs_changes_nothing(folder: Path) -> None:
    output = {"output_type": "display_data", "metadata": {}, "data": {"application/json": {"y": float("nan")}}}
    path = hand_in(folder, notebook(EXPECTED[ONE], code("1", outputs=[output])))
    before = path.read_bytes()
    assert triage(folder).incidents == []
    assert path.read_bytes() == before


def test_the_kits_own_notebooks_are_taken_as_they_are(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "notebooks" / "e2-performance"
    made = tmp_path / "lea" / "e2-performance"
    made.mkdir(parents=True)
    for path in source.glob("*.ipynb"):
        (made / path.name).write_bytes(path.read_bytes())
    expected = kit_cells()["e2-performance"]
    started = time.perf_counter()
    intake = take_in(made, "lea", expected)
    assert time.perf_counter() - started < 5
    assert (list(intake.ready), intake.incidents) == (list(expected), [])


# Encodings


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8-sig", "BOM"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
def test_another_encoding_is_converted(folder: Path, encoding: str, words: str) -> None:
    content = first(work="nom = 'Élodie'")
    assert mended(folder, dumped(content).decode().encode(encoding), ["encodage"], words) == content


def test_windows_text_is_read_with_its_accents(folder: Path) -> None:
    content = first(work="nom = 'Élodie à l’été'")
    assert mended(folder, dumped(content).decode().encode("cp1252"), ["encodage"], "Windows-1252") == content


def test_zeros_at_the_end_are_dropped(folder: Path) -> None:
    assert mended(folder, dumped(first()) + b"\0" * 512, ["remis-en-forme"], "zéros") == first()


# Files that are something else


def zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "contenu")  # its date is fixed: the name of a test holds these bytes
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b" \r\n\t", "vide"),
        (b"\0" * 5000, "zéros"),
        (zipped("word/document.xml"), "document Word"),
        (zipped("xl/workbook.xml"), "classeur Excel"),
        (zipped("ppt/presentation.xml"), "PowerPoint"),
        (zipped("devoir/01-indicateurs.ipynb"), "archive zip qui contient un notebook"),
        (zipped("photo.png"), "archive zip"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"{\\rtf1 bonjour}", "RTF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xd0\xcf\x11\xe0 ancien", "Office"),
        (b"<!DOCTYPE html><html><body>01</body></html>", "HTML"),
        (b"  <HTML lang='fr'>", "HTML"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"# In [1]:\nimport pandas as pd\n", "script Python"),
        ("# Mon analyse\n\nLes ventes montent à l’été.".encode(), "du texte"),
        (b"[1, 2, 3]", "pas un notebook Jupyter"),
        (b'{"a": 1}', "pas un notebook Jupyter"),
        (b'{"nbformat": 4, "cells": "rien"}', "pas un notebook Jupyter"),
        (b'{"nbformat": 4, "cells": [1, 2]}', "pas un notebook Jupyter"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": {"a": 1}}]}', "pas un notebook Jupyter"),
        (b'{"nbformat": true, "cells": []}', "pas un notebook Jupyter"),
        (b'{"nbformat": 5, "cells": []}', "format 5"),
        (b'{"nbformat": 3, "worksheets": 7}', "ne peut pas être converti"),
        (bytes(range(128, 256)) * 50, "pas du texte"),
        ("é".encode("utf-16")[:3] + b"\xd8", "pas du texte"),
    ],
)
def test_a_file_of_another_kind_is_named(folder: Path, data: bytes, words: str) -> None:
    refused(folder, data, words)


# Damaged JSON


def test_a_cut_file_says_that_it_is_cut(folder: Path) -> None:
    refused(folder, dumped(first(), indent=1)[:400], "s’arrête avant la fin")


def test_git_conflicts_are_named(folder: Path) -> None:
    lines = dumped(first(), indent=1).decode().split("\n")
    lines[4:4] = ["<<<<<<< HEAD", "=======", ">>>>>>> autre"]
    refused(folder, "\n".join(lines).encode(), "conflit entre deux versions")


def test_two_notebooks_in_one_file_are_refused(folder: Path) -> None:
    refused(folder, dumped(first()) + dumped(first()), "après la fin")


def test_a_raw_tabulation_in_a_text_is_mended(folder: Path) -> None:
    data = dumped(first(work="un = 1 # ICI")).replace(b"ICI", b"\t")
    assert mended(folder, data, ["remis-en-forme"], "contrôle")["cells"][0]["source"] == "un = 1 # \t"


def test_a_repeated_key_keeps_its_last_value_and_is_told(folder: Path) -> None:
    data = b'{"nbformat": 3, ' + dumped(first())[1:]
    assert mended(folder, data, ["remis-en-forme"], "deux fois") == first()


def test_a_number_without_end_becomes_zero(folder: Path) -> None:
    data = dumped(first()).replace(b'"execution_count": null', b'"execution_count": ' + b"7" * 50_000, 1)
    assert mended(folder, data, ["remis-en-forme"], "nombre démesuré")["cells"][0]["execution_count"] == 0


def test_half_a_character_is_replaced(folder: Path) -> None:
    data = dumped(first(work="un = 1 # ICI")).replace(b"ICI", b"\\ud83d")
    assert mended(folder, data, ["remis-en-forme"], "incomplets")["cells"][0]["source"] == "un = 1 # ?"


HALVES = [b"\\ud83d", b"\\uDBFF", b"\\udc80", b"\\uDFFF", b"\\udc80\\ud83d"]


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("place", ["source", "tag", "cell key", "cell value", "output", "attachment", "key", "value"])
def test_either_half_of_a_character_is_replaced_wherever_it_stands(folder: Path, place: str, half: bytes) -> None:
    shown = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "ICI" if place == "output" else ""}}
    work = code("un = 1 # ICI" if place == "source" else "un = 1", outputs=[shown], id="travail")
    work["metadata"] = {"cell key": {"ICI": 1}, "cell value": {"a": ["ICI"]}}.get(place, {})
    text = {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "![](x)"}
    text["attachments"] = {"ICI.png" if place == "attachment" else "x.png": {"image/png": "AA=="}}
    content = notebook(EXPECTED[ONE], work, text)
    if place == "tag":
        content["cells"].append(code("1", "ICI", id="autre"))
    content["metadata"] |= {"key": {"ICI": 1}, "value": {"a": "ICI"}}.get(place, {})
    found = mended(folder, dumped(content).replace(b"ICI", half), ["remis-en-forme"], "incomplets")
    json.dumps(found, ensure_ascii=False).encode("utf-8")


def test_a_whole_character_in_two_escapes_is_left(folder: Path) -> None:
    hand_in(folder, json.dumps(first(work="un = 1 # 🎈")).encode())
    assert triage(folder).incidents == []


# Sizes and depths


def nested(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


def with_outputs(raw: bytes) -> bytes:
    return dumped(notebook(EXPECTED[ONE], code("1", outputs=["ICI"]))).replace(b'["ICI"]', raw)


def test_nesting_without_end_is_refused_before_it_is_parsed(folder: Path) -> None:
    data = dumped(first()).replace(
        b'"metadata": {"kernelspec"', b'"metadata": {"a": ' + nested(100_000) + b', "kernelspec"'
    )
    refused(folder, data, "100002 niveaux")


def test_nesting_in_outputs_costs_only_the_outputs(folder: Path) -> None:
    raw = b'[{"output_type": "display_data", "metadata": {}, "data": {"application/json": ' + nested(50_000) + b"}}]"
    assert mended(folder, with_outputs(raw), ["sorties-retirees"], "sorties")["cells"][-1]["outputs"] == []


@pytest.mark.slow
def test_a_hundred_megabytes_of_outputs_are_taken_out(folder: Path) -> None:
    payload = {"question": "q1-a", "learner": "voisin", "draw": 4, "answer": {"kind": "number", "value": 1.0}}
    answer = dumped({"output_type": "display_data", "metadata": {}, "data": {MIME: payload}})
    image = b'{"output_type": "display_data", "metadata": {}, "data": {"image/png": "' + b"iVBOR" * 20_000_000 + b'"}}'
    started = time.perf_counter()
    content = mended(folder, with_outputs(b"[" + image + b", " + answer + b"]"), ["sorties-retirees"], "95 Mio")
    assert time.perf_counter() - started < 60
    assert handed_in(nbformat.from_dict(content["cells"][-1])) == payload
    assert (folder / f"{ONE}.ipynb").stat().st_size < 10_000


def test_outputs_are_taken_out_whatever_they_look_like(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(layout, "MAX_BYTES", 3000)
    tricky = {"output_type": "stream", "name": "stdout", "text": '"outputs": [ ] } ] \\" \\\\' + "x" * 5000}
    data = notebook(EXPECTED[ONE], code("1", outputs=[tricky, tricky]), code('x = {"outputs": [1]}'))
    assert [cell["source"] for cell in mended(folder, data, ["sorties-retirees"], "sorties")["cells"]] == [
        cell["source"] for cell in data["cells"]
    ]


def test_a_notebook_too_large_without_its_outputs_is_refused(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(layout, "MAX_BYTES", 2**20)
    refused(folder, first(work="a = '" + "x" * 2**21 + "'"), "même sans ses sorties")


def test_a_file_too_large_to_open_is_refused(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE", 2**20)
    refused(folder, first(work="a = '" + "x" * 2**21 + "'"), "2 Mio, 1 au plus")


def test_millions_of_elements_are_refused(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(layout, "MAX_TOKENS", 1000)
    refused(folder, with_outputs(b"[" + b'"a",' * 2000 + b'"a"]'), "démesuré")


def test_thousands_of_cells_are_refused(folder: Path) -> None:
    cells = [code("1", id=f"n{number}") for number in range(shape.MAX_CELLS)]
    refused(folder, notebook(EXPECTED[ONE], *cells), "2004 cellules")


def test_a_very_long_cell_is_refused_and_numbered(folder: Path) -> None:
    refused(folder, first(work="# " + "x" * 2**20), "cellule n° 1 ")


def test_an_image_pasted_in_a_text_is_taken_out_when_it_is_too_long(folder: Path) -> None:
    text = "Avant ![](data:image/png;base64," + "iVBOR" * 300_000 + ") après"
    cell = {"cell_type": "markdown", "id": "texte", "metadata": {}, "source": text}
    content = mended(folder, notebook(EXPECTED[ONE], cell), ["images-retirees"], "cellule n° 5")
    assert content["cells"][-1]["source"] == "Avant ![]() après"


def test_a_long_text_without_image_is_refused(folder: Path) -> None:
    cell = {"cell_type": "markdown", "id": "texte", "metadata": {}, "source": ["mot "] * 300_000}
    refused(folder, notebook(EXPECTED[ONE], cell), "1171 Kio")


@pytest.mark.parametrize(
    "data",
    [
        b'{"a' + b'"\\' * 500_000,
        b'{"' + b"\\" * 1_000_001,
        b"{" * 1_000_000,
        b'{"outputs": [' * 100_000,
        b"{" + b"}]" * 500_000,
        b'{"a": "' + b"x" * 5_000_000 + b'"' + b"[" * 200_000,
    ],
    ids=["quotes", "backslashes", "braces", "outputs", "closings", "long text"],
)
def test_text_made_to_waste_time_does_not(data: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(RefusedError):
        read_notebook(data)
    assert time.perf_counter() - started < 10


# Formats


@pytest.mark.parametrize("minor", [0, 2, 4])
def test_an_older_minor_format_is_converted(folder: Path, minor: int) -> None:
    content = first() | {"nbformat_minor": minor}
    for cell in content["cells"]:
        del cell["id"]
    made = mended(folder, content, ["ancien-format"], f"format 4.{minor}")
    assert [cell["source"] for cell in made["cells"]] == [cell["source"] for cell in content["cells"]]
    assert len({cell["id"] for cell in made["cells"]}) == len(made["cells"])


def test_format_3_is_converted_with_its_tags(folder: Path) -> None:
    old = nbformat.convert(nbformat.from_dict(copy.deepcopy(first())), 3)
    made = mended(folder, json.loads(json.dumps(old)), ["ancien-format"], "format 3")
    assert [cell["source"] for cell in made["cells"]] == [cell["source"] for cell in first()["cells"]]
    assert made["cells"][1]["metadata"]["nbgrader"]["grade_id"] == "q1-a"


def test_a_newer_minor_format_is_taken(folder: Path) -> None:
    hand_in(folder, first() | {"nbformat_minor": 7})
    assert list(take_in(folder, "lea", EXPECTED, OTHERS).ready) == [ONE, TWO]


# Shape


def spoil(**changes):
    def edit(cell: dict) -> None:
        cell.update(changes)

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        lambda cell: cell.pop("outputs"),
        lambda cell: cell.pop("execution_count"),
        lambda cell: cell.pop("metadata"),
        lambda cell: cell.pop("id"),
        spoil(id="pas un id !"),
        spoil(id="q1-a"),
        spoil(outputs="rien"),
        spoil(outputs=[{"output_type": "inconnu"}]),
        spoil(outputs=[{"output_type": "stream", "name": "stdout", "text": 5}]),
        spoil(execution_count="trois"),
        spoil(execution_count=float("inf")),
        spoil(ajout=1),
        spoil(metadata={"tags": 5}),
        spoil(metadata={"nbgrader": "x"}),
        spoil(metadata={"nbgrader": {"grade_id": ["q1-a"], "grade": True}}),
        spoil(metadata={"nbgrader": {"locked": True}}),
        spoil(cell_type="markdown", attachments={"a.png": 7}),
        spoil(cell_type="sql"),
    ],
)
def test_a_malformed_cell_is_put_in_shape(folder: Path, edit) -> None:
    content = first()
    edit(content["cells"][0])
    made = mended(folder, content, ["remis-en-forme"], "remis en forme")
    assert [cell["source"] for cell in made["cells"]] == [cell["source"] for cell in first()["cells"]]


@pytest.mark.parametrize(
    "metadata", [None, 7, {"kernelspec": "R"}, {"kernelspec": {"name": "ir"}}, {"language_info": {}}]
)
def test_malformed_metadata_are_put_in_shape(folder: Path, metadata: object) -> None:
    made = mended(folder, first() | {"metadata": metadata}, ["remis-en-forme"], "remis en forme")
    assert made["metadata"] == {}


# Languages


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}, "R"),
        ({"kernelspec": {"name": "ir", "display_name": "R"}}, "R"),
        ({"kernelspec": {"name": "ir", "display_name": "R"}, "language_info": {"name": "R"}}, "R"),
        ({"language_info": {"name": "javascript"}}, "javascript"),
        ({"kernelspec": {"name": "julia-1.10", "display_name": "Julia", "language": "julia"}}, "julia"),
    ],
)
def test_another_language_is_refused(folder: Path, metadata: dict, language: str) -> None:
    intake = refused(folder, first() | {"metadata": metadata}, f"noyau {language},", "autre-langage")
    assert "Changer de noyau" in intake.incidents[0].advice


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"kernelspec": {"name": "conda-env-cours-py", "display_name": "Python [cours]", "language": "python"}},
        {"kernelspec": {"name": "python", "display_name": "Pyodide", "language": "python"}},
        {"kernelspec": {"name": "xpython", "display_name": "Xeus"}},
        {"kernelspec": {"name": "mon-noyau", "display_name": "Mien"}, "language_info": {"name": "ipython"}},
    ],
)
def test_another_python_kernel_is_as_good(folder: Path, metadata: dict) -> None:
    hand_in(folder, first() | {"metadata": metadata})
    assert triage(folder).incidents == []


# Names and places


def misplaced(folder: Path, name: str, shown: str = "") -> TriagePlan:
    """Hand in the first notebook under another name: it is taken, said, and the file stays where it was."""
    data = dumped(first())
    path = hand_in(folder, data, name)
    intake = triage(folder)
    assert list(intake.ready) == [ONE, TWO]
    assert codes(intake) == ["renomme"]
    assert f"« {shown or name} »" in intake.incidents[0].what
    assert path.read_bytes() == data
    assert (folder / f"{ONE}.ipynb").read_bytes() == data
    return intake


@pytest.mark.parametrize(
    "name",
    [
        "01-indicateurs (1).ipynb",
        "01-indicateurs-Copy1.ipynb",
        "Copie de 01-indicateurs.ipynb",
        "01-INDICATEURS.IPYNB",
        "01 indicateurs.ipynb",
        "Dupont_01-indicateurs.ipynb",
        "travail final.ipynb",
        "été 🎈.ipynb",
        "01-indicateurs.ipynb.txt",
        "01-indicateurs.ipynb.json",
        "devoir/01-indicateurs.ipynb",
        "e2-performance/lea/01-indicateurs.ipynb",
        "01-indicateurs (2).ipynb/01-indicateurs.ipynb",
    ],
)
def test_a_notebook_is_recognised_by_its_cells_whatever_its_name(folder: Path, name: str) -> None:
    misplaced(folder, name)


def test_an_accent_written_in_two_characters_is_the_same_accent(tmp_path: Path) -> None:
    name = "01-équipe"
    (tmp_path / f"{unicodedata.normalize('NFD', name)}.ipynb").write_bytes(dumped(notebook(["q1"])))
    intake = take_in(tmp_path, "lea", {name: {"q1", "q2", "q3"}}, {})
    assert (list(intake.ready), codes(intake)) == ([name], ["renomme"])


@pytest.mark.parametrize("name", ["01\n.ipynb", "\x1b[31m.ipynb", "a\u202eb.ipynb", "01\udcff.ipynb"])
def test_a_name_with_odd_characters_is_shown_without_them(folder: Path, name: str) -> None:
    hand_in(folder, first(), name)
    intake = triage(folder)
    assert list(intake.ready) == [ONE, TWO]
    assert codes(intake) == ["renomme", "fichiers-ecartes"]
    for one in intake.incidents:
        assert one.what.isprintable()
        one.what.encode("utf-8")


def test_a_name_as_long_as_the_disk_allows_is_shortened(folder: Path) -> None:
    intake = misplaced(folder, "n" * 249 + ".ipynb", "n" * 60 + "…" + "n" * 13 + ".ipynb")
    assert len(intake.incidents[0].what) < 200


def test_a_renamed_file_is_mended_too(folder: Path) -> None:
    data = b"\xef\xbb\xbf" + dumped(first())
    path = hand_in(folder, data, "cas.ipynb")
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([ONE, TWO], ["renomme", "encodage"])
    assert path.read_bytes() == data
    assert not (folder / f"{ONE}.ipynb.original").exists()


def test_two_notebooks_that_exchanged_their_names_are_both_graded(folder: Path) -> None:
    one, two = dumped(first()), dumped(second())
    hand_in(folder, two)
    hand_in(folder, one, f"{TWO}.ipynb")
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([ONE, TWO], ["notebooks-echanges"] * 2)
    assert (folder / f"{ONE}.ipynb").read_bytes() == (folder / f"{TWO}.ipynb.original").read_bytes() == one
    assert (folder / f"{TWO}.ipynb").read_bytes() == (folder / f"{ONE}.ipynb.original").read_bytes() == two


def test_one_notebook_under_the_name_of_the_other_is_graded_as_what_it_is(folder: Path) -> None:
    hand_in(folder, second())
    (folder / f"{TWO}.ipynb").unlink()
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([TWO], ["autre-notebook", "renomme"])
    assert f"il contient « {TWO} »" in intake.incidents[0].what


def test_the_same_notebook_under_both_names_is_graded_once(folder: Path) -> None:
    hand_in(folder, second(work="autre = 1"))
    intake = triage(folder)
    assert list(intake.ready) == [TWO]
    assert sorted(codes(intake)) == ["autre-notebook", "autre-version"]


def test_of_several_versions_under_other_names_none_is_chosen(folder: Path) -> None:
    hand_in(folder, first(work="un = 1"), "01-indicateurs (1).ipynb")
    hand_in(folder, first(work="un = 2"), "01-indicateurs (2).ipynb")
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([TWO], ["a-choisir"])
    assert "« 01-indicateurs (1).ipynb », « 01-indicateurs (2).ipynb »" in intake.incidents[0].what
    assert "casekit intake" in intake.incidents[0].advice


def test_several_copies_of_the_same_work_are_one_version(folder: Path) -> None:
    hand_in(folder, dumped(first(), indent=1), "01-indicateurs (1).ipynb")
    hand_in(folder, first(), "01-indicateurs (2).ipynb")
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([ONE, TWO], ["renomme"])


def test_the_right_name_wins_over_another_version_which_is_told(folder: Path) -> None:
    hand_in(folder, first(work="un = 1"))
    hand_in(folder, first(work="un = 2"), "01-indicateurs (1).ipynb")
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([ONE, TWO], ["autre-version"])
    assert "un = 1" in (folder / f"{ONE}.ipynb").read_text(encoding="utf-8")


def test_a_damaged_file_gives_way_to_a_good_one_under_another_name(folder: Path) -> None:
    damaged = dumped(first())[:300]
    hand_in(folder, damaged)
    hand_in(folder, first(), "01-indicateurs (1).ipynb")
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([ONE, TWO], ["renomme"])
    assert (folder / f"{ONE}.ipynb.original").read_bytes() == damaged


def test_what_is_handed_in_again_replaces_what_was_mended(folder: Path) -> None:
    older = b"\xef\xbb\xbf" + dumped(first(work="un = 1"))
    mended(folder, older, ["encodage"], "BOM")
    hand_in(folder, first(work="un = 2"))
    assert triage(folder).incidents == []
    newer = b"\xef\xbb\xbf" + dumped(first(work="un = 3"))
    hand_in(folder, newer)
    intake = triage(folder)
    assert codes(intake) == ["encodage"]
    assert "un = 3" in (folder / f"{ONE}.ipynb").read_text(encoding="utf-8")
    assert (folder / f"{ONE}.ipynb.original").read_bytes() == older
    assert (folder / f"{ONE}.ipynb.original-2").read_bytes() == newer


def test_a_file_set_aside_counts_when_its_place_is_empty(folder: Path) -> None:
    hand_in(folder, first(), f"{ONE}.ipynb.original")
    assert list(triage(folder).ready) == [ONE, TWO]


def test_working_copies_of_jupyter_and_of_macs_are_passed_by(folder: Path) -> None:
    hand_in(folder, first(work="un = 1"))
    hand_in(folder, first(work="un = 0"), f".ipynb_checkpoints/{ONE}-checkpoint.ipynb")
    hand_in(folder, b"\0\5\x16\7", f"._{ONE}.ipynb")
    hand_in(folder, b"\0\5\x16\7", f"__MACOSX/._{ONE}.ipynb")
    assert triage(folder).incidents == []


# Notebooks of somewhere else


def test_a_notebook_of_another_assignment_is_named(folder: Path) -> None:
    intake = refused(folder, notebook({"q9-a", "q9-b"}), "« e1-strategie »", "autre-notebook")
    assert "« 01-swot »" in intake.incidents[0].what


def test_the_kits_other_assignments_are_known_without_being_told(tmp_path: Path) -> None:
    (tmp_path / "01-swot.ipynb").write_bytes(dumped(notebook(kit_cells()["e2-performance"]["03-budget"])))
    intake = take_in(tmp_path, "lea", {"01-swot": {"q9-a", "q9-b"}})
    assert "« 03-budget », de l’évaluation « e2-performance »" in intake.incidents[0].what


def test_an_unknown_notebook_is_said_to_be_of_no_use(folder: Path) -> None:
    refused(folder, notebook({"x-a", "x-b"}), "aucune de ses cellules", "autre-notebook")


def test_a_notebook_that_lost_every_tag_is_said_so(folder: Path) -> None:
    intake = refused(folder, notebook([]), "plus aucune cellule de contrôle", "autre-notebook")
    assert "recopiez" in intake.incidents[0].advice


def test_a_stranger_under_another_name_is_told_rather_than_nothing(folder: Path) -> None:
    hand_in(folder, notebook({"q9-a", "q9-b"}), "devoir.ipynb")
    intake = triage(folder)
    assert codes(intake) == ["autre-notebook"]
    assert "« devoir.ipynb »" in intake.incidents[0].what


def test_one_control_cell_left_is_enough_under_the_right_name(folder: Path) -> None:
    hand_in(folder, notebook({"q1-b"}))
    assert (list(triage(folder).ready), triage(folder).incidents) == ([ONE, TWO], [])


def test_a_notebook_without_graded_cells_goes_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "03-lecture.ipynb").write_bytes(dumped(notebook([])))
    assert list(take_in(tmp_path, "lea", {"03-lecture": set(), ONE: {"q1-a"}}, {}).ready) == ["03-lecture"]


def test_an_absent_notebook_names_what_was_handed_in_instead(folder: Path) -> None:
    hand_in(folder, b"PK\3\4", "devoir.zip")
    intake = triage(folder)
    assert codes(intake) == ["notebook-absent"]
    assert "« devoir.zip »" in intake.incidents[0].what


def test_an_empty_or_missing_folder_misses_everything(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "rien"):
        intake = take_in(path, "lea", EXPECTED, OTHERS)
        assert (list(intake.ready), codes(intake)) == ([], ["notebook-absent"] * 2)


# Links, pipes and other things that are not files


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Return a good notebook outside of the submission."""
    path = tmp_path / "ailleurs" / f"{ONE}.ipynb"
    path.parent.mkdir()
    path.write_bytes(dumped(first()))
    return path


def test_a_link_is_never_followed(folder: Path, elsewhere: Path) -> None:
    (folder / f"{ONE}.ipynb").symlink_to(elsewhere)
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([TWO], ["lien-refuse"])
    assert (folder / f"{ONE}.ipynb").is_symlink()


def test_a_linked_folder_is_never_entered(folder: Path, elsewhere: Path) -> None:
    (folder / "devoir").symlink_to(elsewhere.parent)
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([TWO], ["notebook-absent", "fichiers-ecartes"])
    assert "« devoir » (un lien)" in intake.incidents[1].what


def test_a_link_beside_good_notebooks_is_told_and_left(folder: Path, elsewhere: Path) -> None:
    hand_in(folder, first())
    (folder / "donnees.csv").symlink_to("/etc/hostname")
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([ONE, TWO], ["fichiers-ecartes"])


def test_a_link_gives_way_to_the_file_beside_it(folder: Path, elsewhere: Path) -> None:
    (folder / f"{ONE}.ipynb").symlink_to(elsewhere)
    hand_in(folder, first(work="un = 2"), "01-indicateurs (1).ipynb")
    assert list(take_in(folder, "lea", EXPECTED, OTHERS).ready) == [ONE, TWO]
    assert (folder / f"{ONE}.ipynb.original").is_symlink()
    assert "un = 2" in (folder / f"{ONE}.ipynb").read_text(encoding="utf-8")
    assert "un = 1" in elsewhere.read_text(encoding="utf-8")


@pytest.mark.parametrize("level", ["learner", "assignment"])
def test_a_submission_reached_through_a_link_is_not_looked_at(tmp_path: Path, elsewhere: Path, level: str) -> None:
    learner = tmp_path / "max"
    if level == "learner":
        real = tmp_path / "vrai" / "e2-performance"
        real.mkdir(parents=True)
        learner.symlink_to(real.parent)
    else:
        learner.mkdir()
        (learner / "e2-performance").symlink_to(elsewhere.parent)
    intake = take_in(learner / "e2-performance", "max", EXPECTED, OTHERS)
    assert (list(intake.ready), codes(intake)) == ([], ["lien-refuse"] * 2)


def test_a_working_folder_reached_through_a_link_is_none_of_the_learners_doing(tmp_path: Path) -> None:
    (tmp_path / "vrai" / "copie").mkdir(parents=True)
    (tmp_path / "vrai" / "copie" / f"{ONE}.ipynb").write_bytes(dumped(first()))
    (tmp_path / "temporaire").symlink_to(tmp_path / "vrai")
    assert list(take_in(tmp_path / "temporaire" / "copie", "lea", EXPECTED, OTHERS).ready) == [ONE]


def test_a_pipe_does_not_hang(folder: Path) -> None:
    os.mkfifo(folder / f"{ONE}.ipynb")
    os.mkfifo(folder / "tube.csv")
    intake = triage(folder)
    assert codes(intake) == ["lien-refuse", "fichiers-ecartes"]
    assert "un tube" in intake.incidents[0].what


def test_a_socket_is_not_opened(folder: Path, monkeypatch) -> None:
    monkeypatch.chdir(folder)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(f"{ONE}.ipynb")
        intake = triage(folder)
    assert codes(intake) == ["lien-refuse"]
    assert "prise réseau" in intake.incidents[0].what


def test_a_folder_named_like_the_notebook_is_said_so(folder: Path) -> None:
    (folder / f"{ONE}.ipynb").mkdir()
    intake = triage(folder)
    assert codes(intake) == ["illisible"]
    assert "c’est un dossier" in intake.incidents[0].what


def test_a_notebook_in_a_folder_of_its_own_name_is_recovered(folder: Path) -> None:
    hand_in(folder, first(), f"{ONE}.ipynb/{ONE}.ipynb")
    assert list(take_in(folder, "lea", EXPECTED, OTHERS).ready) == [ONE, TWO]
    assert (folder / f"{ONE}.ipynb").is_file()
    assert (folder / f"{ONE}.ipynb.original" / f"{ONE}.ipynb").is_file()


def test_a_file_with_two_names_is_read_and_never_written_to(folder: Path, elsewhere: Path) -> None:
    data = b"\xef\xbb\xbf" + dumped(first())
    elsewhere.write_bytes(data)
    os.link(elsewhere, folder / f"{ONE}.ipynb")
    assert codes(triage(folder)) == ["encodage"]
    assert elsewhere.read_bytes() == data


def test_a_file_without_the_right_to_read_it_says_so(folder: Path, monkeypatch) -> None:
    hand_in(folder, first())
    real = os.open

    def closed(path, *options, **more):
        if str(path).endswith(f"{ONE}.ipynb"):
            raise PermissionError(13, "Permission denied")
        return real(path, *options, **more)

    monkeypatch.setattr(os, "open", closed)
    intake = take_in(folder, "lea", EXPECTED, OTHERS)
    assert (list(intake.ready), codes(intake)) == ([TWO], ["illisible"])
    assert "droit de lire" in intake.incidents[0].what


def test_a_mended_notebook_that_cannot_be_written_is_not_graded(folder: Path, monkeypatch) -> None:
    data = hand_in(folder, b"\xef\xbb\xbf" + dumped(first())).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    intake = take_in(folder, "lea", EXPECTED, OTHERS)
    assert (list(intake.ready), codes(intake)) == ([TWO], ["encodage", "echec"])
    assert snapshot(folder) == {f"{ONE}.ipynb": data, f"{TWO}.ipynb": dumped(second())}


# Too much


def test_of_too_many_files_only_the_notebooks_are_taken(folder: Path) -> None:
    hand_in(folder, first())
    for number in range(files.MAX_FILES + 5):
        (folder / f"a{number}.csv").touch()
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([ONE, TWO], ["fichiers-ecartes"])
    assert "plus de 500 fichiers" in intake.incidents[0].what


def test_folders_without_end_are_left(folder: Path) -> None:
    hand_in(folder, first())
    (folder / Path(*["a"] * 60)).mkdir(parents=True)
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([ONE, TWO], ["fichiers-ecartes"])
    assert "trop de dossiers" in intake.incidents[0].what


def test_large_documents_beside_the_notebooks_are_told(folder: Path) -> None:
    hand_in(folder, first())
    with (folder / "film.mp4").open("wb") as file:
        file.truncate(files.MAX_TOTAL + 2**20)
    intake = triage(folder)
    assert (list(intake.ready), codes(intake)) == ([ONE, TWO], ["fichiers-ecartes"])
    assert "201 Mio" in intake.incidents[0].what


def test_of_too_many_notebooks_the_expected_ones_are_read_first(folder: Path) -> None:
    hand_in(folder, first())
    for number in range(candidates.MAX_CANDIDATES + 5):
        hand_in(folder, notebook([]), f"{number:03d}.ipynb")
    started = time.perf_counter()
    assert list(take_in(folder, "lea", EXPECTED, OTHERS).ready) == [ONE, TWO]
    assert time.perf_counter() - started < 10


# Anything at all

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=12), inner, max_size=4)
    ),
    max_leaves=25,
)
KEYS = [
    "cells", "metadata", "nbformat", "nbformat_minor", "worksheets", "cell_type", "source", "outputs", "id", "nbgrader",
    "grade_id", "kernelspec", "language_info", "attachments", "execution_count", "name", "input",
]  # fmt: skip
fuzzed = settings(max_examples=150, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])


def always_answers(folder: Path, data: bytes) -> None:
    path = folder / f"{ONE}.ipynb"
    for old in folder.iterdir():
        if old.name != f"{TWO}.ipynb":
            old.unlink()
    path.write_bytes(data)
    intake = triage(folder)
    assert TWO in intake.ready
    assert data in snapshot(folder).values()


@given(data=st.binary(max_size=300))
@fuzzed
def test_any_bytes_have_an_answer(folder: Path, data: bytes) -> None:
    always_answers(folder, data)


@pytest.mark.slow
@given(value=json_values)
@fuzzed
def test_any_json_has_an_answer(folder: Path, value: object) -> None:
    always_answers(folder, json.dumps(value).encode())


@pytest.mark.slow
@given(value=st.dictionaries(st.sampled_from(KEYS), json_values, max_size=6), major=st.sampled_from([1, 2, 3, 4, 5]))
@fuzzed
def test_anything_like_a_notebook_has_an_answer(folder: Path, value: dict, major: int) -> None:
    always_answers(folder, json.dumps({**value, "nbformat": major}).encode())


def spots(value: object, path: tuple = ()) -> list[tuple]:
    found = [path] if path else []
    if isinstance(value, dict):
        found += [spot for key in value for spot in spots(value[key], (*path, key))]
    if isinstance(value, list):
        found += [spot for index, item in enumerate(value) for spot in spots(item, (*path, index))]
    return found


OUTPUTS = [
    {"output_type": "stream", "name": "stdout", "text": ["un"]},
    {"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}, "execution_count": 1},
    {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []},
]
RICH = notebook(
    EXPECTED[ONE], code("1", outputs=OUTPUTS), {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "x"}
)
OLD = json.loads(json.dumps(nbformat.convert(nbformat.from_dict(copy.deepcopy(RICH)), 3)))


@pytest.mark.slow
@pytest.mark.parametrize("base", [RICH, OLD], ids=["today", "format 3"])
@given(data=st.data())
@fuzzed
def test_a_mutated_notebook_has_an_answer(folder: Path, base: dict, data) -> None:
    content = copy.deepcopy(base)
    for _ in range(data.draw(st.integers(1, 3))):
        *before, last = data.draw(st.sampled_from(spots(content)))
        holder = content
        for step in before:
            holder = holder[step]
        if data.draw(st.booleans()):
            holder[last] = data.draw(json_values)
        elif isinstance(holder, dict):
            holder[data.draw(st.sampled_from(KEYS))] = holder.pop(last)
        else:
            holder.append(copy.deepcopy(holder[last]))
    always_answers(folder, json.dumps(content).encode())


@given(data=st.data())
@fuzzed
def test_a_notebook_with_damaged_bytes_has_an_answer(folder: Path, data) -> None:
    content = bytearray(dumped(RICH))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    always_answers(folder, bytes(content))


# Split locked cells

LOCKED = 'from casestudies import ouvrir_dossier\n\ndossier = ouvrir_dossier("kerlavandre", identifiant)\ndossier'


def split_notebook(*cells: dict) -> tuple[nbformat.NotebookNode, list[nbformat.NotebookNode]]:
    original = nbformat.from_dict(code(LOCKED, "ouverture"))
    return nbformat.from_dict(notebook([], *cells)), [original, nbformat.from_dict(code("un = None", "a-un"))]


@pytest.mark.parametrize(
    ("sources", "tagged"),
    [
        ((LOCKED[:40], LOCKED[40:]), 0),
        ((LOCKED[:40], LOCKED[40:]), 1),
        ((LOCKED[:50], LOCKED[50:70], LOCKED[70:]), 1),
        (("", LOCKED), 0),
        ((LOCKED[:37].strip(), LOCKED[37:].strip()), 0),
    ],
)
def test_the_pieces_of_a_split_cell_become_one(sources: tuple, tagged: int) -> None:
    pieces = [
        code(source, "ouverture" if index == tagged else "", id=f"p{index}") for index, source in enumerate(sources)
    ]
    nb, originals = split_notebook(code("avant = 1"), *pieces, code("un = 1", "a-un"))
    assert join_pieces(nb, originals) == ["ouverture"]
    assert [cell.id for cell in nb.cells[1:]] == [code("avant = 1")["id"], f"p{tagged}", "a-un"]


@pytest.mark.parametrize(
    "cells",
    [
        [code(LOCKED, "ouverture"), code("dossier", id="mien")],
        [code("dossier", id="mien"), code(LOCKED, "ouverture"), code(LOCKED, id="copie")],
        [code(LOCKED[:40], "ouverture"), code("dossier", id="mien")],
        [code("pass", "ouverture"), code("dossier", id="mien")],
        [code(LOCKED[:40], "ouverture"), code(LOCKED[40:], "a-un")],
        [code(LOCKED[:40], "ouverture"), code(LOCKED[40:], id="texte", cell_type="markdown")],
        [code("un = 1", "a-un")],
    ],
)
def test_a_learners_own_cell_is_never_taken_for_a_piece(cells: list) -> None:
    nb, originals = split_notebook(*cells)
    before = copy.deepcopy(nb)
    assert join_pieces(nb, originals) == []
    assert nb == before
