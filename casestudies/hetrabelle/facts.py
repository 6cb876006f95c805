"""The 28 facts of the diagnosis, with the place each has in the matrix and the traps among them."""

from dataclasses import dataclass

STRENGTH, WEAKNESS, OPPORTUNITY, THREAT = "Force", "Faiblesse", "Opportunité", "Menace"


@dataclass(frozen=True)
class Fact:
    """One fact: text with ``{fields}``, source, date, weight (1–5), true place, and whether its wording misleads."""

    text: str
    source: str
    date: str
    weight: int
    quadrant: str
    trap: bool = False

    @property
    def internal(self) -> bool:
        """Whether the cause lies inside the company."""
        return self.quadrant in (STRENGTH, WEAKNESS)


FACTS = (
    Fact("Les pièces d’évolution restent fabriquées dix ans après la fin de vente d’un meuble.",
         "Charte de marque", "2026-02-10", 4, STRENGTH),
    Fact("La note moyenne des acheteurs du site est de {note_clients} sur 5.",
         "Avis vérifiés du site", "2026-08-31", 4, STRENGTH),
    Fact("L’atelier du Jura fabrique lui-même {part_interne} % des meubles vendus.",
         "Rapport de production", "2026-07-15", 4, STRENGTH),
    Fact("Un meuble est livré avec un plan de montage illustré que {part_plan} % des acheteurs jugent clair.",
         "Enquête après achat", "2026-06-30", 2, STRENGTH),
    Fact("Les peintures et colles employées sont toutes à l’eau depuis 2019.",
         "Dossier qualité", "2026-01-20", 3, STRENGTH),
    Fact("L’équipe commerciale des crèches renouvelle {renouvellement} % de ses contrats.",
         "Suivi des contrats", "2026-09-04", 3, STRENGTH),
    Fact("Le marché du meuble d’occasion grandit ; la reprise et la remise en état sont organisées à l’atelier depuis "
         "2021, avec un taux de second choix de {second_choix} %.",
         "Rapport de production", "2026-07-15", 5, STRENGTH, trap=True),
    Fact("Le délai moyen de livraison est de {delai} jours ouvrés.",
         "Suivi logistique", "2026-09-11", 4, WEAKNESS),
    Fact("Le site n’affiche pas le mobilier en situation : {part_photos} % des fiches ont une seule photo.",
         "Audit du site", "2026-05-22", 3, WEAKNESS),
    Fact("Les coûts ne sont connus produit par produit que depuis l’exercice 2024.",
         "Contrôle de gestion", "2026-03-09", 3, WEAKNESS),
    Fact("La notoriété assistée auprès des futurs parents est de {notoriete} %.",
         "Enquête de notoriété", "2026-04-17", 4, WEAKNESS),
    Fact("Le stock de produits finis représente {stock} jours de vente.",
         "Contrôle de gestion", "2026-08-31", 3, WEAKNESS),
    Fact("Une seule usine, à l’étranger, fournit toutes nos charnières de sécurité ; aucune autre n’a été cherchée.",
         "Service achats", "2026-06-12", 4, WEAKNESS, trap=True),
    Fact("Les revendeurs se disent mal suivis : un seul commercial visite {magasins} magasins.",
         "Enquête revendeurs", "2026-05-06", 4, WEAKNESS, trap=True),
    Fact("Les recherches en ligne de « lit évolutif » ont progressé de {recherches} % en deux ans.",
         "Outil de tendances de recherche", "2026-09-01", 4, OPPORTUNITY),
    Fact("{part_occasion} % des futurs parents se disent prêts à acheter un meuble reconditionné.",
         "Étude du secteur", "2026-03-25", 4, OPPORTUNITY),
    Fact("Les logements se font plus petits : la chambre d’enfant sert aussi de bureau dans {part_bureau} % des foyers "
         "interrogés.",
         "Étude du secteur", "2026-03-25", 5, OPPORTUNITY),
    Fact("Le département prévoit {creches} nouvelles crèches d’ici à 2028.",
         "Plan départemental", "2026-02-27", 3, OPPORTUNITY),
    Fact("Un réseau de location de mobilier pour enfants cherche un fabricant dans l’Est.",
         "Salon professionnel", "2026-06-19", 2, OPPORTUNITY),
    Fact("Les grands-parents achètent une part croissante de l’équipement de puériculture.",
         "Étude du secteur", "2026-03-25", 2, OPPORTUNITY),
    Fact("La région ouvre un appel à projets pour le réemploi ; nos ateliers remplissent déjà toutes les conditions.",
         "Site de la région", "2026-09-08", 4, OPPORTUNITY, trap=True),
    Fact("Les naissances ont baissé de {naissances} % en cinq ans dans nos régions de vente.",
         "Statistiques d’état civil", "2026-01-30", 5, THREAT),
    Fact("Deux concurrents viennent de passer à une livraison sous 48 heures.",
         "Relevés de la veille", "2026-09-21", 4, THREAT),
    Fact("La place de marché prévoit de relever sa commission d’un point en janvier.",
         "Courrier de la plateforme", "2026-09-15", 3, THREAT),
    Fact("Les particuliers se revendent directement leurs lits sur les applications d’annonces.",
         "Étude du secteur", "2026-03-25", 3, THREAT),
    Fact("Une norme de sécurité des lits d’enfant est en cours de révision ; ses exigences ne sont pas connues.",
         "Syndicat professionnel", "2026-07-02", 3, THREAT),
    Fact("Notre prix de revient se dégrade : le hêtre scié a pris {hetre} % en un an chez tous les scieurs.",
         "Service achats", "2026-08-28", 4, THREAT, trap=True),
    Fact("Nos commerciaux perdent des rayons : les enseignes y installent leurs propres marques.",
         "Compte rendu commercial", "2026-09-18", 4, THREAT, trap=True),
)  # fmt: skip

FIGURES = {
    "note_clients": (4.3, 4.7),
    "part_interne": (78, 92),
    "part_plan": (81, 93),
    "renouvellement": (76, 90),
    "second_choix": (2, 5),
    "delai": (17, 26),
    "part_photos": (34, 58),
    "notoriete": (9, 19),
    "stock": (68, 97),
    "magasins": (110, 140),
    "recherches": (18, 42),
    "part_occasion": (38, 61),
    "part_bureau": (31, 52),
    "creches": (6, 15),
    "naissances": (9, 16),
    "hetre": (8, 19),
}
"""Lowest and highest value of each figure quoted; whole numbers unless written with a decimal."""
