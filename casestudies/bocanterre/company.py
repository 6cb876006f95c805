"""Bocanterre, eleven groceries with returnable jars in the west of France: a card on trial, a site to open to all."""

from datetime import date, timedelta
from functools import cached_property

from casestudies.bocanterre import params
from casestudies.bocanterre.places import STORES
from casestudies.bocanterre.tables import Tables
from casestudies.company import Period
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


class Bocanterre(Tables):
    """The company under one variant; see ``params`` for what varies and ``story`` for what does not."""

    slug = "bocanterre"
    name = NAMES["bocanterre"]

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


COMPANY = Bocanterre
