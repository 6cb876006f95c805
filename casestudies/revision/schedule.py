"""When a card comes back (FSRS, in whole days), which cards make up a day, and how long the streak is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from fsrs import Card as Memorised
from fsrs import Rating, Scheduler, State

LONGEST_DAYS = 120
FORGIVEN_DAYS = 2
"""Days in a row without revision that leave the streak as it is."""
RULE = "Un ou deux jours manqués de suite ne l’effacent pas ; au troisième, elle repart de zéro."
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False)


@dataclass(frozen=True)
class Remembered:
    """What is kept of one card.

    ``stability`` is in days, ``difficulty`` between 1 and 10; ``settled`` is how many mistakes of this kind had been
    made when the card was last answered rightly.
    """

    stability: float
    difficulty: float
    due: date
    last: date
    settled: int = 0

    def as_json(self) -> dict[str, object]:
        """Return the memory as it is written."""
        return {**vars(self), "due": self.due.isoformat(), "last": self.last.isoformat()}


def read_memory(entry: object) -> Remembered | None:
    """Return a memory read from a file, None when it is damaged: the card is then new again."""
    if not isinstance(entry, dict):
        return None
    try:
        stability, difficulty = float(entry["stability"]), float(entry["difficulty"])
        due, last = date.fromisoformat(entry["due"]), date.fromisoformat(entry["last"])
        settled = int(entry.get("settled", 0))
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    fine = 0 < stability < 1e6 and 1 <= difficulty <= 10  # false for what is not a number
    near = last.year >= 2000 and (due - last).days <= LONGEST_DAYS
    return Remembered(stability, difficulty, due, last, settled) if fine and near else None


def reviewed(memory: Remembered | None, right: bool, today: date, mistakes: int = 0) -> Remembered:
    """Return the memory of a card once answered ``today``; ``mistakes`` is how many of its kind were ever made."""
    if memory is None:
        card = Memorised(card_id=0, due=_noon(today))
    else:
        card = Memorised(
            0, State.Review, None, memory.stability, memory.difficulty, _noon(memory.due), _noon(memory.last)
        )
    card, _ = _SCHEDULER.review_card(card, Rating.Good if right else Rating.Again, _noon(today))
    settled = mistakes if right else (memory.settled if memory else 0)
    assert card.stability is not None
    assert card.difficulty is not None
    return Remembered(card.stability, card.difficulty, card.due.date(), today, settled)


def _noon(day: date) -> datetime:
    """Return the one moment that stands for a day, so that neither the hour nor the time zone changes a schedule."""
    return datetime.combine(day, time(12), UTC)


def daily(
    known: Sequence[str], mistakes: Mapping[str, int], memories: Mapping[str, Remembered], today: date, wanted: int
) -> list[str]:
    """Return the cards of a day, ``wanted`` at most with those already answered today.

    First one's own mistakes not yet put right, the latest first; then what is due, the longest due first; then new
    cards, in the order of ``known``.
    """
    answered = {name for name, memory in memories.items() if memory.last >= today}
    open_ones = [name for name in known if name not in answered]
    settled = {name: memory.settled for name, memory in memories.items()}
    recent = list(mistakes)[::-1]
    own = sorted((name for name in open_ones if mistakes.get(name, 0) > settled.get(name, 0)), key=recent.index)
    due = sorted(
        (name for name in open_ones if name in memories and memories[name].due <= today),
        key=lambda name: memories[name].due,
    )
    new = [name for name in open_ones if name not in memories]
    left = wanted - len(answered.intersection(known))
    return list(dict.fromkeys([*own, *due, *new]))[: max(left, 0)]


def streak(days: Collection[date], today: date) -> int:
    """Return how many days of revision follow one another, never more than ``FORGIVEN_DAYS`` missed in a row.

    >>> streak([date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)], date(2026, 11, 28))
    3
    >>> streak([date(2026, 11, 23)], date(2026, 11, 27))
    0
    """
    count, after = 0, today
    for day in sorted((one for one in set(days) if one <= today), reverse=True):
        if (after - day).days > FORGIVEN_DAYS + 1:
            break
        count, after = count + 1, day
    return count


def read_days(kept: object) -> list[date]:
    """Return the days of revision read from a file; what is no day is left out."""
    found = []
    for text in kept[-1000:] if isinstance(kept, list) else ():
        try:
            found.append(date.fromisoformat(text))
        except (TypeError, ValueError):
            continue
    return found


def written_days(days: Iterable[date]) -> list[str]:
    """Return days as they are written, each once."""
    return [day.isoformat() for day in sorted(set(days))][-400:]
