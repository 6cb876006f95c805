"""The recommendations of notebook 05, beyond what breaking each rule of the model answers proves."""

from typing import Any

import pytest

from autograder.keys import metrics
from autograder.keys.cases import Case, case_of
from autograder.keys.checks.reading import plain
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import questions_of
from autograder.keys.questions.e2_performance import levers as budget
from autograder.keys.questions.e2_performance.ecarts_tables import ALERT, amounts
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome

QUESTIONS = {question.id: question for question in questions_of(notebook="e2-performance/05-ecarts")}
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("kerlavandre", "", 0)


def judged(question: str, answer: object, case: Case) -> Finding:
    return evaluate(QUESTIONS[question], case, encode(answer), {})


@pytest.fixture
def recommendations(case: Case) -> Rows:
    rows = []
    for lever in budget.LEVERS:
        for nature in ("dépense", "recette"):
            planned, actual = amounts(case)[plain(lever), plain(nature)]
            share = metrics.change(planned, actual)
            if abs(share) > ALERT:
                favourable = (actual > planned) == (nature == "recette")
                rows.append({
                    "levier": lever, "nature": nature, "prévu": planned, "réel": actual, "écart": actual - planned,
                    "écart_%": 100 * share, "F/D": "F" if favourable else "D",
                    "cause": "La dépense de média explique l’écart.",
                    "action": "Plafonner le budget chaque mois, avec un contrôle.", "levier_action": lever,
                    "effet_attendu": "−500 € HT", "délai": "septembre",
                })  # fmt: skip
    return rows


def test_writing_does_not_matter(case: Case, recommendations: Rows) -> None:
    for row in recommendations:
        row.update({"levier": row["levier"].upper(), "écart_%": f"{row['écart_%']:.1f} %".replace(".", ",")})
    assert judged("q5-preconisations", recommendations, case).outcome is Outcome.READY
    for row in recommendations:
        row["écart_%"] = round(row["écart"] / row["prévu"], 4)
    assert judged("q5-preconisations", recommendations, case).outcome is Outcome.READY


def test_a_revenue_far_from_its_plan_also_calls_for_a_row() -> None:
    """Over learners, some receipt ends beyond the threshold: leaving it out is said."""
    for number in range(200):
        found = case_of("kerlavandre", f"recette{number}", 0)
        far = [
            lever
            for lever in budget.LEVERS
            if abs(metrics.change(*amounts(found)[plain(lever), plain("recette")])) > ALERT
        ]
        if far:
            rows = [{"levier": "SEO", "nature": "dépense"}]
            remarks = judged("q5-preconisations", rows, found).remarks
            assert any(far[0] in remark and "recette" in remark for remark in remarks)
            return
    pytest.fail("no receipt beyond the threshold in 200 variants")
