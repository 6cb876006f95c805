"""A file that cannot be graded as it is: why, and what the trainer should ask for. In French."""

from autograder.grading.records import Incident

AGAIN = "Demandez un nouveau dépôt : rouvrir le notebook dans JupyterLab, l’enregistrer, puis le redéposer."
NOTHING = "Rien à faire."
LOST = frozenset(
    {
        "illisible", "notebook-absent", "echec", "lien-refuse", "autre-langage", "autre-notebook", "a-choisir",
        "inconnu", "dossier-introuvable",
    }
)  # fmt: skip
"""Incidents that leave criteria without a score."""

MENDED = frozenset(
    {
        "renomme", "notebooks-echanges", "autre-version", "encodage", "sorties-retirees", "ancien-format",
        "remis-en-forme", "images-retirees", "fichiers-ecartes", "dossier-renomme", "date-de-remise",
        "recu-illisible", "recu-different",
    }
)  # fmt: skip
"""Incidents of triage that cost nothing: what was mended, or noticed and left aside."""


class RefusedError(Exception):
    """Stops the reading of one file; carries the incident, whose notebook is filled in by the caller."""

    def __init__(self, what: str, advice: str = AGAIN, code: str = "illisible") -> None:
        """Say ``what`` is wrong (a sentence that goes on after « fichier » :) and the ``advice`` to the trainer."""
        super().__init__(what)
        self.incident = Incident(code, what, advice)
