"""Kerlavandre, solid natural cosmetics sold online from Finistère: a promotion that looks like a success."""

from datetime import timedelta
from functools import cached_property

from casestudies.company import Period
from casestudies.kerlavandre import params
from casestudies.kerlavandre.params import SHIFT, YEAR
from casestudies.kerlavandre.tables import Tables
from casestudies.market.promotion import AFTERMATH_DAYS
from casestudies.names import NAMES


class Kerlavandre(Tables):
    """The company under one variant; see ``params`` for what varies and ``story`` for what does not."""

    slug = "kerlavandre"
    name = NAMES["kerlavandre"]

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The windows of the case: weekdays are aligned between compared windows."""
        start = self.params.starts
        end = start + timedelta(self.params.promotion.length - 1)
        one = timedelta(1)
        windows = {
            "pendant": ("Pendant la promotion", start, end),
            "avant": ("Avant, mêmes jours de la semaine", start - timedelta(SHIFT), end - timedelta(SHIFT)),
            "mois_precedent": ("Les quatre semaines avant la promotion", start - timedelta(SHIFT), start - one),
            "apres": ("Les deux semaines après la promotion", end + one, end + timedelta(AFTERMATH_DAYS)),
            "reference": ("Les huit semaines avant la promotion", start - timedelta(params.BEFORE_DAYS), start - one),
        }
        a_year = timedelta(YEAR)
        shifted = (("n_1", "pendant"), ("avant_n_1", "avant"), ("apres_n_1", "apres"), ("reference_n_1", "reference"))
        for key, source in shifted:
            label, first, last = windows[source]
            windows[key] = (f"{label} (un an plus tôt)", first - a_year, last - a_year)
        return {key: Period(key, *window) for key, window in windows.items()}


COMPANY = Kerlavandre
