"""The three hints of each question of E1 notebook 02: a question, the method in words, an example."""

HINTS: dict[str, tuple[str, str, str]] = {
    "s2-entree-score": (
        "Si le prix compte trois fois plus que le service, ses points comptent combien de fois ?",
        "Score = (poids × note, additionnés) ÷ somme des poids.",
        "Poids 4 et 1, notes 5 et 3 : (4 × 5 + 1 × 3) ÷ 5 = 4,6.",
    ),
    "s2-entree-origine": (
        "Qu’est-ce qui a changé en premier : l’entreprise, ou ce qui l’entoure ?",
        "On place un fait d’après sa cause. Cause dans l’entreprise : force ou faiblesse. Cause dehors : opportunité "
        "ou menace.",
        "« Nos livraisons prennent du retard : les transporteurs sont en grève. » La cause est la grève : menace.",
    ),
    "s2-entree-croisement": (
        "FaO : de quelles cases du tableau parlent ces deux initiales ?",
        "Un croisement part d’un fait interne, y joint un fait externe, et en tire une action.",
        "Faiblesse : pas de site en anglais. Opportunité : une ligne de train amène des touristes. "
        "Action : traduire le site avant l’ouverture de la ligne.",
    ),
    "s2-scores": (
        "Un critère de poids 4 doit-il compter autant qu’un critère de poids 1 ?",
        "Pour chaque entreprise : multipliez chaque note par son poids, additionnez, divisez par la somme des poids.",
        "Poids 2, 2 et 1, notes 5, 3 et 1 : (10 + 6 + 1) ÷ 5 = 3,4.",
    ),
    "s2-meneur": (
        "Quel classement tient compte de l’importance des critères ?",
        "Parmi les concurrents, et eux seuls, prenez le plus grand score pondéré.",
        "Scores de 3,1, 3,4 et 2,9 : le deuxième mène, même si sa moyenne simple est la plus basse.",
    ),
    "s2-score-frais": (
        "Au 5 octobre 2026, quelle source a plus de douze mois ? Une fois sa ligne retirée, que devient la somme des "
        "poids ?",
        "Retirez les lignes dont la source date d’avant le 5 octobre 2025, puis refaites le score : somme de "
        "poids × note ÷ somme des poids restants.",
        "Poids 5, 3 et 2, le dernier écarté, notes 4 et 2 : (20 + 6) ÷ 8 = 3,25.",
    ),
    "s2-benchmark": (
        "Avez-vous au moins trois concurrents, votre entreprise, et six critères pour chacun ?",
        "Une ligne par entreprise et par critère ; les poids d’une entreprise font 1 ; score = poids × note ; une "
        "source de moins de douze mois ; au moins trois lectures.",
        "« Délai : Concurrent A prend 0,4 point d’avance à lui seul ; le rattraper compte plus que baisser le prix. »",
    ),
    "s2-tri": (
        "Couvrez les mots « nous » et « nos ». Si l’entreprise fermait demain, ce fait existerait-il encore ?",
        "Interne : l’entreprise en est la cause et peut le changer seule. Externe : il vaut aussi pour les autres.",
        "« Notre facture d’énergie grimpe : le prix du gaz monte partout. » La cause est le prix du gaz : externe. "
        "« Le quartier se plaint : nos camions livrent la nuit. » La cause est notre horaire : interne.",
    ),
    "s2-swot": (
        "Chaque ligne dit-elle un fait, avec son numéro, ou une envie ?",
        "Trois lignes au moins par case ; les poids des lignes internes font 1, ceux des externes aussi ; une "
        "intensité de 1 à 5 ; une preuve par ligne.",
        "Repère « Fo1 », force, « un client sur deux revient dans l’année », interne, preuve F31, poids 0,2, "
        "intensité 4.",
    ),
    "s2-croisements": (
        "Avez-vous une action pour chacune des quatre rencontres, et sauriez-vous dire laquelle lancer en premier ?",
        "FO joint une force et une opportunité, FaO une faiblesse et une opportunité, FM une force et une menace, "
        "FaM une faiblesse et une menace. Citez les repères de votre tableau ; numérotez les actions retenues.",
        "FaO, « Fa2, Op1 », « ouvrir un site en anglais avant l’été », retenue, priorité 1.",
    ),
    "s2-note": (
        "Un dirigeant qui ne lit que les deux premières lignes sait-il quoi décider ?",
        "Un titre, une ligne vide, puis la décision, les preuves (concurrents, repères, chiffres), la limite : de "
        "120 à 200 mots.",
        "« Réduisons d’abord le délai. Notre meilleur concurrent a deux points d’avance (Fa1)… »",
    ),
    "s2-score-segment": (
        "Les poids du tableau sont ceux de tous les parents : lesquels faut-il prendre ici ?",
        "Écartez le critère périmé, puis : somme de (nouveau poids × note) ÷ somme des nouveaux poids.",
        "Nouveaux poids 1, 4 et 3, notes 5, 2 et 3 : (5 + 8 + 9) ÷ 8 = 2,75.",
    ),
}
