"""Selling at Isolombre: the portfolio of accounts, the visits made, the prescriptions and the quotes."""

from datetime import timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.company import Company
from casestudies.isolombre import params
from casestudies.isolombre.params import (
    ARCHITECT,
    CIRCUITS,
    DEALER,
    DEPARTMENTS,
    END,
    MIDDLE,
    PRESCRIPTIONS,
    REQUESTS,
    START,
    TYPES,
    Params,
)
from casestudies.market import accounts, calendar, prescriptions, team_calendar
from casestudies.market.accounts import CLASSES, Force
from casestudies.market.defects import exported_twice, french_text
from casestudies.market.prescriptions import PENDING, SOLD
from casestudies.market.sampling import Floats, Ints, jitter, pick, unrolled

YEAR_DAYS, TWO_YEARS = 365, 730
ASKED = np.array([0.95, 1.0, 1.1, 1.1, 1.0, 1.1, 0.95, 0.45, 1.15, 1.15, 1.05, 0.75])
"""Requests and prescriptions of each month, January first: little in August and at the year's end (assumption)."""
FRIDAY = 0.8
"""The same on a Friday, against the other working days (assumption)."""
LATER = timedelta(400)
"""How far after the export its last decisions fall."""
OPENED, CLOSED, DORMANT = "actif", "fermé", "dormant"
FATES = np.array(["vendue", "substituée", "abandonnée", "en cours"], dtype=object)
SITES = ("maison individuelle", "logement collectif", "école", "tertiaire", "rénovation de maison")
SITE_AREA = np.array([190.0, 780.0, 900.0, 700.0, 150.0])
SITE_SHARE = np.array([0.24, 0.24, 0.12, 0.16, 0.24])
VISIT_MINUTES = np.array([60.0, 45.0, 80.0, 70.0])
"""Usual length of a visit, by type of account."""
BUYERS = ("artisan", "maître d’ouvrage", "particulier")
BUYER_SHARE = np.array([[0.2, 0.5, 0.3], [0.9, 0.1, 0.0], [0.85, 0.0, 0.15]])
INBOUND = ("site web", "prescripteur", "recommandation")
OUTBOUND = ("visite commerciale", "relance téléphonique", "salon")
INBOUND_SHARE = np.array([0.68, 0.47, 0.38])


def _texts(values: tuple[str, ...], codes: Ints) -> np.ndarray:
    return np.array(values, dtype=object)[codes]


def _numbers(prefix: str, numbers: Ints, digits: int = 4) -> list[str]:
    return [f"{prefix}{number:0{digits}d}" for number in numbers.tolist()]


class Commerce(Company):
    """The part of the company that sells: who is visited, who prescribes, who asks for a price."""

    @cached_property
    def params(self) -> Params:
        """The parameters of the variant."""
        return params.draw(self.rng("params"))

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """The accounts, before any visit: type (code), status, revenue, potential, class (code), norm."""
        p, rng = self.params, self.rng("portefeuille")
        parts = []
        for kind, segment in enumerate(p.segments):
            size = segment.accounts
            chance = rng.random(size)
            closed, asleep = chance < p.closed, (chance >= p.closed) & (chance < p.closed + p.dormant)
            revenue = segment.revenues(~closed & ~asleep, rng)
            potential = segment.potentials(revenue, rng)
            rank = accounts.classes(potential)
            status = np.where(closed, CLOSED, np.where(asleep, DORMANT, OPENED)).astype(object)
            parts.append(
                pd.DataFrame(
                    {
                        "kind": kind,
                        "statut": status,
                        "ca_ht": revenue,
                        "potentiel_ht": potential,
                        "rank": rank,
                        "norm": np.array(segment.norms)[rank] * ~closed,
                        "rate": segment.margin * jitter(size, 0.05, rng),
                        "attention": segment.attention,
                    }
                )
            )
        book = pd.concat(parts, ignore_index=True)
        book = book.iloc[rng.permutation(len(book))].reset_index(drop=True)
        book["department"] = pick(np.linspace(0.7, 1.3, len(DEPARTMENTS)), len(book), rng)
        return book

    @cached_property
    def force(self) -> Force:
        """The field force that the norms of visits ask for."""
        p = self.params
        return accounts.force(float(self.accounts["norm"].sum()), p.per_day, p.usual_days, p.fraction)

    @property
    def salespeople(self) -> int:
        """Number of salespeople in the field today: one fewer than the whole part of what is required."""
        return int(self.force.required) - 1

    @cached_property
    def field_visits(self) -> Ints:
        """Field visits made to each account in the last fiscal year."""
        book, p = self.accounts, self.params
        total = self.salespeople * self.force.capacity * p.occupied
        bought = book["ca_ht"].groupby(book["kind"]).rank(pct=True).to_numpy()
        weight = book["norm"] * book["attention"] * (0.5 + bought) * np.where(book["statut"] == DORMANT, 0.35, 1.0)
        return accounts.visits(weight.to_numpy(), total, self.rng("visites_par_compte"))

    @cached_property
    def workdays(self) -> pd.DatetimeIndex:
        """The days worked in the last fiscal year, three weeks of August off."""
        days = calendar.days(MIDDLE, END)
        off = (days["weekday"] > 4) | days["holiday"] | days["date"].between("2025-08-04", "2025-08-24")
        return pd.DatetimeIndex(days.loc[~off, "date"])

    @cached_property
    def office(self) -> tuple[Ints, Floats]:
        """Days (ranks from the first of the data) when offices are open, and how much is asked on each."""
        days = calendar.days(START, END + LATER)
        rank = team_calendar.working_days(days)
        pace = ASKED[days["date"].dt.month.to_numpy()[rank] - 1]
        return rank, pace * np.where(days["weekday"].to_numpy()[rank] == 4, FRIDAY, 1.0)

    def _asked(self, first: int, last: int, size: int, rng: np.random.Generator) -> Ints:
        """Return ``size`` days (ranks) from ``first`` to the day before ``last``, in order."""
        rank, pace = self.office
        inside = (rank >= first) & (rank < last)
        return np.sort(rank[inside][pick(pace[inside], size, rng)])

    def _worked(self, start: Ints, wait: Ints) -> Ints:
        """Return the working day (rank) about ``wait`` days after each ``start``, itself a working day.

        Time passes on working days only, so that what was to fall on a week-end does not wait for Monday.
        """
        rank, _ = self.office
        steps = np.rint(wait * len(rank) / (rank[-1] + 1)).astype(np.int64)
        found: Ints = rank[np.searchsorted(rank, start) + steps]
        return found

    def _salesperson(self, department: Ints) -> list[str]:
        return _numbers("COM", 1 + department * self.salespeople // len(DEPARTMENTS), 1)

    def table_portefeuille(self) -> pd.DataFrame:
        """Return the accounts with their revenue of two years, margin, potential, class and field visits."""
        book, rng = self.accounts, self.rng("portefeuille_suite")
        before = np.round(book["ca_ht"] / (1 + self.params.growth) * jitter(len(book), 0.15, rng), -1)
        past = np.round(book["potentiel_ht"] * rng.uniform(0.2, 0.5, len(book)), -1)
        gone = (book["statut"] != OPENED) & (book["kind"] != ARCHITECT)
        opened = pd.Timestamp(START) - pd.to_timedelta(rng.integers(200, 5200, len(book)), unit="D")
        return book.assign(
            compte_id=_numbers("C", np.arange(1, len(book) + 1)),
            type=_texts(TYPES, book["kind"].to_numpy()),
            departement=_texts(DEPARTMENTS, book["department"].to_numpy()),
            commercial=self._salesperson(book["department"].to_numpy()),
            date_ouverture=pd.DatetimeIndex(opened).as_unit("s"),
            ca_n_1_ht=np.where(gone, past, before),
            marge_ht=np.round(book["ca_ht"] * book["rate"], -1),
            classe=_texts(CLASSES, book["rank"].to_numpy()),
            visites_terrain=self.field_visits,
        )

    def table_normes_visites(self) -> pd.DataFrame:
        """Return the visits that each type and class of account should get in a year."""
        rows = [
            (segment.name, name, visits)
            for segment in self.params.segments
            for name, visits in zip(CLASSES, segment.norms, strict=True)
        ]
        table = pd.DataFrame(rows, columns=["type", "classe", "visites_par_an"])
        usual = np.repeat(VISIT_MINUTES, len(CLASSES)) * np.tile([1.15, 1.0, 0.85], len(TYPES))
        minutes = 5 * np.round(usual * jitter(len(table), 0.12, self.rng("normes_visites")) / 5)
        return table.assign(duree_prevue_min=minutes.astype(np.int64))

    def table_visites(self) -> pd.DataFrame:
        """Return the log of contacts: visits made, calls, cancelled ones, some synchronised twice."""
        p, rng, book = self.params, self.rng("visites"), self.accounts
        made = unrolled(self.field_visits)
        lost = rng.choice(made, round(p.cancelled * len(made)))
        remote = rng.choice(made, round(p.remote * len(made)))
        account = np.concatenate([made, lost, remote])
        kind = np.repeat([0, 1, 2], [len(made), len(lost), len(remote)])
        day = rng.integers(0, len(self.workdays), len(account))
        order = np.lexsort((account, day))
        account, kind, day = account[order], kind[order], day[order]
        delayed = rng.random(len(account)) < 0.35
        called = rng.random(len(account)) < 0.7
        minutes = 5 * np.maximum(np.round(np.where(kind == 2, 4, 11) * jitter(len(account), 0.35, rng)), 1)
        aims = ("suivi de commandes", "présentation de gamme", "prix et remises", "chantier en cours", "litige")
        log = pd.DataFrame(
            {
                "visite_id": _numbers("V", np.arange(1, len(account) + 1), 5),
                "date": self.workdays[day],
                "commercial": self._salesperson(book["department"].to_numpy()[account]),
                "compte_id": _numbers("C", account + 1),
                "mode": np.where(kind < 2, "terrain", np.where(called, "téléphone", "visio")).astype(object),
                "statut": np.where(kind == 1, np.where(delayed, "reportée", "annulée"), "réalisée").astype(object),
                "duree_min": np.where(kind == 1, 0, minutes).astype(np.int64),
                "objet": _texts(aims, pick(np.array([0.34, 0.22, 0.2, 0.18, 0.06]), len(account), rng)),
            }
        )
        return exported_twice(log, "visite_id", p.twice, rng)

    def table_prescriptions(self) -> pd.DataFrame:
        """Return two years of prescriptions and what had become of each on the day of the export."""
        p, rng, book = self.params, self.rng("prescriptions"), self.accounts
        size, law = PRESCRIPTIONS, self.params.prescribing
        weight = np.where((book["kind"] == ARCHITECT) & (book["statut"] != CLOSED), book["potentiel_ht"], 0.0)
        outlet = np.where(book["kind"] == DEALER, book["ca_ht"], 0.0)
        day = self._asked(0, TWO_YEARS, size, rng)
        stock = law.stock(size, rng)
        fate = law.fates(stock, rng)
        wait = law.delays(fate, rng)
        seen = np.where(day + wait < TWO_YEARS, fate, PENDING)
        decided = np.minimum(self._worked(day, wait), (END - START).days)
        site = pick(SITE_SHARE, size, rng)
        area = prescriptions.surfaces(SITE_AREA[site], 0.5, rng)
        final = p.circuits[params.SHORT]
        net = final.price * (1 - final.trade)
        author = pick(weight, size, rng)
        start = pd.Timestamp(START)
        moments = pd.DatetimeIndex(start + pd.to_timedelta(decided, unit="D")).as_unit("s")
        dealer = np.array(_numbers("C", pick(outlet, size, rng) + 1), dtype=object)
        table = pd.DataFrame(
            {
                "prescription_id": _numbers("P", np.arange(1, size + 1)),
                "date": pd.DatetimeIndex(start + pd.to_timedelta(day, unit="D")).as_unit("s"),
                "compte_id": _numbers("C", author + 1),
                "type_projet": _texts(SITES, site),
                "departement": _texts(DEPARTMENTS, book["department"].to_numpy()[author]),
                "surface_m2": area.astype(np.int64),
                "montant_ht": np.round(area * net * jitter(size, 0.05, rng), -1),
                "stock_proche": np.where(stock == 1, "oui", "non").astype(object),
                "statut": FATES[seen],
                "date_decision": pd.Series(moments).where(seen != PENDING),
                "negoce_id": np.where(seen == SOLD, dealer, ""),
            }
        )
        return exported_twice(table, "prescription_id", p.twice, rng)

    def table_devis(self) -> pd.DataFrame:
        """Return the quotes of the last fiscal year, one row per version; amounts are text, as exported."""
        rng, law = self.rng("devis"), self.params.quoting
        mix = np.array([*self.params.circuit_mix, 1 - sum(self.params.circuit_mix)])
        size = REQUESTS
        opening = (MIDDLE - START).days
        asked = self._asked(opening, opening + YEAR_DAYS - 14, size, rng)
        day = asked - opening
        circuit = pick(mix, size, rng)
        inbound = (rng.random(size) < INBOUND_SHARE[circuit]).astype(np.int64)
        delay = self._worked(asked, law.delays(circuit, rng)) - asked
        accepted = rng.random(size) < law.chance(circuit, inbound, delay)
        silent = rng.random(size) < law.unanswered
        revised = rng.random(size) < law.revised
        again = self._worked(asked + delay, rng.integers(4, 12, size)) - asked
        answered = asked + np.where(revised, again, delay)
        decided = self._worked(answered, rng.integers(5, 31, size)) - opening
        fate = np.where(accepted, "accepté", np.where(silent, "sans réponse", "refusé"))
        fate = np.where(decided >= YEAR_DAYS, "en attente", fate).astype(object)
        origin = np.where(inbound == 1, _texts(INBOUND, pick(np.array([4.0, 3.0, 3.0]), size, rng)), "")
        origin = np.where(inbound == 0, _texts(OUTBOUND, pick(np.array([5.0, 3.0, 2.0]), size, rng)), origin)
        shares = np.cumsum(BUYER_SHARE, axis=1)[circuit]
        buyer = _texts(BUYERS, np.minimum((rng.random((size, 1)) > shares).sum(axis=1), len(BUYERS) - 1))
        area = prescriptions.surfaces(np.where(buyer == "maître d’ouvrage", 420.0, 130.0), 0.55, rng)
        price = np.array([row.price for row in self.params.circuits])[circuit] * jitter(size, 0.04, rng)
        row = np.concatenate([np.flatnonzero(revised), np.arange(size)])
        first = np.arange(len(row)) < int(revised.sum())
        row, first = row[order := np.lexsort((~first, row))], first[order]
        last = ~first
        version = 1 + (last & revised[row]).astype(np.int64)
        sent = day[row] + np.where(version == 2, again[row], delay[row])
        rebate = np.where(version == 2, rng.uniform(0.02, 0.06, size)[row], 0.0)
        start = pd.Timestamp(MIDDLE)
        done = pd.Series(pd.DatetimeIndex(start + pd.to_timedelta(decided[row], unit="D")).as_unit("s"))
        waits = (fate[row] == "en attente") & (sent >= YEAR_DAYS)
        table = pd.DataFrame(
            {
                "devis_id": [f"D{k + 1:04d}-{v}" for k, v in zip(row.tolist(), version.tolist(), strict=True)],
                "affaire_id": _numbers("A", row + 1),
                "version": version,
                "date_demande": pd.DatetimeIndex(start + pd.to_timedelta(day[row], unit="D")).as_unit("s"),
                "date_envoi": pd.DatetimeIndex(start + pd.to_timedelta(sent, unit="D")).as_unit("s"),
                "circuit": _texts(CIRCUITS, circuit[row]),
                "type_client": buyer[row],
                "origine": origin[row],
                "surface_m2": area[row].astype(np.int64),
                "montant_ht": french_text(np.round(area * price, 2)[row] * (1 - rebate)),
                "statut": np.where(first & (day + again < YEAR_DAYS)[row], "remplacé", fate[row]),
                "date_decision": done.where(last & (fate[row] != "en attente")),
            }
        )
        kept: pd.DataFrame = table[~waits]
        return kept
