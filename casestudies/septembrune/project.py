"""The project to lead: people, skills, tasks with their estimates, and the days people have for it."""

from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from casestudies.company import Company, assumptions
from casestudies.market.calendar import public_holidays
from casestudies.market.progress import followed
from casestudies.market.sampling import Floats, Ints
from casestudies.market.skills import levels, resting_on
from casestudies.market.tasks import Estimates, Schedule, estimates, schedule
from casestudies.market.workload import Availability, availability
from casestudies.septembrune import params
from casestudies.septembrune.params import APPRENTICE, PROJECT_START, Params
from casestudies.septembrune.roster import TEAMS, roster, work

MOST = 0.85
CLOSED = np.array(list(public_holidays(range(2026, 2029))), dtype="datetime64[D]")
"""French public holidays."""
DRIFT, APART = (1.10, 1.34), 0.15
"""Days that tasks really take over those expected, in the first weeks, and by how much tasks differ."""
FOLLOWED = 6
"""Weeks of the project that are followed up."""
MODES = ("surtout au bureau", "surtout à distance")
FAR = 3
"""From this many days at home a week, a person is « surtout à distance »."""


class Project(Company):
    """The part of the agency that prepares the project."""

    @cached_property
    def params(self) -> Params:
        """The parameters of this variant."""
        return params.draw(self.rng("params"))

    @cached_property
    def levels(self) -> Ints:
        """Levels by (person, skill)."""
        people, (skill, holder) = roster(), self.params.rare
        found = levels(people.trade, self.params.notions, self.rng("competences"))
        found[APPRENTICE] = people.trade[APPRENTICE]
        return resting_on(found, people.skills.index(skill), holder)

    @cached_property
    def estimates(self) -> Estimates:
        """Three-point durations of the tasks."""
        p, tasks = self.params, work()
        likely = tasks.likely * p.likely_noise * np.where(tasks.scenarios[p.scenario], p.stretch, 1.0)
        return estimates(likely, p.optimism, p.pessimism, 0.08, self.rng("taches"))

    @cached_property
    def schedule(self) -> Schedule:
        """The schedule by expected durations."""
        return schedule(work().needs, self.estimates.expected)

    @property
    def charge(self) -> Floats:
        """Expected person-days of each task."""
        return self.estimates.expected * work().share / 100

    @cached_property
    def project_days(self) -> int:
        """Working days between the start and the deadline, both included."""
        found = self.schedule
        spread = float(np.sqrt((self.estimates.deviation[found.critical] ** 2).sum()))
        return int(np.ceil(found.length + self.params.safety * spread))

    @cached_property
    def deadline(self) -> date:
        """Last working day of the project."""
        first = np.datetime64(PROJECT_START)
        last = np.busday_offset(first, self.project_days - 1, roll="forward", holidays=CLOSED)
        return date.fromisoformat(str(last))

    @cached_property
    def weeks(self) -> tuple[np.ndarray, Ints]:
        """Mondays of the weeks of the project, and how many working days each has."""
        last = np.datetime64(self.deadline) + np.timedelta64(1, "D")
        monday = np.arange(np.datetime64(PROJECT_START), last, np.timedelta64(7, "D"))
        following = np.minimum(monday + np.timedelta64(7, "D"), last)
        return monday, np.asarray(np.busday_count(monday, following, holidays=CLOSED), dtype=np.int64)

    @cached_property
    def availability(self) -> Availability:
        """Days by (person, week)."""
        p = self.params
        asked = np.bincount(work().member, weights=self.charge, minlength=params.PEOPLE)
        reserve = self.rng("disponibilites_reserve").uniform(3.0, 9.0, params.PEOPLE)
        wanted = np.where(asked > 0, asked, reserve * p.load)
        return availability(self.weeks[1], wanted, p.load, p.away, MOST, self.rng("disponibilites"))

    def table_equipe(self) -> pd.DataFrame:
        """Return one row per person: role, team, days at home, price of a day."""
        people, remote = roster(), self.params.remote
        return pd.DataFrame(
            {
                "membre": people.codes,
                "role": people.roles,
                "equipe": np.array(TEAMS, dtype=object)[people.team],
                "teletravail_j_semaine": remote,
                "mode": np.array(MODES, dtype=object)[(remote >= FAR).astype(int)],
                "tjm_ht": people.price,
            }
        )

    def table_competences(self) -> pd.DataFrame:
        """Return levels, one row per person and one column per skill."""
        people = roster()
        table = pd.DataFrame(self.levels, columns=list(people.skills))
        table.insert(0, "membre", people.codes)
        return table

    def table_taches(self) -> pd.DataFrame:
        """Return the tasks with their three-point durations."""
        tasks, people, found = work(), roster(), self.estimates
        comma = self.rng("taches_separateurs").random(len(tasks.codes)) < 0.4
        before = pd.Series(tasks.before, dtype="str")
        before = before.where(~comma, before.str.replace(";", ", "))
        level = np.where(np.array(tasks.codes) == self.params.beyond, self.params.beyond_level, tasks.level)
        return pd.DataFrame(
            {
                "tache_id": tasks.codes,
                "lot": tasks.lots,
                "libelle": tasks.titles,
                "predecesseurs": before,
                "responsable": np.array(people.codes, dtype=object)[tasks.member],
                "competence": np.array(people.skills, dtype=object)[tasks.skill],
                "niveau_requis": level,
                "duree_optimiste_j": found.low,
                "duree_probable_j": found.likely,
                "duree_pessimiste_j": found.high,
                "affectation_pct": tasks.share,
                "livrable": tasks.output,
            }
        )

    def table_disponibilites(self) -> pd.DataFrame:
        """Return days by person and week of the project."""
        (monday, working), codes, found = self.weeks, roster().codes, self.availability
        return pd.DataFrame(
            {
                "semaine": np.tile(monday.astype("datetime64[s]"), len(codes)),
                "membre": np.repeat(np.array(codes, dtype=object), len(monday)),
                "jours_ouvres": np.tile(working, len(codes)).astype(float),
                "jours_absence": found.away.ravel(),
                "jours_autres_clients": found.others.ravel(),
                "jours_projet": found.left.ravel(),
            }
        )

    def table_avancement(self) -> pd.DataFrame:
        """Return one row per week and task under way in the first weeks of the project."""
        rng, tasks = self.rng("avancement"), work()
        drift = rng.uniform(*DRIFT) * rng.uniform(1 - APART, 1 + APART, len(tasks.codes))
        real = schedule(tasks.needs, self.estimates.expected * drift)
        monday, working = (one[:FOLLOWED] for one in self.weeks)
        seen = followed(self.charge, drift, real.early, real.duration, np.cumsum(working).astype(float))
        week, task = np.nonzero(seen.consumed.T > 0)
        return pd.DataFrame(
            {
                "tache_id": np.array(tasks.codes, dtype=object)[task],
                "semaine": monday.astype("datetime64[s]")[week],
                "consomme_j": seen.consumed[task, week],
                "reste_a_faire_j": seen.left[task, week],
            }
        )

    def table_hypotheses(self) -> pd.DataFrame:
        """Return the rules and figures kept by the management, one per row."""
        cost = float((self.charge * roster().price[work().member]).sum())
        values = {
            "jours_ouvres_projet": float(self.project_days),
            "enveloppe_ht": round(cost * self.params.envelope, -2),
            "heures_par_jour": 7.0,
            "charge_cible": 1.0,
            "charge_alerte": 1.1,
            "niveau_autonome": 3.0,
            "delai_cible_ticket": 5.0,
            "seuil_publication": 5.0,
            "conservation_fichiers": 730.0,
            "kgco2e_par_to_bas": 105.0,
            "kgco2e_par_to_haut": 153.0,
        }
        return assumptions("septembrune", values)
