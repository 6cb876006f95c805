"""What the notebook at hand asks for: reading it afresh, handing in its folder; its page is saved first if it can."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from casestudies.display import Card
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.findings import FeedbackService
from casestudies.freshness import Cell
from casestudies.remise.handing_in import HandedInCard, hand_in
from casestudies.remise.parcel import pack
from casestudies.remise.reading import card_of_reading, read_afresh
from casestudies.remise.saved import read_saved

SAVE_S = 4.0
"""How long a page may take to save its notebook."""
STEP_S = 0.05
_OURS = (".remettre(", ".relecture(")


class NotebookAtHand:
    """The notebook that runs this: its folder, its name (empty when it is not known), what its page holds.

    ``written`` are its code cells as the page last told them, none when it told nothing; ``save`` asks the page to save
    it, None where no page hears.
    """

    def __init__(
        self, folder: Path, name: str, written: Sequence[Cell] = (), save: Callable[[], None] | None = None
    ) -> None:
        """Keep where it is and how to have it saved."""
        self._folder = folder
        self._name = name
        self._written = list(written)
        self._save = save

    def reread(self, name: str, learner: str, service: FeedbackService | None) -> Card:
        """Run a saved notebook afresh and return what is to be said of it; an empty ``name`` means the one at hand.

        Raises
        ------
        CasekitError
            When it is not known, is not there, or cannot be read.
        """
        name = (name or self._name).removesuffix(".ipynb")
        path = self._folder / f"{name}.ipynb"
        if not name or Path(name).name != name or not path.is_file():
            there = tuple(sorted(one.stem for one in self._folder.glob("*.ipynb")))
            if name:
                raise UnknownNameError.of("notebook", name, there)
            named = ", ".join(f'`dossier.relecture("{one}")`' for one in there)
            raise CasekitError(f"Dites quel notebook relire : {named}.")
        unsaved = self._is_unsaved() and name == self._name
        saved = read_saved(path)
        reading = read_afresh(saved, pack(self._folder, [saved]).files, learner, self._folder, service)
        return card_of_reading(reading, unsaved)

    def hand_in(self, learner: str, service: FeedbackService | None) -> HandedInCard:
        """Hand in the folder.

        Raises
        ------
        CasekitError
            When it has no notebook that asks questions, or cannot be written.
        """
        return hand_in(self._folder, learner, service, unsaved=self._is_unsaved())

    def _is_unsaved(self) -> bool:
        """Have the page saved; return whether it still holds changes that the file does not."""
        path = self._folder / f"{self._name}.ipynb"
        if not self._name or (self._save is not None and _saved(path, self._save)):
            return False
        try:
            kept = dict(read_saved(path).written)
        except CasekitError:
            return False  # it is said where the file is read
        told = [(cell, source) for cell, source in self._written if not any(call in source for call in _OURS)]
        return any(kept.get(cell, "") != source for cell, source in told)


def _saved(path: Path, save: Callable[[], None]) -> bool:
    """Ask the page to save a notebook; return whether its file changed soon after."""
    try:
        before = path.stat().st_mtime_ns
        save()
        end = time.monotonic() + SAVE_S
        while time.monotonic() < end:
            time.sleep(STEP_S)
            if path.stat().st_mtime_ns != before:
                return True
    except OSError:
        pass
    return False
