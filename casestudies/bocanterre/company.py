"""Bocanterre, eleven groceries with returnable jars in the west of France: a card on trial, a site to open to all."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from casestudies.bocanterre import agenda, catalogue, finance, params, project, story, truth, website
from casestudies.bocanterre.click import CATERERS, ClickCollect
from casestudies.bocanterre.places import STORES
from casestudies.bocanterre.project import Project
from casestudies.company import Headline, Period, Recovery
from casestudies.market import plan_faults
from casestudies.names import NAMES

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def in_french(day: date) -> str:
    """Return a date as one reads it.

    >>> in_french(date(2026, 3, 1))
    '1er mars 2026'
    """
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


class Bocanterre(ClickCollect):
    """The company under one variant; see ``params`` for what varies and ``story`` for what does not."""

    slug = "bocanterre"
    name = NAMES["bocanterre"]

    @cached_property
    def project(self) -> Project:
        """The project of early 2027."""
        return project.draw(self.params.slack, self.rng("projet"))

    @cached_property
    def _colours(self) -> website.Colours:
        return website.colours(self.rng("couleurs"))

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The windows of the case: eight weeks during the trial, eight before, the same a year earlier, the project."""
        start, end = self.params.starts, self.params.ends
        week, year = timedelta(params.WINDOW), timedelta(params.YEAR)
        rows = (
            ("pendant", "Pendant le test de la carte", start, end),
            ("avant", "Les huit semaines avant le test", start - week, end - week),
            ("pendant_n_1", "Pendant le test (un an plus tôt)", start - year, end - year),
            ("avant_n_1", "Les huit semaines avant (un an plus tôt)", start - week - year, end - week - year),
            ("annee", "Douze derniers mois", params.CLICK_START, params.END),
            ("projet", "Projet 2027, jusqu’à l’échéance", params.PROJECT_START, self.deadline),
        )
        return {name: Period(name, label, first, last) for name, label, first, last in rows}

    @property
    def deadline(self) -> date:
        """Day by which everything must be done."""
        return self.project.day(self.project.deadline).date()

    def table_catalogue(self) -> pd.DataFrame:
        """Return the catalogue."""
        return catalogue.table(self.params.margin, self.rng("catalogue"))

    def table_hypotheses(self) -> pd.DataFrame:
        """Return the management assumptions, one per row."""
        return finance.assumptions(self.params)

    def table_budget_carte(self) -> pd.DataFrame:
        """Return the planned and actual expenses of the card."""
        return finance.budget_table(self.params, self.rng("budget_carte"))

    def table_audit_rgaa(self) -> pd.DataFrame:
        """Return the grid of the accessibility audit."""
        p = self.params
        found = website.states(self._colours, p.faulty, p.failing, self.rng("audit_rgaa"))
        return website.audit(found, self._colours)

    def table_pages_poids(self) -> pd.DataFrame:
        """Return the weight of the pages."""
        return website.pages(self.rng("pages_poids"))

    def table_calendrier(self) -> pd.DataFrame:
        """Return the calendar of 2025 to 2027."""
        return agenda.table()

    def table_equipe_dispo(self) -> pd.DataFrame:
        """Return who is there, by day and role."""
        return project.team_table(self.project)

    def table_planning_brut(self) -> pd.DataFrame:
        """Return the plan as written."""
        return project.plan_table(self.project)

    def fields(self) -> dict[str, str]:
        """Return the figures of this variant that the brief and the documents quote."""
        p = self.params
        budget = self.table("budget_carte")[["prevu_ht", "reel_ht"]].sum()
        towns = [STORES[k].town for k in p.trial.treated]
        return {
            "debut_test": in_french(p.starts),
            "fin_test": in_french(p.ends),
            "magasins_test": ", ".join(towns[:-1]) + " et " + towns[-1],
            "objectif": f"{round(100 * p.costs.target)}",
            "budget_prevu": f"{round(float(budget['prevu_ht'])):,}".replace(",", " "),
            "budget_reel": f"{round(float(budget['reel_ht'])):,}".replace(",", " "),
            "cout_bocal": f"{p.costs.jar:.2f}".replace(".", ","),
            "debut_projet": in_french(params.PROJECT_START),
            "echeance": in_french(self.deadline),
            "fin_affichee": in_french(self.project.day(plan_faults.end(self.project.slots)).date()),
        }

    def invariants(self) -> dict[str, bool]:
        """Return each statement of the story and whether this variant keeps it."""
        return story.invariants(self)

    def headlines(self) -> tuple[Headline, ...]:
        """Return the headline rates of this variant."""
        return truth.headlines(self)

    def recoveries(self) -> tuple[Recovery, ...]:
        """Return the market's parameters beside what the tables say of them."""
        return truth.recoveries(self)

    def truth(self) -> dict[str, Any]:
        """Return the true effects; for trainers only."""
        p, plan, found = self.params, self.project, story.trial(self)
        rates = story.audit_rates(self)
        works = int(np.argmax(self.closed_for_works.any(axis=1)))
        return {
            "test_concluant": p.proven,
            "effet_carte": p.trial.effect,
            "magasins_test": [STORES[k].id for k in p.trial.treated],
            "debut_test": p.starts,
            "ecart_type_entre_magasins": p.trial.spread,
            "evolution_temoins": p.trend,
            "avant_apres_naif": found["naif"],
            "effet_mesure_points": found["did"],
            "erreur_type": found["erreur_type"],
            "croissance_annuelle_log": p.footfall.growth,
            "effet_pluie_log": p.footfall.rain,
            "points_retour_bocaux_perdus": p.jars.lost_points,
            "multiplicateur_cartes": p.enrolment,
            "roi_test": found["roi"],
            "magasin_en_travaux": STORES[works].id,
            "panier_click_collect": p.click.basket,
            "commandes_traiteur": CATERERS,
            "refus_mesure_audience": p.click.refusal,
            "taux_moyen_rgaa": rates.mean,
            "taux_global_rgaa": rates.overall,
            "boucle": list(plan_faults.cycle(plan.written)),
            "lien_a_couper": {"tache": plan.loop[0], "predecesseur_en_trop": plan.loop[1]},
            "conflit_double_affectation": plan.busy,
            "conflit_absence": plan.away,
            "roles_qui_conviennent": {task.id: task.role for task in plan.sound if task.id in plan.busy | plan.away},
            "chemin_critique": list(project.critical_path(plan)),
            "fin_apres_corrections": plan.day(plan.finish({})).date(),
            "fin_sans_correction": plan.day(plan.finish(plan.busy | plan.away)).date(),
            "echeance": self.deadline,
            "ecart_budget": dict(zip(finance.POSTS, p.budget_gap.tolist(), strict=True)),
        }


COMPANY = Bocanterre
