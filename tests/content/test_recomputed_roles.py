"""The values of E3's notebook 04 by another path (weighted means, a root by halves, logarithms), for three learners."""

import numpy as np
import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw
from casestudies.choices import shown_letter

LEARNERS = ("ana.martin", "zoé", "b07")


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("isolombre", request.param, accepted_draw("isolombre", request.param))


def roles(case: Case) -> dict[str, object]:
    """Rates as means of zones weighted by their people; fates from a table of shares, abandoned projects left out."""
    zones = case.table("entonnoir_roles")
    zones["rate"] = zones["connaissent"] / zones["interroges"]
    rows = case.table("prescriptions").groupby("prescription_id").first()
    laid = rows[(rows["date"] < "2025-07-01") & rows["statut"].isin(["vendue", "substituée"])]
    shares = pd.crosstab(laid["stock_proche"], laid["statut"], normalize="index")
    return {
        "p4-cognitif": {
            role: np.average(group["rate"], weights=group["interroges"]) for role, group in zones.groupby("role")
        },
        "p4-substitution": shares["substituée"].to_dict(),
    }


def channels(case: Case) -> dict[str, object]:
    """Scores as a product of matrices; the weight that turns the order as the root of a difference of scores."""
    table = case.table("canaux_communication").set_index("canal")
    known = case.table("hypotheses").set_index("cle")["valeur"]
    weights = np.array([known[f"poids_{name}_canal"] for name in ("affinite", "image", "cout")])
    by_contact = table["contacts_utiles"] / table["cout_ht"]
    marks = np.column_stack([table["affinite"], table["image"], 10 * by_contact / by_contact.max()])
    place = {name: rank for rank, name in enumerate(table.index)}

    def lead(weight: float) -> float:
        used = np.array([*weights[:2], weight])
        scores = marks @ used / used.sum()
        return float(scores[place["salon régional de l’habitat sain"]] - scores[place["radio locale"]])

    low, high = 0.0, 50.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if lead(middle) > 0 else (low, middle)
    return {
        "p4-cout": (1 / by_contact).to_dict(),
        "p4-scores": dict(zip(table.index, marks @ (weights / weights.sum()), strict=True)),
        "p4-bascule": low,
    }


def circuits(case: Case) -> dict[str, object]:
    """What each link pays to the one before it, step by step; coverages as means of an indicator."""
    table = case.table("circuits").set_index("circuit")
    costs = table.filter(like="cout_").sum(axis="columns")
    logs = np.log(table["prix_final_ht_m2"]) + np.log1p(-table["taux_marque_negoce"])
    margins = np.exp(logs + np.log1p(-table["taux_marque_grossiste"])) - costs
    said = case.table("cadrage_2027").set_index("cle")["valeur"]
    final = said["plateforme_prix_final_ht_m2"]
    bought = final - final * said["plateforme_taux_marque_negoce"]
    received = bought - bought * said["plateforme_commission"]
    offered = received - table["cout_production_m2"].mean() - said.filter(like="plateforme_cout").sum()
    outlets = case.table("points_vente")
    listed = outlets["reference_isolombre"].map({"oui": 1.0, "non": 0.0})
    return {
        "p4-marges": margins.to_dict(),
        "p4-couverture": {
            "numérique": listed.sum() / len(listed), "valeur": np.average(listed, weights=outlets["ca_isolants_ht"]),
        },
        "p4-plateforme": offered,
    }  # fmt: skip


@pytest.mark.parametrize("way", [roles, channels, circuits], ids=lambda one: one.__name__)
def test_another_path_gives_the_same_values(case: Case, way) -> None:
    for name, value in way(case).items():
        key = question_of(name).key
        assert key is not None
        assert key(case).right == pytest.approx(value, rel=1e-6), name


def test_the_brake_of_the_sellers_is_the_weakest_of_three_shares(case: Case) -> None:
    sellers = case.table("entonnoir_roles").query("role == 'vendeur'").select_dtypes("number").sum()
    shares = (sellers / sellers.shift()).dropna()
    key = question_of("p4-frein").key
    assert key is not None
    company = case.company
    authored = "ABC"[int(np.argmin(shares))]
    assert key(case).right == shown_letter("p4-frein", authored, company.slug, company.learner, company.draw)
