"""Leads of Tréziflow: how many come each day from each source, what they are, how far they go."""

from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casestudies.company import Company, content
from casestudies.market import calendar
from casestudies.market.crm import NEVER, Journey, to_working_days
from casestudies.market.defects import exported_twice
from casestudies.market.sampling import Floats, Ints, jitter, systematic, unrolled
from casestudies.treziflow import params
from casestudies.treziflow.params import (
    N_DAYS,
    OUTBOUND,
    PLANS,
    PROSPECTORS,
    SALONS,
    SELLERS,
    SOURCES,
    WEBINARS,
    Params,
)

FIRST = np.datetime64(params.LEADS_START, "D")
FAIRS = tuple(date.fromisoformat(day) for day in content("treziflow").texts("fairs"))
"""First day of each two-day fair where the company has a stand."""

SECTORS = ("Artisanat du bâtiment", "Commerce de détail", "Restauration", "Services aux entreprises", "Santé et soins",
           "Transport", "Création et conseil", "Négoce")  # fmt: skip
_SECTOR_SHARE = np.array([0.20, 0.16, 0.12, 0.19, 0.08, 0.07, 0.12, 0.06])
SIZES = ("0 salarié", "1 à 2", "3 à 5", "6 à 9")
_SIZE_SHARE = np.array([0.14, 0.31, 0.33, 0.22])
_LEAK_SIZE_SHARE = np.array([0.52, 0.27, 0.14, 0.07])
ADDRESSES = ("professionnelle", "générique", "personnelle")
_ADDRESS_SHARE = np.array([0.68, 0.14, 0.18])
CONSENTS = ("oui", "non", "opposition")
_EMAIL_SHARE, _PHONE_SHARE = np.array([0.46, 0.49, 0.05]), np.array([0.31, 0.62, 0.07])
REASONS = ("hors cible", "pas de besoin", "injoignable", "prix", "projet reporté", "solution concurrente")
_REASON_SHARE = np.array(
    [
        [0.30, 0.34, 0.36, 0.0, 0.0, 0.0],
        [0.22, 0.26, 0.30, 0.08, 0.10, 0.04],
        [0.08, 0.14, 0.10, 0.26, 0.26, 0.16],
        [0.02, 0.04, 0.08, 0.38, 0.24, 0.24],
    ]
)
"""Share of each reason of a loss, by last stage passed (lead, MQL, SQL, opportunity)."""
_LEAK_REASON_SHARE = np.array([0.58, 0.12, 0.20, 0.03, 0.06, 0.01])
"""The same for the leads of the leaking source that are lost after the MQL stage."""


def choose(share: Floats, rng: np.random.Generator) -> Ints:
    """Draw one column for each row of ``share`` (rows sum to 1)."""
    drawn: Ints = (rng.random((len(share), 1)) >= np.cumsum(share, axis=1)[:, :-1]).sum(axis=1)
    return drawn


def named(names: tuple[str, ...], rank: Ints) -> NDArray[np.object_]:
    """Return the name of each rank."""
    return np.array(names, dtype=object)[rank]


def numbered(prefix: str, rank: Ints, width: int = 5) -> NDArray[np.object_]:
    """Return ``prefix`` and the number of each rank, counted from 1."""
    return np.char.add(prefix, np.char.zfill((rank + 1).astype(str), width)).astype(object)


def moments(day: Ints) -> NDArray[np.datetime64]:
    """Return the date of each rank, « not a time » for what has not happened."""
    known = day < NEVER
    dates = FIRST + np.where(known, day, 0).astype("timedelta64[D]")
    return np.where(known, dates, np.datetime64("NaT", "D")).astype("datetime64[s]")


class Leads(Company):
    """The part of the company that fills the pipeline."""

    @cached_property
    def params(self) -> Params:
        """The parameters of this variant."""
        return params.draw(self.rng("params"))

    @cached_property
    def days(self) -> pd.DataFrame:
        """The calendar of the export of leads."""
        return calendar.days(params.LEADS_START, params.END)

    @cached_property
    def closed(self) -> NDArray[np.datetime64]:
        """Public holidays."""
        public: NDArray[np.datetime64] = self.days.loc[self.days["holiday"], "date"].to_numpy().astype("datetime64[D]")
        return public

    @cached_property
    def expected_leads(self) -> Floats:
        """Expected leads by (source, day)."""
        days, p = self.days, self.params
        weekday = np.array([1.15, 1.2, 1.15, 1.15, 0.95, 0.22, 0.18])[days["weekday"].to_numpy()]
        daily = np.tile(weekday * np.where(days["holiday"], 0.25, 1.0), (len(SOURCES), 1))
        daily[OUTBOUND] *= days["weekday"].to_numpy() < 5
        daily[WEBINARS] *= np.where((days["weekday"] == 3) & (days["date"].dt.day <= 14), 7.0, 1.0)
        opening = np.array([(day - params.LEADS_START).days for day in FAIRS])
        daily[SALONS, np.concatenate([opening, opening + 1])] *= 9.0
        month = (days["date"].dt.year * 12 + days["date"].dt.month).to_numpy()
        month = month - month[0]
        totals = np.stack([np.bincount(month, row) for row in daily])
        pace = p.month_pace[(np.arange(totals.shape[1]) + params.LEADS_START.month - 1) % 12]
        share = daily / totals[:, month] * pace[month] / pace.sum()
        expected: Floats = share * p.lead_share[:, None] * params.LEADS
        return expected

    @cached_property
    def expected_clients(self) -> Floats:
        """Clients expected in the fiscal year, by source: its leads one cycle earlier, through all the stages."""
        lag = round(float(self.params.pipeline.delays.sum())) + 2
        start = (params.FISCAL_START - params.LEADS_START).days - lag
        arrived = self.expected_leads[:, start : N_DAYS - lag].sum(axis=1)
        clients: Floats = arrived * self.params.pipeline.rates.prod(axis=1)
        return clients

    @cached_property
    def created(self) -> tuple[Ints, Ints]:
        """Day (rank) and source of each lead, by day."""
        rng = self.rng("leads")
        counts = systematic(self.expected_leads * jitter(self.expected_leads.shape, 0.12, rng), rng).T
        cell = unrolled(counts)
        return cell // len(SOURCES), cell % len(SOURCES)

    @cached_property
    def owners(self) -> tuple[Ints, Ints]:
        """Prospector and seller (ranks) who would take each lead."""
        rng, n = self.rng("attribution"), len(self.created[0])
        return rng.integers(len(PROSPECTORS), size=n), rng.integers(len(SELLERS), size=n)

    @cached_property
    def journey(self) -> Journey:
        """What became of each lead by the day of the export; people qualify, sell and lose on working days."""
        p = self.params
        day, source = self.created
        whole = p.pipeline.run(day, source, p.closing[self.owners[1]], self.rng("parcours"))
        qualified = whole.stages[:, 0]
        start = np.where(qualified < NEVER, qualified, day)
        later = [self.worked(start, reached) for reached in (*whole.stages.T[1:], whole.lost)]
        return Journey(np.column_stack([qualified, *later[:-1]]), later[-1]).seen_on(N_DAYS - 1)

    def worked(self, start: Ints, day: Ints) -> Ints:
        """Return the working day (rank) of what would come on ``day`` if people worked every day since ``start``.

        Five days in seven are worked, so that what was to fall on a week-end does not wait for Monday.
        """
        known = day < NEVER
        opening = FIRST + to_working_days(start[known], FIRST, self.closed).astype("timedelta64[D]")
        steps = np.rint((day - start)[known] * 5 / 7).astype(np.int64)
        moved = day.copy()
        moved[known] = (np.busday_offset(opening, steps, holidays=self.closed) - FIRST).astype(np.int64)
        return moved

    @cached_property
    def plans(self) -> tuple[Ints, Floats]:
        """Plan (rank) and monthly fee that each lead would take."""
        p, rng = self.params, self.rng("formules")
        plan = choose(p.mix[self.created[1]], rng)
        return plan, self.monthly_fees(plan, rng)

    def monthly_fees(self, plan: Ints, rng: np.random.Generator) -> Floats:
        """Return the monthly fee of clients: list price, discount granted by the seller, paid options."""
        discount = rng.choice([0.0, 0.05, 0.10], len(plan), p=[0.62, 0.24, 0.14])
        options = 12.0 * rng.poisson(0.55, len(plan))
        fees: Floats = np.round(self.params.prices[plan] * (1 - discount) + options, 2)
        return fees

    @cached_property
    def clean_leads(self) -> pd.DataFrame:
        """The leads without any defect, by day of creation."""
        p, rng = self.params, self.rng("profils")
        day, source = self.created
        n, leaking = len(day), source == p.leak
        journey, depth = self.journey, self.journey.depth
        size = choose(np.where(leaking[:, None], _LEAK_SIZE_SHARE, _SIZE_SHARE), rng)
        level = np.array([36.0, 62.0, 67.0, 71.0, 74.0])[depth] + 5.0 * leaking * (depth <= 1)
        reason_share = _REASON_SHARE[np.minimum(depth, 3)]
        reason_share[leaking & (depth == 1)] = _LEAK_REASON_SHARE
        reason = named(REASONS, choose(reason_share, rng))
        won = depth == len(params.STAGES)
        step = np.where(won, "client", named(("lead", "MQL", "SQL", "opportunité", "client"), depth))
        prospector, seller = self.owners
        owner = np.where(depth >= 2, named(SELLERS, seller), np.where(depth == 1, named(PROSPECTORS, prospector), ""))
        client = np.full(n, "", dtype=object)
        client[won] = numbered("C", np.flatnonzero(won))
        lost = journey.lost < NEVER
        unknown = systematic(np.full(n, p.unknown_size), rng) == 1
        columns = {
            "lead_id": numbered("L", np.arange(n)),
            "date_creation": moments(day),
            "source": named(SOURCES, source),
            "secteur": named(SECTORS, choose(np.tile(_SECTOR_SHARE, (n, 1)), rng)),
            "effectif": np.where(unknown, "", named(SIZES, size)),
            "score": np.clip(np.rint(rng.normal(level, 12.0)), 0, 100).astype(np.int64),
            "type_adresse": named(ADDRESSES, choose(np.tile(_ADDRESS_SHARE, (n, 1)), rng)),
            "consentement_email": named(CONSENTS, choose(np.tile(_EMAIL_SHARE, (n, 1)), rng)),
            "consentement_telephone": named(CONSENTS, choose(np.tile(_PHONE_SHARE, (n, 1)), rng)),
            "cycle_de_vie": np.where(lost, "perdu", step),
            "date_mql": moments(journey.stages[:, 0]),
            "date_sql": moments(journey.stages[:, 1]),
            "date_opp": moments(journey.stages[:, 2]),
            "date_client": moments(journey.stages[:, 3]),
            "date_perte": moments(journey.lost),
            "motif_perte": np.where(lost, reason, ""),
            "commercial_id": owner,
            "client_id": client,
            "formule": np.where(won, named(PLANS, self.plans[0]), ""),
            "arpa": np.where(won, self.plans[1], np.nan),
        }
        return pd.DataFrame({name: _plain(values) for name, values in columns.items()})

    def table_leads(self) -> pd.DataFrame:
        """Return the export of the CRM: leads exported twice, sources typed by hand."""
        p, rng = self.params, self.rng("export_leads")
        leads = self.clean_leads.copy()
        typed = rng.choice(len(leads), round(p.mistyped * len(leads)), replace=False)
        name = leads["source"].iloc[typed]
        way = rng.integers(3, size=len(typed))
        leads.loc[typed, "source"] = np.where(
            way == 0, name.str.upper() + " ", np.where(way == 1, name.str.lower(), " " + name)
        )
        return exported_twice(leads, "lead_id", p.duplicates, rng)


def _plain(values: NDArray[np.generic]) -> "NDArray[np.generic] | pd.Series":
    """Return text as pandas text, anything else unchanged."""
    return pd.Series(values, dtype="str") if values.dtype == object else values
