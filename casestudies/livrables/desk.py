"""What the open case does with deliverables: find one by name, read it back, write its template, open its editor."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from casestudies.answers import encode
from casestudies.display import Card
from casestudies.downloads import FileLink, LinkedCard
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.livrables.cells import frame_of
from casestudies.livrables.exports import export
from casestudies.livrables.handed import rows_in
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Deliverable, Row
from casestudies.livrables.places import FORMS
from casestudies.livrables.sharing import Sharing
from casestudies.livrables.store import Shelf
from casestudies.valorisation.forms import FORMS as OWN_FORMS
from casestudies.valorisation.forms import VALORISATION, competencies_of, first_rows


class Desk:
    """The deliverables of one company, beside the notebooks of a folder."""

    def __init__(self, folder: Path, company: str, learner: str = "") -> None:
        """Say where the deliverables are kept, of which company they are, and whose."""
        self.shelf = Shelf(folder)
        self._company = company
        self._learner = learner

    def table(self, slug: str) -> pd.DataFrame | None:
        """Return what was filled in, None when nothing was."""
        deliverable = self.find(slug)
        filled = self.shelf.filled(deliverable)
        return frame_of(deliverable, filled.rows) if filled else None

    def template(self, slug: str, form: str, start: object = None) -> Card:
        """Write the template and say where it is; a filled file is never overwritten."""
        deliverable = self.find(slug)
        if form not in FORMS:
            raise UnknownNameError.of("forme", form, FORMS)
        path, written = self.shelf.template(deliverable, form, self._start(deliverable, start))
        name = self.shelf.name(path)
        links = (FileLink(f"Télécharger {path.name}", name, self.shelf.folder),)
        if not written:
            kept = f"`{name}` est déjà rempli : il est gardé tel quel. Pour repartir du modèle, renommez-le d’abord."
            return LinkedCard(f"{deliverable.title} : fichier gardé", "mixed", "!", (kept,), links=links)
        then = "la cellule de votre réponse" if deliverable.question else "`dossier.valorisation()`"
        todo = f"Remplissez `{name}` dans votre tableur, enregistrez-le, puis relancez {then}."
        if form == "xlsx":
            todo += " Téléchargé, il se remet ensuite à la même place : glissez-le dans la liste des fichiers."
        return LinkedCard(f"{deliverable.title} : modèle prêt", "good", "✓", (todo,), links=links)

    def editor(self, slug: str, start: object = None) -> Any:
        """Return the editor widget; when nothing is filled, it shows the rows of ``start``."""
        from casestudies.studio.editeur import Editeur  # widgets are heavy: only when asked for

        deliverable = self.find(slug)
        return Editeur(deliverable, self.shelf, self._start(deliverable, start))

    def share(self, slug: str) -> Card:
        """Write the workbook of a deliverable that travels to somebody else."""
        return self._sharing.share(self.find(slug))

    def merge(self, slug: str, file: str, choices: object = None) -> Card:
        """Merge a workbook that came back, or show the conflicts to settle first."""
        return self._sharing.merge(self.find(slug), file, choices)

    def undo_merge(self, slug: str) -> Card:
        """Put back what the last merge replaced."""
        return self._sharing.undo(self.find(slug))

    def export(self, slug: str) -> Card:
        """Write the dated actions of a deliverable as a calendar and as a table for a task board."""
        deliverable = self.find(slug)
        rows = self._sharing.rows(deliverable)
        return export(self.shelf.folder, deliverable, rows, datetime.now(UTC))

    @property
    def _sharing(self) -> Sharing:
        return Sharing(self.shelf, self._learner)

    def find(self, slug: str) -> Deliverable:
        """Return the table of that name: of this company, or one of the dossier de valorisation, which has none.

        Raises
        ------
        CasekitError
            When no deliverable of this company has that name, or when it is a note.
        """
        mine = {name: one for name, one in deliverables().items() if one.company == self._company} | OWN_FORMS
        if slug not in mine:
            raise UnknownNameError.of("pièce à rendre", slug, tuple(name for name, one in mine.items() if one.is_table))
        if not mine[slug].is_table:
            raise CasekitError(f"« {mine[slug].title} » est un texte : écrivez-le directement dans le notebook.")
        return mine[slug]

    def _start(self, deliverable: Deliverable, start: object) -> list[Row]:
        """Return the rows to begin with: those given; else the competencies that this folder is about."""
        if start is None and deliverable is VALORISATION:
            return first_rows(competencies_of(self.shelf.folder.name))
        return _rows(deliverable, start)


def _rows(deliverable: Deliverable, start: object) -> list[Row]:
    """Return a table or a list of rows as rows of the deliverable; none for None."""
    return [] if start is None else rows_in(deliverable, encode(start))
