"""The tables of Isolombre: circuits, outlets, channels, what each role thinks; the others, in modules of their own."""

import numpy as np
import pandas as pd

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
from casestudies.names import NAMES

OURSELVES = NAMES["isolombre"]
WORKED_DAYS = 218
LINKS = (
    f"{OURSELVES} → maître d’ouvrage, artisan ou particulier",
    f"{OURSELVES} → négoce → artisan",
    f"{OURSELVES} → grossiste → négoce → artisan",
)
SERVICES = (
    "Étude, livraison sur chantier, conseil de pose",
    "Stock à moins de 30 km, formation au comptoir, reprise des excédents",
    "Large diffusion, peu de conseil, délais plus longs",
)
OUTLET_KINDS = ("négoce généraliste", "négoce spécialisé", "coopérative d’artisans")

MEDIA = (
    ("presse professionnelle du bâtiment", "média", "prescripteur", 14500, 5200, 6.5, 7.0, 8),
    ("radio locale", "média", "consommateur", 11800, 62000, 3.5, 5.5, 3),
    ("affichage en zone commerciale", "média", "consommateur", 16200, 90000, 2.8, 4.8, 5),
    ("réseau social professionnel, publicité", "média", "prescripteur", 9400, 7800, 6.0, 6.2, 2),
    ("formation de pose au comptoir", "hors-média", "acheteur", 12600, 940, 9.2, 8.8, 6),
    ("salon régional de l’habitat sain", "hors-média", "consommateur", 13900, 2600, 7.4, 7.8, 12),
    ("relations presse et chantiers ouverts", "hors-média", "prescripteur", 7200, 1500, 7.6, 8.2, 7),
    ("PLV et échantillons en négoce", "hors-média", "vendeur", 10400, 3900, 7.0, 6.8, 4),
    ("lettre d’information technique", "hors-média", "prescripteur", 3800, 2100, 7.2, 6.6, 2),
)
"""Name, family, role aimed at, cost (€ excl. tax), useful contacts, affinity /10, image /10, weeks before effect."""

SURVEYED = (
    ("prescripteur", "architectes", 160, (0.66, 0.58, 0.41)),
    ("vendeur", "vendeurs de négoce", 140, (0.74, 0.43, 0.33)),
    ("acheteur", "artisans", 310, (0.52, 0.34, 0.17)),
    ("consommateur", "particuliers en projet", 620, (0.21, 0.49, 0.24)),
)
LEVELS = (
    ("cognitif", f"connaît {OURSELVES} (notoriété assistée)"),
    ("affectif", f"préfère {OURSELVES} à un autre isolant biosourcé"),
    ("conatif", f"a prescrit, proposé, posé ou demandé {OURSELVES} dans les douze mois"),
)


class Tables(Network):
    """The part of the company that sells through others and speaks to them."""

    def table_circuits(self) -> pd.DataFrame:
        """Return prices, margins kept by each link and costs, by circuit."""
        p = self.params
        rows = [
            (name, links, c.share, c.price, c.trade, c.wholesale, p.production, c.logistics, c.selling, services)
            for name, links, c, services in zip(CIRCUITS, LINKS, p.circuits, SERVICES, strict=True)
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
        names = ["canal", "famille", "role_vise", "cout_ht", "contacts_utiles", "affinite", "image", "delai_semaines"]
        table = pd.DataFrame(MEDIA, columns=names)
        size = len(table)
        return table.assign(
            cout_ht=np.round(table["cout_ht"] * jitter(size, 0.08, rng), -2),
            contacts_utiles=np.round(table["contacts_utiles"] * jitter(size, 0.1, rng), -1).astype(np.int64),
            affinite=np.round(table["affinite"] + rng.uniform(-0.4, 0.4, size), 1),
            image=np.round(table["image"] + rng.uniform(-0.4, 0.4, size), 1),
        )

    def table_barometre_roles(self) -> pd.DataFrame:
        """Return what each role knows, likes and does, from the yearly survey."""
        rng = self.rng("barometre")
        rows = []
        for role, who, people, levels in SURVEYED:
            asked = int(people * rng.uniform(0.92, 1.08))
            for (level, indicator), share in zip(LEVELS, levels, strict=True):
                rate = share * rng.uniform(0.95, 1.05)
                rows.append((role, who, level, indicator, asked, round(asked * rate)))
        return pd.DataFrame(rows, columns=["role", "public", "niveau", "indicateur", "repondants", "reponses_oui"])

    def table_hypotheses(self) -> pd.DataFrame:
        """Return the assumptions of management, one per row."""
        p, force, rng = self.params, self.force, self.rng("hypotheses")
        cost = float(np.round(rng.uniform(68000, 79000), -1))
        travel, request = (float(np.round(rng.uniform(*span), 2)) for span in ((24, 34), (38, 56)))
        shared, ways, image = (float(weight) for weight in p.weights)
        books, board, grid = "Contrôle de gestion", "Politique commerciale 2026", "Grille des partenariats"
        rows = (
            ("jours_travailles", "Jours travaillés par commercial et par an", float(WORKED_DAYS), "jours", board),
            (
                "jours_hors_terrain",
                "Jours de réunion, de formation, de salon et de préparation par commercial et par an",
                float(WORKED_DAYS - force.field_days),
                "jours",
                board,
            ),
            ("visites_par_jour", "Visites de terrain par jour de terrain", force.per_day, "visites", board),
            ("commerciaux_terrain", "Commerciaux de terrain en poste", float(self.salespeople), "personnes", board),
            ("cout_commercial_annuel", "Coût complet d’un commercial de terrain", cost, "€ par an", books),
            ("frais_deplacement_visite_ht", "Frais de déplacement par visite de terrain", travel, "€ HT", books),
            (
                "cout_demande_entrante_ht",
                "Contenus, site et référencement par demande entrante",
                request,
                "€ HT",
                books,
            ),
            (
                "seuil_recouvrement",
                "Part minimale de nos clients connus du partenaire",
                SHARE_FLOOR,
                "proportion",
                grid,
            ),
            ("seuil_modalites", "Nombre minimal de points de modalités", float(POINTS_FLOOR), "points sur 3", grid),
            ("seuil_image", "Note d’image minimale", IMAGE_FLOOR, "note sur 10", grid),
            ("budget_travaux_min", "Budget travaux moyen, borne basse", float(BUDGET_FLOOR), "€ TTC", grid),
            ("budget_travaux_max", "Budget travaux moyen, borne haute", float(BUDGET_CEILING), "€ TTC", grid),
            ("part_en_projet_min", "Part minimale de clients en projet", PROJECT_FLOOR, "proportion", grid),
            ("poids_clientele_commune", "Poids de la clientèle commune", shared, "points", grid),
            ("poids_modalites", "Poids des modalités de consommation", ways, "points", grid),
            ("poids_image", "Poids de l’image", image, "points", grid),
            ("poids_affinite_canal", "Poids de l’affinité d’un canal avec sa cible", 4.0, "points", board),
            ("poids_image_canal", "Poids de l’image d’un canal", 3.0, "points", board),
            ("poids_cout_canal", "Poids du coût par contact d’un canal", 2.0, "points", board),
        )
        return pd.DataFrame(rows, columns=["cle", "libelle", "valeur", "unite", "source"])
