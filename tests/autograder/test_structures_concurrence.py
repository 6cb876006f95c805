"""The crossings without their SWOT and the sorting of facts, which breaking the model answers does not reach."""

from typing import Any

import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import questions_of
from autograder.keys.questions.e1_strategie import concurrence_swot as facts
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome

QUESTIONS = {question.id: question for question in questions_of(notebook="e1-strategie/02-concurrence-swot")}
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("hetrabelle", "", 0)


@pytest.fixture
def crossings() -> Rows:
    cited = {"FO": "Fo1, Op2", "FaO": "Fa1 et Op1", "FM": "Fo2, Me1", "FaM": "Fa3, Me2, Me3"}
    return [
        {
            "croisement": name, "repères": ids, "indicateur": "dix jours au 31 mars 2027",
            "action": f"Tenir en stock les trois meubles les plus vendus, au titre du croisement {name}",
            "décision": "écartée" if name == "FM" else "retenue", "priorité": None if name == "FM" else rank,
            "motif": "Les moyens manquent cette année" if name == "FM" else "",
        }
        for rank, (name, ids) in zip((1, 2, 9, 3), cited.items(), strict=True)
    ]  # fmt: skip


def judged(question: str, answer: object, case: Case) -> Finding:
    return evaluate(QUESTIONS[question], case, encode(answer))


def test_crossings_are_judged_without_the_swot(case: Case, crossings: Rows) -> None:
    assert judged("s2-croisements", crossings, case).outcome is Outcome.READY


def test_sorting_the_facts(case: Case) -> None:
    place = case.fact(facts.places)

    def ask(ids: object) -> Finding:
        return judged("s2-tri", ids, case)

    assert ask(", ".join(sorted(place.internal))).outcome is Outcome.RIGHT
    assert ask([name.lower().replace("f0", "f") for name in place.internal]).outcome is Outcome.RIGHT
    assert ask("").outcome is Outcome.NOT_ATTEMPTED
    for strange in ("F99", " Fait-01 "):
        found = ask([strange, *place.internal])
        assert found.outcome is Outcome.UNREADABLE
        assert f"« {strange.strip()} » n’est pas un des" in found.message.replace("\u00a0", " ")
    assert ask(14).outcome is Outcome.UNREADABLE
    misled = sorted(place.traps - place.internal)
    assert ask(sorted(place.internal | set(misled))).misconceptions == ("M235",)
    two = ask(sorted(place.internal | set(misled[:2])))
    assert (two.outcome, two.misconceptions) == (Outcome.WRONG, ("M235",))
    assert two.fraction == pytest.approx(1 / 3)
    assert ask(sorted(place.internal)[:13]).fraction == pytest.approx(2 / 3)
    assert ask(sorted(place.every)).fraction == 0
