"""A small notebook, from its skeleton to its marks: what an author writes, and nothing else, changes in the kit."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.content import notebooks_folder

ROOT = notebooks_folder().parent
NAME = "e1-strategie/06-essai"
WRITTEN = {
    f"notebooks/{NAME}.md",
    "autograder/keys/questions/e1_strategie/essai.py",
    "casestudies/livrables/essai.toml",
    "autograder/keys/misconceptions/catalogue.toml",
}
DERIVED = {
    f"notebooks/{NAME}.ipynb",
    f"autograder/keys/texts/{NAME}.json",
    "casestudies/choices.json",
    "casestudies/summary.json",
}

KEYS = '''"""E1, notebook 06: a small trial (B1-C01)."""

from autograder.keys.cases import Case
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.checks.form import Form
from autograder.keys.checks.texts import TextLength
from autograder.keys.declaring import Keys
from autograder.keys.model import Stated

KEYS = Keys("e1-strategie/06-essai", company="kerlavandre")


# Two of ten is a fifth.
KEYS.fixed_choice("s6-entree", "A", {"M999": "B"})


def paid(case: Case) -> float:
    """Return the number of paid lines of the export."""
    return float((case.table("commandes")["statut"] == "payée").sum())


@KEYS.number("s6-lignes", "lignes", 0)
def lines(case: Case) -> Stated:
    """Lines of the export."""
    return float(len(case.table("commandes"))), {"M999": case.fact(paid)}


@KEYS.number("s6-calcul", PROPORTION, needs=(lines,))
def share(case: Case) -> Stated:
    """Paid lines over lines."""
    right = case.fact(paid) / case.value(lines)
    return right, {"M999": 1 / right}


KEYS.table("s6-livrable", *Form("essai").rules, TextLength(4, 40, "action"))
'''
MISCONCEPTION = """
[M999]
titre = "Essai : le rapport est retourné"
explication = "Vous rapportez le tout à la partie, au lieu de la partie au tout."
relance = "Laquelle des deux quantités contient l’autre\u00a0?"
"""
ANSWERS = {
    "resultat = 0.0  # À ÉCRIRE : le calcul": 'resultat = (dossier.table("commandes")["statut"] == "payée").mean()',
    '[{"action": "À ÉCRIRE", "date": "2026-01-01"}]': (
        '[{"action": "Écrire aux familles avant la rentrée", "date": "2026-08-20"}] * 3'
    ),
}
ONE_MORE = """```{question} s6-lignes
:title: Lignes de l’export
:criterion: B1-C01
:points: 1
:answer: lignes
:hint: Que compte une ligne ?
:hint: Comptez toutes les lignes de la table.
:hint: Une table de trois lignes : 3.

lignes = len(dossier.table("commandes"))
```

"""
JUDGED = """
import json, sys
from source import answers_of
from autograder.authoring.integrity import check_content
from autograder.keys.cases import case_of
from autograder.keys.evaluation import evaluate, evaluate_all
from autograder.keys.questions import questions_of, reviews_of
from autograder.keys.variants import accepted_draw
from casestudies.answers import encode
name = "e1-strategie/06-essai"
asked = questions_of(notebook=name)
case = case_of("kerlavandre", "essai", accepted_draw("kerlavandre", "essai"))
solved = evaluate_all(asked, case, answers_of(name, "essai", case.company.draw))
blank = evaluate_all(asked, case, answers_of(name, "essai", case.company.draw, solved=False))
keyed = [one for one in asked if one.key]
wrong = {
    one.id: [evaluate(one, case, encode(each.value)).misconceptions for each in one.key(case).wrong] for one in keyed
}
problems = {one.statement: one.problems for one in check_content() if one.problems}
print(json.dumps({
    "asked": [one.id for one in asked], "reviews": [one.id for one in reviews_of(notebook=name)],
    "solved": {k: v.fraction for k, v in solved.items()}, "blank": {k: v.outcome for k, v in blank.items()},
    "wrong": wrong, "problems": problems}))
"""


def states(root: Path) -> dict[str, bytes]:
    """Return the content of every file of the copy that git would follow."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the kit's sources."""
    ignored = shutil.ignore_patterns("__pycache__", ".casekit", ".ipynb_checkpoints")
    for name in ("autograder", "casestudies", "notebooks", "datasets"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(root: Path, *arguments: str) -> str:
    """Run Python in the copy; return what it printed."""
    paths = os.pathsep.join([str(root), str(ROOT / "tests" / "content")])
    done = subprocess.run(
        [sys.executable, *arguments], cwd=root, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def filled(text: str) -> str:
    """Return the twin of the skeleton as its author completes it."""
    for before, after in ANSWERS.items():
        text = text.replace(before, after)
    text = text.replace("### 1. ", f"### 0. Un compte\n\n{ONE_MORE}### 1. ")
    return text.replace("À ÉCRIRE", "Essai")


def test_a_small_notebook_touches_what_its_author_writes_and_nothing_else(copy: Path) -> None:
    before = states(copy)
    made = run(copy, "-m", "autograder", "new", "notebook", NAME, "--company", "kerlavandre", "--criterion", "B1-C01")
    assert "Remplacez chaque « À ÉCRIRE »" in made.replace("\u00a0", " ")
    twin = copy / "notebooks" / f"{NAME}.md"
    twin.write_text(filled(twin.read_text(encoding="utf-8")), encoding="utf-8")
    (copy / "autograder/keys/questions/e1_strategie/essai.py").write_text(KEYS, encoding="utf-8")
    described = copy / "casestudies/livrables/essai.toml"
    described.write_text(described.read_text(encoding="utf-8").replace("À ÉCRIRE", "Essai"), encoding="utf-8")
    with (copy / "autograder/keys/misconceptions/catalogue.toml").open("a", encoding="utf-8") as catalogue:
        catalogue.write(MISCONCEPTION)
    twins = [path.relative_to(copy).as_posix() for path in sorted(copy.glob("notebooks/*/*.md"))]
    run(copy, "-m", "autograder.authoring.twins", *twins)

    after = states(copy)
    assert {name for name in after if after[name] != before.get(name)} == WRITTEN | DERIVED
    found = json.loads(run(copy, "-c", JUDGED))
    assert found["asked"] == ["s6-entree", "s6-lignes", "s6-calcul", "s6-livrable"]
    assert found["reviews"] == ["rs6-livrable"]
    assert set(found["solved"].values()) == {1.0}
    assert set(found["blank"].values()) == {"not-attempted"}
    assert all(each == ["M999"] for every in found["wrong"].values() for each in every)
    (told,) = found["problems"].items()  # three questions are no hour's work
    assert told[0].startswith("Chaque notebook tient en 60 à 75 minutes")
    assert all(one.startswith(NAME) for one in told[1])


def test_a_skeleton_is_not_taken_for_a_finished_notebook(copy: Path) -> None:
    run(copy, "-m", "autograder", "new", "notebook", NAME, "--company", "kerlavandre", "--criterion", "B1-C01")
    twins = [path.relative_to(copy).as_posix() for path in sorted(copy.glob("notebooks/*/*.md"))]
    run(copy, "-m", "autograder.authoring.twins", *twins)
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "check"], cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert f"{NAME} : " in done.stdout.replace("\u00a0", " ")
    assert "passage(s) à écrire" in done.stdout
