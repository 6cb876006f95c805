"""Isolombre, flax-fibre insulation: an architect prescribes, a dealer sells, a builder buys, a household uses."""

from datetime import timedelta
from functools import cached_property

from casestudies.company import Period
from casestudies.french import french_list, french_number
from casestudies.isolombre.outreach import Outreach
from casestudies.isolombre.params import BEST, END, MIDDLE, MIRAGE, START, TWIN
from casestudies.names import NAMES

AGENCY_CHANNELS = ("radio locale", "affichage en zone commerciale")
"""What the agency proposes to buy."""


class Isolombre(Outreach):
    """The company under one variant; see ``params`` for what varies and ``story`` for what does not."""

    slug = "isolombre"
    name = NAMES["isolombre"]

    @cached_property
    def periods(self) -> dict[str, Period]:
        """The windows of the case: two fiscal years, of which the first is wholly decided for prescriptions."""
        return {
            "cohorte": Period(
                "cohorte", "Exercice 2024-2025, prescriptions toutes décidées", START, MIDDLE - timedelta(1)
            ),
            "exercice": Period("exercice", "Exercice 2025-2026", MIDDLE, END),
        }

    def fields(self) -> dict[str, str]:
        """Return the figures of this variant that the brief and the documents quote."""
        directory = self.table("annuaire_partenaires").set_index("structure_id")
        mirage = directory.loc[self.structure(MIRAGE)].to_dict()
        known = self.table("hypotheses").set_index("cle")["valeur"]
        lead = sorted((self.structure(BEST), self.structure(TWIN)))
        norms = self.table("normes_visites").set_index(["type", "classe"])["visites_par_an"]
        decided = self.table("cadrage_2027").set_index("cle")["valeur"]
        channels = self.table("canaux_communication").set_index("canal")["cout_ht"]
        bought = float(channels[list(AGENCY_CHANNELS)].sum())
        reached = float(
            self.table("audiences_canaux").set_index("canal")["contacts_payes"][list(AGENCY_CHANNELS)].sum()
        )
        return {
            "mirage": str(mirage["nom"]),
            "mirage_secteur": str(mirage["secteur"]),
            "mirage_fichier": french_number(float(mirage["taille_fichier_declaree"]), 0),
            "deux_autres": french_list(str(directory.loc[name, "nom"]) for name in lead),
            "commerciaux": str(self.salespeople),
            "jours_travailles": french_number(float(known["jours_travailles"]), 0),
            "jours_hors_terrain": french_number(float(known["jours_hors_terrain"]), 0),
            "visites_par_jour": french_number(float(known["visites_par_jour"]), 1),
            "poids_clientele": french_number(float(known["poids_clientele_commune"]), 0),
            "poids_modalites": french_number(float(known["poids_modalites"]), 0),
            "poids_image": french_number(float(known["poids_image"]), 0),
            "visites_negoce_a": str(norms["négoce", "A"]),
            "visites_architecte_a": str(norms["architecte", "A"]),
            "visites_architecte_c": str(norms["architecte", "C"]),
            "enveloppe_canaux": french_number(float(decided["enveloppe_canaux_ht"]), 0),
            "agence_cout": french_number(bought, 0),
            "agence_contacts": french_number(reached, 0),
            "agence_cout_contact": french_number(bought / reached, 2),
            "plateforme_commission": french_number(100 * float(decided["plateforme_commission"]), 1),
        }


COMPANY = Isolombre
