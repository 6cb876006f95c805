"""The partners of E1's notebook 05, beyond what breaking each rule of the model answers proves."""

from typing import Any

import pytest

from autograder.keys.cases import Case
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import questions_of
from autograder.keys.questions.e1_strategie import partenariats as facts
from autograder.keys.questions.e1_strategie.partenariats_tables import FORMS
from autograder.keys.variants import reference_case
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome

QUESTIONS = {question.id: question for question in questions_of(notebook="e1-strategie/06-partenariats")}
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def case() -> Case:
    return reference_case("isolombre")


def judged(question: str, answer: object, case: Case) -> Finding:
    return evaluate(QUESTIONS[question], case, encode(answer))


@pytest.fixture
def partners(case: Case) -> Rows:
    found = facts.roles(case)
    return [
        _partner(case, name, kept=name == found.kept) for name in (found.kept, found.largest_file, found.best_overlap)
    ]


def _partner(case: Case, name: str, kept: bool) -> dict[str, Any]:
    return {
        "partenaire": name, "cible_commune": "Propriétaires en projet", "modalités": "Budget, moment et canal",
        "recouvrement_%": facts.percentage(case, {"partenaire": name}),
        "points": facts.points(case, {"partenaire": name}),
        "décision": "retenu" if kept else "écarté",
        "motif": "La grille et ses trois seuils le disent clairement.",
        "type": FORMS[0] if kept else "", "apport": "Ses visites à domicile" if kept else "",
        "contrepartie": "Une formation de ses conseillers" if kept else "",
    }  # fmt: skip


def test_writing_does_not_matter(case: Case, partners: Rows) -> None:
    for row in partners:
        row.update({
            "partenaire": f" {row['partenaire'].lower()}", "décision": row["décision"].upper(),
            "recouvrement_%": f"{row['recouvrement_%']:.1f} %".replace(".", ","),
        })  # fmt: skip
    assert judged("s5-partenaires", partners, case).outcome is Outcome.READY


def test_a_structure_is_chosen_by_its_identifier(case: Case) -> None:
    found = facts.roles(case)

    def chosen(answer: object) -> Finding:
        return judged("s5-retenu", answer, case)

    assert chosen(found.kept.lower()).outcome is Outcome.RIGHT
    assert chosen(found.largest_file).misconceptions == ("M306",)
    assert chosen("S60").outcome is Outcome.WRONG
    for strange in ("S99", 12, "la meilleure", [found.kept, "S01"]):
        assert chosen(strange).outcome is Outcome.UNREADABLE
    assert chosen("").outcome is Outcome.NOT_ATTEMPTED


def test_each_way_of_choosing_badly_is_recognised(case: Case) -> None:
    known = {wrong.value for wrong in QUESTIONS["s5-retenu"].key(case).wrong}  # type: ignore[misc]
    assert known | {facts.roles(case).kept} == set(facts.overlap(case).common.index)
