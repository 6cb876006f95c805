"""The story of Tréziflow read from its tables: what must hold in every variant, and its headline figures."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casestudies.company import Headline, against_landmarks
from casestudies.french import french_date, french_number
from casestudies.market.ab_test import running, z_score
from casestudies.market.sampling import Ints
from casestudies.treziflow.params import LINKEDIN, N_MONTHS, SELLERS, SOURCES

if TYPE_CHECKING:
    from casestudies.treziflow.company import Treziflow

DATES = ("date_creation", "date_mql", "date_sql", "date_opp", "date_client")


def cleaned(leads: pd.DataFrame) -> pd.DataFrame:
    """Return the leads of an export without duplicates, each source under its one name."""
    names = {name.lower(): name for name in SOURCES}
    return leads.drop_duplicates().assign(source=lambda rows: rows["source"].str.strip().str.lower().map(names))


def counts(cohort: pd.DataFrame) -> pd.DataFrame:
    """Return how many leads of a cohort reached each stage, by source."""
    found: pd.DataFrame = cohort.groupby("source")[list(DATES)].count()
    return found.loc[list(SOURCES)]


def page_totals(company: "Treziflow") -> tuple[Ints, Ints]:
    """Return visits and forms of the landing page test by page, without the days of the incident."""
    test = company.table("test_ab_landing")
    first, last = company.incident
    kept = test[~test["date"].between(pd.Timestamp(first), pd.Timestamp(last))]
    total = kept.groupby("variante")[["visiteurs", "formulaires"]].sum()
    return total["visiteurs"].to_numpy(), total["formulaires"].to_numpy()


def test_report(company: "Treziflow") -> dict[str, str]:
    """Return what an agency says of the test from every day of it: the first day past the threshold, the gain."""
    test = company.table("test_ab_landing")
    daily = test.pivot(index="date", columns="variante", values=["visiteurs", "formulaires"]).sort_index()
    visits, won = daily["visiteurs"].to_numpy(), daily["formulaires"].to_numpy()
    past = np.flatnonzero(np.abs(running(visits, won)[1]) > 1.96)
    first = daily.index[int(past[0]) if len(past) else -1]
    rate = won.sum(axis=0) / visits.sum(axis=0)
    return {
        "premier_seuil": french_date(first.date()),
        "gain_brut": french_number(100 * (rate[1] / rate[0] - 1), 0),
    }


def results(company: "Treziflow") -> dict[str, Any]:
    """Return what a careful analyst would find in the tables once cleaned."""
    periods = company.periods
    leads = company.leads
    mature = counts(periods["cohortes_mures"].filtrer(leads, "date_creation"))
    rates = mature / mature.shift(axis=1)
    signed = periods["exercice"].filtrer(leads, "date_client")
    clients = signed["source"].value_counts()[list(SOURCES)]
    cost = periods["couts_exercice"].filtrer(company.table("couts_acquisition"), "mois")
    spent = cost.groupby("levier")["reel_ht"].sum()[list(SOURCES)]
    arrived = periods["exercice"].filtrer(leads, "date_creation")["source"].value_counts()[list(SOURCES)]
    base = company.table("abonnements")
    at_risk = base[base["nouveau"] == "non"]
    churn = float((at_risk["churn"] == "oui").mean())
    margin = float(company.table("hypotheses").set_index("cle")["valeur"]["marge_brute"])
    arpa = float(base["mrr"].mean())
    back = periods["rentree"]
    cohort = back.filtrer(leads, "date_creation")
    activity = company.table("activites")
    effort = activity["commercial_id"].value_counts()[list(SELLERS)]
    wins = signed["commercial_id"].value_counts().reindex(list(SELLERS), fill_value=0)
    visits, won = page_totals(company)
    monthly = base.groupby("mois")["mrr"].sum()
    return {
        "taux": rates,
        "effectifs": mature,
        "leads_exercice": arrived,
        "clients_exercice": clients,
        "cac": float(spent.sum() / clients.sum()),
        "cac_levier": spent / clients,
        "cpl_levier": spent / arrived,
        "arpa": arpa,
        "churn": churn,
        "marge": margin,
        "ltv_cac": arpa * margin / churn / float(spent.sum() / clients.sum()),
        "ltv_cac_levier": signed.groupby("source")["arpa"].mean()[list(SOURCES)] * margin / churn / (spent / clients),
        "recuperation_mois": float(spent.sum() / clients.sum()) / (arpa * margin),
        "cohorte": float(cohort["date_client"].notna().mean()),
        "instantane": len(back.filtrer(leads, "date_client")) / len(cohort),
        "activites": effort,
        "signatures": wins,
        "z_landing": z_score(visits, won),
        "landing": won / visits,
        "arr": 12 * float(monthly.iloc[N_MONTHS - 1]),
        "depenses": float(spent.sum()),
    }


def invariants(company: "Treziflow") -> dict[str, bool]:
    """Return each statement of the story and whether the variant keeps it."""
    found = company.results
    leak, linkedin = SOURCES[company.params.leak], SOURCES[LINKEDIN]
    sql = found["taux"]["date_sql"]
    per_lever = found["ltv_cac_levier"]
    total = found["effectifs"].sum()
    volume = found["leads_exercice"].sort_values()
    return {
        "le canal fuyard apporte le plus de leads": volume.index[-1] == leak
        and volume.iloc[-1] > 1.3 * volume.iloc[-2],
        "le canal fuyard passe le moins de MQL en SQL": sql.idxmin() == leak
        and sql[leak] < 0.7 * float(sql.drop(leak).min()),
        "le canal fuyard remplit : son taux de MQL dépasse la moyenne": bool(
            found["taux"]["date_mql"][leak] > total["date_mql"] / total["date_creation"]
        ),
        "le LTV/CAC global est entre 2 et 5": 2 < found["ltv_cac"] < 5,
        "LinkedIn est le levier le plus cher au lead": found["cpl_levier"].idxmax() == linkedin,
        "LinkedIn reste rentable": bool(per_lever[linkedin] > 2 and per_lever[linkedin] > per_lever[leak]),
        "le canal fuyard rapporte moins que la moyenne": bool(per_lever[leak] < 0.95 * found["ltv_cac"]),
        "la cohorte et l’instantané diffèrent d’au moins 15 %": abs(found["instantane"] / found["cohorte"] - 1) > 0.15,
        "la page B gagne": found["z_landing"] > 2.0,
        "le commercial le plus actif n’est pas celui qui signe le plus": found["activites"].idxmax()
        != found["signatures"].idxmax()
        and found["activites"].max() > 1.15 * found["activites"].nlargest(2).iloc[-1],
        "chaque levier signe des clients": bool((found["clients_exercice"] >= 6).all()),
        "les chiffres clés sont crédibles": all(headline.believable for headline in company.headlines()),
    }


def headlines(company: "Treziflow") -> tuple[Headline, ...]:
    """Return the headline rates of the variant and the ranges where they are believed."""
    found = company.results
    total = found["effectifs"].sum()
    rate = total / total.shift()
    values = {
        "mql": rate["date_mql"],
        "sql": rate["date_sql"],
        "opportunite": rate["date_opp"],
        "client": rate["date_client"],
        "lead_client": total["date_client"] / total["date_creation"],
        "arpa": found["arpa"],
        "churn": found["churn"],
        "marge": found["marge"],
        "cac": found["cac"] / found["arpa"],
        "ltv_cac": found["ltv_cac"],
        "recuperation": found["recuperation_mois"],
        "landing_a": found["landing"][0],
        "landing_b": found["landing"][1],
        "arr": found["arr"],
        "acquisition": found["depenses"] / found["arr"],
    }
    return against_landmarks("treziflow", values)
