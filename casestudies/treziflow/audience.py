"""Who comes to the site of Tréziflow and what they are shown: visits by month and lever, contents by reader."""

import numpy as np
import pandas as pd

from casestudies.company import content_table
from casestudies.market.sampling import jitter
from casestudies.treziflow import params
from casestudies.treziflow.params import LINKEDIN, SEA, SEO, SOURCES, WEBINARS
from casestudies.treziflow.staffing import Staffing

WEB = (SEO, SEA, LINKEDIN, WEBINARS)
"""The levers whose leads begin with a visit."""
_PAGES = {
    SEO: "guides et pages par secteur", SEA: "page d’accueil des campagnes",
    LINKEDIN: "page d’accueil des campagnes", WEBINARS: "page d’inscription aux webinaires",
}  # fmt: skip
_EAGER = np.array([0.72, 1.35, 0.95, 1.30])
"""How readily a visit of each web lever becomes a lead, relative to the others (assumption)."""
_MONTHS = 15
_VIEWS = {"visiteur": (2400, 6400), "lead": (420, 980), "SQL": (130, 320)}
_NEXT = {"visiteur": (0.02, 0.06), "lead": (0.12, 0.30), "SQL": (0.16, 0.42)}
"""Least and most views in the year, and share of them that go on, by reader (assumption)."""


class Audience(Staffing):
    """The part of the company that is read before it sells."""

    def table_visites_mensuelles(self) -> pd.DataFrame:
        """Return the visits of each web lever by month; over the export, leads over visits is management's rate."""
        rng = self.rng("visites_mensuelles")
        day, source = self.created
        first = np.datetime64(params.LEADS_START, "M")
        months = (np.datetime64(params.LEADS_START) + day.astype("timedelta64[D]")).astype("datetime64[M]")
        rank = (months - first).astype(np.int64)
        leads = np.stack([np.bincount(rank[source == lever], minlength=_MONTHS) for lever in WEB]).astype(np.float64)
        needed = leads / (_EAGER * rng.uniform(0.94, 1.06, len(WEB)))[:, None] * jitter(leads.shape, 0.04, rng)
        rate = 0.8 * self.params.test.rate
        visits = np.rint(needed * leads.sum() / rate / needed.sum()).astype(np.int64)
        month, lever = np.divmod(np.arange(visits.size), len(WEB))
        return pd.DataFrame(
            {
                "mois": (first + month.astype("timedelta64[M]")).astype("datetime64[s]"),
                "levier": [SOURCES[WEB[rank]] for rank in lever],
                "page": [_PAGES[WEB[rank]] for rank in lever],
                "visites": visits.T.ravel(),
            }
        )

    def table_contenus(self) -> pd.DataFrame:
        """Return the contents, who mostly reads them, how often, and how often what they ask for was done."""
        rng = self.rng("contenus")
        table = content_table(
            "treziflow", "contents", contenu_id=str, titre=str, format=str, lecteur=str, appel_action=str
        )
        views = np.array([int(rng.integers(*_VIEWS[reader])) for reader in table["lecteur"]])
        share = np.array([float(rng.uniform(*_NEXT[reader])) for reader in table["lecteur"]])
        return table.assign(vus=views, suites=np.rint(views * share).astype(np.int64))
