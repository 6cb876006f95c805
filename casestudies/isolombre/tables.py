"""The tables of Isolombre: circuits, outlets, channels, what each role thinks; the others, in modules of their own."""

import numpy as np
import pandas as pd

from casestudies.company import assumptions, content, content_table
from casestudies.isolombre.network import Network
from casestudies.isolombre.params import (
    BUDGET_CEILING,
    BUDGET_FLOOR,
    CIRCUITS,
    DEPARTMENTS,
    IMAGE_FLOOR,
    OUTLETS,
    POINTS_FLOOR,
    PROJECT_FLOOR,
    SHARE_FLOOR,
)
from casestudies.market.distribution import listing_chances, turnovers
from casestudies.market.sampling import jitter, pick, systematic

WORKED_DAYS = 218
OUTLET_KINDS = ("négoce généraliste", "négoce spécialisé", "coopérative d’artisans")


class Tables(Network):
    """The part of the company that sells through others and speaks to them."""

    def table_circuits(self) -> pd.DataFrame:
        """Return prices, margins kept by each link and costs, by circuit."""
        p, told = self.params, content("isolombre").rows("circuits", links=str, services=str)
        rows = [
            (name, links, c.share, c.price, c.trade, c.wholesale, p.production, c.logistics, c.selling, services)
            for name, c, (links, services) in zip(CIRCUITS, p.circuits, told, strict=True)
        ]
        columns = ["circuit", "maillons", "part_surface", "prix_final_ht_m2", "taux_marque_negoce"]
        costs = ["cout_production_m2", "cout_logistique_m2", "cout_commercial_m2"]
        return pd.DataFrame(rows, columns=[*columns, "taux_marque_grossiste", *costs, "services"])

    def table_points_vente(self) -> pd.DataFrame:
        """Return the dealers of the zone: size of their insulation shelf, and whether they list Isolombre."""
        p, rng = self.params, self.rng("points_vente")
        sales = turnovers(OUTLETS, 200_000.0, 0.75, rng)
        listed = systematic(listing_chances(sales, p.listing, p.lean), rng)
        return pd.DataFrame(
            {
                "point_vente_id": [f"N{k:03d}" for k in range(1, OUTLETS + 1)],
                "type": np.array(OUTLET_KINDS, dtype=object)[pick(np.array([0.55, 0.28, 0.17]), OUTLETS, rng)],
                "departement": np.array(DEPARTMENTS, dtype=object)[rng.integers(0, len(DEPARTMENTS), OUTLETS)],
                "ca_isolants_ht": sales,
                "reference_isolombre": np.where(listed == 1, "oui", "non").astype(object),
            }
        )

    def table_canaux_communication(self) -> pd.DataFrame:
        """Return the channels between which next year's plan chooses."""
        rng = self.rng("canaux")
        table = content_table(
            "isolombre", "media", canal=str, famille=str, role_vise=str, cout_ht=float, contacts_utiles=int,
            affinite=float, image=float, delai_semaines=int,
        )  # fmt: skip
        size = len(table)
        return table.assign(
            cout_ht=np.round(table["cout_ht"] * jitter(size, 0.08, rng), -2),
            contacts_utiles=np.round(table["contacts_utiles"] * jitter(size, 0.1, rng), -1).astype(np.int64),
            affinite=np.round(table["affinite"] + rng.uniform(-0.4, 0.4, size), 1),
            image=np.round(table["image"] + rng.uniform(-0.4, 0.4, size), 1),
        )

    def table_barometre_roles(self) -> pd.DataFrame:
        """Return what each role knows, likes and does, from the yearly survey."""
        rng, told = self.rng("barometre"), content("isolombre")
        levels = told.rows("levels", level=str, indicator=str)
        rows = []
        for role, who, people, shares in told.rows("surveyed", role=str, public=str, people=int, shares=tuple):
            asked = int(people * rng.uniform(0.92, 1.08))
            for (level, indicator), share in zip(levels, shares, strict=True):
                rate = share * rng.uniform(0.95, 1.05)
                rows.append((role, who, level, indicator, asked, round(asked * rate)))
        return pd.DataFrame(rows, columns=["role", "public", "niveau", "indicateur", "repondants", "reponses_oui"])

    def table_hypotheses(self) -> pd.DataFrame:
        """Return the assumptions of management, one per row."""
        force, rng = self.force, self.rng("hypotheses")
        cost = float(np.round(rng.uniform(68000, 79000), -1))
        travel, request = (float(np.round(rng.uniform(*span), 2)) for span in ((24, 34), (38, 56)))
        shared, ways, image = (float(weight) for weight in self.params.weights)
        values = {
            "jours_travailles": float(WORKED_DAYS),
            "jours_hors_terrain": float(WORKED_DAYS - force.field_days),
            "visites_par_jour": force.per_day,
            "commerciaux_terrain": float(self.salespeople),
            "cout_commercial_annuel": cost,
            "frais_deplacement_visite_ht": travel,
            "cout_demande_entrante_ht": request,
            "seuil_recouvrement": SHARE_FLOOR,
            "seuil_modalites": float(POINTS_FLOOR),
            "seuil_image": IMAGE_FLOOR,
            "budget_travaux_min": float(BUDGET_FLOOR),
            "budget_travaux_max": float(BUDGET_CEILING),
            "part_en_projet_min": PROJECT_FLOOR,
            "poids_clientele_commune": shared,
            "poids_modalites": ways,
            "poids_image": image,
            "poids_affinite_canal": 4.0,
            "poids_image_canal": 3.0,
            "poids_cout_canal": 2.0,
        }
        return assumptions("isolombre", values)
