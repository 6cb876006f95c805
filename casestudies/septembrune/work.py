"""The life of the agency: timesheets, requests of clients, the anonymous survey; each from its own stream."""

from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casestudies.market import timesheets
from casestudies.market.defects import exported_twice
from casestudies.market.sampling import Ints, jitter, pick
from casestudies.market.survey import answers
from casestudies.market.tickets import NEVER, Requests
from casestudies.septembrune.params import APPRENTICE, END, PEOPLE, START
from casestudies.septembrune.project import CLOSED, FAR, MODES, Project
from casestudies.septembrune.roster import TEAMS, roster

REQUESTS = 600
WEEK = np.array([1.25, 1.1, 1.0, 1.0, 0.85])
"""Requests of each working day, Monday first (assumption)."""
YEAR = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 1.05, 0.95, 0.6, 1.15, 1.0, 1.0, 0.8])
"""Requests of each month, January first: fewer while clients are on holiday (assumption)."""
DELIVERY = 0.2
MORE_DAYS = 200
"""Working days after the export: where what is not seen yet happens."""
PRIORITIES = ("basse", "normale", "haute")
TYPES = ("Anomalie", "Évolution", "Contenu", "Accès")
CLIENTS = 9
QUESTIONS = (
    "charge_soutenable", "autonomie", "sens_du_travail", "reconnaissance", "information_partagee",
    "entraide", "outils_adaptes", "equilibre_vie_pro", "isolement", "recommandation_0_10",
)  # fmt: skip
TOP, TOP_RECOMMEND = 4, 10


class Work(Project):
    """The part of the agency that works, is asked and is questioned."""

    @cached_property
    def days(self) -> np.ndarray:
        """Working days of the timesheets, then the working days that follow."""
        first = np.datetime64(START)
        count = int(np.busday_count(first, np.datetime64(END) + np.timedelta64(1, "D"), holidays=CLOSED)) + MORE_DAYS
        days: np.ndarray = np.busday_offset(first, np.arange(count), roll="forward", holidays=CLOSED)
        return days

    @property
    def size(self) -> int:
        """Number of working days of the timesheets."""
        return len(self.days) - MORE_DAYS

    @property
    def weekday(self) -> Ints:
        """Weekday of each working day of the timesheets (0 = Monday)."""
        return (self.days[: self.size].astype(np.int64) + 3) % 7

    @cached_property
    def pseudonym(self) -> Ints:
        """Rank of each person in the timesheets: only the human resources know it."""
        return self.rng("pseudonymes").permutation(PEOPLE)

    @cached_property
    def places(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
        """Who is absent, in training, at home, by (person, day)."""
        rng, p = self.rng("temps_presence"), self.params
        first = np.column_stack([rng.integers(24, 44, PEOPLE), rng.integers(88, 118, PEOPLE)])
        summer = timesheets.absences(first[:, 1:], 11, 0.0, self.size, rng)
        away = summer | timesheets.absences(first[:, :1], 4, p.sick, self.size, rng)
        training = np.zeros_like(away)
        training[APPRENTICE] = np.isin(self.weekday, (3, 4)) & ~away[APPRENTICE]
        home = timesheets.at_home(p.remote, self.weekday, p.common_day, p.swap, rng)
        return away, training, home & ~away & ~training

    def table_temps(self) -> pd.DataFrame:
        """Return one row per person and working day."""
        p, rng = self.params, self.rng("temps")
        away, training, home = self.places
        noted = timesheets.sheet(p.habits, ~away & ~training, p.spread, DELIVERY, rng)
        hours = np.where(training, 7.0, noted.hours)
        hours = np.where((rng.random(hours.shape) < p.in_minutes) & (hours > 0), hours * 60, hours)
        place = np.where(home, "domicile", np.where(training, "formation", np.where(away, "absence", "bureau")))
        order = np.argsort(self.pseudonym)
        return pd.DataFrame(
            {
                "date": np.repeat(self.days[: self.size].astype("datetime64[s]"), PEOPLE),
                "personne": np.tile([f"P{rank:02d}" for rank in range(1, PEOPLE + 1)], self.size),
                "lieu": place[order].T.ravel().astype(object),
                "heures": hours[order].T.ravel(),
                "heures_facturables": noted.billable[order].T.ravel(),
                "heures_reunion": noted.meeting[order].T.ravel(),
                "valeur_livree_ht": noted.value[order].T.ravel(),
            }
        )

    @cached_property
    def opened(self) -> tuple[Ints, Ints, Ints]:
        """Day (rank), team and priority of each request, by day."""
        rng = self.rng("tickets_ouverture")
        month = self.days[: self.size].astype("datetime64[M]").astype(np.int64) % 12
        day = np.sort(pick(WEEK[self.weekday] * YEAR[month], REQUESTS, rng))
        team = rng.permutation(np.arange(REQUESTS) % 2)
        return day, team, pick(np.array([0.25, 0.55, 0.20]), REQUESTS, rng)

    @cached_property
    def requests(self) -> Requests:
        """What became of the requests, as the export shows it."""
        day, team, _ = self.opened
        rng = self.rng("tickets")
        return self.params.desk.answer(day, team, jitter(REQUESTS, 0.2, rng), self.size - 1, rng)

    def table_tickets(self) -> pd.DataFrame:
        """Return the requests, some of them exported twice."""
        day, team, priority = self.opened
        found, rng = self.requests, self.rng("tickets_details")
        kind = pick(np.array([0.34, 0.28, 0.26, 0.12]), REQUESTS, rng)
        label = np.array(TYPES, dtype=object)[kind]
        label = np.where(rng.random(REQUESTS) < 0.08, np.char.lower(label.astype(str)).astype(object), label)
        closed = found.last < NEVER
        state = np.where(closed, "clos", np.where(found.returns > 0, "rouvert", "ouvert"))
        table = pd.DataFrame(
            {
                "cle": [f"SEP-{number:04d}" for number in range(1, REQUESTS + 1)],
                "type": label,
                "priorite": np.array(PRIORITIES, dtype=object)[priority],
                "client": np.array([f"CL{k:02d}" for k in range(1, CLIENTS + 1)])[rng.integers(0, CLIENTS, REQUESTS)],
                "equipe": np.array(TEAMS, dtype=object)[team],
                "ouverture": self.days[day].astype("datetime64[s]"),
                "premiere_cloture": self._date(found.first),
                "reouvertures": found.returns,
                "cloture": self._date(found.last),
                "etat": state,
            }
        )
        return exported_twice(table, "cle", self.params.duplicates, self.rng("tickets_doublons"))

    def _date(self, day: Ints) -> np.ndarray:
        """Return the date of each day (rank), nothing for what did not happen."""
        never = day == NEVER
        date = self.days[np.where(never, 0, day)].astype("datetime64[s]")
        return np.where(never, np.datetime64("NaT", "s"), date)

    def table_enquete_qvct(self) -> pd.DataFrame:
        """Return the answers to the survey, in an order that tells nothing of who answered."""
        p, rng = self.params, self.rng("enquete")
        order = rng.permutation(PEOPLE)
        team, far = roster().team[order], (p.remote[order] >= FAR).astype(int)
        level = p.survey[team, far]
        marks = 1 + answers(level[:, :-1], TOP, rng)
        table = pd.DataFrame(marks, columns=list(QUESTIONS[:-1]))
        table[QUESTIONS[-1]] = answers(level[:, -1], TOP_RECOMMEND, rng)
        table.insert(0, "reponse", [f"R{rank:02d}" for rank in range(1, PEOPLE + 1)])
        table.insert(1, "equipe", np.array(TEAMS, dtype=object)[team])
        table.insert(2, "mode", np.array(MODES, dtype=object)[far])
        return table
