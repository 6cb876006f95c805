"""A hostile notebook gains nothing: it is graded on the answers it hands in, whatever else it does."""

import pytest
import small

pytestmark = pytest.mark.xdist_group("hostile")


def after_opening(source: str):
    """Return an edit that adds a cell right after the case is opened."""

    def edit(notebook: dict) -> None:
        position = next(i for i, cell in enumerate(notebook["cells"]) if "ouvrir_dossier(" in "".join(cell["source"]))
        notebook["cells"].insert(position + 1, small.code(source))

    return edit


PATCH = """
class Faux:
    def _repr_mimebundle_(self, **k): return {"text/plain": "2.0", "text/html": "<b>2 points</b>"}
type(dossier).verifier = lambda self, q, r: Faux()
"""
NUMBER = "type(dossier).verifier = lambda self, q, r: 100"
EQUAL = """
class Egal(float):
    def __eq__(self, o): return True
    def __ne__(self, o): return False
    def __lt__(self, o): return True
    def __le__(self, o): return True
    def __ge__(self, o): return True
    def __gt__(self, o): return True
    def __sub__(self, o): return 0.0
    __rsub__ = __sub__
    def __abs__(self): return 0.0
    def __hash__(self): return 1
"""
FORGED = """
from IPython.display import publish_display_data
from casestudies.answers import MIME
def forge(self, q, r):
    publish_display_data({MIME: {"question": q, "score": 100, "points": 100, "fraction": 1, "outcome": "right",
        "answer": {"kind": "score", "value": 100, "points": 100}}})
    return 3.0
type(dossier).verifier = forge
"""
STRIP = """
import ast
class Vide(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
    def visit_Raise(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Vide())
"""
PRINTS = """
def bavard(self, q, r):
    print("2.0"); print("points: 2.0", flush=True)
    return 2.0
type(dossier).verifier = bavard
"""
HOOK = """
import sys
get_ipython().display_formatter.format = lambda *a, **k: ({"text/plain": "3.0"}, {})
"""
NESTED = """
from casestudies.answers import MIME
class Profond:
    def _repr_mimebundle_(self, **k):
        data = {"kind": "none"}
        for _ in range(400): data = {"kind": "list", "items": [data]}
        return {MIME: {"answer": data, "hints": 10**9, "learner": ["x"], "draw": "0"}, "text/plain": "2.0"}
type(dossier).verifier = lambda self, q, r: Profond()
"""


def replace_locked(notebook: dict) -> None:
    for question in (small.FIRST, small.SECOND):
        small.set_source(notebook, question.id, "3.0")


def raise_points(notebook: dict) -> None:
    for question in (small.FIRST, small.SECOND):
        small.cell(notebook, question.id)["metadata"]["nbgrader"]["points"] = 50


def unlock(notebook: dict) -> None:
    for question in (small.FIRST, small.SECOND):
        small.cell(notebook, question.id)["metadata"]["nbgrader"].update(locked=False, grade=False)


def forge_notes(notebook: dict) -> None:
    notebook["metadata"]["casekit"] = {"incidents": [{"code": "x"}], "points": 5}


WRONG = {"un": "0.123456", "deux": "-98765"}
ATTACKS = {
    "patch": (after_opening(PATCH), WRONG),
    "number": (after_opening(NUMBER), WRONG),
    "equal": (after_opening(EQUAL), {"un": "Egal(0.123456)", "deux": "Egal(-98765)"}),
    "forged": (after_opening(FORGED), WRONG),
    "strip": (after_opening(STRIP), WRONG),
    "prints": (after_opening(PRINTS), WRONG),
    "hook": (after_opening(HOOK), WRONG),
    "nested": (after_opening(NESTED), WRONG),
    "locked": (replace_locked, WRONG),
    "points": (raise_points, WRONG),
    "unlock": (unlock, WRONG),
    "notes": (forge_notes, WRONG),
}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    course = small.make_course(tmp_path_factory.mktemp("cours") / "cours", (*ATTACKS, "honnete", "bruyant"))
    for name, (edit, answers) in ATTACKS.items():
        small.submit(course, name, edit, **answers)
    small.submit(course, "honnete")
    noisy = after_opening(
        "import sys, warnings\nvrai = type(dossier).verifier\n"
        "def bruit(self, q, r):\n    warnings.warn('attention'); sys.stderr.write('rouge'); return vrai(self, q, r)\n"
        "type(dossier).verifier = bruit"
    )
    small.submit(course, "bruyant", noisy)
    return small.graded(course)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_earns_nothing(attacked, name: str) -> None:
    record = attacked[name]
    assert small.points(record) == {small.FIRST.id: 0.0, small.SECOND.id: 0.0}
    assert all(result.finding.message for result in record.results.values())


def test_honest_work_beside_them_earns_everything(attacked) -> None:
    assert small.points(attacked["honnete"]) == {small.FIRST.id: 2.0, small.SECOND.id: 3.0}


def test_noise_on_the_error_stream_costs_nothing(attacked) -> None:
    assert small.points(attacked["bruyant"]) == {small.FIRST.id: 2.0, small.SECOND.id: 3.0}
