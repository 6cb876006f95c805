"""The three hints of each question of notebook 03: a question, the formula in words, an example with other numbers."""

HINTS: dict[str, tuple[str, str, str]] = {
    "q3-entree-gain": (
        "Sur 300 € de ventes, l’entreprise garde-t-elle 300 € ?",
        "Gain = ventes × ce qui reste de chaque euro vendu (le taux de marge) − dépense.",
        "Avec 50 € de dépense, 400 € de ventes et un taux de marge de 0,25 : 400 × 0,25 − 50 = 50 €.",
    ),
    "q3-entree-ecart": (
        "L’entreprise a-t-elle dépensé plus ou moins que prévu ? Pour une dépense, est-ce une bonne nouvelle ?",
        "Écart en % = (réel − prévu) ÷ prévu. Une dépense au-dessus du prévu est défavorable.",
        "Prévu 200 €, réel 150 € : (150 − 200) ÷ 200 = −25 %, et dépenser moins est favorable.",
    ),
    "q3-depense-google": (
        "Quelles lignes concernent la plateforme Google Ads, et dans quelle unité est la colonne du coût ?",
        "Gardez les jours de la promotion et la plateforme, additionnez cost_micros, puis divisez par un million.",
        "Un coût de 2 500 000 millionièmes d’euro vaut 2 500 000 ÷ 1 000 000 = 2,50 €.",
    ),
    "q3-depenses-levier": (
        "Le budget a deux colonnes de montants : laquelle dit ce qui a vraiment été payé ?",
        "Regroupez les lignes par levier, puis additionnez la colonne des dépenses réelles.",
        "Deux mois à 300 € et 350 € d’agence, et 50 € d’outils : la dépense du levier est de 700 €.",
    ),
    "q3-part-levier": (
        "Une part, oui, mais de quel ensemble ?",
        "Part du SEA = dépense réelle du SEA ÷ dépense réelle des six leviers.",
        "Un levier à 300 € dans un total de 1 200 € pèse 300 ÷ 1 200 = 0,25.",
    ),
    "q3-cpc": (
        "Chez Meta Ads, tous les clics mènent-ils au site ?",
        "Coût par clic = somme des dépenses en euros ÷ somme des clics sur le lien, campagnes réunies.",
        "Deux campagnes : 100 € pour 400 clics et 50 € pour 50 clics. Ensemble : 150 ÷ 450 = 0,33 €.",
    ),
    "q3-cac": (
        "Tout ce que l’entreprise a payé pour ces clients figure-t-il dans l’achat d’espace ?",
        "Coût complet = (média des campagnes + salaires + outils + agence) ÷ clients dont c’est la première commande.",
        "Média 1 000 €, équipe 500 €, 60 nouveaux clients sur 200 acheteurs : 1 500 ÷ 60 = 25 € par nouveau client.",
    ),
    "q3-roas": (
        "Quelle source ne compte chaque commande qu’une seule fois : les plateformes, ou la table « recettes » ?",
        "ROAS = somme des ventes réelles HT des quatre leviers payants ÷ somme de leurs dépenses réelles.",
        "Deux leviers : 900 € de ventes pour 300 €, et 100 € pour 100 €. Ensemble : 1 000 ÷ 400 = 2,5.",
    ),
    "q3-mer": (
        "Le chiffre d’affaires demandé dépend-il de la façon dont on attribue les ventes ?",
        "MER = chiffre d’affaires HT de toute l’entreprise ÷ dépense réelle de tous les leviers.",
        "50 000 € de chiffre d’affaires pour 5 000 € de dépenses : 50 000 ÷ 5 000 = 10.",
    ),
    "q3-taux-mcv": (
        "Une fois les produits achetés, quels frais chaque vente entraîne-t-elle encore ?",
        "Taux = (ventes HT − achats − préparation × commandes − frais de paiement) ÷ ventes HT.",
        "1 000 € de ventes, 450 € d’achats, 20 commandes à 5 €, 2 % : (1 000 − 450 − 100 − 20) ÷ 1 000 = 0,43.",
    ),
    "q3-roas-equilibre": (
        "Si un euro vendu ne laisse que quelques centimes de marge, combien faut-il vendre pour rembourser un euro ?",
        "ROAS d’équilibre = 1 ÷ taux de marge sur coûts variables.",
        "Avec un taux de 0,25, il faut 1 ÷ 0,25 = 4 € de ventes par euro dépensé.",
    ),
    "q3-poas": (
        "Votre ROAS compte des ventes. Quelle partie de ces ventes est de la marge ?",
        "POAS = ROAS × taux de marge sur coûts variables de l’exercice.",
        "Un ROAS de 6 avec un taux de 0,25 donne un POAS de 1,5 : chaque euro dépensé ramène 1,50 € de marge.",
    ),
    "q3-hausse-volume": (
        "Sur un article remisé, combien de points de marge reste-t-il ?",
        "Hausse d’équilibre = remise ÷ (taux de marge au prix plein − remise).",
        "Avec une remise de 0,10 et une marge de 0,50 : 0,10 ÷ (0,50 − 0,10) = 0,25, soit un quart de volume en plus.",
    ),
    "q3-marge-incrementale": (
        "Que rapporte une unité vendue en plus, au prix remisé ? Et que coûte la remise offerte aux habitués ?",
        "Marge ajoutée = unités nettes × (prix remisé − coût) − unités de base × prix × remise.",
        "100 unités nettes, 300 de base, prix 10 €, remise 0,20, coût 5 € : 100 × 3 − 300 × 2 = −300 €.",
    ),
    "q3-roi": (
        "L’opération a-t-elle été payée par la marge qu’elle a ajoutée ?",
        "ROI = (marge ajoutée − coût complet de l’opération) ÷ coût complet de l’opération.",
        "Marge ajoutée de 500 € pour une opération à 2 000 € : (500 − 2 000) ÷ 2 000 = −0,75.",
    ),
    "q3-roi-12-mois": (
        "Parmi les nouveaux clients de la promotion, lesquels seraient venus de toute façon ?",
        "ROI = (marge ajoutée + nouveaux clients en plus × valeur à douze mois − coût) ÷ coût.",
        "Marge de −500 €, 100 nouveaux clients en plus à 40 €, coût 2 000 € : (−500 + 4 000 − 2 000) ÷ 2 000 = 0,75.",
    ),
    "q3-seuil-ca": (
        "Si toutes les ventes ne sont pas de la marge, le seuil est-il plus haut ou plus bas que les charges fixes ?",
        "Seuil de rentabilité = charges fixes ÷ taux de marge sur coûts variables.",
        "30 000 € de charges fixes et un taux de 0,60 : 30 000 ÷ 0,60 = 50 000 €.",
    ),
    "q3-point-mort": (
        "Quelle part du chiffre d’affaires annuel le seuil représente-t-il ?",
        "Point mort en jours = seuil ÷ chiffre d’affaires annuel × 365.",
        "Un seuil de 50 000 € pour 100 000 € de ventes par an : 50 000 ÷ 100 000 × 365 = 182,5 jours.",
    ),
    "q3-ecart-sea": (
        "D’où part-on : de ce qui était prévu, ou de ce qui a été payé ?",
        "Écart en proportion = (réel − prévu) ÷ prévu.",
        "Prévu 2 000 €, réel 2 300 € : (2 300 − 2 000) ÷ 2 000 = 0,15.",
    ),
    "q3-sens": (
        "Dépenser plus que prévu et vendre plus que prévu, est-ce la même nouvelle ?",
        "Une hausse est favorable pour une recette, défavorable pour une dépense ; une baisse, l’inverse.",
        "Dépense prévue 100 €, réelle 90 € : favorable. Recette prévue 500 €, réelle 450 € : défavorable.",
    ),
    "q3-ecart-volume": (
        "Si seul le nombre de commandes avait changé, à quel panier les aurait-on comptées ?",
        "Écart de volume = (commandes réelles − commandes prévues) × panier prévu.",
        "110 commandes au lieu de 100, panier prévu 50 € : (110 − 100) × 50 = 500 €.",
    ),
    "q3-ecart-prix": (
        "Sur combien de commandes le nouveau panier s’est-il réellement appliqué ?",
        "Écart de prix = (panier réel − panier prévu) × commandes réelles.",
        "Panier de 48 € au lieu de 50 €, sur 110 commandes : (48 − 50) × 110 = −220 €.",
    ),
    "q3-postes": (
        "Que paie l’entreprise pour ce levier sans qu’aucune facture de plateforme le dise ?",
        "Un levier = ses dépenses (une par poste), sa recette, et au moins un coût caché pour l’ensemble.",
        "Salon professionnel : stand 2 000 € (ponctuelle), hôtel 300 € (ponctuelle), ventes 6 000 € ; coût caché : "
        "trois jours de présence à 200 €.",
    ),
    "q3-preconisations": (
        "Qu’est-ce qui a produit cet écart : plus de clics, des clics plus chers, une prévision trop basse ?",
        "Une ligne par écart important : la cause (et la donnée qui l’appuie), l’action, l’effet attendu, le délai.",
        "Salon, +20 % : deux personnes en trop ; action : trois personnes au plus ; effet : −400 € ; délai : mai.",
    ),
    "q3-note": (
        "Si la direction ne lisait que la première phrase, saurait-elle quoi décider ?",
        "La décision, les deux ou trois chiffres qui la fondent, la limite, puis les actions et leur date.",
        "« Ne refaisons pas l’opération à l’identique : pour 100 € dépensés, elle en a perdu 40. Elle a pourtant… »",
    ),
    "q3-roi-sea": (
        "Quelle part des ventes du levier reste-t-il à l’entreprise avant de payer le levier ?",
        "ROI = (ventes réelles × taux de marge de l’exercice − dépense réelle) ÷ dépense réelle.",
        "Salon : 6 000 € de ventes, taux de 0,50, 2 000 € de dépense : (3 000 − 2 000) ÷ 2 000 = 0,50.",
    ),
}
