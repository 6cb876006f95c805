"""A company is renamed in one place: no text, table or string of the kit's code holds a company's name but its own."""

import ast
from pathlib import Path

import pytest

from casestudies.company import COMPANIES, company_class
from casestudies.dossier import ouvrir_dossier
from casestudies.names import NAMES, named, of_name

ROOT = Path(__file__).parents[2]
WRITTEN = sorted(
    path
    for pattern in ("casestudies/**/*.md", "casestudies/**/*.toml", "autograder/**/*.toml", "notebooks/*/*.md")
    for path in ROOT.glob(pattern)
    if path.name != "names.toml"
)
CODE = sorted(path for folder in ("casestudies", "autograder") for path in (ROOT / folder).rglob("*.py"))


def _strings(path: Path) -> list[str]:
    """Return the strings of a module that are not docstrings (statements by themselves)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    annotations = {
        id(inner)
        for node in ast.walk(tree)
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if note is not None
        for inner in ast.walk(note)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in silent
        and id(node) not in annotations
        and path.name != "names.py"
    ]


def test_every_company_is_named_once() -> None:
    assert sorted(NAMES) == sorted(COMPANIES)
    assert [company_class(slug).name for slug in COMPANIES] == [NAMES[slug] for slug in COMPANIES]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_texts_hold_fields_and_not_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name in NAMES.values() if name.removeprefix("Agence ") in text] == []


def test_code_holds_no_name_outside_its_docstrings() -> None:
    found = {
        str(path.relative_to(ROOT)): name
        for path in CODE
        for text in _strings(path)
        for name in NAMES.values()
        if name.removeprefix("Agence ") in text
    }
    assert found == {}


def test_a_dossier_shows_the_names_and_no_field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for slug in COMPANIES:
        dossier = ouvrir_dossier(slug)
        shown = dossier.message().markdown
        assert NAMES[slug] in shown
        assert "{" not in shown


def test_elision_follows_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, "kerlavandre", "Écume")
    assert of_name("kerlavandre") == "d’Écume"
    assert named("La direction {de_kerlavandre} ({kerlavandre}, {debut})") == "La direction d’Écume (Écume, {debut})"
