"""The learner's side under a later Python, in Pyodide run by Node: the same tables, the same answers found right.

Neither PyPI nor npm has numpy and pandas for Pyodide by themselves: they come from ``build/pyodide``, which ``.ci/run``
fills, or from the folder named by ``PYODIDE``; it holds ``pyodide.mjs`` and the wheels of its distribution. Without it
the test is left out.
"""

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from autograder.keys.questions import all_keys
from casestudies.company import COMPANIES

pytestmark = pytest.mark.xdist_group("pyodide")
ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
MISSING = (
    "Il faut Node et un Pyodide entier (pyodide.mjs, numpy et pandas), dans build/pyodide ou dans le dossier que donne "
    "la variable PYODIDE. Pour l’avoir : « python tests/course/fetch_pyodide.py », ou l’archive complète d’une version "
    "314 de Pyodide."
)
ASKED = {series.company for series in all_keys()}


@pytest.fixture(scope="module")
def pyodide() -> Path:
    """Folder of a whole Pyodide."""
    folder = Path(os.environ.get("PYODIDE") or ROOT / "build" / "pyodide").resolve()
    if not (shutil.which("node") and (folder / "pyodide.mjs").is_file()):
        pytest.skip(MISSING)
    return folder


def told_by(pyodide: Path, call: str) -> dict[str, Any]:
    """Return what a function of ``in_pyodide`` says in Pyodide."""
    packages = sysconfig.get_path("purelib")
    command = ["node", HERE / "in_pyodide.mjs", pyodide, ROOT, packages, "in_pyodide", call]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def told(pyodide: Path) -> dict[str, Any]:
    """What one run of a browser's Python says of every company."""
    return told_by(pyodide, f"editions({json.dumps(COMPANIES)})")


@pytest.mark.parametrize("company", COMPANIES)
def test_tables_and_answers_are_the_same_in_a_browsers_python(told: dict[str, Any], company: str) -> None:
    assert tuple(told["python"]) >= (3, 14)
    assert told[company]["differing"] == []
    assert set(told[company]["outcomes"].values()) == ({"right"} if company in ASKED else set())


def test_a_work_is_levelled_in_a_browsers_python(pyodide: Path) -> None:
    told = told_by(pyodide, "levelled()")
    assert (told["asked"], told["open"], told["copies"]) == (4, False, 3)
    assert [one["level"] for one in told["kept"]] == [3]


def test_a_dossier_de_valorisation_is_assembled_in_a_browsers_python(pyodide: Path) -> None:
    told = told_by(pyodide, "valorised()")
    assert (told["state"], told["blocs"]) == ("1 compétence complète sur 18", 3)
    assert told["lacks"][0].startswith("Rien n’est encore raconté de 1.1.1")
    assert not told["pdf"], "typst is not there: the Word document is said to be alone"


def test_a_conversation_is_read_and_debriefed_in_a_browsers_python(pyodide: Path) -> None:
    told = told_by(pyodide, "talked()")
    assert set(told) == {"alternante-isolee", "equipe-tendue"}
    for exchanges, ends, drawn in told.values():
        assert 8 <= exchanges <= 12
        assert ends
        assert drawn
