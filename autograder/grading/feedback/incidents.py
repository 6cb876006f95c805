"""Incidents shown to the learner: only what concerns them, in words that say what to do."""

from autograder.grading.records import Incident

TRAINERS_ONLY = frozenset(
    {
        "autre-variante", "corrige-cherche", "encodage", "ancien-format", "remis-en-forme", "fichiers-ecartes",
        "dossier-renomme", "dossier-introuvable", "inconnu", "date-de-remise", "recu-illisible", "recu-different",
    }
)  # fmt: skip
"""Incidents that only trainers read: suspicions, talked over and never printed on a page; repairs that cost nothing."""

WORDS = {
    "notebook-absent": "Ce notebook n’a pas été remis : ses questions n’ont pas pu être corrigées. "
    "Déposez-le, ou parlez-en à votre formateur.",
    "illisible": "Le fichier remis n’a pas pu être lu : il est abîmé ou n’est pas un notebook. "
    "Rouvrez le vôtre dans JupyterLab, enregistrez-le, puis redéposez-le.",
    "echec": "La correction automatique de ce notebook n’a pas abouti. Votre formateur est prévenu ; "
    "vous n’avez rien perdu.",
    "renomme": "Votre fichier avait changé de nom : il a été reconnu et corrigé. "
    "Gardez le nom d’origine la prochaine fois.",
    "cellules-en-double": "Des cellules avaient été copiées : une seule des copies a été corrigée.",
    "cellules-remises": "Des cellules de contrôle manquaient : elles ont été remises en place, "
    "et vos réponses corrigées normalement.",
    "autre-langage": "Votre notebook était réglé sur un autre langage que Python : il n’a pas pu être corrigé. "
    "Choisissez « Noyau > Changer de noyau… > Python 3 », exécutez tout, puis redéposez-le.",
    "autre-notebook": "Le fichier remis n’est pas le notebook demandé, ou il a perdu ses cellules de contrôle. "
    "Déposez le notebook de cette évaluation, ou parlez-en à votre formateur.",
    "a-choisir": "Vous avez remis plusieurs versions de ce notebook, aucune sous son nom d’origine : dites à votre "
    "formateur laquelle corriger.",
    "lien-refuse": "Ce qui a été remis est un lien, pas un fichier : déposez le fichier lui-même.",
    "notebooks-echanges": "Deux notebooks avaient échangé leurs noms : chacun a été corrigé comme ce qu’il est.",
    "autre-version": "Votre copie contenait plusieurs versions de ce notebook : celle qui porte le nom d’origine a été "
    "corrigée. Si ce n’est pas la bonne, parlez-en à votre formateur.",
    "sorties-retirees": "Les sorties enregistrées, trop lourdes, ont été retirées avant la correction : "
    "vos points n’en dépendent pas.",
    "images-retirees": "Des images collées dans un texte étaient trop lourdes pour la correction automatique : "
    "votre formateur les regarde dans votre fichier d’origine.",
    "cellules-coupees": "Des cellules de contrôle avaient été coupées : elles ont été remises en une seule, "
    "et vos réponses corrigées normalement.",
    "livrable-absent": "Un tableau que vous aviez rempli dans un fichier n’a pas été remis avec le notebook : "
    "il n’a pas pu être corrigé. Déposez aussi le dossier « livrables ».",
    "programme-arrete": "Une cellule a arrêté le programme (mémoire épuisée ou sortie forcée) : elle n’a pas compté, "
    "les autres réponses ont été corrigées. Relisez-la, puis redéposez le notebook.",
    "reponse-differente": "Des réponses affichées dans votre copie ne sont pas celles que donne le notebook exécuté du "
    "début : une cellule a été modifiée sans être relancée, ou s’arrête sur une erreur. C’est l’exécution du début qui "
    "compte. Relancez tout (menu « Noyau »), puis redéposez votre notebook.",
    "temps-depasse": "Un calcul a été arrêté parce qu’il durait trop longtemps (une boucle sans fin ?). "
    "Corrigez-le, puis redéposez votre notebook.",
}
"""What the learner reads, by incident code. A code that is not here is not shown."""


def told(incidents: list[Incident]) -> tuple[str, ...]:
    """Return the sentences that the learner reads on these incidents, each once."""
    return tuple(dict.fromkeys(WORDS[one.code] for one in incidents if one.code in WORDS))
