"""The main values of E2 computed again with pandas alone, from the tables, for three learners."""

import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw

LEARNERS = ("ana.martin", "zoé", "b07")


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("kerlavandre", request.param, accepted_draw("kerlavandre", request.param))


def recomputed(case: Case) -> dict[str, float]:
    """Return ten values by question, each by a path of its own."""
    sales = case.table("ventes_jour").set_index("date").sort_index()
    units = sales.pivot_table(index="date", columns="gamme", values="unites")
    h = case.table("hypotheses").set_index("cle")["valeur"]

    def of(name: str, shift: int = 0) -> pd.DataFrame:
        window = case.period(name)
        start, end = (pd.Timestamp(day) - pd.Timedelta(days=shift) for day in (window.debut, window.fin))
        return units.loc[start:end]

    trend = of("reference").sum() / of("reference", 364).sum()
    base, base_after = of("pendant", 364).sum() * trend, of("apres", 364).sum() * trend
    gross = of("pendant").sum() - base
    dip = (of("apres").sum() - base_after)["Cheveux"]

    orders = case.table("commandes").drop_duplicates().query("statut == 'payée'")
    orders = orders.merge(case.table("produits"), on=["produit_id"], suffixes=("", "_catalogue"))
    window = case.period("pendant")
    during = orders[orders["date"].between(pd.Timestamp(window.debut), pd.Timestamp(window.fin))].copy()
    before = case.period("avant")
    earlier = orders[orders["date"].between(pd.Timestamp(before.debut), pd.Timestamp(before.fin))]
    during["full"] = during.eval("qte * pu_ttc / (1 + tva / 100)")
    during["cost"] = during.eval("qte * pa_ht")
    handling = h["cout_preparation_commande_ht"] * during["commande_id"].nunique() / during["qte"].sum()
    family = during.groupby("gamme")[["full", "cost", "qte"]].sum()
    margin = family["full"] * (1 - h["taux_frais_paiement"]) / family["qte"] - family["cost"] / family["qte"] - handling
    price = family["full"]["Cheveux"] / family["qte"]["Cheveux"] * (1 - h["taux_frais_paiement"])
    gift = price * h["taux_remise"]
    added = (
        gross["Cheveux"] * (margin["Cheveux"] - gift) + dip * margin["Cheveux"]
        + gross["Corps"] * margin["Corps"] - base["Cheveux"] * gift
    )  # fmt: skip
    cost = h["cout_creation_ht"] + h["cout_media_ht"] + h["cout_plateforme_ht"]

    def firsts(lines: pd.DataFrame) -> int:
        return lines[lines["premiere_commande"] == "oui"].drop_duplicates("client_id").shape[0]

    season = base.sum() / of("avant").sum().sum()
    extra = firsts(during) - season * firsts(earlier)
    visits = case.table("sessions_jour")
    visits = visits[visits["date"].between(pd.Timestamp(window.debut), pd.Timestamp(window.fin))]
    ledger = case.table("journal")
    social = ledger["libelle"].str.contains("sociaux|contenus|Photos|publication") | (
        ledger["tiers"] == "Meta Platforms"
    )
    month = case.table("ventes_jour").query("date >= '2025-07-01'")
    monthly = month.groupby([month["date"].dt.year, month["date"].dt.month])["ca_ttc"].sum()
    expected = monthly / monthly.sum() * h["ca_annuel_ht"] * 0.85
    spent = case.table("budget").groupby("mois")["reel_ht"].sum()
    result = (
        expected.to_numpy() * h["taux_mcv"] - spent.to_numpy() - (h["charges_fixes_annuelles_ht"] - spent.sum()) / 12
    )
    return {
        "q1-conversion": during["commande_id"].nunique() / visits["sessions"].sum(),
        "q1-ca-ht": during.eval("(qte * pu_ttc - remise_ttc) / (1 + tva / 100)").sum(),
        "q2-base": base["Cheveux"],
        "q2-net": gross["Cheveux"] + dip + gross["Corps"],
        "q3-cout-social": ledger.loc[social, "montant_ht"].sum(),
        "q3-point-bas": h["tresorerie_debut_ht"] + result.cumsum().min(),
        "q4-marge-incrementale": added,
        "q4-roi": added / cost - 1,
        "q4-roi-12-mois": (added + extra * h["valeur_12_mois_nouveau_client_ht"]) / cost - 1,
        "q5-ecart-ventes": case.table("recettes").query("levier == 'SEA'").eval("ca_reel_ht - ca_prevu_ht").sum(),
    }


def test_another_path_gives_the_same_values(case: Case) -> None:
    for name, value in recomputed(case).items():
        key = question_of(name).key
        assert key is not None
        assert float(key(case).right) == pytest.approx(value, rel=2e-4, abs=0.5), name
