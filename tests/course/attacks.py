"""What hostile notebooks do, each a learner of one class (``test_attacks``): the code, its place, what it may earn.

An attempt that must be refused is written ``attempt(name, function)``; its cell then shows « OBTAINED » or « REFUSED ».
An attack that cuts its own process off from the grader, or breaks what shows its answers, loses its own points: they
are then ``NOTHING`` although the answers are right. Nobody else loses any.
"""

import importlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import small

FULL, SECOND_ONLY, NOTHING = (2.0, 3.0), (0.0, 3.0), (0.0, 0.0)
WRONG = {"un": "0.123456", "deux": "-98765"}
MODULES = ("attacks_on_files", "attacks_on_processes", "attacks_on_outputs", "attacks_on_frames", "attacks_on_answers")
OBTAINED, REFUSED = "OBTAINED", "REFUSED"

PRELUDE = f'''
import ctypes, json, os, struct, sys, threading, time
def attempt(name, function):
    try:
        got = repr(function())[:300]
    except BaseException as error:
        print("{REFUSED}", name, type(error).__name__, str(error)[:80])
    else:
        print("{OBTAINED}", name, got)
def libc(call, *arguments):
    library = ctypes.CDLL(None, use_errno=True)
    done = getattr(library, call)(*arguments)
    if done < 0: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return done
'''


@dataclass(frozen=True)
class Attack:
    """One hostile notebook.

    Attributes
    ----------
    code : what is run.
    place : ``apart`` (in a cell of its own, after the case is opened), or ``un``: at the head of the cell that answers
        the first question.
    earned : the points of the two questions.
    answers : what is handed in instead of the right answers.
    sure : whether the attack reaches its end, so that each of its attempts must be seen refused.
    depends_on : the protections without which, when a machine has none of them, its attempts may succeed.
    """

    code: str
    place: str = "apart"
    earned: tuple[float, float] = FULL
    answers: dict[str, str] = field(default_factory=dict)
    sure: bool = True
    depends_on: tuple[str, ...] = ()

    def edit(self, notebook: dict[str, Any], names: dict[str, Any]) -> None:
        """Put the attack in a notebook; ``names`` are what the attacker knows of the machine."""
        known = "".join(f"{name} = {value!r}\n" for name, value in names.items())
        source = f"{PRELUDE}{known}{self.code}"
        if self.place == "un":
            small.set_source(notebook, "a-un", f"{source}\n{small.cell(notebook, 'a-un')['source']}")
        else:
            opening = notebook["cells"].index(small.cell(notebook, "ouverture"))
            notebook["cells"].insert(opening + 1, small.code(source))

    @property
    def attempts(self) -> int:
        """How many attempts the code makes at least, each of which must be refused."""
        return self.code.count("attempt(") if self.sure else 0


def all_attacks() -> dict[str, Attack]:
    """Return every attack by name."""
    found: dict[str, Attack] = {}
    for module in MODULES:
        attacks, depend_on = (getattr(importlib.import_module(module), name) for name in ("ATTACKS", "DEPEND_ON"))
        assert not found.keys() & attacks.keys()
        found |= {name: replace(one, depends_on=one.depends_on or depend_on) for name, one in attacks.items()}
    return found


def known_to_attackers(root: Path, room: Path, kit: Path, reached: dict[str, Any]) -> dict[str, Any]:
    """Return the names that each attack's code can use: the attacker knows everything of the machine but secrets."""
    return {
        "COURSE": str(root), "GRADEBOOK": str(root / "gradebook.db"), "ROOM": str(room), "KIT": str(kit),
        "ASSIGNMENT": small.ASSIGNMENT, "NOTEBOOK": small.NOTEBOOK, "FIRST": small.FIRST.id, "SECOND": small.SECOND.id,
        **reached,
    }  # fmt: skip
