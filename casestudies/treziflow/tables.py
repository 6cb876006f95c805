"""The tables of Tréziflow: its books (subscriptions, costs, team, test); leads and sales, in modules of their own."""

from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from casestudies.company import assumptions, content_table
from casestudies.market import budget, calendar, subscriptions
from casestudies.market.crm import NEVER
from casestudies.market.sampling import Floats, Ints, jitter, systematic, unrolled
from casestudies.market.saturation import ceiling
from casestudies.treziflow import params
from casestudies.treziflow.leads import choose, named, numbered
from casestudies.treziflow.params import COSTS_START, ITEMS, N_COST_MONTHS, N_MONTHS, PLANS, SOURCES
from casestudies.treziflow.sales import Sales

OLD, PARTNER = "Parc", "Cabinets"
_ORIGINS = (*SOURCES, OLD, PARTNER)
_UPGRADE_STEP = 0.15

_SPLIT = np.array(
    [  # média, salaires, outils, agence, événementiel; wages are shared apart
        [0.00, 0.0, 0.28, 0.72, 0.00],
        [0.82, 0.0, 0.05, 0.13, 0.00],
        [0.84, 0.0, 0.04, 0.12, 0.00],
        [0.06, 0.0, 0.05, 0.11, 0.78],
        [0.36, 0.0, 0.26, 0.24, 0.14],
        [0.00, 0.0, 0.76, 0.24, 0.00],
    ]
)
_WAGE_PULL = np.array([0.85, 0.80, 0.90, 1.05, 1.0, 1.2])


class Tables(Sales):
    """The part of the company that bills, spends and tests."""

    @cached_property
    def _won(self) -> tuple[Ints, Ints]:
        """Leads (ranks) won, and the month of the fiscal year when each signed (−1 before it)."""
        signed = self.journey.stages[:, -1]
        lead = np.flatnonzero(signed < NEVER)
        month = (np.datetime64(params.LEADS_START) + signed[lead].astype("timedelta64[D]")).astype("datetime64[M]")
        rank = (month - np.datetime64(params.FISCAL_START, "M")).astype(np.int64)
        return lead, np.maximum(rank, -1)

    @cached_property
    def _subscribers(self) -> dict[str, Any]:
        """Every client of the fiscal year: number, origin, first month, plan, fee."""
        p, rng = self.params, self.rng("parc")
        lead, month = self._won
        present = round(p.arr / 12 / p.arpa)
        old = present - int((month < 0).sum())
        need = max(2.0, p.churn * present * 1.03 - float(self.expected_clients.sum()) / N_MONTHS)
        joined = systematic(need * jitter(N_MONTHS, 0.15, rng), rng)
        first = np.concatenate([np.full(old, -1), unrolled(joined)])
        plan = choose(np.tile(p.base_mix, (len(first), 1)), rng)
        own = np.where(first < 0, _ORIGINS.index(OLD), _ORIGINS.index(PARTNER))
        return {
            "number": np.concatenate([lead, len(self.created[0]) + np.arange(len(first))]),
            "origin": np.concatenate([self.created[1][lead], own]),
            "first": np.concatenate([month, first]),
            "plan": np.concatenate([self.plans[0][lead], plan]),
            "fee": np.concatenate([self.plans[1][lead], self.monthly_fees(plan, rng)]),
        }

    def table_abonnements(self) -> pd.DataFrame:
        """Return the months paid in the fiscal year, by month and client."""
        p, rng, who = self.params, self.rng("abonnements"), self._subscribers
        last = subscriptions.last_months(who["first"], p.plan_churn[who["plan"]], rng)
        since, raised = subscriptions.fees(who["fee"], who["first"], p.upgrade, _UPGRADE_STEP, rng)
        client, month = subscriptions.client_months(who["first"], last, N_MONTHS)
        order = np.lexsort((who["number"][client], month))
        client, month = client[order], month[order]
        starts = (np.datetime64(params.FISCAL_START, "M") + month.astype("timedelta64[M]")).astype("datetime64[s]")
        return pd.DataFrame(
            {
                "mois": starts,
                "client_id": numbered("C", who["number"][client]),
                "origine": named(_ORIGINS, who["origin"][client]),
                "formule": named(PLANS, who["plan"][client]),
                "mrr": np.where(month >= since[client], raised[client], who["fee"][client]),
                "nouveau": named(("non", "oui"), (who["first"][client] == month).astype(np.int64)),
                "churn": named(("non", "oui"), (last[client] == month).astype(np.int64)),
            }
        )

    @cached_property
    def _team(self) -> pd.DataFrame:
        """The sales team, with the wages of this variant."""
        team = content_table(
            "treziflow", "team", commercial_id=str, role=str, profil=str, etp=float, part_acquisition=float,
            cout_mensuel=float, anciennete_mois=int, objectif_clients_an=int, heures_vente_semaine=float,
        )  # fmt: skip
        pay = self.params.wages * self.rng("equipe").uniform(0.96, 1.04, len(team))
        return team.assign(cout_mensuel=np.round(team["cout_mensuel"] * pay, -1))

    def table_equipe_commerciale(self) -> pd.DataFrame:
        """Return the sales team, one member per row."""
        return self._team

    @cached_property
    def lever_costs(self) -> Floats:
        """Full cost of each lever over the fiscal year, as designed (€ excl. tax)."""
        p, clients = self.params, self.expected_clients
        weight = clients * p.cac_factor
        cost: Floats = p.cac * clients.sum() * weight / weight.sum()
        return cost

    @cached_property
    def costs(self) -> Floats:
        """Expenses by (lever, item, month), to the cent."""
        p, rng = self.params, self.rng("couts")
        team = self._team
        wages = 12 * float((team["cout_mensuel"] * team["part_acquisition"]).sum())
        pull = self.lever_costs * _WAGE_PULL
        paid = wages * pull / pull.sum()
        rest = np.maximum(self.lever_costs - paid, 0.1 * self.lever_costs)
        yearly = rest[:, None] * _SPLIT
        yearly[:, ITEMS.index("salaires")] = paid
        calendar_month = (np.arange(N_COST_MONTHS) + COSTS_START.month - 1) % 12
        season = p.month_pace[calendar_month] / p.month_pace.mean()
        shape = np.ones((len(SOURCES), len(ITEMS), N_COST_MONTHS))
        shape[:, ITEMS.index("média")] = season
        shape[:, ITEMS.index("événementiel")] = season
        noisy = shape * jitter(shape.shape, 0.05, rng)
        noisy[:, ITEMS.index("salaires")] = 1.0
        level = noisy / noisy[:, :, N_MONTHS:].sum(axis=2, keepdims=True)
        level[:, :, :N_MONTHS] /= 1 + p.cost_growth
        costs: Floats = np.round(yearly[:, :, None] * level, 2)
        return costs

    def table_couts_acquisition(self) -> pd.DataFrame:
        """Return expenses planned and actual, by month, lever and item."""
        p, rng, actual = self.params, self.rng("budget"), self.costs
        flat = actual.reshape(-1, N_COST_MONTHS)
        gap = np.repeat(p.gap, len(ITEMS))
        gap[ITEMS.index("salaires") :: len(ITEMS)] = 0.01
        plan = np.concatenate(
            [budget.planned(year, gap, 10.0, rng) for year in (flat[:, :N_MONTHS], flat[:, N_MONTHS:])], axis=1
        )
        month, cell = np.divmod(np.arange(flat.size), len(flat))
        first = np.datetime64(COSTS_START, "M")
        return pd.DataFrame(
            {
                "mois": (first + month.astype("timedelta64[M]")).astype("datetime64[s]"),
                "levier": named(SOURCES, cell // len(ITEMS)),
                "poste": named(ITEMS, cell % len(ITEMS)),
                "prevu_ht": plan.T.ravel(),
                "reel_ht": flat.T.ravel(),
            }
        )

    def table_test_ab_landing(self) -> pd.DataFrame:
        """Return the test of the landing page, by day and page; for three days, page B was counted twice."""
        p, rng = self.params, self.rng("test_ab")
        days = calendar.days(params.TEST_START, params.TEST_START + timedelta(params.TEST_DAYS - 1))
        pace = np.array([1.2, 1.25, 1.2, 1.15, 1.0, 0.6, 0.6])[days["weekday"].to_numpy()]
        visits, forms = p.test.run(pace, rng)
        visits[p.incident : p.incident + params.INCIDENT_DAYS, 1] *= 2
        return pd.DataFrame(
            {
                "date": np.repeat(days["date"].to_numpy(), 2),
                "variante": np.tile(np.array(["A", "B"], dtype=object), len(days)),
                "visiteurs": visits.ravel(),
                "formulaires": forms.ravel(),
            }
        )

    def table_leviers(self) -> pd.DataFrame:
        """Return what management says of each lever, one per row."""
        levers = content_table(
            "treziflow", "levers", approche=str, etape=str, delai_semaines=int, least=float, most=float, half=float
        )
        spent, half = self.lever_costs, levers["half"].to_numpy()
        return levers.assign(
            levier=list(SOURCES),
            budget_min_ht=np.round(spent * levers["least"], -3),
            budget_max_ht=np.round(spent * levers["most"], -3),
            plafond_clients=np.round(ceiling(self.expected_clients, half), 1),
            budget_moitie_ht=np.round(spent * half, -2),
        )

    def table_hypotheses(self) -> pd.DataFrame:
        """Return the management assumptions, one per row."""
        values = {
            "marge_brute": self.params.margin,
            "decalage_mois": float(params.LAG_MONTHS),
            "taux_visiteur_lead": round(0.8 * self.params.test.rate, 4),
            "minutes_par_mql": 55.0,
            "minutes_par_sql": 90.0,
            "minutes_par_opportunite": 180.0,
            "semaines_travaillees": 44.0,
            "objectif_clients": float(round(1.25 * self.expected_clients.sum() / 5) * 5),
            "budget_2026_2027_ht": round(1.06 * float(self.lever_costs.sum()), -3),
            "ltv_cac_minimum": 2.0,
            "delai_recuperation_max": 18.0,
        }
        return assumptions("treziflow", values)
