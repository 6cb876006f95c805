"""The three hints of each question of notebook 04: a question, the formula in words, an example with other numbers."""

HINTS: dict[str, tuple[str, str, str]] = {
    "s4-entree-soldes": (
        "Le mot « soldes » peut-il s’employer toute l’année ?",
        "Le mot est réservé à deux périodes légales de quatre semaines, l’hiver et l’été.",
        "En octobre, « Soldes d’automne » est interdit ; « Promotion d’automne », avec son prix antérieur, est permis.",
    ),
    "s4-entree-jours": (
        "Quels jours de cette période sont travaillés ?",
        "Comptez le premier jour, puis avancez en sautant samedi, dimanche et jour férié, jusqu’à la durée voulue.",
        "Trois jours ouvrés à partir du jeudi 1er avril : jeudi, vendredi, puis lundi 5.",
    ),
    "s4-entree-parallele": (
        "Les deux tâches du milieu se font-elles l’une après l’autre, ou en même temps ?",
        "Durée = première tâche + la plus longue des tâches menées en même temps + dernière tâche.",
        "1 jour, puis 4 et 6 jours en même temps, puis 1 jour : 1 + 6 + 1 = 8 jours.",
    ),
    "s4-indice": (
        "Octobre a-t-il autant de jours d’ouverture que les autres mois ?",
        "Indice = ventes d’un jour d’ouverture moyen d’octobre ÷ ventes d’un jour d’ouverture moyen.",
        "Un jour d’ouverture de mai rapporte 4 400 €, un jour d’ouverture moyen 4 000 € : 4 400 ÷ 4 000 = 1,1.",
    ),
    "s4-prix-30": (
        "Quels prix ont été pratiqués pendant les trente jours qui précèdent l’annonce, ni plus tôt ni plus tard ?",
        "Prix antérieur = le plus bas des prix pratiqués pendant ces trente jours.",
        "Annonce le 1er juin ; 9 € jusqu’au 10 mai, 8 € du 11 au 20, 10 € ensuite : le prix antérieur est 8 €.",
    ),
    "s4-periodes": (
        "Pour chaque période, quelle donnée du dossier dit que c’est le bon moment ?",
        "Une ligne par opération : dates, motif, indice du mois de début, argument, six semaines de préparation.",
        "Fête du village le 20 mai : préparation dès le 1er avril, motif « fête », indice de mai, un argument.",
    ),
    "s4-lien": (
        "Dans la boucle, une tâche commence-t-elle avant la fin d’une tâche qu’elle dit attendre ?",
        "Comparez le début de chaque tâche de la boucle à la fin de ses prédécesseurs : un seul ne colle pas.",
        "T40 commence le 3 mars et attend T41, qui finit le 12 mars : c’est T40 qui a un prédécesseur en trop.",
    ),
    "s4-double": (
        "Dans le planning trié par rôle, deux tâches d’un même rôle se chevauchent-elles ?",
        "Deux tâches se chevauchent quand la seconde commence avant la fin de la première.",
        "Graphisme : T40 du 3 au 10 mars, T41 du 8 au 12 mars. Du 8 au 10, le rôle a deux tâches.",
    ),
    "s4-absence": (
        "Qui est en congé pendant le projet, et à quelles dates ?",
        "Rapprochez les jours de congé d’un rôle des dates de ses tâches : une tâche tombe dessus.",
        "Le graphisme est en congé du 8 au 12 mars et sa tâche T42 va du 9 au 11 : elle ne se fera pas.",
    ),
    "s4-retard": (
        "Que devient la fin du projet quand une seule des deux tâches change de mains ?",
        "Coupez le lien, ne confiez que la tâche du chevauchement, comptez les jours ouvrés après l’échéance.",
        "Échéance vendredi 5, fin mardi 9 : lundi 8 et mardi 9 sont en retard, soit 2 jours ouvrés.",
    ),
    "s4-critiques": (
        "Parmi les tâches que T22 attend, laquelle finit la dernière ? Et celle-là, laquelle attend-elle ?",
        "Partez de T22. À chaque étape, gardez le prédécesseur qui finit le dernier, ou les deux s’ils sont à égalité.",
        "D attend B (fin le 9) et C (fin le 12) : C est critique, B ne l’est pas. Puis on recommence à partir de C.",
    ),
    "s4-planning": (
        "Qu’avez-vous corrigé : un lien, et qui fait quoi ? Les dates suivent-elles ?",
        "Planning corrigé, titres de la charte, lignes triées par début, dates AAAA-MM-JJ, état de chaque tâche.",
        "T40 · 2027-03-03 · 2027-03-10 · 6 jours · 42 h · attend « T38, T39 » · état « alerte » si elle est critique.",
    ),
    "s4-entete": (
        "Que dit la charte du nom d’un fichier et de l’en-tête d’un document ?",
        "Nom : AAAA-MM-JJ_sujet_vN. En-tête : titre, rôle de l’auteur, date, version, destinataires, statut.",
        "Une note du 3 mars 2027 sur les horaires, première version : 2027-03-03_note-horaires_v1.",
    ),
    "s4-note": (
        "Si la direction ne lit que votre première phrase, que doit-elle décider ?",
        "La recommandation, puis les preuves chiffrées (saison, échéance, chemin critique), puis les limites.",
        "« Lançons les soupes en février : le mois est creux, à 0,94. Le projet finit un jour avant l’échéance… »",
    ),
    "s4-samedi": (
        "La question porte sur un jour de la semaine : quels jours d’ouverture garder ?",
        "Indice = ventes moyennes d’un samedi d’ouverture ÷ ventes moyennes d’un jour d’ouverture.",
        "Un lundi d’ouverture rapporte 3 600 €, un jour d’ouverture moyen 4 000 € : 3 600 ÷ 4 000 = 0,9.",
    ),
}
