"""Bocanterre, eleven groceries with returnable jars in the west of France: a card on trial, a site to open to all."""

from datetime import timedelta
from functools import cached_property

from casestudies.bocanterre import params
from casestudies.bocanterre.places import STORES
from casestudies.bocanterre.relation import Relation
from casestudies.company import Period
from casestudies.french import french_date, french_list, french_number
from casestudies.market import plan_faults
from casestudies.names import NAMES


class Bocanterre(Relation):
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
            "debut_test": french_date(p.starts),
            "fin_test": french_date(p.ends),
            "magasins_test": french_list(towns),
            "objectif": f"{round(100 * p.costs.target)}",
            "budget_prevu": french_number(budget["prevu_ht"], 0),
            "budget_reel": french_number(budget["reel_ht"], 0),
            "cout_bocal": french_number(p.costs.jar),
            "debut_projet": french_date(params.PROJECT_START),
            "echeance": french_date(self.deadline),
            "fin_affichee": french_date(self.project.day(plan_faults.end(self.project.slots)).date()),
        }


COMPANY = Bocanterre
