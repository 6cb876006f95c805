"""The project's own files agree with one another: dependencies, lock, licences, twins, content."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from autograder.authoring.competencies import competencies_bytes, competencies_path
from autograder.authoring.integrity import check_content, lines_to_read
from autograder.authoring.summary import summary_path
from autograder.authoring.texts import choices_path, texts_path
from autograder.authoring.twins import choices_bytes, home_bytes, notebook_bytes, settled, texts_bytes
from casestudies import __version__

ROOT = Path(__file__).parents[2]
TWINS = sorted(ROOT.glob("notebooks/*/*.md"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_conda_users_get_the_same_dependencies() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [line for line in environment["dependencies"] if isinstance(line, str)]
    pip = next(line["pip"] for line in environment["dependencies"] if isinstance(line, dict))
    assert conda == ["python>=3.11,<3.15", "pip"]
    assert pip == [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"], "-e ."]


def test_every_file_names_the_same_versions_of_python() -> None:
    makefile, readme, contributing = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "README.md", "CONTRIBUTING.md")
    )
    first, last = PYTHONS[0], PYTHONS[-1]
    enumerated = ", ".join(PYTHONS[:-1])
    kind = "Programming Language :: Python :: "
    assert tuple(one.removeprefix(kind) for one in PROJECT["classifiers"] if one.startswith(kind)) == PYTHONS
    assert PROJECT["requires-python"] == f">={first}"
    assert f"for candidate in {' '.join(f'python{one}' for one in reversed(PYTHONS))} python3;" in makefile
    assert f"({first.replace('.', ',')}) <= sys.version_info[:2] <= ({last.replace('.', ',')})" in makefile
    assert f"Il faut Python {enumerated} ou {last} " in makefile
    assert f"Python {enumerated} or {last} " in readme
    assert f"Il faut Python {enumerated} ou {last} " in readme
    assert f"Python {first} to {last} " in contributing


def test_the_lock_is_hashed_and_names_every_dependency_and_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {name.lower().replace("_", "-") for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    names = {re.match(r"[A-Za-z0-9._-]+", line).group().lower() for line in wanted}
    assert names <= pinned
    assert "://" not in lock
    assert lock.count("==") <= lock.count("--hash=sha256:")


def test_every_notebook_has_a_twin_and_every_twin_a_notebook() -> None:
    notebooks = sorted(path.with_suffix(".md") for path in ROOT.glob("notebooks/*/*.ipynb"))
    assert notebooks == TWINS
    assert notebooks


@pytest.mark.parametrize("twin", TWINS, ids=lambda path: path.stem)
def test_a_notebook_and_its_twin_are_in_step(twin: Path) -> None:
    text = twin.read_text(encoding="utf-8")
    assert settled(text) == text
    assert notebook_bytes(text) == twin.with_suffix(".ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize("twin", TWINS, ids=lambda path: path.stem)
def test_what_is_compiled_from_a_twin_is_in_step(twin: Path) -> None:
    text = twin.read_text(encoding="utf-8")
    compiled = texts_path(f"{twin.parent.name}/{twin.stem}")
    assert texts_bytes(text) == compiled.read_text(encoding="utf-8")


def test_the_options_of_choices_are_in_step() -> None:
    written = choices_bytes(twin.read_text(encoding="utf-8") for twin in TWINS)
    assert written == choices_path().read_text(encoding="utf-8")


def test_what_the_home_says_is_in_step() -> None:
    assert home_bytes(TWINS) == summary_path().read_text(encoding="utf-8")


def test_the_competencies_that_learners_read_are_in_step() -> None:
    assert competencies_bytes() == competencies_path().read_text(encoding="utf-8")


def test_the_content_holds_together() -> None:
    statements = check_content()
    assert len(statements) >= 7
    assert {one.statement: one.problems for one in statements if one.problems} == {}
    assert any(one.statement.startswith("B1 : 16 critères sur 16") for one in statements)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('plan = [\n    {\n        "action": "",\n        "délai": None,\n    },\n]\npd.DataFrame(plan)', 1),
        ('rows = [\n    {"kpi": "", "avant": None},\n]', 0),
        ('points = {\n    "Prix": 0,\n}', 0),
        ('points = {\n    "Prix": 6,\n}', 1),
        ("part = None  # clients ÷ leads\n\n### DÉBUT SOLUTION\npart = 1 / 2\n### FIN SOLUTION\n", 0),
    ],
)
def test_lines_that_a_learner_writes_or_fills_are_not_lines_to_read(source: str, lines: int) -> None:
    cell = {"cell_type": "code", "metadata": {}, "source": [source]}
    folded = {**cell, "metadata": {"jupyter": {"source_hidden": True}}}
    assert lines_to_read({"cells": [cell, folded]}) == lines


def test_the_changelog_speaks_of_this_version_under_three_headings() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {__version__}" in text
    assert re.findall(r"^### (\w+)", text, re.MULTILINE)[:3] == ["Content", "Data", "Engine"]


def test_the_learners_side_never_imports_the_trainers() -> None:
    code = (
        "import sys, pkgutil, importlib, casestudies\n"
        "for one in pkgutil.walk_packages(casestudies.__path__, 'casestudies.'): importlib.import_module(one.name)\n"
        "sys.exit(any(name.split('.')[0] == 'autograder' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_module_is_imported_without_a_deprecation() -> None:
    """In a fresh interpreter: pytest has imported some of them before it turns warnings into errors."""
    code = (
        "import importlib, pkgutil, warnings, autograder, casestudies\n"
        "for kind in (DeprecationWarning, PendingDeprecationWarning, FutureWarning):\n"
        "    warnings.filterwarnings('error', category=kind, module=r'(autograder|casestudies)\\b')\n"
        "for package in (casestudies, autograder):\n"
        "    for one in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        if one.name.split('.')[-1] not in ('__main__', 'env'): importlib.import_module(one.name)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_modules_stay_short() -> None:
    """The keys of a notebook may be longer: they are read beside the notebook, one function at a time."""
    keys = ROOT / "autograder" / "keys" / "questions"
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for folder in ("casestudies", "autograder")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > (500 if keys in path.parents else 330)
    }
    assert long == {}
