"""Cutting leads in four groups: what a learner may write, and what is said when it cannot be done."""

import pandas as pd
import pytest

from casestudies.errors import CasekitError
from casestudies.segmentation import clientele, segmenter, segmenter_clients

LEADS = pd.DataFrame(
    {
        "effectif": ["0 salarié", "3 à 5", "6 à 9", ""],
        "score": [80, 40, 90, 10],
        "secteur": ["Transport", "Négoce", "Transport", "Négoce"],
        "source": ["SEO", "SEA", "SEO", "SEO"],
        "type_adresse": ["personnelle", "générique", "professionnelle", "générique"],
    }
)


@pytest.mark.parametrize(
    ("cut", "groups"),
    [
        ({"effectif": 3, "score": 60}, "CBAD"),
        ({"effectif": "1", "secteur": "transport"}, "CBAD"),
        ({"score": 0, "source": "SEO, SEA"}, "AAAA"),
    ],
)
def test_each_lead_has_the_group_of_its_two_conditions(cut: dict[str, object], groups: str) -> None:
    assert list(segmenter(LEADS, cut)) == list(groups)


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        ({"effectif": 3}, "deux variables"),
        ("effectif", "deux variables"),
        ({"effectif": "beaucoup", "score": 60}, "on attend un nombre"),
        ({"effectif": True, "score": 60}, "on attend un nombre"),
        ({"couleur": 3, "score": 60}, "n’est pas une variable prévue"),
        ({"secteur": "Astronomie", "score": 60}, "écrivez un ou plusieurs de ces noms"),
        ({"secteur": "", "score": 60}, "écrivez un ou plusieurs de ces noms"),
    ],
)
def test_a_cut_that_cannot_be_made_is_explained(cut: object, said: str) -> None:
    with pytest.raises(CasekitError, match=said):
        segmenter(LEADS, cut)  # type: ignore[arg-type]


GOODS = pd.DataFrame({"produit_id": ["P1", "P2"], "gamme": ["Corps", "Maison"]})
LINES = pd.DataFrame(
    [
        ("K1", "2026-01-05", "C1", "SEO", "P1", 2, 12.0, 0.0, 20.0, "payée", "oui"),
        ("K1", "2026-01-05", "C1", "SEO", "P1", 2, 12.0, 0.0, 20.0, "payée", "oui"),  # exported twice
        ("K2", "2026-01-09", "C1", "E-mail", "P2", 1, 10.55, 0.0, 5.5, "payée", "non"),
        ("K3", "2026-01-07", "C2", "SEA", "P2", 2, 10.55, 10.55, 5.5, "payée", "non"),
        ("K4", "2026-01-08", "C3", "SEA", "P1", 1, 12.0, 0.0, 20.0, "annulée", "oui"),
    ],
    columns=["commande_id", "date", "client_id", "canal", "produit_id", "qte", "pu_ttc", "remise_ttc", "tva", "statut",
             "premiere_commande"],
)  # fmt: skip


def test_each_customer_has_what_was_paid_once() -> None:
    found = clientele(LINES, GOODS)
    assert list(found.index) == ["C1", "C2"]
    first, second = found.to_dict("records")
    assert (first["commandes"], first["canal"], first["nouveau"], first["gamme"]) == (2, "E-mail", "oui", "Corps")
    assert (first["ca_ht"], first["panier_ht"]) == pytest.approx((30.0, 15.0))
    assert (second["commandes"], second["nouveau"], second["gamme"]) == (1, "non", "Maison")
    assert second["ca_ht"] == pytest.approx(10.0)


def test_customers_are_cut_by_their_own_variables() -> None:
    customers = clientele(LINES, GOODS)
    assert list(segmenter_clients(customers, {"commandes": 2, "gamme": "maison"})) == ["B", "C"]
    with pytest.raises(CasekitError, match="Choisissez parmi : commandes, panier_ht, gamme, canal, nouveau"):
        segmenter_clients(customers, {"effectif": 3, "gamme": "Maison"})
