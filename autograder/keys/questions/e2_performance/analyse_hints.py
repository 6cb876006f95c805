"""The three hints of each question of notebook 02: a question, the formula in words, an example with other numbers."""

from casestudies.names import NAMES

HINTS: dict[str, tuple[str, str, str]] = {
    "q2-entree-fenetres": (
        "En décembre, les jouets se vendent-ils comme en novembre ? Et combien de week-ends compte chaque période ?",
        "Deux périodes comparables ont la même durée, les mêmes jours de la semaine et la même saison.",
        "Pour une action du jeudi 5 au dimanche 8 mars 2026, on peut prendre du jeudi 6 au dimanche 9 mars 2025, "
        "soit 364 jours plus tôt.",
    ),
    "q2-entree-base": (
        "La base est ce qui se serait vendu ces jours-là sans l’action. Que sait-on de l’an dernier, et de "
        "l’évolution ?",
        "Base = ventes des mêmes jours un an plus tôt × (1 + tendance mesurée avant l’action).",
        "500 unités l’an dernier et une tendance de +10 % : la base vaut 500 × 1,10 = 550 unités.",
    ),
    "q2-entree-temoin": (
        "À quoi sert le témoin ? Que deviendrait-il si l’action le touchait aussi ?",
        "Un bon témoin n’est pas en promotion, ne perd pas de clients à cause d’elle, et évoluait comme elle avant.",
        "Une promotion sur les thés fait baisser les cafés : le café est touché. La vaisselle, elle, peut "
        "servir de témoin.",
    ),
    "q2-ecart-avant": (
        "Vos deux nombres portent-ils sur la gamme Cheveux seule, et sont-ils tous deux des moyennes par jour ?",
        "Gardez la gamme Cheveux, divisez le total de chaque période par son nombre de jours, "
        "puis soustrayez : pendant − avant.",
        "Pendant : 600 unités en 6 jours, soit 100 par jour. Avant : 480 en 6 jours, soit 80. L’écart est de "
        "20 par jour.",
    ),
    "q2-evolution-n1": (
        "De quel niveau part l’évolution : celui d’aujourd’hui, ou celui d’il y a un an ?",
        "Évolution = (pendant − un an plus tôt) ÷ un an plus tôt, avec des moyennes par jour.",
        "De 80 à 100 unités par jour : (100 − 80) ÷ 80 = 0,25.",
    ),
    "q2-tendance": (
        "Quelle période dit comment l’activité évoluait quand la promotion n’existait pas encore ?",
        "Tendance = (huit semaines avant − mêmes huit semaines un an plus tôt) ÷ mêmes huit semaines un an plus tôt.",
        "4 400 unités sur huit semaines, contre 4 000 un an plus tôt : (4 400 − 4 000) ÷ 4 000 = 0,10.",
    ),
    "q2-base": (
        "L’an dernier suffit-il, alors que l’activité a changé de rythme depuis ?",
        "Base = unités Cheveux des mêmes jours un an plus tôt × (1 + tendance). C’est un total, pas une moyenne.",
        "500 unités l’an dernier et une tendance de 0,10 : 500 × 1,10 = 550 unités.",
    ),
    "q2-brut": (
        "Parmi les unités vendues, lesquelles se seraient vendues de toute façon ?",
        "Hausse brute = unités vendues pendant la promotion − base.",
        "800 unités vendues, base de 550 : la hausse brute est de 250 unités.",
    ),
    "q2-did": (
        "Le témoin n’a reçu aucune remise. Ses ventes ont-elles bougé d’une année sur l’autre ?",
        "Différence de différences = (Cheveux pendant − Cheveux un an plus tôt) − (Maison pendant − Maison "
        "un an plus tôt), "
        "en moyennes par jour.",
        "Exposé : de 60 à 100. Témoin : de 40 à 45. Effet : (100 − 60) − (45 − 40) = 35 unités par jour.",
    ),
    "q2-did-relatif": (
        "Si Cheveux avait grandi au même rythme que Maison, à quel niveau serait-elle ?",
        "Effet relatif = (Cheveux pendant ÷ un an plus tôt) ÷ (Maison pendant ÷ un an plus tôt) − 1.",
        "Exposé : 60 à 90, soit × 1,5. Témoin : 40 à 50, soit × 1,25. Effet : 1,5 ÷ 1,25 − 1 = 0,20.",
    ),
    "q2-creux": (
        "Combien aurait-on vendu pendant ces deux semaines si la promotion n’avait pas eu lieu ?",
        "Creux = unités des deux semaines d’après − unités des mêmes jours un an plus tôt × (1 + tendance).",
        "450 unités après ; 500 un an plus tôt ; tendance de 0,10. Creux : 450 − 550 = −100 unités.",
    ),
    "q2-cannibalisation": (
        "La gamme Corps n’était pas en promotion. Qu’aurait-elle vendu ces jours-là, à son propre rythme ?",
        "Ventes de Corps pendant la promotion − ses ventes un an plus tôt × (1 + sa propre tendance), "
        "mesurée sur les huit semaines d’avant.",
        "180 unités vendues ; 200 un an plus tôt. Tendance : (880 − 800) ÷ 800 = 0,10, donc base de 220. "
        "Écart : 180 − 220 = −40 unités.",
    ),
    "q2-net": (
        "Le creux et la cannibalisation sont négatifs. Faut-il les ajouter ou les soustraire ?",
        "Gain net = hausse brute + creux + cannibalisation, chaque terme une seule fois, avec son signe.",
        "Hausse de 250, creux de −100, cannibalisation de −40 : 250 − 100 − 40 = 110 unités.",
    ),
    "q2-part": (
        "Sur 100 unités de hausse apparente, combien restent une fois tout compté ?",
        "Part = gain net ÷ hausse brute.",
        "110 unités nettes sur 250 brutes : 110 ÷ 250 = 0,44.",
    ),
    "q2-demi-intervalle": (
        "Parmi les nombres affichés, lequel parle de l’incertitude sur l’effet, "
        "et lequel des écarts d’un jour à l’autre ?",
        "Marge d’erreur à 95 % = 1,96 × erreur-type. Elle s’ajoute et se retire de l’estimation.",
        "Effet de 35, erreur-type de 5 : la marge d’erreur est de 9,8, et l’intervalle va de 25,2 à 44,8.",
    ),
    "q2-zero": (
        "Placez zéro sur une règle graduée, puis les deux bornes. Zéro est-il entre elles ?",
        "L’intervalle contient zéro si la borne basse est négative et la borne haute positive.",
        "De −2 à 6 : il contient zéro. De 3 à 11 : il ne le contient pas.",
    ),
    "q2-visage": (
        "Que laissent possible les deux bornes de l’intervalle de Visage ?",
        "Zéro hors de l’intervalle : effet établi, hausse ou baisse. Zéro dedans : on ne peut pas trancher.",
        "Un effet de 2, entre −1 et 5 : peut-être rien, peut-être 5. On écrit « effet non établi », pas « "
        "aucun effet ».",
    ),
    "q2-placebo": (
        "À la fausse date, il n’y avait pas de promotion. Que devrait trouver une bonne méthode ?",
        "Regardez si l’intervalle de la fausse date contient zéro : oui, le test est passé ; non, il faut "
        "chercher pourquoi.",
        "Effet de 1, entre −3 et 5 : zéro est dedans, le test est passé. Effet de 6, entre 2 et 10 : zéro est dehors, "
        "le test n’est pas passé.",
    ),
    "q2-graphique": (
        "Que retiendrait la direction si elle ne lisait que le titre ?",
        "Il faut : un titre avec un verbe ou un chiffre, deux axes nommés, l’unité, une légende, les jours "
        "de promotion "
        "repérés, et un texte de remplacement.",
        f"Pour {NAMES['treziflow']} : titre « Les essais doublent, puis retombent » ; "
        "axe vertical « essais par jour ».",
    ),
    "q2-constats": (
        "Chaque ligne dit-elle une chose nouvelle, avec un chiffre et la pièce qui le prouve ?",
        "Trois lignes au moins. Preuve : une table ou une question du notebook. Au moins un intervalle, une "
        "limite et une "
        "autre cause possible.",
        "Constat : les essais montent. Ampleur : +35 par jour. Intervalle : de 25 à 45. Preuve : q2-demi-intervalle.",
    ),
    "q2-note": (
        "La direction lit une minute : trouve-t-elle la réponse dès le titre ?",
        "Un titre seul sur sa ligne, une ligne vide, la recommandation, deux chiffres au moins, une limite, "
        "puis la décision proposée.",
        "« Tester avant de refaire ». Puis : l’effet (+35 par jour), ce qu’on ignore encore, ce que nous recommandons.",
    ),
    "q2-ca-relatif": (
        "Quelle colonne contient des euros ? Pendant la remise, une unité rapporte-t-elle autant qu’avant ?",
        "Le même calcul que l’effet relatif en unités, avec la colonne ca_ttc.",
        "Exposé : 600 € à 780 € par jour, soit × 1,3. Témoin : 400 € à 416 €, soit × 1,04. Effet : 1,3 ÷ "
        "1,04 − 1 = 0,25.",
    ),
}
