"""One day's revision: its cards in order, the answer to each, and what is kept of them."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from casestudies.errors import CasekitError
from casestudies.findings import FeedbackService
from casestudies.identity import read_json, write_json
from casestudies.revision.cards import Flashcard, Reaction, judge
from casestudies.revision.glossary import word_cards
from casestudies.revision.mistakes import mistakes_of
from casestudies.revision.places import kept_file
from casestudies.revision.schedule import Remembered, daily, read_days, read_memory, reviewed, streak, written_days
from casestudies.seeds import seed_of, stream

CARDS, WORDS = 5, 2
"""Flash questions and words of one day: about five minutes."""


class Session:
    """The revision of one learner on one day. A card missed comes back once at the end, with other figures."""

    def __init__(self, learner: str, folder: Path, service: FeedbackService | None, today: date) -> None:
        """Choose the cards of the day from what is kept in ``folder``."""
        self._learner, self._folder, self._service, self._today = learner, folder, service, today
        self._path = kept_file(folder, learner, "cartes")
        kept = read_json(self._path)
        entries = kept.get("cartes")
        read = {name: read_memory(entry) for name, entry in entries.items()} if isinstance(entries, dict) else {}
        self._memories: dict[str, Remembered] = {name: memory for name, memory in read.items() if memory}
        self._days = read_days(kept.get("jours"))
        self.mistakes = mistakes_of(folder, learner)
        self._waiting = [*self._of_the_day(self._flash, CARDS), *self._of_the_day(word_cards, WORDS)]
        self.total, self.number, self.right = len(self._waiting), min(1, len(self._waiting)), 0
        self.verdict: Reaction | None = None
        self._again: list[str] = []

    @property
    def card(self) -> Flashcard | None:
        """The card shown, None when the day is done."""
        return self._waiting[0] if self._waiting else None

    @property
    def repeated(self) -> bool:
        """Whether the card shown was missed earlier in the day."""
        return bool(self.card and self.card.id in self._again)

    @property
    def own(self) -> bool:
        """Whether the card shown is about a mistake of one's own."""
        return bool(self.card and self.card.id in self.mistakes)

    @property
    def streak(self) -> int:
        """How many days of revision follow one another, today included once a card is answered."""
        return streak(self._days, self._today)

    @property
    def next_day(self) -> date | None:
        """The first day after today on which a card known comes back."""
        return min((memory.due for memory in self._memories.values() if memory.due > self._today), default=None)

    def answer(self, given: object) -> Reaction:
        """Judge an answer to the card shown, and keep what follows from it.

        Raises
        ------
        CasekitError
            When no card is left.
        """
        card = self.card
        if card is None:
            raise CasekitError("La révision du jour est terminée : revenez demain.")
        if self.verdict and self.verdict.counted:
            return self.verdict
        self.verdict = judge(card, given)
        if self.verdict.counted and not self.repeated:
            self._keep(card.id, self.verdict.right)
        return self.verdict

    def advance(self) -> None:
        """Go to the next card, once the one shown is answered."""
        if self.card is None or self.verdict is None or not self.verdict.counted:
            return
        done = self._waiting.pop(0)
        if not self.verdict.right and done.id not in self._again:
            self._again.append(done.id)
            self._waiting.append(next(card for card in self._all(1) if card.id == done.id))
            self.total += 1
        self.number = min(self.number + 1, self.total)
        self.verdict = None

    def _keep(self, name: str, right: bool) -> None:
        self.right += right
        self._memories[name] = reviewed(self._memories.get(name), right, self._today, self.mistakes.get(name, 0))
        self._days = [*self._days, self._today]
        cards = {one: memory.as_json() for one, memory in self._memories.items()}
        write_json(self._path, {"cartes": cards, "jours": written_days(self._days)})

    def _of_the_day(self, make: Callable[[str], Sequence[Flashcard]], wanted: int) -> list[Flashcard]:
        cards = {card.id: card for card in make(self._seed(0))}
        order = list(stream(seed_of("revision", self._learner, 0), "ordre").permutation(sorted(cards)))
        return [cards[name] for name in daily(order, self.mistakes, self._memories, self._today, wanted)]

    def _all(self, attempt: int) -> list[Flashcard]:
        return [*self._flash(self._seed(attempt)), *word_cards(self._seed(attempt))]

    def _flash(self, seed: str) -> Sequence[Flashcard]:
        return self._service.flashcards(seed) if self._service else ()

    def _seed(self, attempt: int) -> str:
        """Return what the figures of a card depend on: the learner, the day, the attempt."""
        return f"{self._learner}|{self._today.isoformat()}|{attempt}"
