"""What next year's plan of communication and distribution rests on: a survey in stages, audiences, what was decided."""

import numpy as np
import pandas as pd

from casestudies.company import content
from casestudies.isolombre.params import LONG
from casestudies.isolombre.tables import Tables
from casestudies.market.sampling import jitter

ZONES = ("littoral", "bocage", "métropoles")
ZONE_SHARE = np.array([0.17, 0.31, 0.52])
ZONE_GAP = np.array([0.20, 0.06, -0.10])
"""How much better than elsewhere a zone knows the company, as a proportion of the rate: the plant is on the coast."""
STRONG, FAIR, WEAK, FAINT = (0.80, 0.88), (0.60, 0.70), (0.34, 0.44), (0.17, 0.24)
"""Ranges of the share that goes on to the next stage: most, a fair part, few, hardly anybody."""
KNOWING, LIKING, DOING = range(3)
WEAKEST = (
    (KNOWING, LIKING, DOING, KNOWING),
    (DOING, KNOWING, LIKING, KNOWING),
    (LIKING, KNOWING, DOING, KNOWING),
    (DOING, LIKING, DOING, KNOWING),
)
"""The stage at which each role stops most, in the order of the survey; a variant keeps one row, where all three are."""


class Outreach(Tables):
    """The part of the company that prepares the plan of its channels and circuits."""

    def table_entonnoir_roles(self) -> pd.DataFrame:
        """Return, by role and zone, how many were asked, know the company, prefer it, then act: each among the last."""
        rng, rows = self.rng("entonnoir"), []
        surveyed = content("isolombre").rows("surveyed", role=str, public=str, people=int, shares=tuple)
        stops = WEAKEST[int(rng.integers(len(WEAKEST)))]
        for (role, who, people, _), weakest in zip(surveyed, stops, strict=True):
            spans = [STRONG if stage == (weakest + 1) % 3 else FAIR for stage in range(3)]
            spans[weakest] = FAINT if role == "consommateur" else WEAK
            rates = [float(rng.uniform(*span)) for span in spans]
            asked = np.rint(2 * people * ZONE_SHARE * rng.uniform(0.94, 1.06, len(ZONES))).astype(np.int64)
            for zone, size, gap in zip(ZONES, asked.tolist(), ZONE_GAP, strict=True):
                know = round(size * min(rates[KNOWING] * (1 + gap), 0.97))
                like = round(know * rates[LIKING] * float(rng.uniform(0.97, 1.03)))
                act = round(like * rates[DOING] * float(rng.uniform(0.97, 1.03)))
                rows.append((role, who, zone, size, know, like, act))
        columns = ["role", "public", "zone", "interroges", "connaissent", "preferent", "ont_agi"]
        return pd.DataFrame(rows, columns=columns)

    def table_audiences_canaux(self) -> pd.DataFrame:
        """Return the contacts that each channel makes one pay for, whoever they are."""
        rng, told = self.rng("audiences"), content("isolombre")
        rows = told.rows("audiences", canal=str, target=float, source=str)
        useful = self.table("canaux_communication").set_index("canal")["contacts_utiles"]
        share = np.array([target for _, target, _ in rows]) * jitter(len(rows), 0.05, rng)
        names = [canal for canal, _, _ in rows]
        paid = np.round(useful[names].to_numpy() / np.minimum(share, 0.97), -1).astype(np.int64)
        sources = [source for _, _, source in rows]
        return pd.DataFrame({"canal": names, "contacts_payes": paid, "source": sources})

    def table_cadrage_2027(self) -> pd.DataFrame:
        """Return what management set for next year's plan: the envelope of channels, and a circuit that is offered."""
        rng, long = self.rng("cadrage"), self.params.circuits[LONG]
        final = float(np.round(long.price * rng.uniform(0.97, 1.03), 2))
        values = {
            "enveloppe_canaux_ht": float(rng.integers(84, 97) * 500),
            "plateforme_prix_final_ht_m2": final,
            "plateforme_taux_marque_negoce": float(np.round(rng.uniform(0.20, 0.24), 3)),
            "plateforme_commission": float(np.round(rng.uniform(0.14, 0.18), 3)),
            "plateforme_cout_logistique_m2": float(np.round(rng.uniform(1.30, 1.60), 2)),
            "plateforme_cout_commercial_m2": float(np.round(rng.uniform(0.45, 0.65), 2)),
        }
        told = content("isolombre").rows("framing", cle=str, libelle=str, unite=str, source=str)
        table = pd.DataFrame(told, columns=["cle", "libelle", "unite", "source"])
        return table.assign(valeur=table["cle"].map(values))
