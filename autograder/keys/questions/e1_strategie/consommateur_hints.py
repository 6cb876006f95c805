"""The three hints of each question of notebook 01: a question, the formula in words, an example with other numbers."""

HINTS: dict[str, tuple[str, str, str]] = {
    "s1-entree-frequence": (
        "De quels clients la question parle-t-elle : de tous, ou d’un seul segment ?",
        "Avis du segment qui citent le thème, divisés par tous les avis du segment.",
        "Si 6 avis de parents sur 20 citent la sécurité, la fréquence est de 6 ÷ 20, soit 30 %.",
    ),
    "s1-entree-preuve": (
        "Laquelle de ces phrases un collègue pourrait-il vérifier sans vous appeler ?",
        "Une motivation prouvée dit ce que le client cherche, dans quel segment, combien de fois, et dans quels avis.",
        "« Les seniors veulent être rappelés : 12 avis sur 40, dont B07 » se vérifie ; « le service plaît », non.",
    ),
    "s1-entree-etape": (
        "La cliente découvre-t-elle ce qui existe, ou départage-t-elle des offres qu’elle connaît déjà ?",
        "Besoin : il manque quelque chose. Information : que propose-t-on ? Évaluation : laquelle choisir ? "
        "Achat : je commande.",
        "Pour un vélo : ma fille a grandi (besoin), je lis un guide (information), "
        "je compare deux modèles (évaluation), je paie (achat).",
    ),
    "s1-frequence": (
        "Combien d’avis le segment compte-t-il, et combien parlent de ce thème ?",
        "La colonne du thème vaut vrai ou faux : sa moyenne, sur les lignes du segment, est la fréquence.",
        "Pour les valeurs vrai, faux, faux, vrai, la moyenne est de 2 ÷ 4 = 0,5.",
    ),
    "s1-premiere-motivation": (
        "Avez-vous compté les avis du segment, ou tous les avis ?",
        "Gardez les lignes des familles, additionnez chaque colonne de motivation, prenez la plus grande somme.",
        "Si, chez les seniors, l’accueil est cité 12 fois et le choix 9 fois, l’accueil est en tête, "
        "même si le choix gagne sur l’ensemble.",
    ),
    "s1-affinite": (
        "À quelle fréquence compare-t-on celle du segment, pour savoir si elle est élevée ?",
        "100 × fréquence dans le segment ÷ fréquence dans tous les avis, segment compris.",
        "Avec 30 % dans le segment et 20 % dans tous les avis, l’indice est de 100 × 0,30 ÷ 0,20 = 150.",
    ),
    "s1-enquete-motivation": (
        "Combien de familles différentes ont donné une réponse à cette question-là ?",
        "Retirez les lignes répétées, gardez les familles, écartez celles qui ont passé la question ; parmi celles qui "
        "restent, la part de celles qui désignent le thème.",
        "30 lignes de seniors, dont 2 répétées et 3 « NSP » : 25 réponses. Si 10 désignent l’accueil, "
        "la part est de 10 ÷ 25 = 0,40.",
    ),
    "s1-enquete-frein": (
        "Une famille qui coche « aucun » a-t-elle répondu à la question, ou l’a-t-elle passée ?",
        "Familles qui désignent le prix, divisées par toutes les familles qui ont répondu, « aucun » compris, sans les "
        "« NSP » ni les lignes répétées.",
        "40 seniors : 4 « NSP », 12 « aucun », 9 « attente ». La part de l’attente est de 9 ÷ 36 = 0,25.",
    ),
    "s1-motivations": (
        "Chaque ligne peut-elle être vérifiée par quelqu’un qui n’a que les avis et l’enquête ?",
        "Deux motivations et deux freins au moins ; pour chacun, le thème de la grille, deux avis du segment qui le "
        "citent, 100 × avis du segment qui le citent ÷ avis du segment, et 100 × réponses qui le désignent ÷ réponses.",
        "Pour « accueil » cité par 9 seniors sur 36 et désigné par 10 sur 25 : fréquence 25, enquête 40, avis B07 et "
        "B31, conséquence : « montrer le prénom du conseiller sur la page de contact ».",
    ),
    "s1-ajout-mobile": (
        "Que compte chaque colonne : des visites, des pages ou des personnes ? Et quelles lignes sont du mobile ?",
        "Sur les lignes du mobile : total des visites avec ajout au panier, divisé par total des visites.",
        "Pour 60 visites avec ajout sur 1 000 visites, le taux est de 0,06, soit 6 %.",
    ),
    "s1-rupture": (
        "Pour quelle étape le mobile garde-t-il la plus petite part de ce que garde l’ordinateur ?",
        "À chaque étape, divisez le taux du mobile par celui de l’ordinateur : la rupture est au rapport le plus bas.",
        "De 10 % à 5 %, le rapport est de 0,5 ; de 60 % à 45 %, il est de 0,75. "
        "Le premier décroche davantage, malgré un écart de 5 points seulement.",
    ),
    "s1-manque": (
        "Combien de visites du mobile ajouteraient au panier avec le taux de l’ordinateur, et combien le font déjà ?",
        "Visites du mobile × (taux d’ajout de l’ordinateur − taux d’ajout du mobile).",
        "Avec 2 000 visites, un taux de 5 % et un modèle à 8 %, il manque 2 000 × 0,03 = 60 ajouts.",
    ),
    "s1-parcours": (
        "Un collègue reconnaîtrait-il des familles en lisant vos cinq lignes ?",
        "Une ligne par étape, dans l’ordre ; un indicateur qui mesure cette étape, son taux pour 100 sur les huit "
        "semaines de référence ; au moins une rupture, avec son traitement.",
        "Pour un loueur de vélos, étape « information » : « Faut-il un casque pour un enfant ? », page d’aide, "
        "pages lues pour 100 visites.",
    ),
    "s1-note": (
        "Si la direction ne lisait que votre première phrase, saurait-elle quoi faire ?",
        "De 120 à 200 mots, un titre seul sur sa ligne : la réponse d’abord, quatre chiffres au moins, une limite, "
        "puis une action et sa date.",
        "« Rassurons les seniors avant le devis. 30 % de leurs avis parlent de l’accueil… »",
    ),
    "s1-affinite-voyageurs": (
        "Quels sont le segment et le thème, cette fois, et à quoi compare-t-on ?",
        "100 × fréquence du thème chez les voyageurs ÷ fréquence du thème dans tous les avis.",
        "Avec 12 % dans le segment et 16 % dans tous les avis, l’indice est de 75 : le segment en parle moins.",
    ),
}
