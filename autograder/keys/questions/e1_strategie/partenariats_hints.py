"""The hints of notebook 05 of E1: a question, the formula in words, an example with other numbers."""

HINTS: dict[str, tuple[str, str, str]] = {
    "s5-entree-part": (
        "La question porte sur nos clients : quel nombre se place donc en dessous ?",
        "Part de nos clients = clients communs ÷ tous nos clients.",
        "Avec 30 clients communs, 60 clients chez nous et 500 chez le partenaire : 30 ÷ 60, soit la moitié des nôtres.",
    ),
    "s5-entree-empreintes": (
        "Une entreprise qui a une adresse et la clé peut-elle refaire l’empreinte ?",
        "Si l’on peut revenir à la personne, la donnée reste personnelle : elle est pseudonymisée, pas anonyme.",
        "Un numéro de vestiaire ne dit pas votre nom ; celui qui tient le registre, lui, sait que c’est vous.",
    ),
    "s5-entree-forme": (
        "Le kit existait-il avant que les deux entreprises travaillent ensemble ?",
        "Offre nouvelle faite à deux : co-développement. Deux marques sur un support : co-marquage. "
        "Chacun parle de l’autre : co-communication.",
        "Un fromager et un brasseur créent une bière affinée : co-développement. Ils impriment un sous-bock à deux "
        "logos : co-marquage.",
    ),
    "s5-modalites": (
        "Quel secteur l’annuaire contient-il qui ne peut pas être un partenaire ?",
        "Points = budget compatible + moment compatible + canal compatible ; on garde 2 points et plus, sans les "
        "concurrents.",
        "Quatre structures à 3, 2, 1 et 2 points, dont la dernière est un concurrent : il en reste 2.",
    ),
    "s5-structures": (
        "Pourquoi les clients de cette structure seraient-ils intéressés par nos isolants, et à quel moment ?",
        "Une ligne par structure : qui elle est, son intérêt, le chiffre qui l’appuie, la table d’où il vient, "
        "son rang.",
        "Un cuisiniste : ses clients rénovent déjà une pièce ; 45 % ont un autre projet ; table « annuaire » ; rang 2.",
    ),
    "s5-recouvrement": (
        "Une structure sans aucun client commun avec nous : est-ce vraisemblable, ou est-ce l’écriture ?",
        "Minuscules, puis retrait des répétitions, puis clients communs de chaque structure ÷ tous nos clients.",
        "Nous avons 50 clients. Le partenaire en connaît 10, une fois ses répétitions retirées : 10 ÷ 50 = 0,20.",
    ),
    "s5-jaccard": (
        "Combien de personnes différentes l’une ou l’autre des deux entreprises connaît-elle ?",
        "Jaccard = communs ÷ (clients du partenaire + nos clients − communs).",
        "Avec 10 communs, 50 clients chez nous et 30 chez le partenaire : 10 ÷ (50 + 30 − 10) = 0,143.",
    ),
    "s5-image": (
        "Un public interrogé dix fois plus qu’un autre doit-il peser autant que lui ?",
        "Note = somme de (répondants × note) ÷ somme des répondants.",
        "10 réponses à 9 et 90 réponses à 5 : (10 × 9 + 90 × 5) ÷ 100 = 5,4.",
    ),
    "s5-retenu": (
        "Combien de seuils une structure doit-elle passer pour être gardée ?",
        "Recouvrement, points et note d’image : les trois au-dessus de leur seuil, ou juste dessus.",
        "Avec 30 % de clients communs, 3 points et une note de 6, une structure est écartée : l’image est sous 6,5.",
    ),
    "s5-partenaires": (
        "Que dirait la direction si une ligne n’expliquait pas pourquoi la structure est gardée ou écartée ?",
        "Une ligne par structure étudiée : cible, clients communs en %, modalités, points, décision, motif ; et pour "
        "celle que vous gardez, la forme de l’alliance, son apport et le nôtre.",
        "Un cuisiniste : retenu ; co-marquage ; il prête son espace d’exposition, nous fournissons une cuisine témoin.",
    ),
    "s5-image-partenaires": (
        "Que fait cette structure, et que dit-on d’elle, sur chacune de nos quatre valeurs ?",
        "Chaque valeur croisée avec chaque partenaire : une preuve tirée d’une table, une note de −2 à 2 ; "
        "et deux risques au moins.",
        "Valeur « Gratuité », partenaire X : « annuaire_partenaires : devis payants » ; −1 ; risque : être vus chers.",
    ),
    "s5-note": (
        "Si la direction ne lisait que la première phrase, saurait-elle avec qui signer, et sous quelle forme ?",
        "La recommandation, trois chiffres au moins, la forme de l’alliance et ses contreparties, les données "
        "personnelles, une limite.",
        "« Signons avec le cuisiniste un co-marquage : il connaît 30 % de nos clients… Aucune liste ne circulera. »",
    ),
    "s5-couverture": (
        "Combien de fois votre calcul compte-t-il un client que les deux structures connaissent ?",
        "Clients connus de l’une + clients connus de l’autre − clients connus des deux, le tout ÷ tous nos clients.",
        "Sur 100 clients, l’une en connaît 40, l’autre 30, les deux 10 : (40 + 30 − 10) ÷ 100 = 0,60.",
    ),
}
