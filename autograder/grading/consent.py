"""Where nothing confines learners' code, the trainer is told, and asked once for each course."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from autograder.console import warn
from autograder.course.course import Course
from autograder.grading import wall
from autograder.grading.kernel.keeper import available
from casestudies.atomic import write_atomically
from casestudies.errors import CasekitError, why
from casestudies.french import french_date
from casestudies.typography import french

ANSWER = Path("build") / "sans-protection.txt"
"""The answer « oui », kept in the course."""
QUESTION = "Avez-vous lu ces copies, et acceptez-vous que leur code s’exécute avec vos droits ?"

Ask = Callable[[str], bool]
"""Asks a question in French; True is « oui »."""


def unconfined() -> str:
    """Return why learners' code would run here with all the rights of this account, in French; ``""`` if it would not.

    No capital, no full stop.
    """
    if sys.platform != "linux":
        return "casekit ne confine les copies que sous Linux"
    if not available():
        return "ce Python ne permet pas de les confiner"
    return "" if wall.stands() else "le noyau n’offre ici ni espaces de noms, ni Landlock, ni filtre des appels système"


def settle(course: Course, why: str, accepted: bool, ask: Ask | None) -> None:
    """Say that copies are not confined, for the reason ``why``, and go on only if the trainer accepts it.

    Parameters
    ----------
    accepted
        Whether the command said so; it is not kept.
    ask
        Asks the trainer, when the course holds no answer; None when nobody is there to answer.

    Raises
    ------
    CasekitError
        When nobody accepts.
    """
    warn(
        f"Les copies ne sont pas confinées ici ({why}) : leur code s’exécute avec vos droits, il peut lire et "
        "effacer vos fichiers. Pour des copies que vous n’avez pas lues, prenez une machine Linux (sous Windows : WSL)."
    )
    if accepted or is_kept(course):
        return
    if ask is None or not ask(QUESTION):
        raise CasekitError(
            "Rien n’a été exécuté ni corrigé. « --sans-protection » accepte de corriger ces copies sans les confiner."
        )
    keep(course)


def is_kept(course: Course) -> bool:
    """Return whether the trainer accepted once, in this course."""
    return (course.root / ANSWER).is_file()


def keep(course: Course) -> None:
    """Keep the answer in the course."""
    text = (
        f"Le {french_date(date.today())}, il a été accepté de corriger les copies de ce cours sans les confiner. "
        "Effacez ce fichier pour que la question soit posée de nouveau.\n"
    )
    try:
        write_atomically(course.root / ANSWER, french(text).encode("utf-8"))
    except OSError as error:
        raise CasekitError(
            f"La réponse ne peut pas être gardée dans {course.root / ANSWER} ({why(error)}) : rien n’a été corrigé."
        ) from error
