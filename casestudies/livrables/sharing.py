"""A deliverable worked by several hands: its workbook travels, comes back, and is merged row by row.

What was shared is kept beside the progress, so that a workbook that comes back is compared with the version that both
started from. Nothing is written before the learner has settled every conflict, and what a merge replaces is kept.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casestudies.display import Card
from casestudies.downloads import FileLink, LinkedCard
from casestudies.errors import CasekitError
from casestudies.identity import STATE_FOLDER, read_json, write_json
from casestudies.livrables.cells import FileError
from casestudies.livrables.csv_file import read_csv
from casestudies.livrables.handed import recall, rows_in
from casestudies.livrables.merge_cards import Received, asking, choices_in, said
from casestudies.livrables.merging import Merged, merge
from casestudies.livrables.model import Cell, Deliverable, Row
from casestudies.livrables.places import FOLDER
from casestudies.livrables.store import MAX_BYTES, Shelf, digest_of, write_file
from casestudies.livrables.template import write_xlsx
from casestudies.livrables.xlsx_file import origin_of, read_xlsx
from casestudies.quoting import quoted, shown

SHARED = "partages"
MERGES = "fusions"
_VERSION = re.compile(r"[0-9a-f]{16}")
_KIT = ("", "casekit", "openpyxl")


@dataclass(frozen=True)
class Sharing:
    """The shared deliverables of a learner, beside the notebooks of a folder."""

    shelf: Shelf
    learner: str

    def share(self, deliverable: Deliverable) -> Card:
        """Write the workbook that travels, and say how it comes back.

        Raises
        ------
        CasekitError
            When nothing is filled, or the workbook cannot be written.
        """
        path = self.write(deliverable)
        name = self.shelf.name(path)
        lines = (
            f"Envoyez `{name}` à la personne qui travaille avec vous. Pendant ce temps, vous pouvez continuer de votre "
            "côté.",
            f"Quand il revient, glissez-le dans la liste des fichiers, puis lancez `dossier.fusionner("
            f'"{deliverable.slug}", "{path.name}")` avec le nom du fichier reçu.',
        )
        link = FileLink(f"Télécharger {path.name}", name, self.shelf.folder)
        return LinkedCard(f"{deliverable.title} : classeur à partager", "good", "✓", lines, links=(link,))

    def write(self, deliverable: Deliverable) -> Path:
        """Write the workbook that travels, keep the version that it holds, and return its path.

        Raises
        ------
        CasekitError
            When nothing is filled, or the workbook cannot be written.
        """
        rows = self.rows(deliverable)
        if not rows:
            raise CasekitError(f"{deliverable.title} : rien n’est encore rempli, il n’y a rien à partager.")
        version = _version(rows)
        write_json(self._kept(deliverable, version), {"lignes": rows})
        path = self.shelf.folder / FOLDER / f"{deliverable.slug}-partage.xlsx"
        content = write_xlsx(deliverable, rows, version)
        if path.is_file() and self._is_answer(deliverable, path):
            self.shelf.set_aside(path)
        write_file(path, content, self.shelf.name(path))
        return path

    def merge(self, deliverable: Deliverable, file: str, choices: object = None) -> Card:
        """Merge a workbook that came back; with conflicts to settle, write nothing and show them.

        Raises
        ------
        CasekitError
            When the workbook or the choices cannot be read, or the result cannot be written.
        """
        mine, received = self.rows(deliverable), self._received(deliverable, file)
        seen = merge(deliverable, received.base, mine, received.rows)
        kept = choices_in(choices, seen.conflicts)
        state, now = self._state(deliverable), _version([*mine, {"": None}, *received.rows])
        moved = bool(kept) and not isinstance(choices, str) and state.get("proposition") != now
        if moved or any(one.number not in kept for one in seen.conflicts):
            write_json(self._state_path(deliverable), {**state, "proposition": now})
            return asking(deliverable, file, received, seen, kept if not moved else {}, moved)
        made = merge(deliverable, received.base, mine, received.rows, kept)
        if list(made.rows) == mine:
            nothing = f"{received.who} n’apporte rien que votre tableau ne dise déjà. Rien n’a été écrit."
            return Card(f"{deliverable.title} : rien à fusionner", "good", "✓", (nothing,))
        return self._written(deliverable, received, made)

    def undo(self, deliverable: Deliverable) -> Card:
        """Put back what the last merge replaced; what is there now is kept under another name.

        Raises
        ------
        CasekitError
            When there is nothing to put back.
        """
        state = self._state(deliverable)
        before, path = str(state.get("avant") or ""), self.shelf.folder / str(state.get("fichier") or "")
        aside = self.shelf.folder / before
        if not state.get("fichier") or (before and not aside.is_file()):
            raise CasekitError(f"{deliverable.title} : il n’y a pas de fusion à annuler ici.")
        kept = self.shelf.name(self.shelf.set_aside(path)) if path.is_file() else ""
        if before:
            aside.rename(path)
        write_json(self._state_path(deliverable), {})
        lines = [f"`{self.shelf.name(path)}` est comme avant la fusion. Relancez la cellule de votre réponse."]
        if kept:
            lines.append(f"Le tableau fusionné est gardé dans `{kept}`.")
        return Card(f"{deliverable.title} : fusion annulée", "good", "✓", tuple(lines))

    # --- files

    def rows(self, deliverable: Deliverable) -> list[Row]:
        """Return the rows of the file, else those handed in from the notebook."""
        filled = self.shelf.filled(deliverable)
        if filled:
            return filled.rows
        return rows_in(deliverable, recall(self.shelf.folder, self.learner, deliverable.question))

    def _received(self, deliverable: Deliverable, file: str) -> Received:
        path = self._found(deliverable, file)
        name = shown(path.name)
        try:
            with path.open("rb") as stream:
                content = stream.read(MAX_BYTES)
        except OSError as cause:
            raise FileError.of(name, "le fichier ne peut pas être lu.", "Fermez-le, puis réessayez.") from cause
        if path.suffix.lower() == ".csv":
            return Received(name, read_csv(deliverable, content, name), [], False, f"Le fichier {quoted(path.name)}")
        rows, (version, by) = read_xlsx(deliverable, content, name), origin_of(content, name)
        base = self._shared(deliverable, version)
        who = f"Le classeur {quoted(path.name)}"
        if by.casefold() not in _KIT:
            who += f", modifié en dernier par {quoted(by, 40)},"
        return Received(name, rows, base or [], base is not None, who)

    def _found(self, deliverable: Deliverable, file: str) -> Path:
        places = [self.shelf.folder / file, self.shelf.folder / FOLDER / file]
        found = next((path for path in places if path.is_file()), None)
        if found is None:
            raise CasekitError(
                f"Le fichier {quoted(file)} n’est pas là. Glissez le classeur reçu dans la liste des fichiers, à côté "
                "de ce notebook, et écrivez son nom comme vous le voyez."
            )
        if any(found.samefile(one.path) for one in self.shelf.every_filled(deliverable)):
            raise CasekitError(f"{quoted(file)} est votre propre fichier : donnez le nom de celui que vous avez reçu.")
        return found

    def _shared(self, deliverable: Deliverable, version: str) -> list[Row] | None:
        """Return the rows of a version that was shared from here; None when it was not."""
        if not _VERSION.fullmatch(version):
            return None
        found = read_json(self._kept(deliverable, version)).get("lignes")
        rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
        return rows if _version(rows) == version else None

    def _is_answer(self, deliverable: Deliverable, path: Path) -> bool:
        """Whether a workbook at the place of the one that travels holds somebody's work."""
        try:
            content = path.read_bytes()
            rows, (version, _) = read_xlsx(deliverable, content, path.name), origin_of(content, path.name)
        except (OSError, CasekitError):
            return True
        return self._shared(deliverable, version) != rows

    def _kept(self, deliverable: Deliverable, version: str) -> Path:
        return self.shelf.folder / STATE_FOLDER / SHARED / f"{deliverable.slug}-{version}.json"

    def _state_path(self, deliverable: Deliverable) -> Path:
        return self.shelf.folder / STATE_FOLDER / MERGES / f"{deliverable.slug}.json"

    def _state(self, deliverable: Deliverable) -> dict[str, object]:
        return read_json(self._state_path(deliverable))

    def _written(self, deliverable: Deliverable, received: Received, made: Merged) -> Card:
        filled = self.shelf.every_filled(deliverable)
        path, before = filled[0].path if filled else self.shelf.place(deliverable), ""
        if path.is_file():
            aside = self.shelf.free_aside(path)
            before = self.shelf.name(aside)
            write_file(aside, path.read_bytes(), before)
        self.shelf.save(deliverable, made.rows, path)
        for twin in filled[1:]:
            if digest_of(twin.path) == twin.digest:
                self.shelf.set_aside(twin.path)
        name = self.shelf.name(path)
        write_json(self._state_path(deliverable), {"avant": before, "fichier": name})
        lines = [f"`{name}` contient maintenant les deux versions. Relancez la cellule de votre réponse : elle le lit."]
        if before:
            lines.append(f"Votre version d’avant est gardée dans `{before}`.")
        lines.append(f'Pour revenir en arrière : `dossier.annuler_fusion("{deliverable.slug}")`.')
        return Card(f"{deliverable.title} : fusion faite", "good", "✓", tuple(lines), said(deliverable, made.changes))


def _version(rows: Sequence[Mapping[str, Cell]]) -> str:
    """Return what names a version of a table: the same rows have the same name."""
    text = json.dumps([list(row.items()) for row in rows], ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
