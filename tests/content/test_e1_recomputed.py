"""The main values of E1 recomputed by another path, pandas alone: for three learners, the keys agree."""

import numpy as np
import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of

LEARNERS = ("camille", "noor", "sacha")
pytestmark = pytest.mark.slow


def window(case: Case, name: str, table: pd.DataFrame, column: str = "date") -> pd.DataFrame:
    """Return the rows of a table within a window."""
    period = case.company.periods[name]
    return table[table[column].between(pd.Timestamp(period.debut), pd.Timestamp(period.fin))]


def survey(case: Case) -> dict[str, object]:
    """Two shares of the survey, by counting the answers of the families."""
    people = case.table("enquete").groupby("repondant_id").first()
    families = people[people["segment"] == "Familles"]
    shares = {
        name: families.loc[families[name] != "NSP", name].value_counts(normalize=True)
        for name in ("motivation", "frein")
    }
    reviews = case.table("verbatims")
    saving = reviews["texte"].str.lower().str.contains(r"\b(?:dure|tient des semaines|économique)")
    return {
        "s1-frequence": saving[reviews["segment"] == "Familles"].mean(),
        "s1-enquete-motivation": shares["motivation"]["economie"],
        "s1-enquete-frein": shares["frein"]["prix"],
    }


def path(case: Case) -> dict[str, object]:
    """The phone against the computer, from a pivot."""
    visits = window(case, "reference", case.table("sessions_jour"))
    sums = visits.pivot_table(index="appareil", values=["sessions", "ajouts_panier"], aggfunc="sum")
    phone, computer = sums.loc["mobile"], sums.loc["ordinateur"]
    wished = phone["sessions"] * computer["ajouts_panier"] / computer["sessions"]
    return {
        "s1-ajout-mobile": phone["ajouts_panier"] / phone["sessions"],
        "s1-manque": wished - phone["ajouts_panier"],
    }


def rivals(case: Case) -> dict[str, object]:
    """Scores by a matrix product, marks by bins, growth by logarithms."""
    grid = case.table("benchmark")
    marks = grid.pivot(index="concurrent", columns="critere", values="note")
    weights = grid.drop_duplicates("critere").set_index("critere")["poids"]
    web = case.table("presence_numerique")
    bins = {
        "Place dans les recherches": [3, 10, 20, 50], "Rapidité sur mobile": [2.5, 3.2, 4, 5.5],
        "Réponse aux questions": [2, 8, 24, 72],
    }  # fmt: skip
    web["note"] = pd.concat(
        pd.cut(rows["valeur"], [-1, *bins[name], 1e9], labels=[5, 4, 3, 2, 1]).astype(int)
        for name, rows in web.groupby("critere")
    )
    market = case.table("marche").set_index("annee")["marche_meur_ttc"]
    return {
        "s2-scores": (marks[weights.index] @ weights / weights.sum()).to_dict(),
        "s2-numerique": web.pivot(index="concurrent", columns="critere", values="note").mean(axis=1).to_dict(),
        "s2-croissance": np.expm1(np.log(market[2025] / market[2020]) / 5),
    }


def strategy(case: Case) -> dict[str, object]:
    """Leads, a client by display, and the next thousand euros, from raw tables."""
    leads = case.table("leads").drop_duplicates("lead_id")
    leads["source"] = leads["source"].str.strip().str.casefold()
    mature = window(case, "cohortes_mures", leads, "date_creation")
    rate = mature["date_client"].notna().sum() / mature["lead_id"].nunique()
    known = case.table("hypotheses").set_index("cle")["valeur"]
    levers = case.table("leviers").assign(name=lambda rows: rows["levier"].str.casefold()).set_index("name")
    costs = window(case, "couts_exercice", case.table("couts_acquisition"), "mois")
    spent = costs.groupby(costs["levier"].str.casefold())["reel_ht"].sum()
    base = case.table("abonnements").query("nouveau == 'non'")
    churn = base["churn"].eq("oui").sum() / len(base)
    signed = window(case, "exercice", leads, "date_client")
    worth = signed.groupby("source")["arpa"].mean() * known["marge_brute"] / churn
    top, half = levers["plafond_clients"], levers["budget_moitie_ht"]
    sizes = mature.pivot_table(index="effectif", values=["arpa", "lead_id"], aggfunc={"arpa": "sum", "lead_id": "size"})
    webinars = {
        share: 1 - half["webinaires"] / (share * spent["webinaires"] + half["webinaires"]) for share in (0.8, 1)
    }
    more = top * half * 1000 / ((spent + half) * (spent + 1000 + half)) * worth  # one fraction instead of a difference
    return {
        "s3-leads-necessaires": known["objectif_clients"] / rate,
        "s3-cout-epub": 14 / (1000 * 0.004 * known["taux_visiteur_lead"] * rate),
        "s3-valeur-segments": (sizes["arpa"] / sizes["lead_id"]).drop("").to_dict(),
        "s3-perte": top["webinaires"] * (webinars[1] - webinars[0.8]),
        "s3-prochain-millier": more.rename(levers["levier"]).to_dict(),
    }


def calendar(case: Case) -> dict[str, object]:
    """Season by a table of months, durations by quantiles."""
    days = case.table("ventes_magasin_jour").pivot_table(index="date", values="ca_ttc", aggfunc="sum")["ca_ttc"]
    opened = days[days != 0]
    months = opened.groupby(opened.index.strftime("%m")).agg(["sum", "count"])
    whole = months["sum"].sum() / months["count"].sum()
    saturdays = opened[opened.index.day_name() == "Saturday"]
    thirds = case.table("temps_passes").groupby("format")["jours_passes"].quantile([0, 0.5, 1]).unstack()
    return {
        "s4-indice": months.loc["10", "sum"] / months.loc["10", "count"] / whole,
        "s4-samedi": saturdays.sum() / saturdays.count() / whole,
        "s4-durees": (thirds @ np.array([1, 4, 1]) / 6).to_dict(),
    }


def partners(case: Case) -> dict[str, object]:
    """Shared customers by a merge, images by weighted averages, two partners together by a set."""
    ours = case.table("clients_isolombre")[["empreinte"]].drop_duplicates()
    files = case.table("clients_haches").assign(empreinte=lambda rows: rows["empreinte"].str.lower()).drop_duplicates()
    shared = files.merge(ours, on="empreinte")
    share = shared["structure_id"].value_counts() / len(ours)
    opinions = case.table("image_partenaires")
    image = {
        name: np.average(rows["note_moyenne"], weights=rows["repondants"])
        for name, rows in opinions.groupby("structure_id")
    }
    together = set(shared.loc[shared["structure_id"].isin(share.head(2).index), "empreinte"])
    return {"s5-recouvrement": share.to_dict(), "s5-image": image, "s5-couverture": len(together) / len(ours)}


def plan(case: Case) -> dict[str, object]:
    """Returning customers, new ones and what these cost, from paid lines alone."""
    lines = window(case, "reference", case.table("commandes"))
    lines = lines[(lines["statut"] == "payée") & ~lines.duplicated()]
    euros = (lines["qte"] * lines["pu_ttc"] - lines["remise_ttc"]) / (1 + lines["tva"] / 100)
    begun = set(lines.loc[lines["premiere_commande"] == "oui", "client_id"])
    levers = {"Display": "E-publicité", "E-mail": "E-mailing"}
    orders = lines.groupby("commande_id").first()
    first = pd.crosstab(orders["canal"].replace(levers), orders["premiere_commande"], normalize="index")["oui"]
    won = (
        case.table("recettes").pivot_table(index="levier", values="commandes_reelles", aggfunc="sum").iloc[:, 0] * first
    )
    spent = case.table("budget").pivot_table(index="levier", values="reel_ht", aggfunc="sum").iloc[:, 0]
    return {
        "s7-habitues": euros[~lines["client_id"].isin(begun)].sum() / euros.sum(),
        "s7-nouveaux": won.sum(),
        "s7-cout-nouveau": (spent / won).dropna().to_dict(),
    }


WAYS = (
    ("kerlavandre", survey), ("kerlavandre", path), ("hetrabelle", rivals), ("treziflow", strategy),
    ("bocanterre", calendar), ("isolombre", partners), ("kerlavandre", plan),
)  # fmt: skip


@pytest.mark.parametrize("learner", LEARNERS)
def test_another_path_gives_the_same_values(learner: str) -> None:
    asked = set()
    for company, way in WAYS:
        case = case_of(company, learner, 0)
        for name, value in way(case).items():
            key = question_of(name).key
            assert key is not None
            assert key(case).right == pytest.approx(value, rel=1e-6), name
            asked.add(name)
    assert len(asked) >= 20
