"""The sixty fictional structures around Isolombre, and what the local press could say of them."""

SECTORS = {
    "bureau d’études thermiques": (
        ("Calorifond Études", "Degrévend Ingénierie", "Thermibreuil", "Envelomesure 44", "Kelvinade Conseil"),
        "audits énergétiques et suivi de chantier",
        "particuliers",
    ),
    "location d’outillage": (
        ("Louvanoutil", "Prêtamanche", "Établimance", "Bennes Maraîchelle", "Échafaudise Vendée"),
        "location de machines et d’échafaudages",
        "particuliers et professionnels",
    ),
    "banque coopérative verte": (
        (
            "Caisse du Sillon Clair",
            "Caisse des Marais Verts",
            "Épargne Bocagère",
            "Crédit des Haies",
            "Banque du Lavoir",
        ),
        "prêts travaux et épargne fléchée",
        "particuliers",
    ),
    "menuiserie bois": (
        ("Fenestrelin", "Croisées Bocalin", "Tenonvesse", "Menuisiers Moulinoir", "Huisserie Mervenelle"),
        "fenêtres et portes en bois sur mesure",
        "particuliers",
    ),
    "chauffage au bois": (
        ("Braisonnière", "Poêlenrive", "Granulâtre Ouest", "Tison et Fils d’Eau", "Foyers Gâtinelle"),
        "poêles et chaudières à bois, pose comprise",
        "particuliers",
    ),
    "courtage en travaux": (
        ("Devisoume", "Voussoirel Travaux", "Rénovelange Loire-Bas", "Ouvragine", "Maîtravelle Atlantique"),
        "mise en relation avec des artisans",
        "particuliers",
    ),
    "agence immobilière": (
        ("Toitestran", "Logimaraîche", "Immobreizel", "Pierre et Roselière", "Agence Puisoriol"),
        "vente de maisons anciennes",
        "particuliers",
    ),
    "jardinerie": (
        (
            "Serfouinette",
            "Étangelle Jardins",
            "Jardinons Large",
            "Pépinières d’Ombrelle",
            "Brouettine",
        ),
        "plantes, outils et aménagement extérieur",
        "particuliers",
    ),
    "assurance habitation": (
        ("Mutuelle Ardoisaine", "Assurances Guévert", "Prévalogis", "Toiturance", "Mutuelle Sablaise Unie"),
        "contrats habitation et dommages aux travaux",
        "particuliers",
    ),
    "organisme de formation": (
        (
            "École Bâtivive",
            "Apprentoiture Ouest",
            "Gestelliers Compagnons",
            "Atelier Paillelin",
            "Cap Œuvral",
        ),
        "formation des artisans du second œuvre",
        "professionnels",
    ),
    "habitat participatif": (
        ("Cours Mêlines", "Hameau Fontaineau", "Cohabitoise 85", "Voisinelle Verte", "La Grangevoise"),
        "accompagnement de projets collectifs",
        "associations et particuliers",
    ),
    "fabricant d’isolants de synthèse": (
        ("Mousses Ouestrine", "Isomollaine", "Alvéolinde", "Mousselanne", "Panneaux Brévin"),
        "panneaux et mousses isolantes",
        "professionnels",
    ),
}
"""Sector → (five names, activity, usual customers)."""

CANDIDATE_SECTORS = 6
"""The first sectors are those of the would-be partners: one structure of each handed over its fingerprints."""

VALUES = (
    "proximité, sobriété, transmission",
    "franchise technique, proximité, sobriété",
    "qualité, écoute, durée",
    "innovation, simplicité, service",
    "solidarité, ancrage local, durée",
    "rigueur, indépendance, pédagogie",
    "croissance, rapidité, prix bas",
)
LOUD_VALUES = len(VALUES) - 1

GOOD_FACTS = (
    "Reçoit le prix régional de l’artisanat responsable en 2025 ; cité par trois maîtres d’œuvre de la zone.",
    "Publie chaque année la liste de ses fournisseurs et la part achetée à moins de 150 km.",
    "Forme chaque hiver une promotion d’apprentis avec la chambre de métiers.",
)
PLAIN_FACTS = (
    "Ouvre un second site en 2025.",
    "Parraine une course à pied locale.",
    "Change de direction en janvier 2026.",
    "Refait son site internet en 2025.",
    "Adhère à un réseau régional d’entreprises depuis 2023.",
    "Embauche deux personnes en 2026.",
    "Organise chaque automne une journée portes ouvertes.",
    "Participe chaque printemps à la foire de la zone.",
)
POOR_FACTS = (
    "Sanctionné en 2025 pour des démarchages répétés ; la presse locale a relayé des témoignages de clients âgés.",
    "Épinglé en 2025 par une association de consommateurs pour des aides promises et jamais versées.",
    "Avis en ligne massivement négatifs depuis 2024 : retards, sous-traitants changés en cours de chantier.",
)
