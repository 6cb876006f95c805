"""The home as a study folder holds it, and the extension that JupyterLab is given: what they name is there."""

import json
import re
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.course import lab
from autograder.course.home import write_home
from autograder.course.lab import LABEXTENSIONS, Lab
from casestudies import __version__
from casestudies.errors import CasekitError
from casestudies.home.summary import summaries
from casestudies.study import HOME

EXTENSION = LABEXTENSIONS / "casekit"


def test_the_home_already_reads_before_it_is_run(tmp_path: Path) -> None:
    for one in summaries():
        (tmp_path / one.folder).mkdir(exist_ok=True)
        (tmp_path / one.file).write_text("{}", encoding="utf-8")
    assert write_home(tmp_path) == [tmp_path / HOME]
    notebook = nbformat.read(tmp_path / HOME, as_version=4)
    nbformat.validate(notebook)
    (cell,) = notebook.cells
    assert cell.metadata["jupyter"]["source_hidden"] is True
    assert "accueil()" in cell.source
    shown = cell.outputs[0]["data"]["text/html"]
    assert all(one.file in shown for one in summaries())


def test_a_home_already_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / HOME).write_text("la mienne", encoding="utf-8")
    assert write_home(tmp_path) == []
    assert (tmp_path / HOME).read_text(encoding="utf-8") == "la mienne"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "etude").write_text("un fichier", encoding="utf-8")
    with pytest.raises(CasekitError, match=r"accueil\.ipynb.*ne peut pas être écrit"):
        write_home(tmp_path / "etude")


def test_only_a_study_folder_gets_the_extension(tmp_path: Path) -> None:
    wanted = f"--LabApp.extra_labextensions_path={LABEXTENSIONS}"
    assert wanted in Lab(tmp_path, 8888, "x").command(browser=False)
    assert wanted not in Lab(tmp_path, 8888, "x", copies=True).command(browser=False)


def test_what_the_extension_names_is_there() -> None:
    package = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    assert (package["name"], package["version"]) == (EXTENSION.name, __version__)
    assert (EXTENSION / package["jupyterlab"]["_build"]["load"]).is_file()
    scripts = {path.name: path.read_text(encoding="utf-8") for path in (EXTENSION / "static").glob("*.js")}
    named = re.findall(r'"(?:\./)?(\w+\.(?:js|css))"', "".join(scripts.values()))
    assert {"study.js", "study.css", "kernel.js"} <= set(named)
    assert all((EXTENSION / "static" / name).is_file() for name in named)
    toolbar = json.loads((EXTENSION / "schemas/casekit/study.json").read_text(encoding="utf-8"))
    items = toolbar["jupyter.lab.toolbars"]["Notebook"]
    commands = [item["command"] for item in items if not item.get("disabled")]
    assert commands
    assert all(f'addCommand("{command}"' in scripts["study.js"] for command in commands)
    assert 'id: "casekit:study"' in scripts["study.js"]


def test_every_extension_that_is_left_out_is_one_of_jupyterlabs() -> None:
    package = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    share = Path(sys.prefix) / "share" / "jupyter"
    core = json.loads((share / "lab/static/package.json").read_text(encoding="utf-8"))["jupyterlab"]["extensions"]
    for name in [*package["jupyterlab"]["disabledExtensions"], *lab.DISABLED]:
        extension = name.split(":")[0]
        assert extension in core or (share / "labextensions" / extension).is_dir(), name
