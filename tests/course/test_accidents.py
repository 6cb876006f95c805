"""No accident gives a silent zero: each has its reason, and nobody else's grade changes."""

import json
from pathlib import Path

import pytest
import small

from autograder.grading.run import grade
from autograder.keys.cases import case_of
from autograder.keys.variants import accepted_draw
from casestudies.answers import MIME, encode
from casestudies.errors import CasekitError

pytestmark = pytest.mark.xdist_group("accidents")
FULL = {small.FIRST.id: 2.0, small.SECOND.id: 3.0}


def delete_locked(notebook: dict) -> None:
    for name in (small.FIRST.id, small.SECOND.id, "ouverture"):
        notebook["cells"].remove(small.cell(notebook, name))


def duplicate_locked(notebook: dict) -> None:
    notebook["cells"].append({**small.cell(notebook, small.FIRST.id), "id": "copie"})


def raise_early(notebook: dict) -> None:
    notebook["cells"].insert(0, small.code("1 / 0"))


def claim_other(notebook: dict) -> None:
    other = case_of(small.COMPANY, "voisin", accepted_draw(small.COMPANY, "voisin")).company
    payload = {"question": small.FIRST.id, "learner": "voisin", "draw": other.draw, "answer": encode(1.0)}
    data = {"text/plain": "✓", MIME: payload}
    small.cell(notebook, small.FIRST.id)["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]


def show_another_answer(notebook: dict) -> None:
    """Leave, as JupyterLab does, the answer of an earlier run under a check: its cell no longer compiles."""
    learner = "perimee"
    payload = {
        "question": small.FIRST.id, "learner": learner, "draw": small.case(learner).company.draw,
        "answer": encode(small.right(small.FIRST, learner)),
    }  # fmt: skip
    data = {"text/plain": "✓ Juste", MIME: payload}
    small.cell(notebook, small.FIRST.id)["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
    small.set_source(notebook, "a-un", "un = None\n dossier.indice('q')")


def show_the_same_answer(notebook: dict) -> None:
    learner = "relancee"
    for question in (small.FIRST, small.SECOND):
        payload = {
            "question": question.id, "learner": learner, "draw": small.case(learner).company.draw,
            "answer": encode(small.right(question, learner) * (1 + 1e-12)),
        }  # fmt: skip
        data = {"text/plain": "✓ Juste", MIME: payload}
        small.cell(notebook, question.id)["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]


def crash_then_none(notebook: dict) -> None:
    small.set_source(notebook, "a-un", "un = None\nun = 1 + 'a'")


def look_for_keys(notebook: dict) -> None:
    notebook["cells"].insert(0, small.code("import autograder.keys.questions"))


def split_locked(notebook: dict) -> None:
    opening = small.cell(notebook, "ouverture")
    text = "".join(opening["source"])
    notebook["cells"].insert(notebook["cells"].index(opening), {**opening, "id": "avant", "source": text[:40]})
    opening["source"] = text[40:]


LEARNERS = (
    "entier",
    "efface",
    "double",
    "erreur",
    "vide",
    "coupe",
    "renomme",
    "boucle",
    "voisine",
    "autre",
    "tableau",
    "casse",
    "curieux",
    "scinde",
    "perimee",
    "relancee",
)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    course = small.make_course(tmp_path_factory.mktemp("cours") / "cours", LEARNERS)
    course.config.Execute.timeout = 10
    small.submit(course, "entier")
    small.submit(course, "efface", delete_locked)
    small.submit(course, "double", duplicate_locked)
    small.submit(course, "erreur", raise_early)
    small.submit(course, "vide", un="None", deux="None")
    path = small.submit(course, "coupe")
    path.write_text(path.read_text(encoding="utf-8")[:500], encoding="utf-8")
    path = small.submit(course, "renomme")
    path.rename(path.with_name("cas (1).ipynb"))
    small.submit(course, "boucle", un="0\nwhile True: pass")
    small.submit(course, "voisine", claim_other)
    path = small.submit(course, "autre")
    path.write_text(json.dumps({"nbformat": 4, "cells": "rien"}), encoding="utf-8")
    small.submit(course, "casse", crash_then_none)
    small.submit(course, "curieux", look_for_keys)
    small.submit(course, "scinde", split_locked)
    small.submit(course, "perimee", show_another_answer)
    small.submit(course, "relancee", show_the_same_answer)
    small.submit(course, "tableau", un="[[1, 2], [3, 4]]")
    return {one.learner: one for one in grade(course, small.ASSIGNMENT)}


def codes(one) -> list[str]:
    return [incident.code for incident in one.incidents]


@pytest.mark.parametrize("name", ["entier", "efface", "double", "erreur", "renomme", "voisine", "scinde"])
def test_work_that_is_there_is_graded(results, name: str) -> None:
    assert small.points(results[name].records[0]) == FULL


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("entier", []),
        ("efface", ["cellules-remises"]),
        ("double", ["cellules-en-double"]),
        ("vide", []),
        ("coupe", ["illisible"]),
        ("autre", ["illisible"]),
        ("renomme", ["renomme"]),
        ("boucle", ["temps-depasse"]),
        ("voisine", ["autre-variante"]),
        ("curieux", ["corrige-cherche"]),
        ("scinde", ["cellules-coupees"]),
        ("perimee", ["reponse-differente"]),
        ("relancee", []),
    ],
)
def test_each_accident_has_its_reason(results, name: str, expected: list[str]) -> None:
    assert codes(results[name]) == expected
    assert all(incident.what and incident.advice for incident in results[name].incidents)


def test_an_endless_loop_costs_its_own_question_only(results) -> None:
    assert small.points(results["boucle"].records[0])[small.SECOND.id] == 3.0


def test_what_was_not_answered_says_so(results) -> None:
    findings = [result.finding for result in results["vide"].records[0].results.values()]
    assert {finding.outcome for finding in findings} == {"not-attempted"}
    assert results["tableau"].records[0].results[small.FIRST.id].finding.outcome == "unreadable"


def test_the_variant_of_somebody_else_is_named(results) -> None:
    assert "« voisin »" in results["voisine"].incidents[0].what


def test_grading_what_was_not_released_or_handed_in_says_what_to_do(tmp_path: Path) -> None:
    course = small.make_course(tmp_path / "cours", ("lea",))
    with pytest.raises(CasekitError, match="Aucune copie"):
        grade(course, small.ASSIGNMENT)
    with pytest.raises(CasekitError, match=r"« léa » n’est pas dans eleves\.csv\. Identifiants proches : « lea »"):
        grade(course, small.ASSIGNMENT, ["léa"])
    with pytest.raises(CasekitError, match="Évaluations présentes"):
        grade(course, "e9-rien")


def test_an_answer_lost_to_an_error_says_which(results) -> None:
    findings = {name: result.finding for name, result in results["casse"].records[0].results.items()}
    assert findings[small.FIRST.id].outcome == "not-attempted"
    assert "TypeError" in findings[small.FIRST.id].message
    assert findings[small.SECOND.id].outcome == "right"
