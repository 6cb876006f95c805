"""The three hints of each question on strategy: a question, the formula in words, an example with other numbers."""

HINTS: dict[str, tuple[str, str, str]] = {
    "s3-entree-objectif": (
        "Le jour venu, saurez-vous dire si c’est réussi ?",
        "Un objectif dit : qui ou quoi, d’où l’on part, où l’on veut arriver, et à quelle date.",
        "« Passer de 2 000 à 2 600 abonnés au 31 décembre » est un objectif ; « écrire plus » n’en est pas un.",
    ),
    "s3-entree-budget": (
        "Que se passe-t-il avec ces 5 000 € sur un levier, puis sur l’autre ?",
        "On compare ce qu’ajoute le budget en plus, et non la moyenne de ce qui est déjà dépensé.",
        "Un levier amène 50 clients ; 1 000 € de plus n’en ajoutent aucun. Un petit levier en ajoute un : c’est lui.",
    ),
    "s3-entree-delai": (
        "La date donnée est-elle celle du début, ou celle du premier effet ?",
        "Date de départ = date voulue − délai. Douze semaines font douze fois sept jours.",
        "Pour un effet le 30 juin avec un délai de deux semaines, on commence le 16 juin.",
    ),
    "s3-leads-necessaires": (
        "Quels leads ont eu le temps d’aller jusqu’à la signature ?",
        "Taux = leads de la cohorte devenus clients ÷ leads de la cohorte. Leads nécessaires = clients visés ÷ taux.",
        "Si 1 000 leads ont donné 40 clients, le taux est de 0,04 ; pour 60 clients, il faut 60 ÷ 0,04 = 1 500 leads.",
    ),
    "s3-valeur-segments": (
        "Un lead qui n’a pas signé rapporte zéro : doit-il compter dans la moyenne ?",
        "Pour chaque tranche : somme des abonnements mensuels ÷ nombre de leads, ceux qui n’ont pas signé compris.",
        "200 leads, dont 4 clients à 150 € par mois : 600 ÷ 200 = 3 € par mois et par lead.",
    ),
    "s3-cout-epub": (
        "Combien d’affichages faut-il pour un clic, de visites pour un lead, de leads pour un client ?",
        "Coût d’un clic = coût de mille affichages ÷ 1 000 ÷ taux de clic. On divise par chaque taux qui suit.",
        "10 € les mille, 0,5 % de clics : 2 € la visite. À 4 % puis 5 % : 2 ÷ 0,04 ÷ 0,05 = 1 000 € par client.",
    ),
    "s3-prochain-millier": (
        "Combien de clients de plus avec 1 000 € de plus ? Et que vaut chacun d’eux ?",
        "(Clients pour la dépense + 1 000) − (clients pour la dépense), multiplié par la valeur d’un client du levier.",
        "Avec 30 000 €, 20 clients ; avec 31 000 €, 20,3. À 5 000 € le client : 0,3 × 5 000 = 1 500 €.",
    ),
    "s3-repartition": (
        "Où le prochain millier d’euros rapporte-t-il le plus, et où le moins ?",
        "On prend au levier dont la barre est la plus courte, on donne à la plus longue, et l’on recommence jusqu’à "
        "l’égalité, sans sortir des budgets minimal et maximal.",
        "Un levier à 3 000 € par millier, un autre à 1 000 € : on déplace 1 000 €, puis encore, tant que l’écart dure.",
    ),
    "s3-segments": (
        "Vos colonnes chiffrées viennent-elles toutes de la même cohorte ?",
        "Une ligne par tranche d’effectif ; pour une tranche visée, une phrase de positionnement.",
        "« Pour les ateliers de 3 à 5 personnes, le logiciel qui prépare les devis en dix minutes, sans formation. »",
    ),
    "s3-objectifs": (
        "Chaque objectif dit-il d’où l’on part, où l’on va et quand ?",
        "Une ligne par objectif : identifiant, type, phrase, indicateur, départ, cible, unité, échéance, source.",
        "O1 · trafic · Passer de 4 000 à 5 000 visites par mois · visites mensuelles · 4000 · 5000 · 2027-03-31.",
    ),
    "s3-leviers": (
        "Chaque levier a-t-il sa ligne, et chaque objectif son levier ?",
        "Une ligne par levier, retenu ou écarté, et son motif. Les retenus ont rang, budget, date et objectif.",
        "Retenu · rang 2 · O1 · 12 000 € · démarrage 2026-10-05 · dépend du levier de rang 1.",
    ),
    "s3-note": (
        "Si la direction ne lit que votre première phrase, sait-elle ce que vous lui demandez ?",
        "La décision demandée, puis les preuves chiffrées, puis ce que le budget ne suffit pas à obtenir et les dates.",
        "« Passons 20 000 € des bannières au blog : chaque millier y amène trois clients au lieu d’un. »",
    ),
    "s3-perte": (
        "Combien de clients avec le budget d’aujourd’hui ? Et avec le budget réduit ?",
        "Clients perdus = clients au budget d’aujourd’hui − clients au budget réduit d’un cinquième.",
        "Plafond 40, moitié à 10 000 € : 20 clients à 10 000 €, 17,8 à 8 000 € ; on en perd 2,2.",
    ),
}  # fmt: skip
