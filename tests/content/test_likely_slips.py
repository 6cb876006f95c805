"""What a beginner types for the first questions of E2, and the mistake that is then named: computed as they type it."""

from typing import Any

import pandas as pd
import pytest

from autograder.keys.cases import case_of
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import questions_of
from autograder.keys.variants import accepted_draw
from casestudies.answers import encode

TYPED = {
    'visites["sessions"].sum()': ("q1-sessions", "M126"),
    'visites_pendant["sessions"].mean()': ("q1-sessions", "M161"),
    "len(visites_pendant)": ("q1-sessions", "M181"),
    "len(payees)": ("q1-commandes", "M123"),
    "len(lignes_pendant)": ("q1-commandes", "M123"),
    'commandes[commandes["statut"] == "payée"]["commande_id"].nunique()': ("q1-commandes", "M126"),
    'payees["commande_id"].nunique() / visites["sessions"].sum()': ("q1-conversion", "M126"),
    "montants.mean()": ("q1-ca-ttc", "M161"),
    '(montants / 1 + payees["tva"] / 100).sum()': ("q1-ca-ht", "M180"),
    '(montants / (1 + payees["tva"] / 100)).mean()': ("q1-ca-ht", "M161"),
    'payees[payees["premiere_commande"] == "oui"]["commande_id"].count()': ("q1-nouveaux", "M123"),
}


@pytest.fixture(scope="module", params=["ana", "bo", "chloé"])
def names(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the names of the notebook, for one learner."""
    learner = str(request.param)
    case = case_of("kerlavandre", learner, accepted_draw("kerlavandre", learner))
    pendant, visites = case.period("pendant"), case.table("sessions_jour")
    commandes = case.table("commandes").drop_duplicates()
    lignes = pendant.filtrer(commandes)
    payees = lignes[lignes["statut"] == "payée"]
    montants = payees["qte"] * payees["pu_ttc"] - payees["remise_ttc"]
    return {
        "case": case, "visites": visites, "visites_pendant": pendant.filtrer(visites), "commandes": commandes,
        "lignes_pendant": lignes, "payees": payees, "montants": montants, "pd": pd, "len": len,
    }  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_a_likely_mistake_is_named(typed: str, names: dict[str, Any]) -> None:
    question, misconception = TYPED[typed]
    asked = next(one for one in questions_of(company="kerlavandre") if one.id == question)
    answer = eval(typed, {"__builtins__": {}}, names)
    finding = evaluate(asked, names["case"], encode(answer))
    assert misconception in finding.misconceptions
    assert finding.fraction == 0
