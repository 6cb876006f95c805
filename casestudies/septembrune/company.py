"""Septembrune, a web agency of 22 people in Rennes and at a distance: a project to lead, a team to keep together."""

from datetime import timedelta
from functools import cached_property

from casestudies.company import Period, content
from casestudies.french import french_date, french_number
from casestudies.names import NAMES
from casestudies.septembrune import params
from casestudies.septembrune.params import DAYS, PROJECT_START
from casestudies.septembrune.tables import Tables

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
        leaderships = content("septembrune").rows("leadership", kind=str, power=str, risk=str)
        kind, power, risk = next(one for one in leaderships if one[0] == p.management)
        return {
            "debut": french_date(PROJECT_START),
            "echeance": french_date(self.deadline),
            "jours_projet": french_number(self.project_days, 0),
            "enveloppe": french_number(rules["enveloppe_ht"], 0),
            "management": kind,
            "pouvoir": power,
            "risque_management": risk,
            "jour_distance": DAYS[p.common_day],
            "jour_bureau": DAYS[(p.common_day + 1) % 5],
        }


COMPANY = Septembrune
