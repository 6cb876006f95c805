"""The slides to rehearse, read from the plan of the talk: what is missing is said, and has a time all the same."""

from pathlib import Path

from casestudies.errors import CasekitError
from casestudies.livrables.current import current
from casestudies.livrables.loading import deliverables
from casestudies.livrables.model import Cell, Row
from casestudies.livrables.store import Shelf
from casestudies.quoting import on_one_line
from casestudies.repetition.model import TALK_SECONDS, RehearsedSlide, RehearsedTalk, time_words

PLAN = "plan-soutenance"
SLIDES, MOST_SLIDES = 10, 20
"""Slides expected, and slides that are read of a plan that has more."""
LONGEST = 240
"""Characters of a message or of a proof that are shown."""
EMPTY = (
    f"Votre plan de soutenance est vide : le chronomètre compte {SLIDES} étapes d’une minute. Remplissez-le (partie D "
    "du notebook 3), puis relancez cette cellule."
)


def talk_of(folder: Path, learner: str) -> RehearsedTalk:
    """Return the talk of a learner whose plan is beside the notebooks of ``folder``; ten minutes of blanks without."""
    try:
        rows = current(Shelf(folder), learner, deliverables()[PLAN]).rows
    except CasekitError as error:
        return _blank(f"Votre plan n’a pas pu être lu. {error}")
    slides = tuple(_slide(number, row) for number, row in enumerate(rows[:MOST_SLIDES], start=1))
    return RehearsedTalk(slides, tuple(_notes(slides, len(rows)))) if slides else _blank(EMPTY)


def _blank(note: str) -> RehearsedTalk:
    each = TALK_SECONDS // SLIDES
    return RehearsedTalk(tuple(RehearsedSlide(rank, "", "", each, False) for rank in range(1, SLIDES + 1)), (note,))


def _slide(number: int, row: Row) -> RehearsedSlide:
    seconds = row.get("secondes")
    planned = isinstance(seconds, int | float) and 1 <= seconds <= TALK_SECONDS
    return RehearsedSlide(
        number, _words(row.get("message")), _words(row.get("preuve")),
        round(float(seconds)) if planned and seconds is not None else TALK_SECONDS // SLIDES, planned,
    )  # fmt: skip


def _words(cell: Cell) -> str:
    text = on_one_line(str(cell or "")[: 2 * LONGEST])
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _notes(slides: tuple[RehearsedSlide, ...], rows: int) -> list[str]:
    notes = []
    if rows != SLIDES:
        read = f" ; les {MOST_SLIDES} premières sont lues" if rows > MOST_SLIDES else ""
        notes.append(f"Votre plan compte {rows} diapositive{'s' if rows > 1 else ''} sur {SLIDES}{read}.")
    without = sum(not one.planned for one in slides)
    if without:
        notes.append(f"{without} diapositive(s) sans durée lisible : une minute est comptée pour chacune.")
    total = sum(one.seconds for one in slides)
    if total > TALK_SECONDS:
        notes.append(
            f"Votre plan prévoit {time_words(total)} : {time_words(total - TALK_SECONDS)} de trop. Le jury arrêtera "
            "l’exposé à dix minutes."
        )
    return notes
