"""The launch of Hêtrabelle's new product, task by task: durations, people, money, what was done after two months.

Built so that one chain of tasks sets the date, and not always the same, and one role has more work than days. Ranges
assumed: chance of keeping the promised delay 0.70–0.90; load of the overloaded role 1.08–1.22, of others 0.60–0.88;
cost index after two months 0.78–0.92.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from casestudies.company import Period, content
from casestudies.hetrabelle import agency
from casestudies.hetrabelle.agency import REVIEW, START, days_elapsed, working_day
from casestudies.hetrabelle.tables import Tables
from casestudies.market.sampling import Floats
from casestudies.market.tasks import Estimates, Schedule, estimates, schedule
from casestudies.typography import french

RESERVE = 0.08
SHARED_ROLES = ("Contenus", "Web", "Commercial", "Atelier")
"""Roles one of which is overloaded, by variant."""

_LIKELY = {
    "atelier": (4, 21, 9, 8, 15, 7, 9, 11, 25, 2),
    "contenus": (4, 20, 13, 8, 15, 11, 9, 19, 18, 2),
    "web": (4, 18, 8, 12, 29, 9, 9, 10, 18, 2),
}
"""Likely durations of the tasks (working days), by the role that sets the date."""
_OUTSIDE = {"atelier": 8, "contenus": 7, "web": 4}
"""Rank of the task that a subcontractor offers to do, by the role that sets the date."""
_BUDGET_SHARE: Floats = np.array([0.02, 0.21, 0.11, 0.03, 0.19, 0.05, 0.11, 0.09, 0.16, 0.03])


class LaunchTask(NamedTuple):
    """One task of the launch, as ``content.toml`` says it."""

    id: str
    name: str
    owner: str
    helpers: tuple[str, ...]
    after: tuple[str, ...]


_COLUMNS: dict[str, type] = {"id": str, "task": str, "owner": str, "helpers": tuple, "after": tuple}
TASKS = tuple(LaunchTask(*row) for row in content("hetrabelle").rows("launch_tasks", **_COLUMNS))
ROLES = tuple(dict.fromkeys(task.owner for task in TASKS))
NEEDS = np.array([[other.id in task.after for other in TASKS] for task in TASKS])


@dataclass(frozen=True)
class Rollout:
    """The launch of one variant: durations, what is promised, what each task may spend (€ excl. tax)."""

    setter: str
    estimates: Estimates
    schedule: Schedule
    promised: int
    envelope_ht: float
    agency_ht: float
    budget_ht: Floats
    late_day_ht: float
    outside: Floats
    """The three durations that a subcontractor gives for the longest task of the chain, in working days."""

    @property
    def given_out(self) -> LaunchTask:
        """The task that could be given to a subcontractor."""
        return TASKS[_OUTSIDE[self.setter]]


def _drawn(fixed_cost_ht: float, rng: np.random.Generator) -> Rollout:
    setter = str(rng.choice(np.array(list(_LIKELY))))
    likely = np.array(_LIKELY[setter]) * rng.uniform(0.95, 1.05, len(TASKS))
    durations = estimates(likely, 0.78, 1.65, 0.06, rng)
    found = schedule(NEEDS, durations.expected)
    spread = float(np.sqrt((durations.deviation[found.critical] ** 2).sum()))
    promised = int(np.round(found.length + rng.uniform(0.55, 1.25) * spread))
    envelope = float(np.round(fixed_cost_ht * rng.uniform(1.45, 1.6), -2))
    share = _BUDGET_SHARE * rng.uniform(0.9, 1.1, len(TASKS))
    planned = envelope * (1 - RESERVE) * rng.uniform(0.965, 0.995)
    outside = np.round(2 * float(durations.likely[_OUTSIDE[setter]]) * np.array([0.28, 0.36, 0.62])) / 2
    return Rollout(
        setter, durations, found, promised, envelope, float(np.round(envelope * rng.uniform(0.27, 0.33), -2)),
        np.round(planned * share / share.sum(), -1), float(np.round(rng.uniform(180, 420), -1)),
        outside + np.array([0, rng.integers(0, 2), rng.integers(1, 4)]) / 2,
    )  # fmt: skip


class Roadmap(Tables):
    """The part of the company that launches the new product."""

    @cached_property
    def launch(self) -> Rollout:
        """The launch of this variant."""
        return _drawn(self.params.pricing.launch_cost, self.rng("lancement"))

    @property
    def launch_periods(self) -> dict[str, Period]:
        """The windows of the launch: up to the day promised, and its first two months."""
        promised = date.fromisoformat(str(working_day(self.launch.promised - 1)))
        return {
            "lancement": Period("lancement", "Le projet, jusqu’au jour promis aux revendeurs", START, promised),
            "deux_mois": Period("deux_mois", "Les deux premiers mois du projet", START, REVIEW),
        }

    def table_lancement_taches(self) -> pd.DataFrame:
        """Return the tasks of the launch, with three durations each."""
        found = self.launch.estimates
        return pd.DataFrame(
            {
                "tache_id": [task.id for task in TASKS],
                "tache": [task.name for task in TASKS],
                "responsable": [task.owner for task in TASKS],
                "attend": [", ".join(task.after) for task in TASKS],
                "optimiste_j": found.low,
                "probable_j": found.likely,
                "pessimiste_j": found.high,
                "budget_ht": self.launch.budget_ht,
            }
        )

    @cached_property
    def _work(self) -> pd.DataFrame:
        rng = self.rng("lancement_charges")
        rows = []
        for task, likely in zip(TASKS, self.launch.estimates.likely, strict=True):
            rows.append((task.id, task.owner, "responsable", likely * rng.uniform(0.55, 0.75)))
            rows += [(task.id, role, "aide", 0.5 + likely * rng.uniform(0.18, 0.32)) for role in task.helpers]
        table = pd.DataFrame(rows, columns=["tache_id", "role", "part", "jours"])
        return table.assign(jours=np.round(2 * table["jours"]) / 2)

    def table_lancement_charges(self) -> pd.DataFrame:
        """Return the days of work of each role on each task."""
        return self._work

    def table_lancement_equipe(self) -> pd.DataFrame:
        """Return the days that each role has: one of them too few."""
        rng = self.rng("lancement_equipe")
        asked = self._work.groupby("role")["jours"].sum().reindex(list(ROLES)).to_numpy()
        load = rng.uniform(0.60, 0.88, len(ROLES))
        load[ROLES.index(str(rng.choice(np.array(SHARED_ROLES))))] = rng.uniform(1.08, 1.22)
        free = np.floor(2 * asked / load) / 2
        there = np.ceil(free / rng.uniform(0.62, 0.8, len(ROLES)))
        return pd.DataFrame({"role": list(ROLES), "jours_presence": there, "jours_disponibles": free})

    def table_lancement_reperes(self) -> pd.DataFrame:
        """Return the landmarks of the launch, one a row."""
        one = self.launch
        values = {
            "enveloppe_ht": one.envelope_ht,
            "part_reserve": RESERVE,
            "enveloppe_agence_ht": one.agency_ht,
            "delai_promis_j": float(one.promised),
            "cout_retard_jour_ht": one.late_day_ht,
            **dict(zip(("st_optimiste_j", "st_probable_j", "st_pessimiste_j"), one.outside, strict=True)),
        }
        told = content("hetrabelle").rows("launch_landmarks", cle=str, libelle=str, unite=str, source=str)
        return pd.DataFrame(
            [
                (key, french(label.format(task=one.given_out.id)), values[key], unit, source)
                for key, label, unit, source in told
            ],
            columns=["cle", "libelle", "valeur", "unite", "source"],
        )

    def table_feuille_agence(self) -> pd.DataFrame:
        """Return the agency's five actions."""
        return agency.actions(self.launch.agency_ht, self.rng("feuille_agence"))

    def table_axes_agence(self) -> pd.DataFrame:
        """Return the agency's six axes."""
        return agency.axes(self.rng("axes_agence"))

    @cached_property
    def claims(self) -> tuple[agency.Claim, ...]:
        """The agency's claims, in the order shown; their kind is for trainers only."""
        return agency.claims(self.rng("allegations_agence"))

    def table_allegations_agence(self) -> pd.DataFrame:
        """Return the agency's five claims, and what the file holds of each."""
        return pd.DataFrame(
            [(f"E{rank}", french(one.claim), french(one.paper)) for rank, one in enumerate(self.claims, 1)],
            columns=["allegation_id", "allegation", "piece"],
        )

    def table_suivi_lancement(self) -> pd.DataFrame:
        """Return what was planned, done and spent after two months, task by task."""
        rng = self.rng("suivi_lancement")
        found, past = self.launch.schedule, days_elapsed()
        held = np.where(found.early > 0, rng.uniform(4.0, 8.0), 0.0)
        planned = np.clip((past - found.early) / found.duration, 0, 1)
        done = np.clip((past - held - found.early) / found.duration, 0, 1)
        done = np.minimum(np.round(done * 20) / 20, planned)
        cost = self.launch.budget_ht * done / rng.uniform(0.78, 0.92) * rng.uniform(0.95, 1.05, len(TASKS))
        return pd.DataFrame(
            {
                "tache_id": [task.id for task in TASKS],
                "budget_ht": self.launch.budget_ht,
                "avancement_prevu": np.round(planned * 20) / 20,
                "avancement_reel": np.minimum(done, np.round(planned * 20) / 20),
                "depense_ht": np.round(cost, -1),
            }
        )
