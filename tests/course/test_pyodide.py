"""The learner's side under a later Python, in Pyodide run by Node: the same tables, the same answers found right.

Neither PyPI nor npm has numpy and pandas for Pyodide by themselves: they come from a folder named by ``PYODIDE``, which
holds ``pyodide.mjs`` and the wheels of its distribution. Without it the test is left out.
"""

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.spread
ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
MISSING = (
    "Il faut Node et un Pyodide entier (pyodide.mjs, numpy et pandas), dont le dossier est donné par la variable "
    "PYODIDE. Pour l’avoir : l’archive complète d’une version 314 de Pyodide, ou « pip download --no-deps "
    "open-webui==0.12.4 », dont la roue, décompressée, le contient dans open_webui/frontend/pyodide."
)


@pytest.fixture(scope="module")
def pyodide() -> Path:
    """Folder of a whole Pyodide."""
    folder = Path(os.environ.get("PYODIDE", ""))
    if not (shutil.which("node") and os.environ.get("PYODIDE") and (folder / "pyodide.mjs").is_file()):
        pytest.skip(MISSING)
    return folder.resolve()


def told_by(pyodide: Path, call: str) -> dict[str, Any]:
    """Return what a function of ``in_pyodide`` says in Pyodide."""
    packages = sysconfig.get_path("purelib")
    command = ["node", HERE / "in_pyodide.mjs", pyodide, ROOT, packages, "in_pyodide", call]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout.splitlines()[-1]))


@pytest.mark.parametrize("company", ["bocanterre", "kerlavandre"])
def test_tables_and_answers_are_the_same_in_a_browsers_python(pyodide: Path, company: str) -> None:
    told = told_by(pyodide, f"edition({company!r})")
    assert tuple(told["python"]) >= (3, 14)
    assert told["differing"] == []
    assert told["outcomes"]
    assert set(told["outcomes"].values()) == {"right"}


def test_a_work_is_levelled_in_a_browsers_python(pyodide: Path) -> None:
    told = told_by(pyodide, "levelled()")
    assert (told["asked"], told["open"], told["copies"]) == (4, False, 3)
    assert [one["level"] for one in told["kept"]] == [3]
