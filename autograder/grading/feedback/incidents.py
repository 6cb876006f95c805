"""Incidents told to the learner: only what concerns them, in words that say what to do."""

from autograder.grading.records import Incident

TRAINERS_ONLY = frozenset({"autre-variante", "corrige-cherche"})
"""Incidents that only trainers read: a suspicion is talked over, never printed on a page."""

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
    "temps-depasse": "Un calcul a été arrêté parce qu’il durait trop longtemps (une boucle sans fin ?). "
    "Corrigez-le, puis redéposez votre notebook.",
}
"""What the learner reads, by incident code. A code that is not here is not shown."""


def told(incidents: list[Incident]) -> tuple[str, ...]:
    """Return what the learner is told of these incidents, each thing once."""
    return tuple(dict.fromkeys(WORDS[one.code] for one in incidents if one.code in WORDS))
