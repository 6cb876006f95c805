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
    it, None where no page hears; ``running`` is the text of the cell that asks, empty when it is a button.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        written: Sequence[Cell] = (),
        save: Callable[[], None] | None = None,
        running: str = "",
    ) -> None:
        """Keep where it is and how to have it saved."""
        self._running = running
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
        """Have the page saved where it can be; return whether it holds changes that the file does not."""
        if not self._name:
            return False
        if self._save is not None:
            self._save()
        end = time.monotonic() + (SAVE_S if self._save is not None else 0)
        while not self._is_saved():
            if time.monotonic() > end:
                return True
            time.sleep(STEP_S)
        return False

    def _is_saved(self) -> bool:
        """Whether the file holds the cell that runs this, and the cells that the page told of before it was written."""
        try:
            kept = dict(read_saved(self._folder / f"{self._name}.ipynb").written)
        except CasekitError:
            return self._save is None  # what is wrong with it is said where it is read
        asked = self._save is None or not self._running or self._running in kept.values()
        told = ((cell, source) for cell, source in self._written if not any(call in source for call in _OURS))
        return asked and all(kept.get(cell, "") in (source, self._running) for cell, source in told)
