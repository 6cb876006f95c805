"""The range in which each headline rate of Kerlavandre is believed: landmarks to learn with, not standards."""

from collections.abc import Mapping

from casestudies.company import Headline

GUESS = "hypothèse"
SHARE = "proportion"

LANDMARKS: dict[str, tuple[str, float, float, str, str]] = {
    # key: label, low, high, unit, source
    "conversion": ("Taux de conversion", 0.011, 0.03, SHARE, "dgl-agency.fr (2 à 2,5 % ; vente directe 3 à 5 %)"),
    "conversion_email": ("Conversion de l’e-mail", 0.03, 0.055, SHARE, GUESS),
    "conversion_social": ("Conversion des réseaux sociaux", 0.005, 0.02, SHARE, "dgl-agency.fr"),
    "conversion_seo": ("Conversion du SEO", 0.015, 0.035, SHARE, "First Page Sage (2,1 %)"),
    "panier": ("Panier moyen", 45, 75, "€ TTC", "Fevad 2023 (68 €) ; cosmétique : hypothèse"),
    "ajouts": ("Visites avec ajout au panier", 0.055, 0.12, SHARE, GUESS),
    "abandon": ("Abandon de panier", 0.66, 0.80, SHARE, "Baymard (70,2 %)"),
    "mobile": ("Part du mobile dans les visites", 0.55, 0.80, SHARE, GUESS),
    "annulees": ("Commandes annulées", 0.02, 0.05, SHARE, GUESS),
    "remboursees": ("Commandes remboursées", 0.02, 0.05, SHARE, GUESS),
    "premieres": ("Premières commandes", 0.25, 0.55, SHARE, GUESS),
    "marge": (
        "Marge sur le prix du catalogue HT",
        0.44,
        0.72,
        SHARE,
        "Insee Focus 284 (44 % à distance)",
    ),
    "preparation": ("Préparation et expédition", 4.5, 8.5, "€ HT par commande", GUESS),
    "ca": ("Chiffre d’affaires annuel", 1.7e6, 2.1e6, "€ TTC", "récit du cas"),
    "ctr_sea": ("CTR du SEA générique", 0.03, 0.075, SHARE, "WordStream 2024 (6,42 %)"),
    "cpc_sea": ("CPC du SEA générique", 0.35, 1.2, "€ HT", GUESS),
    "ctr_meta": ("CTR de Meta, clics sur le lien", 0.008, 0.025, SHARE, "lebesgue.io (1,3 %) ; WordStream (2,53 %)"),
    "cpc_meta": ("CPC de Meta, clics sur le lien", 0.3, 0.9, "€ HT", GUESS),
    "cpm_meta": ("CPM de Meta", 5, 11, "€ HT", GUESS),
    "ctr_seo": ("CTR naturel en 3e position", 0.07, 0.14, SHARE, "First Page Sage 2024 (10 %)"),
    "delivrabilite": ("E-mails délivrés", 0.97, 0.995, SHARE, "GDMA 2025 (98,7 %)"),
    "ouverture": ("Taux d’ouverture", 0.16, 0.36, SHARE, "Brevo 2024 (21,9 %) ; Apple (36 %)"),
    "clic": ("Taux de clic des e-mails", 0.015, 0.04, SHARE, "Mailchimp (2,07 %) ; Brevo (3,96 %)"),
    "desabonnement": ("Désabonnements par e-mail", 0.001, 0.0035, SHARE, "Mailchimp (0,21 à 0,31 %)"),
    "hausse": ("Hausse des ventes promues", 0.2, 1.0, SHARE, "Ailawadi 2007"),
    "reste": ("Part de la hausse qui reste", 0.15, 0.8, SHARE, "Ailawadi 2007 (45 %)"),
    "vendredi": ("Ventes de la semaine du vendredi noir", 1.3, 2.5, "fois l’habitude", "NielsenIQ 2022 (2 fois)"),
    "note": ("Note moyenne des avis", 3.2, 4.5, "points sur 5", GUESS),
}


def against(values: Mapping[str, float]) -> tuple[Headline, ...]:
    """Return the headline rates from their values, by key, in the order of ``LANDMARKS``."""
    return tuple(
        Headline(label, float(values[key]), low, high, unit, source)
        for key, (label, low, high, unit, source) in LANDMARKS.items()
    )
