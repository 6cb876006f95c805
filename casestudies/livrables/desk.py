"""What the open case does with deliverables: find one by name, read it back, write its template, open its editor."""

from pathlib import Path
from typing import Any

import pandas as pd

from casestudies.answers import encode
from casestudies.display import Card
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.livrables.cells import frame_of
from casestudies.livrables.handed import rows_in
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Deliverable
from casestudies.livrables.places import FORMS
from casestudies.livrables.store import Shelf


class Desk:
    """The deliverables of one company, beside the notebooks of a folder."""

    def __init__(self, folder: Path, company: str) -> None:
        """Say where the deliverables are kept and of which company they are."""
        self.shelf = Shelf(folder)
        self._company = company

    def table(self, slug: str) -> pd.DataFrame | None:
        """Return what was filled in, None when nothing was."""
        deliverable = self.find(slug)
        filled = self.shelf.filled(deliverable)
        return frame_of(deliverable, filled.rows) if filled else None

    def template(self, slug: str, form: str) -> Card:
        """Write the template and say where it is; a filled file is never overwritten."""
        deliverable = self.find(slug)
        if form not in FORMS:
            raise UnknownNameError.of("forme", form, FORMS)
        path, written = self.shelf.template(deliverable, form)
        name = self.shelf.name(path)
        if not written:
            kept = f"`{name}` est déjà rempli : il est gardé tel quel. Pour repartir du modèle, renommez-le d’abord."
            return Card(f"{deliverable.title} : fichier gardé", "mixed", "!", (kept,))
        todo = f"Remplissez `{name}` dans votre tableur, enregistrez-le, puis relancez la cellule de votre réponse."
        return Card(f"{deliverable.title} : modèle prêt", "good", "✓", (todo,))

    def prefill(self, slug: str, lines: object, again: bool) -> Card:
        """Write a first draft, unless something is filled already; ``again`` sets that aside and starts afresh."""
        deliverable = self.find(slug)
        rows = rows_in(deliverable, encode(lines))
        filled = self.shelf.every_filled(deliverable)
        if not rows:
            todo = "Faites d’abord vos choix, puis relancez cette cellule : elle écrira le début de votre tableau."
            return Card(f"{deliverable.title} : rien à préparer", "mixed", "!", (todo,))
        if filled and not again:
            kept = (
                f"`{self.shelf.name(filled[0].path)}` contient déjà des lignes : elles restent telles quelles. Pour "
                "repartir de vos nouveaux choix, écrivez `recommencer=True`."
            )
            return Card(f"{deliverable.title} : tableau gardé", "mixed", "!", (kept,))
        asides = [self.shelf.name(self.shelf.set_aside(one.path)) for one in filled]
        path = self.shelf.path(deliverable, "csv")
        self.shelf.save(deliverable, rows, path)
        said = [f"{len(rows)} lignes vous attendent dans l’éditeur. Relancez sa cellule s’il est déjà ouvert."]
        said += [f"L’ancien tableau est gardé dans `{aside}`." for aside in asides]
        return Card(f"{deliverable.title} : début écrit", "good", "✓", tuple(said))

    def editor(self, slug: str) -> Any:
        """Return the editor widget."""
        from casestudies.studio.editeur import Editeur  # widgets are heavy: only when asked for

        return Editeur(self.find(slug), self.shelf).panneau

    def find(self, slug: str) -> Deliverable:
        """Return the table of that name.

        Raises
        ------
        CasekitError
            When no deliverable of this company has that name, or when it is a note.
        """
        mine = {name: one for name, one in deliverables().items() if one.company == self._company}
        if slug not in mine:
            raise UnknownNameError.of("pièce à rendre", slug, tuple(name for name, one in mine.items() if one.is_table))
        if not mine[slug].is_table:
            raise CasekitError(f"« {mine[slug].title} » est un texte : écrivez-le directement dans le notebook.")
        return mine[slug]
