"""What the notes under a slide hold: the clock, the message and the proof in full, what the jury looks for.

What is said is the learner's: the notes leave it a place and write none of it.
"""

from casestudies.diapositives.fitting import cut
from casestudies.diapositives.model import TALK_SECONDS, Deck, Slide, duration
from casestudies.typography import french

MOST_LETTERS = 3000
"""Letters of a message or of a proof that notes hold: a longer one is in the plan."""
YOURS = "Ce que je dirai :"
"""The line that learners go on with."""
TO_WRITE = "à écrire"
WANTED = "Ce que le jury regarde (critère B3-C09) :"


def notes_of(deck: Deck, slide: Slide) -> tuple[str, ...]:
    """Return the lines of a slide's notes."""
    proof = slide.proof
    lines = [f"{YOURS} …", _time(slide)]
    lines += [f"{name} : {cut(text, MOST_LETTERS)}" for name, text in
              (("Message", slide.message or TO_WRITE), ("Preuve", proof.text or TO_WRITE))]  # fmt: skip
    if proof.sources:
        lines.append(f"Elle vient de : {' ; '.join(proof.sources)}")
    if deck.reminders:
        lines.append(f"{WANTED} {deck.reminders[(slide.number - 1) % len(deck.reminders)]}")
    return (*map(french, lines), *proof.whole)


def cover_notes(deck: Deck) -> tuple[str, ...]:
    """Return the lines of the notes of the cover."""
    lines = [f"Durée de l’exposé : {deck.length if deck.seconds else TO_WRITE}"]
    if deck.state:
        lines.append(deck.state)
    if deck.reminders:
        lines += [WANTED, *(f"– {one}" for one in deck.reminders)]
    return tuple(map(french, lines))


def _time(slide: Slide) -> str:
    if slide.seconds is None:
        return f"Temps : {TO_WRITE}"
    said = f"Temps : {duration(slide.seconds)}"
    if slide.until is None:
        return f"{said} ; l’heure de passage manque, faute d’une durée plus haut"
    start = duration(slide.until - slide.seconds) if slide.until > slide.seconds else "0 s"
    return f"{said}, de {start} à {duration(slide.until)} (sur {duration(TALK_SECONDS)})"
