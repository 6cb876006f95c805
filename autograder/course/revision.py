"""The notebook of daily revision, at the root of a study folder."""

from pathlib import Path

from nbformat import v4

from autograder.course.root_notebooks import write_where_missing
from casestudies.study import REVISION as NOTEBOOK
from casestudies.typography import french

INTRODUCTION = """# Révision : cinq minutes par jour

Écrivez votre identifiant entre les guillemets, puis exécutez la cellule (**Maj + Entrée**). Cinq questions et deux mots
vous attendent : d’abord les erreurs que vous avez rencontrées dans vos notebooks, puis ce qu’il est temps de revoir.
Les chiffres changent chaque jour, et rien n’est noté. Une question manquée revient le lendemain ; une question réussie,
de plus en plus tard.

**Votre série** compte vos jours de révision. Un ou deux jours manqués de suite ne l’effacent pas ; au troisième, elle
repart de zéro. Pour revoir un mot du métier, ajoutez une cellule : `glossaire("ROAS")`."""

CELL = """from casestudies import glossaire, reviser

revision = reviser("")
revision"""


def write_revision(root: Path) -> list[Path]:
    """Write the notebook of revision where it is missing, and return it when it was written.

    Raises
    ------
    CasekitError
        When the folder cannot be written.
    """
    return write_where_missing(
        root / NOTEBOOK,
        lambda: [
            v4.new_markdown_cell(french(INTRODUCTION), id="revision-mode-d-emploi"),
            v4.new_code_cell(CELL, id="revision"),
        ],
    )
