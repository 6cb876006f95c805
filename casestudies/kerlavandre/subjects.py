"""What Kerlavandre writes in the subject lines of its e-mails, and to whom."""

SEGMENTS: tuple[tuple[str, float, float], ...] = (
    ("Toute la base", 1.0, 1.0),
    ("Clients fidèles", 0.28, 1.55),
    ("Inscrits sans achat", 0.40, 0.70),
    ("Clients inactifs", 0.34, 0.50),
)
"""Name, size as a share of the list, interest relative to the whole list (assumptions)."""

SUBJECTS = (
    "Janvier léger\u00a0: trois gestes pour alléger la salle de bains",
    "Peaux sèches\u00a0: le beurre corporel qui tient chaud",
    "Un shampoing solide, comment ça mousse\u00a0?",
    "Offrir sans emballer\u00a0: nos idées de février",
    "Le printemps arrive à l’atelier",
    "Cheveux fatigués\u00a0? La cure d’ortie commence ici",
    "Ménage doux\u00a0: vaisselle et détachant solides",
    "Visite de l’atelier\u00a0: la coulée des savons",
    "Infusion des dunes\u00a0: menthe, fenouil, air du large",
    "Routine visage en trois minutes",
    "Tout tient dans la trousse\u00a0: prêts pour le week-end",
    "Avant l’été\u00a0: le gommage aux algues",
    "Sel, soleil\u00a0: les cheveux disent merci",
    "Nos solides passent la sécurité de l’aéroport",
    "Août au frais\u00a0: l’infusion se boit aussi glacée",
    "Préparer la rentrée sans se presser",
    "Rentrée\u00a0: la routine de toute la famille",
    "Le lin de nos après-shampoings vient d’ici",
    "Octobre à l’atelier\u00a0: ce que nous récoltons",
    "Infusion d’hiver\u00a0: thym et pomme sont de retour",
    "Mains gercées\u00a0? Le savon surgras fait la différence",
    "Coffrets\u00a0: réservez avant l’affluence",
    "Dernières commandes avant les fêtes",
    "Merci pour cette année",
)
"""Two subjects a month: first half, second half."""

PROMOTION_SUBJECTS = (
    "La Semaine sans flacon commence\u00a0: {remise} sur les soins des cheveux",
    "Semaine sans flacon\u00a0: et si vous passiez au solide\u00a0?",
    "Semaine sans flacon\u00a0: plus que deux jours",
    "Vendredi à l’atelier\u00a0: nos coffrets sont prêts",
)
"""Start, reminder and end of the promotion; then the week of Black Friday."""
