"""What a learner reads of the kit's names with `?`, Maj + Tab and help(), and how a value shown alone is written."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import casestudies
from casestudies import codage, mesure, planification
from casestudies.company import Period
from casestudies.dossier import Dossier
from casestudies.french_help import french_help
from casestudies.revision.opening import Revision

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
_IMPORT = re.compile(r"^from (casestudies[\w.]*) import ([\w, ]+?)\s*(?:#.*)?$", re.MULTILINE)


def _learners_names() -> Iterator[tuple[str, str]]:
    """Yield the module and the name of all that notebooks import, and of what can be asked of what they get."""
    for path in NOTEBOOKS.glob("*/*.md"):
        for module, names in _IMPORT.findall(path.read_text(encoding="utf-8")):
            for name in names.split(","):
                found = getattr(importlib.import_module(module), name.split(" as ")[0].strip())
                yield found.__module__, found.__qualname__
    for module in (mesure, codage, planification):
        for name, found in vars(module).items():
            if inspect.isroutine(found) and found.__module__ == module.__name__ and not name.startswith("_"):
                yield module.__name__, name
    for name in set(casestudies.__all__) - {"__version__"}:
        found = getattr(casestudies, name)
        yield found.__module__, found.__qualname__
    for kind in (Dossier, Period, Revision, mesure.EffetMesure, planification.Essai):
        yield kind.__module__, kind.__qualname__
        for name, found in vars(kind).items():
            if not name.startswith("_") and (inspect.isroutine(found) or isinstance(found, property)):
                yield kind.__module__, f"{kind.__qualname__}.{name}"


@pytest.mark.parametrize(("module", "name"), sorted(set(_learners_names())))
def test_each_name_that_learners_use_has_french_help(module: str, name: str) -> None:
    assert name in french_help()[module]


@pytest.mark.parametrize(
    ("module", "name"), [(module, name) for module in french_help() for name in french_help()[module]]
)
def test_the_help_is_about_what_exists_and_is_not_its_english_docstring(module: str, name: str) -> None:
    assert attrgetter(name)(importlib.import_module(module)).__doc__
    assert french_help()[module][name] != _written(module, name)


def _written(module: str, name: str) -> str | None:
    """Return a docstring as its file has it: other tests may have put the French help in its place."""
    source = Path(str(importlib.import_module(module).__file__)).read_text(encoding="utf-8")
    node: Any = ast.parse(source)
    for part in name.split("."):
        node = next(one for one in node.body if getattr(one, "name", "") == part)
    return ast.get_docstring(node)


SHOWN = {
    "56945": "56 945",
    "numpy.int64(56945)": "56 945",
    "numpy.float64(0.17443210)": "0,174432",
    "-1234.5": "−1 234,5",
    "1 / 3": "0,333333",
    "2.0": "2",
    "numpy.float64('nan')": "pas un nombre (NaN)",
    "10**20": "100000000000000000000",
    "True": "True",
    "numpy.bool_(False)": "False",
    '"payée "': "« payée  »",
    '"un\\ndeux"': "un\ndeux",
    "[0.5, numpy.int64(3), numpy.float64(0.25)]": "[0.5, 3, 0.25]",
    '{"a": 1234}': "{'a': 1234}",
    "None": None,
}
ASKED = {
    'get_ipython().object_inspect_mime("dossier.verifier")["text/plain"]': "Contrôle votre réponse à une question",
    "help(dossier.table)": "Donne une table de votre dossier",
    "help(type(dossier))": "pour situer le vôtre",
    "Kind = type(dossier)": None,
    'get_ipython().object_inspect_mime("Kind")["text/plain"]': "Votre dossier ouvert",
    "print(type(dossier).__doc__)": "Votre dossier ouvert",
    "from casestudies.mesure import placebo": None,
    'dossier.indice("q1-sessions")\nx = 1': "Indice 1 sur 3",
    "help(placebo)": "Applique la même méthode à une fausse période",
}


def _run(folder: Path) -> dict[str, Any]:
    first = 'import numpy\nfrom casestudies import ouvrir_dossier\ndossier = ouvrir_dossier("kerlavandre", "essai")'
    cells = [nbformat.v4.new_code_cell(source) for source in (first, *SHOWN, *ASKED)]
    NotebookClient(nb := nbformat.v4.new_notebook(cells=cells), resources={"metadata": {"path": str(folder)}}).execute()
    return {cell.source: cell.outputs for cell in nb.cells}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what each expression shows in a learner's notebook."""
    return _run(tmp_path_factory.mktemp("help"))


def _text(outputs: Any) -> str | None:
    if not outputs:
        return None
    (one,) = outputs
    text: str = one["text"] if one["output_type"] == "stream" else one["data"]["text/plain"]
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("source", SHOWN)
def test_a_value_alone_is_written_the_french_way(source: str, ran: dict[str, Any]) -> None:
    assert _text(ran[source]) == SHOWN[source]


@pytest.mark.parametrize("source", ASKED)
def test_a_learner_reads_french_help(source: str, ran: dict[str, Any]) -> None:
    words, text = ASKED[source], _text(ran[source])
    assert text == words if words is None else words in str(text)
    assert "Hand in" not in str(text)
    assert "Keep " not in str(text)
    assert "Return" not in str(text)


def test_grading_keeps_python_s_own_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    ran = _run(tmp_path)
    assert _text(ran["numpy.int64(56945)"]) == "np.int64(56945)"
    assert "Return the table" in str(_text(ran["help(dossier.table)"]))
