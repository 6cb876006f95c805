"""Tréziflow, treasury software for very small firms in Nantes: marketing fills, sales close badly, and why."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

import pandas as pd

from casestudies.company import Period
from casestudies.french import french_date, french_number
from casestudies.names import NAMES
from casestudies.treziflow import params, story
from casestudies.treziflow.audience import Audience


class Treziflow(Audience):
    """The company under one variant; see ``params`` for what varies and ``story`` for what does not."""

    slug = "treziflow"
    name = NAMES["treziflow"]

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The windows of the case."""
        one = timedelta(1)
        test_end = params.TEST_START + timedelta(params.TEST_DAYS) - one
        year = (params.FISCAL_START, params.END)
        windows = {
            "exercice": ("L’exercice 2025-2026", *year),
            "exercice_precedent": ("L’exercice 2024-2025", params.COSTS_START, params.FISCAL_START - one),
            "couts_exercice": ("Les dépenses qui ont amené les clients de l’exercice", date(2025, 5, 1),
                               date(2026, 4, 30)),
            "couts_rentree": ("Les dépenses qui ont amené les clients de la rentrée", date(2025, 7, 1),
                              date(2025, 9, 30)),
            "cohortes_mures": ("Les leads dont l’histoire est terminée", params.LEADS_START, params.MATURE_END),
            "rentree": ("La rentrée 2025, de septembre à novembre", date(2025, 9, 1), date(2025, 11, 30)),
            "test_ab": ("Le test de la page d’accueil", params.TEST_START, test_end),
            "incident_ab": ("Les jours du test où la page B a été comptée deux fois", *self.incident),
        }  # fmt: skip
        return {key: Period(key, *window) for key, window in windows.items()}

    @property
    def incident(self) -> tuple[date, date]:
        """First and last days of the test when the visits of page B were counted twice."""
        first = params.TEST_START + timedelta(self.params.incident)
        return first, first + timedelta(params.INCIDENT_DAYS - 1)

    @cached_property
    def leads(self) -> pd.DataFrame:
        """The leads of the export once each, every source under its one name."""
        return story.cleaned(self.table("leads"))

    @cached_property
    def results(self) -> dict[str, Any]:
        """What a careful analyst would find in the tables."""
        return story.results(self)

    def fields(self) -> dict[str, str]:
        """Return the figures that the brief and the documents quote."""
        found = self.results
        known = self.table("hypotheses").set_index("cle")["valeur"]
        leads = self.leads
        first, last = self.incident
        return {
            "leads_exercice": french_number(found["leads_exercice"].sum(), 0),
            "clients_exercice": french_number(found["clients_exercice"].sum(), 0),
            "mql_exercice": french_number(len(self.periods["exercice"].filtrer(leads, "date_mql")), 0),
            "budget": f"{french_number(known['budget_2026_2027_ht'], 0)} €",
            "objectif": french_number(known["objectif_clients"], 0),
            "ltv_cac_minimum": french_number(known["ltv_cac_minimum"], 0),
            "recuperation_max": french_number(known["delai_recuperation_max"], 0),
            "debut_incident": french_date(first),
            "fin_incident": french_date(last),
            **story.test_report(self),
        }


COMPANY = Treziflow
