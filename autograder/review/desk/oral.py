"""The oral in the desk: what the page shows of it besides the rubric, and what it asks to keep."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from autograder.referentiel import load_rubrics
from autograder.review.desk.beside import ask_partner
from autograder.review.desk.session import DeskSession
from autograder.review.model import Marker, Part
from autograder.review.orals import Heard
from casestudies.errors import CasekitError
from casestudies.typography import french

Message = dict[str, Any]


def oral_state(session: DeskSession, part: Part) -> dict[str, Any] | None:
    """Return what one marker kept of an oral, and what helps them; None for what is no oral.

    ``spent_s`` and ``limits_s`` are the seconds of the talk, then of the answers; a limit is 0 when none is announced.
    """
    if part.notebook:
        return None
    minutes = next(one.minutes for one in session.declared if one.id == part.id)
    notes, rubric = session.orals.notes(part, session.marker), load_rubrics().get(part.criterion)
    questions = rubric.questions if rubric else ()
    return {
        "candidates": [session.name(one) for one in session.queue.group_of(part).parts],
        "spent_s": [notes.talk_s, notes.answers_s],
        "limits_s": [60 * (minutes - minutes // 2), 60 * (minutes // 2)],
        "questions": [
            {"words": words, "shown": french(words), "asked": words in notes.asked}
            for words in dict.fromkeys((*questions, *notes.asked))
        ],
        "expected": [{"words": words, "shown": french(words)} for words in (rubric.expected if rubric else ())],
        "heard": [asdict(one) for one in notes.heard],
        "tie_breaker": french(rubric.tie_breaker) if rubric else "",
        "alone": (part.learner, part.id) not in session.store.seconds(),
        "begun_by": session.begun_by(),
    }


def heed(session: DeskSession, message: Message) -> str:
    """Keep what a message says of the oral at hand, and return what to tell.

    Raises
    ------
    CasekitError
        When the part at hand is no oral, or what is sent will not do.
    """
    part = session.part
    if part is None or part.notebook:
        raise CasekitError("Aucun oral n’est affiché : il n’y a rien à écrire.")
    return ORAL_ACTIONS[str(message["do"])](session, part, message)


def _time(session: DeskSession, part: Part, message: Message) -> str:
    talk_s, answers_s = (int(seconds) for seconds in message["value"])
    session.orals.time(part, session.marker, talk_s, answers_s)
    return "Temps enregistré"


def _ask(session: DeskSession, part: Part, message: Message) -> str:
    asked = bool(message["asked"])
    session.orals.ask(part, session.marker, str(message["value"]), asked)
    return "Question posée" if asked else "Question retirée"


def _hear(session: DeskSession, part: Part, message: Message) -> str:
    heard = Heard(str(message["id"]), str(message["expected"]), str(message["value"]))
    session.orals.hear(part, session.marker, heard)
    return "Note enregistrée"


def _unhear(session: DeskSession, part: Part, message: Message) -> str:
    session.orals.unhear(part, session.marker, str(message["id"]))
    return "Note retirée"


def _partner(session: DeskSession, part: Part, message: Message) -> str:
    partner = Marker(str(message["value"]).strip())
    if partner == session.marker and not session.begun_by():
        raise CasekitError("Le second évaluateur est une autre personne que vous.")
    count = ask_partner(session.store, partner, session.queue.group_of(part).parts)
    session.show(part)
    return f"{count} passage{'s' if count > 1 else ''} confié{'s' if count > 1 else ''} à {partner.name}"


def _share(session: DeskSession, part: Part, _message: Message) -> str:
    session.shared.add(part)
    return "Notation reprise : vos changements remplacent ce qui est écrit"


def _candidate(session: DeskSession, part: Part, message: Message) -> str:
    parts = session.queue.group_of(part).parts
    called = parts[max(0, min(int(message["value"]), len(parts) - 1))]
    session.show(called)
    return session.name(called)


ORAL_ACTIONS: dict[str, Callable[[DeskSession, Part, Message], str]] = {
    "time": _time, "ask": _ask, "hear": _hear, "unhear": _unhear, "candidate": _candidate,
    "partner": _partner, "share": _share,
}  # fmt: skip
"""What the page may ask of an oral."""
