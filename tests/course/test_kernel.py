"""The confined child gives what Jupyter's own kernel gives: on every notebook of the kit, and on odd cells."""

import re
import sys
from typing import Any

import nbformat
import pytest
from ipykernel.ipkernel import IPythonKernel
from nbformat.v4 import new_code_cell, new_notebook

from autograder.content import notebooks_folder
from autograder.grading import execute
from autograder.grading.execute import ExecuteAsLearner
from autograder.grading.kernel.keeper import available
from autograder.grading.kernel.outputs import LANGUAGE_INFO

pytestmark = [
    pytest.mark.xdist_group("kernel"),
    pytest.mark.skipif(not available(), reason="Cette machine ne permet pas le processus confiné (Linux seulement)."),
]
NOTEBOOKS = sorted(notebooks_folder().glob("*/*.ipynb"))
NUMBERED = re.compile(
    r"0x[0-9a-f]+|[0-9a-f]{32}|ipykernel_\d+/\d+|/tmp/\S+?\.py|Cell In\[\d+\], line|\d+(\.\d+)? [mµn]?s\b"
)
ODD = (
    "print('a'); print('b', end='')",
    "import sys; print('out'); print('err', file=sys.stderr); print('out again')",
    "1 / 0",
    "def f():\n    return g()\ndef g():\n    raise ValueError('é « ’')\nf()",
    "if True print(1)",
    "from IPython.display import display, HTML, Markdown, clear_output\ndisplay(HTML('<b>é</b>'), Markdown('*a*'))\n3",
    "h = display(1, display_id='un')\nh.update(2)",
    "print('gone'); clear_output(); print('kept')",
    "print('gone too'); clear_output(wait=True); print('kept too')",
    "import pandas as pd\npd.DataFrame({'a': [1.5, None], 'b': ['é', 'x']})",
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2, 3])\nax.set_title('é')",
    "plt.bar(['a'], [1]); plt.show()",
    "import warnings\nwarnings.warn('attention')",
    "%precision 3\n3.14159",
    "_ + Out[14] if 14 in Out else _",
    "input('nom ? ')",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "asyncio.get_running_loop().is_running()",
    "import ipywidgets as w\nbox = w.Output()\nwith box:\n    print('inside')\nw.VBox([w.IntSlider(), box])",
    "from ipywidgets import interact\ninteract(lambda x: print(x), x=(0, 3));",
    "raise SystemExit",
    "raise KeyboardInterrupt",
    "class Loud:\n    def __repr__(self):\n        raise RuntimeError('non')\nLoud()",
    "len(In) > 5, get_ipython() is not None, __name__",
    "%matplotlib inline\nplt.plot([1, 2]);",
    "%config InlineBackend.figure_format = 'retina'\nplt.plot([1, 2]);",
    "%%timeit -n1 -r1\npass",
    "%%writefile note.txt\nbonjour",
    "open('note.txt').read()",
    "%who",
    "float('nan'), float('inf'), 10 ** 400",
    "for number in range(3000): print(number)",
    "import logging\nlogging.warning('journal')",
    "x?",
)
NOT_DRAWN = {"02-gamme", "05-trafic-client", "07-feuille-de-route", "02-animer", "03-evaluer-defendre"}
"""Notebooks whose charts are all the library's: it draws none for a grading."""


def run(cells: list[Any], confined: bool, monkeypatch: pytest.MonkeyPatch, place: str = "ordinaire/un") -> list[Any]:
    with monkeypatch.context() as patched:
        patched.setattr(execute, "available", lambda: confined)
        step = ExecuteAsLearner()
        assignment, notebook = place.split("/")
        who = {"student": "essai", "assignment": assignment, "notebook": notebook}
        resources = {"nbgrader": who, "metadata": {}}
        nb, _ = step.preprocess(new_notebook(cells=[nbformat.from_dict(cell) for cell in cells]), resources)
        return list(nb.cells)


def shown(cell: Any) -> list[Any]:
    """Return the outputs of a cell without what differs from one run to the next."""
    found: list[Any] = []
    for output in cell.get("outputs", []):
        plain = nbformat.from_dict(output)
        data = plain.get("data", {})
        if "application/vnd.jupyter.widget-view+json" in data:
            data["application/vnd.jupyter.widget-view+json"] = "…"
        if found and plain.output_type == "stream" == found[-1].output_type and plain.name == found[-1].name:
            found[-1].text += plain.text
        else:
            found.append(plain)
    streams = sorted((one for one in found if one.output_type == "stream"), key=lambda one: one.name)
    others = [one for one in found if one.output_type != "stream"]
    return [NUMBERED.sub("…", str(one)) for one in [*_joined(streams), *others]]


def _joined(streams: list[Any]) -> list[str]:
    """Return the text of each stream: how a kernel cuts its two streams depends on the moment."""
    names = dict.fromkeys(one.name for one in streams)
    return [f"{name}: {''.join(one.text for one in streams if one.name == name)}" for name in names]


@pytest.fixture(scope="module")
def odd_cells(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, list[Any]]:
    cells = [new_code_cell(source) for source in ODD]
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(tmp_path_factory.mktemp("ici"))
        return {confined: run(cells, confined, patched) for confined in (True, False)}


def test_a_notebook_says_of_its_language_what_the_kernel_says() -> None:
    told = {**IPythonKernel.language_info, "version": sys.version.split()[0]}
    assert list(LANGUAGE_INFO.items()) == list(told.items()), "in one order: they are written to files"


@pytest.mark.parametrize("index", range(len(ODD)), ids=[source[:20] for source in ODD])
def test_an_odd_cell_shows_the_same(index: int, odd_cells: dict[bool, list[Any]]) -> None:
    here, jupyter = odd_cells[True][index], odd_cells[False][index]
    assert shown(here) == shown(jupyter)
    assert here.execution_count == jupyter.execution_count


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_of_the_kit_shows_the_same(path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = nbformat.read(path, as_version=4).cells
    here = run(cells, True, monkeypatch, f"{path.parent.name}/{path.stem}")
    jupyter = run(cells, False, monkeypatch, f"{path.parent.name}/{path.stem}")
    assert [shown(cell) for cell in here] == [shown(cell) for cell in jupyter]
    drawn = any("image/png" in str(cell.get("outputs")) for cell in here)
    assert drawn or path.stem.startswith("01") or path.stem in NOT_DRAWN
