"""The three hints of each question of notebook 01: a question, the formula in words, an example with other numbers."""

from casestudies.names import of_name

HINTS: dict[str, tuple[str, str, str]] = {
    "q1-entree-conversion": (
        "Le taux de conversion dit quelle part des visites finit par une commande. Où se placent les visites ?",
        "Une part se calcule ainsi : ce qui a abouti, divisé par tout ce qui pouvait aboutir.",
        "Dans un magasin où entrent 40 visiteurs et où l’on encaisse 10 tickets, la part est de 10 ÷ 40, soit 25 %.",
    ),
    "q1-entree-fenetres": (
        "Deux périodes comparables ont deux choses en commun. Lesquelles ?",
        "Même nombre de jours, et mêmes jours de la semaine.",
        "Pour un week-end de trois jours, on compare avec un autre week-end de trois jours, pas avec le mois entier.",
    ),
    "q1-entree-points": (
        "Entre deux taux, cherche-t-on une différence ou un rapport ?",
        "L’écart en points est la différence des deux taux écrits en pour cent.",
        "Un taux qui passe de 10 % à 12 % gagne 2 points ; il a aussi augmenté de 20 %, ce qui est autre chose.",
    ),
    "q1-sessions": (
        "Quelle colonne compte les visites, et non les personnes ?",
        "Gardez les lignes de la promotion, puis additionnez la colonne des sessions.",
        "Sur trois jours à 100, 120 et 80 sessions, le total est de 300 sessions.",
    ),
    "q1-doublons": (
        "Deux produits d’une même commande ont le même numéro. Sont-ils pour autant la même ligne ?",
        "Comptez les lignes identiques à une ligne déjà lue, sur toutes leurs colonnes.",
        "Si le fichier contient les lignes a, b, b, c, c, deux lignes sont en trop : le second b et le second c.",
    ),
    "q1-commandes": (
        "Une commande de trois produits occupe trois lignes. Combien de fois faut-il la compter ?",
        "Gardez les lignes « payée » de la promotion, puis comptez les numéros de commande différents.",
        "Les lignes K1, K1, K2 (payées) et K3 (annulée) forment deux commandes payées : K1 et K2.",
    ),
    "q1-conversion": (
        "Une visite est une occasion de vendre. Combien d’occasions y a-t-il eu, et combien ont abouti ?",
        "Commandes payées divisées par sessions, sur les mêmes jours et tous canaux réunis.",
        "Avec 30 commandes payées pour 1 500 sessions, le taux est de 30 ÷ 1 500 = 0,02, soit 2 %.",
    ),
    "q1-conversion-avant": (
        "Qu’est-ce qui change par rapport à la question précédente : le calcul, ou les dates ?",
        "Le même rapport, commandes payées divisées par sessions, sur la période « avant ».",
        "Avec 24 commandes payées pour 1 600 sessions, le taux est de 24 ÷ 1 600 = 0,015, soit 1,5 %.",
    ),
    "q1-conversion-points": (
        "Entre ces deux taux, cherchez-vous une différence ou un rapport ?",
        "Taux de « pendant » moins taux d’« avant », le tout multiplié par 100. N’arrondissez pas avant de soustraire.",
        "De 0,020 à 0,023, l’écart est de 0,003, soit 0,3 point.",
    ),
    "q1-abandon": (
        "De tous les paniers commencés, lesquels cherchez-vous : ceux qui ont abouti, ou les autres ?",
        "Un, moins le rapport entre les commandes payées et les ajouts au panier.",
        "Pour 200 paniers et 50 commandes, 50 ÷ 200 = 0,25 aboutit ; l’abandon est de 0,75, soit 75 %.",
    ),
    "q1-ca-ttc": (
        "Qu’a payé le client pour chaque ligne ? Lisez bien ce que désigne « remise_ttc » dans le dictionnaire.",
        "Pour chaque ligne payée, quantité × prix unitaire − remise ; puis la somme. Laissez les frais de port.",
        "Deux savons à 9 € avec 3 € de remise sur la ligne : 2 × 9 − 3 = 15 €.",
    ),
    "q1-ca-ht": (
        f"Tous les produits {of_name('kerlavandre')} ont-ils le même taux de TVA ?",
        "Pour chaque ligne : montant TTC divisé par (1 + taux de TVA ÷ 100), puis la somme.",
        "À 20 %, 12 € TTC font 12 ÷ 1,20 = 10 € HT ; à 5,5 %, 21,10 € TTC font 21,10 ÷ 1,055 = 20 € HT.",
    ),
    "q1-panier": (
        "Entre quoi le chiffre d’affaires se partage-t-il : des clients, des articles ou des commandes ?",
        "Chiffre d’affaires HT divisé par le nombre de commandes payées.",
        "Avec 600 € HT pour 15 commandes, le panier moyen est de 40 € HT.",
    ),
    "q1-ca-jour": (
        "Combien de jours la promotion a-t-elle duré, premier et dernier jours compris ?",
        "Chiffre d’affaires HT divisé par le nombre de jours ; « pendant.jours » le donne.",
        "Du 1er au 5 du mois, il y a cinq jours ; 1 000 € HT font 200 € HT par jour.",
    ),
    "q1-ca-evolution": (
        "Quelle est la valeur de départ, et sur combien de jours chacun des deux montants s’est-il formé ?",
        "(CA par jour de « pendant » − CA par jour d’« avant ») ÷ CA par jour d’« avant ».",
        "De 400 € à 500 € par jour, l’évolution est de (500 − 400) ÷ 400 = 0,25, soit +25 %.",
    ),
    "q1-clients-evolution": (
        "Une personne qui commande deux fois, combien de fois faut-il la compter ?",
        "Comptez les clients différents de chaque période, puis divisez l’écart par le nombre d’avant.",
        "De 80 clients à 100, l’évolution est de (100 − 80) ÷ 80 = 0,25, soit +25 %.",
    ),
    "q1-nouveaux": (
        "Quelle colonne dit qu’une commande est la toute première de son client ?",
        "Parmi les lignes payées de la promotion, gardez les premières commandes, puis comptez les clients différents.",
        "Si C1 et C2 passent leur première commande et que C3 revient, il y a deux nouveaux clients.",
    ),
    "q1-part-nouveaux": (
        "Parmi qui cherchez-vous la part des nouveaux ?",
        "Nouveaux clients divisés par tous les clients différents de la promotion.",
        "Avec 30 nouveaux sur 120 clients, la part est de 30 ÷ 120 = 0,25, soit 25 %.",
    ),
    "q1-email-ouverture": (
        "Un message rejeté peut-il être ouvert ? Et une personne qui rouvre, combien de fois compte-t-elle ?",
        "Ouvreurs (« uniqueViews ») divisés par messages délivrés : les envoyés moins les deux sortes de rejets.",
        "Pour 1 020 messages envoyés, 20 rejets et 300 ouvreurs : 300 ÷ 1 000 = 0,30, soit 30 %.",
    ),
    "q1-email-clic": (
        "Dans quelle population cherchez-vous les cliqueurs : ceux qui ont reçu, ou ceux qui ont ouvert ?",
        "Personnes qui ont cliqué (« uniqueClicks ») divisées par messages délivrés.",
        "Pour 1 000 messages délivrés et 25 cliqueurs, le taux est de 0,025, soit 2,5 %.",
    ),
    "q1-annonces-clic": (
        "Un clic sur la mention « j’aime » amène-t-il quelqu’un sur le site ?",
        "Somme des clics sur le lien divisée par somme des affichages, toutes campagnes réunies.",
        "Une campagne à 10 clics pour 1 000 affichages et une autre à 5 pour 2 000 : 15 ÷ 3 000 = 0,005, soit 0,5 %.",
    ),
    "q1-unites-evolution": (
        "C’est le calcul d’évolution que vous connaissez. Qu’est-ce qui change : la table, et la gamme ?",
        "Gamme Cheveux seule : (unités par jour de « pendant » − unités par jour d’« avant ») ÷ celles d’« avant ».",
        "De 50 à 80 unités par jour, l’évolution est de (80 − 50) ÷ 50 = 0,6, soit +60 %.",
    ),
    "q1-tableau": (
        "Une personne qui n’a pas fait les calculs pourrait-elle les refaire avec votre tableau seul ?",
        "Par ligne : nom, ce que l’on compte, calcul en mots, valeurs « avant » et « pendant », unité, évolution.",
        "« Essais » ; inscriptions à l’essai gratuit ; nombre d’adresses différentes ; 80 ; 100 ; essais ; « +25 % ».",
    ),
}
