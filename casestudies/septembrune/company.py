"""Septembrune, a web agency of 22 people in Rennes and at a distance: a project to lead, a team to keep together."""

from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np

from casestudies.company import Headline, Period, Recovery
from casestudies.names import NAMES
from casestudies.septembrune import params, story, truth
from casestudies.septembrune.params import DAYS, PROJECT_START
from casestudies.septembrune.roster import TEAMS, roster, work
from casestudies.septembrune.tables import Tables
from casestudies.septembrune.texts import LEADERSHIP, french_date, number

QUARTER = 91
"""Days of the last quarter before the export."""


class Septembrune(Tables):
    """The agency under one variant; see ``params`` for what varies and ``story`` for what does not."""

    slug = "septembrune"
    name = NAMES["septembrune"]

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The windows of the case: the timesheets, their last quarter, and the project."""
        windows = {
            "releves": ("Les relevés de temps et de demandes", params.START, params.END),
            "trimestre": ("Le dernier trimestre relevé", params.END - timedelta(QUARTER), params.END),
            "projet": ("Le projet, du lancement à l’échéance", PROJECT_START, self.deadline),
        }
        return {key: Period(key, *window) for key, window in windows.items()}

    def fields(self) -> dict[str, str]:
        """Return the figures of this variant that the brief and the documents quote, written the French way."""
        p = self.params
        rules = self.table("hypotheses").set_index("cle")["valeur"]
        kind, power, risk = LEADERSHIP[p.management]
        return {
            "debut": french_date(PROJECT_START),
            "echeance": french_date(self.deadline),
            "jours_projet": number(self.project_days),
            "enveloppe": number(float(rules["enveloppe_ht"])),
            "management": kind,
            "pouvoir": power,
            "risque_management": risk,
            "jour_distance": DAYS[p.common_day],
            "jour_bureau": DAYS[(p.common_day + 1) % 5],
        }

    def invariants(self) -> dict[str, bool]:
        """Return each statement of the story and whether this variant keeps it."""
        held = {statement: bool(holds) for statement, holds in story.invariants(self).items()}
        return {**held, "les taux d’ensemble sont plausibles": all(one.believable for one in self.headlines())}

    def headlines(self) -> tuple[Headline, ...]:
        """Return the headline rates of this variant, computed from its tables."""
        return truth.headlines(self)

    def recoveries(self) -> tuple[Recovery, ...]:
        """Return the agency's parameters beside what the tables alone say of them."""
        return truth.recoveries(self)

    def truth(self) -> dict[str, Any]:
        """Return the true effects; for trainers only."""
        p, people, tasks = self.params, roster(), work()
        found = self.schedule
        names = np.array([f"P{rank + 1:02d}" for rank in self.pseudonym])
        critical = np.flatnonzero(found.critical)
        chain = critical[np.argsort(found.early[critical], kind="stable")]
        skill, holder = p.rare
        return {
            "management": p.management,
            "scenario": p.scenario,
            "chemin_critique": [tasks.codes[rank] for rank in chain],
            "duree_pert_j": found.length,
            "marge_chemin_suivant_j": found.margin,
            "ecart_type_j": float(np.sqrt((self.estimates.deviation[found.critical] ** 2).sum())),
            "membre_surcharge": people.codes[p.overloaded],
            "charge_visee": float(p.load[p.overloaded]),
            "membre_relais": people.codes[p.helper],
            "competence_rare": skill,
            "membre_competence_rare": people.codes[holder],
            "tache_trop_haute": p.beyond,
            "personne_plus_heures": str(names[p.overloaded]),
            "personne_plus_valeur": str(names[p.best]),
            "heures_par_jour": float(p.habits.hours[p.overloaded]),
            "equipe_rapide": TEAMS[p.fast_team],
            "delai_premiere_cloture_j": dict(zip(TEAMS, p.desk.delay.tolist(), strict=True)),
            "taux_retour": dict(zip(TEAMS, p.desk.reopened.tolist(), strict=True)),
            "jour_commun_a_distance": DAYS[p.common_day],
            "part_fichiers_copies": p.storage.copied,
            "part_fichiers_anciens": p.storage.stale,
        }


COMPANY = Septembrune
