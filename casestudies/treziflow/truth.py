"""The true effects behind the figures of Tréziflow, and what its tables alone say of them."""

from typing import TYPE_CHECKING, Any

import numpy as np

from casestudies.company import Recovery
from casestudies.treziflow import story
from casestudies.treziflow.params import LINKEDIN, PLANS, SELLERS, SOURCES, STAGES
from casestudies.treziflow.sales import FIRST_CALL_DAYS, LEAK_FIRST_CALL_DAYS

if TYPE_CHECKING:
    from casestudies.treziflow.company import Treziflow


def truth(company: "Treziflow") -> dict[str, Any]:
    """Return the true effects; for trainers only."""
    p = company.params
    spent = company.lever_costs
    return {
        "canal_fuyard": SOURCES[p.leak],
        "etape_de_la_fuite": "MQL → SQL",
        "causes_de_la_fuite": "cible trop petite, que le score ne voit pas ; premier appel tardif",
        "premier_appel_jours": {"canal fuyard": LEAK_FIRST_CALL_DAYS, "autres": FIRST_CALL_DAYS},
        "taux": {
            source: dict(zip(STAGES, row, strict=True))
            for source, row in zip(SOURCES, p.pipeline.rates.tolist(), strict=True)
        },
        "delais_jours": dict(zip(STAGES, p.pipeline.delays.tolist(), strict=True)),
        "part_des_leads": dict(zip(SOURCES, p.lead_share.tolist(), strict=True)),
        "cac": p.cac,
        "cac_par_levier": dict(zip(SOURCES, (spent / company.expected_clients).tolist(), strict=True)),
        "churn_mensuel": p.churn,
        "churn_par_formule": dict(zip(PLANS, p.plan_churn.tolist(), strict=True)),
        "arpa_catalogue": p.arpa,
        "ltv_cac": p.arpa * p.margin / p.churn / p.cac,
        "adresse_des_vendeurs": dict(zip(SELLERS, p.closing.tolist(), strict=True)),
        "vendeur_le_plus_actif": SELLERS[p.busiest],
        "page_a": p.test.rate,
        "gain_page_b": p.test.lift,
        "jours_incident": company.incident,
        "ecart_budget": dict(zip(SOURCES, p.gap.tolist(), strict=True)),
    }


def recoveries(company: "Treziflow") -> tuple[Recovery, ...]:
    """Return the true parameters beside what the tables alone say of them.

    A rate is a count of independent events: its error is √(p(1 − p)/n). The cost of a client is an amount nearly known
    over a count of about 150 independent clients: its error is the cost / √clients. A mean delay of a gamma law of
    shape k has the error mean / √(k n).
    """
    p, found = company.params, company.results
    rates, reached = p.pipeline.rates, found["effectifs"]
    funnel = [
        Recovery.of_share(
            f"{SOURCES[source]} : passage en {stage}",
            rates[source, step],
            reached.iloc[source, step + 1],
            reached.iloc[source, step],
        )
        for source in sorted({p.leak, LINKEDIN})
        for step, stage in enumerate(STAGES)
    ]
    base = company.table("abonnements")
    at_risk = base[base["nouveau"] == "non"]
    left = (at_risk["churn"] == "oui").groupby(at_risk["formule"]).agg(["sum", "count"]).loc[list(PLANS)].to_numpy()
    churn = [
        Recovery.of_share(f"Churn mensuel, {plan}", true, gone, there)
        for plan, true, (gone, there) in zip(PLANS, p.plan_churn, left, strict=True)
    ]
    visits, leads = story.page_totals(company)
    pages = [
        Recovery.of_share(f"Page {name}", true, hits, tries)
        for name, true, hits, tries in zip("AB", p.test.rates, leads, visits, strict=True)
    ]
    mature = company.periods["cohortes_mures"].filtrer(company.leads, "date_creation")
    opened = mature[mature["date_opp"].notna() & (mature["commercial_id"] == SELLERS[p.busiest])]
    source = opened["source"].map({name: rank for rank, name in enumerate(SOURCES)}).to_numpy()
    closing = Recovery.of_share(
        "Taux de signature du vendeur le plus actif",
        rates[source, -1].mean() * p.closing[p.busiest],
        opened["date_client"].notna().sum(),
        len(opened),
    )
    clients = float(company.expected_clients.sum())
    cost = Recovery("CAC", p.cac, found["cac"], p.cac / float(np.sqrt(clients)))
    wait = (mature["date_mql"] - mature["date_creation"]).dt.days.dropna()
    first = float(p.pipeline.delays[0])
    error = first / float(np.sqrt(p.pipeline.shape * len(wait)))
    delay = Recovery("Délai du lead au MQL", first, wait.mean(), error)
    return (*funnel, *churn, *pages, closing, cost, delay)
