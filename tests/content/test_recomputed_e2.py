"""The main values of E2 computed again with pandas alone, from the tables, for three learners."""

import ast
from pathlib import Path

import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw

HIGH = 1.1
"""Sales of the high case, over those of the year."""
LEARNERS = ("ana.martin", "zoé", "b07")


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("kerlavandre", request.param, accepted_draw("kerlavandre", request.param))


def recomputed(case: Case) -> dict[str, float]:
    """Return the values by question, each by a path of its own."""
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
    mails = case.table("emails")
    mails = mails[mails["date"].between(pd.Timestamp(window.debut), pd.Timestamp(window.fin))]
    mails = mails[mails["objet"].str.contains("Semaine sans flacon")]
    delivered = (mails["sent"] - mails[["hardBounces", "softBounces"]].sum(axis=1)).sum()
    ads = case.table("depenses")
    shown = ads[ads["date"].between(pd.Timestamp(window.debut), pd.Timestamp(window.fin))]
    media = ads["cost_micros"].sum() / 1e6
    levers = case.table("recettes").groupby("levier").sum(numeric_only=True)
    plan = case.table("budget").groupby("levier").sum(numeric_only=True)
    paid = ["SEA", "E-publicité", "Affiliation", "Réseaux sociaux"]
    coded = during[during["code_promo"] != ""]
    coded_ht = coded.eval("(qte * pu_ttc - remise_ttc) / (1 + tva / 100)").sum()
    coded_margin = coded_ht * (1 - h["taux_frais_paiement"]) - coded["cost"].sum() - handling * coded["qte"].sum()
    threshold = h["charges_fixes_annuelles_ht"] / h["taux_mcv"]
    high = (monthly / monthly.sum() * h["ca_annuel_ht"] * HIGH).cumsum()
    sea, spent_sea = levers.loc["SEA"], plan.loc["SEA", "reel_ht"]
    baskets = (sea["ca_reel_ht"] / sea["commandes_reelles"], sea["ca_prevu_ht"] / sea["commandes_prevues"])
    team = h["salaires_marketing_ht"] + h["outils_marketing_ht"] + h["agence_marketing_ht"]
    return {
        "q1-sessions": visits["sessions"].sum(),
        "q1-commandes": during["commande_id"].nunique(),
        "q1-nouveaux": firsts(during),
        "q1-email-ouverture": mails["uniqueViews"].sum() / delivered,
        "q2-tendance": trend["Cheveux"] - 1,
        "q2-brut": gross["Cheveux"],
        "q2-creux": dip,
        "q2-cannibalisation": gross["Corps"],
        "q3-part-levier": spent_sea / plan["reel_ht"].sum(),
        "q3-seuil-ca": threshold,
        "q3-mois-seuil": 1 + (high < threshold).sum(),
        "q4-cac": (shown["cost_micros"].sum() / 1e6 + team) / firsts(during),
        "q4-taux-code": coded_margin / coded_ht,
        "q4-roas-equilibre": coded_ht / coded_margin,
        "q4-hausse-volume": gift / (margin["Cheveux"] - gift),
        "q4-clients-en-plus": extra,
        "q5-roas-media": levers.loc[paid, "ca_reel_ht"].sum() / media,
        "q5-roas": levers.loc[paid, "ca_reel_ht"].sum() / plan.loc[paid, "reel_ht"].sum(),
        "q5-mer": h["ca_annuel_ht"] / plan["reel_ht"].sum(),
        "q5-ecart-sea": spent_sea / plan.loc["SEA", "prevu_ht"] - 1,
        "q5-ecart-volume": (sea["commandes_reelles"] - sea["commandes_prevues"]) * baskets[1],
        "q5-ecart-prix": (baskets[0] - baskets[1]) * sea["commandes_reelles"],
        "q5-roi-sea": sea["ca_reel_ht"] * h["taux_mcv"] / spent_sea - 1,
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
    found = recomputed(case)
    assert len(found) >= 20
    for name, value in found.items():
        key = question_of(name).key
        assert key is not None
        assert float(key(case).right) == pytest.approx(float(value), rel=1e-6), name


@pytest.mark.parametrize("module", ["test_recomputed_e2.py", "test_e1_recomputed.py"])
def test_the_other_path_shares_nothing_with_the_keys(module: str) -> None:
    """What is asked of the keys is a case and a right value; every formula is written again."""
    tree = ast.parse((Path(__file__).parent / module).read_text("utf-8"))
    asked = {
        f"{one.module}.{name.name}" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) for name in one.names
    }
    shared = {name for name in asked if name.startswith(("autograder", "casestudies"))}
    assert shared <= {
        "autograder.keys.cases.Case",
        "autograder.keys.cases.case_of",
        "autograder.keys.questions.question_of",
        "autograder.keys.variants.accepted_draw",
    }
    called = {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
    assert not called & {"fact", "value", "once"}
