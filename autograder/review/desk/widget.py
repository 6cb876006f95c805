"""The desk in the page: one message from the page does one thing, and the page is sent what it shows."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from autograder.course import Course
from autograder.questions import Review as Declared
from autograder.review.desk.agreeing import agreement_state, open_readings
from autograder.review.desk.practising import Practice
from autograder.review.desk.queue import Mode
from autograder.review.desk.reconciling import Reconciliation
from autograder.review.desk.session import Session
from autograder.review.desk.shown import Shelf
from autograder.review.desk.view import (
    deliverable_state,
    key_of,
    reconciliation_state,
    session_state,
    setup_state,
)
from autograder.review.model import Marker, Part
from autograder.review.sampling import ask_for_share
from casestudies.errors import CasekitError
from casestudies.typography import french

HERE = Path(__file__).parent
AHEAD = 3
"""How many of the next parts are prepared while one is read."""
HOME, READING, SETTLING, AGREEMENT = "accueil", "relecture", "conciliation", "accord"
ALL_DONE = "Tout est relu : il ne reste aucune copie à relire."
LAST_ONE = "Il ne reste que cette copie à relire."
UNEXPECTED = (
    "La revue n’a pas pu faire cela ({}). Ce qui était enregistré l’est toujours : relancez la cellule, puis "
    "recommencez."
)
_LOG = logging.getLogger(__name__)

Message = dict[str, Any]


class ReviewDesk(anywidget.AnyWidget):
    """The review desk of a course; ``state`` is what the page shows, ``deliverable`` what was handed in."""

    _esm = HERE / "desk.js"
    _css = HERE / "desk.css"
    setup = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    deliverable = traitlets.Dict().tag(sync=True)

    def __init__(
        self, course: Course, assignment: str = "", marker: str = "", declared: Sequence[Declared] | None = None
    ) -> None:
        """Open an assignment for a marker, or ask for both.

        Raises
        ------
        CasekitError
            When the course, the assignment or the marker's name will not do.
        """
        super().__init__()
        self._course, self._declared = course, declared
        self._session: Session | None = None
        self._shelf: Shelf | None = None
        self._settling: Reconciliation | None = None
        self._practice: Practice | None = None
        self._screen = HOME
        self._home = {"assignments": course.assignments(), "assignment": assignment, "marker": marker}
        self._told, self._alert, self._answered = "", "", 0
        if assignment and marker:
            self._open(assignment, marker)
        self._push()
        self.on_msg(lambda _widget, message, _buffers: self.do(message))

    def close(self) -> None:
        """Close the database and stop reading ahead."""
        self._leave()
        super().close()

    def do(self, message: Any) -> None:
        """Do what a message of the page asks, and send what is shown then; what goes wrong is told there."""
        self._told, self._alert = "", ""
        try:
            self._act(message)
        except CasekitError as error:
            self._alert = self._anonymous(str(error))
        except Exception as error:  # whatever happens, the marker reads a sentence and goes on
            _LOG.exception("the review desk")
            self._alert = UNEXPECTED.format(type(error).__name__)
        number = message.get("seq") if isinstance(message, dict) else None
        self._answered = number if isinstance(number, int) else self._answered
        self._push()

    def _act(self, message: Any) -> None:
        """Do what a message asks.

        Raises
        ------
        CasekitError
            When it asks for what the desk does not know, or for another copy than the one at hand.
        """
        action = _ACTIONS.get(message.get("do")) if isinstance(message, dict) else None
        if action is None:
            raise CasekitError("La page demande ce que la revue ne connaît pas : rechargez la page.")
        if message.get("at") and message["at"] != self._key():
            raise CasekitError("Une autre copie est affichée depuis : rien n’a été enregistré.")
        self._told = (self._practice.do(message) if self._practice else None) or ""
        if not self._told:
            action(self, message)

    def _open(self, assignment: str, name: str) -> None:
        self._course.require(assignment)
        marker = Marker(name.strip())
        self._leave()
        self._session = Session(self._course, assignment, marker, self._declared)
        self._shelf = Shelf(self._course, assignment)
        self._home |= {"assignment": assignment, "marker": marker.name}
        self._screen = READING
        self.setup = setup_state(self._session)
        if self._session.part is not None:
            self._told = self._arrived()
        else:
            self._alert = (
                "Aucune copie à relire ici : ramassez et corrigez d’abord celles de cette évaluation, avec "
                f"« casekit grade {assignment} »."
            )

    def _leave(self) -> None:
        if self._shelf is not None:
            self._shelf.close()
        if self._session is not None:
            self._session.__exit__()
        self._shelf = self._session = self._settling = self._practice = None
        self._screen = HOME

    @property
    def _work(self) -> Session:
        if self._session is None:
            raise CasekitError("Choisissez d’abord votre nom et l’évaluation.")
        return self._session

    def _key(self) -> str:
        part = self._part()
        own = key_of(part) if part is not None else ""
        return self._practice.key if self._practice else own

    def _part(self) -> Part | None:
        if self._session is None or self._practice is not None or self._screen not in (READING, SETTLING):
            return None
        return self._settling.part if self._settling is not None else self._session.part

    def _push(self) -> None:
        """Send what is shown; what was handed in is sent again only when another part is shown."""
        state = {"screen": self._screen, "home": self._home, "answered": self._answered}
        part = self._part()
        try:
            state |= self._shown()
            deliverable = self._handed_in(part)
        except CasekitError as error:
            self._alert, deliverable = self._anonymous(str(error)), self.deliverable
        state |= {"told": french(self._told), "alert": french(self._alert)}
        with self.hold_sync():
            self.state, self.deliverable = state, deliverable
        if self._shelf is not None and self._session is not None:
            self._shelf.prepare(self._session.upcoming(AHEAD))

    def _shown(self) -> dict[str, Any]:
        if self._session is None:
            return {}
        if self._practice is not None:
            return self._practice.state()
        if self._screen == AGREEMENT:
            store = self._session.store
            return {"agreement": agreement_state(store.pairs(), open_readings(store.readings(), store.seconds()))}
        if self._settling is not None:
            return reconciliation_state(self._session, self._settling)
        return session_state(self._session)

    def _handed_in(self, part: Part | None) -> dict[str, Any]:
        if self._practice is not None:
            return self._practice.deliverable()
        if part is None or self._shelf is None:
            return {}
        if self.deliverable.get("key") == key_of(part):
            return dict(self.deliverable)
        return deliverable_state(part, self._shelf.show(part))

    def _anonymous(self, text: str) -> str:
        part = self._part()
        return text if part is None else text.replace(f"« {part.learner} »", "cette personne")

    def _place(self) -> str:
        session = self._work
        assert session.part is not None
        number, count = self._settling.place if self._settling else session.queue.place(session.part)
        noun = "double relecture" if self._settling else "copie" if session.mode is Mode.CRITERION else "partie"
        return f"{noun} {number} sur {count}"

    def _enter(self, message: Message) -> None:
        self._open(str(message.get("assignment", "")), str(message.get("marker", "")))

    def _exit(self, message: Message) -> None:
        self._leave()

    def _level(self, message: Message) -> None:
        level = int(message["value"])
        if self._settling is not None:
            self._settling.settle(level, str(message.get("comment", "")))
            self._told = f"Niveau {level} retenu – {self._place()}"
            return
        self._work.set_level(level)
        self._saved(f"Niveau {level} enregistré")

    def _comment(self, message: Message) -> None:
        text = str(message["value"])
        if self._settling is None:
            self._work.set_comment(text)
            self._saved("Commentaire enregistré")
        elif self._settling.level in (1, 2, 3, 4):
            self._settling.settle(int(self._settling.level), text)
            self._told = f"Commentaire retenu – {self._place()}"

    def _note(self, message: Message) -> None:
        self._work.set_note(str(message["value"]))
        self._saved("Note privée enregistrée")

    def _saved(self, words: str) -> None:
        """Say that something was written, unless a conflict waits."""
        if self._work.conflict is None:
            self._told = f"{words} – {self._place()}"

    def _quality(self, message: Message) -> None:
        self._work.set_quality(str(message["value"]), int(message["version"]))
        self._told = "Commentaire sur les qualités enregistré"

    def _next(self, message: Message) -> None:
        if self._settling is not None:
            self._told = self._arrived() if self._settling.next_waiting() else "Tout est concilié."
        elif self._work.next_to_review():
            self._told = self._arrived()
        else:
            left = self._work.progress()
            self._told = ALL_DONE if left.done == left.total else LAST_ONE

    def _step(self, message: Message) -> None:
        places = 1 if message["value"] == 1 else -1
        found = self._settling.step(places) if self._settling else self._work.step(places)
        self._told = self._arrived() if found else "Il n’y en a pas d’autre de ce côté."

    def _arrived(self) -> str:
        if self._settling:
            return f"{self._settling.name} – {self._place()}"
        session = self._work
        assert session.part is not None
        return f"{session.queue.name(session.part)} – {self._place()}"

    def _mode(self, message: Message) -> None:
        self._work.read_by(Mode(message["value"]))
        self._told = self._arrived()

    def _group(self, message: Message) -> None:
        self._work.go(str(message["value"]))
        self._told = self._arrived()

    def _undo(self, message: Message) -> None:
        if self._settling is not None:
            self._told = "Conciliation annulée" if self._settling.undo() else "Il n’y a rien à annuler."
        elif self._work.undo() is None:
            self._told = "Il n’y a rien à annuler."
        else:
            self._told = f"Dernier changement annulé – {self._place()}"

    def _choose(self, message: Message) -> None:
        mine = message["value"] == "mine"
        self._work.choose(mine)
        self._saved("Votre saisie est enregistrée" if mine else "La version enregistrée est gardée")

    def _insert(self, message: Message) -> None:
        filled = self._work.insert(int(message["value"]))
        self._saved("Commentaire inséré")
        if filled.missing:
            listed = ", ".join(f"« {{{name}}} »" for name in filled.missing)
            self._alert = f"Valeur inconnue pour {listed} : complétez le commentaire à la main."

    def _bank(self, message: Message) -> None:
        identifier = message.get("id")
        self._work.bank(str(message["value"]), None if identifier is None else int(identifier))
        self._told = "Commentaire ajouté à la banque" if identifier is None else "Commentaire de la banque changé"

    def _unbank(self, message: Message) -> None:
        self._work.unbank(int(message["value"]))
        self._told = "Commentaire retiré de la banque"

    def _settle(self, message: Message) -> None:
        session = self._work
        self._settling = Reconciliation(session.store, session.marker)
        self._screen = SETTLING
        self._told = self._arrived()

    def _agreement(self, message: Message) -> None:
        self._settling, self._screen = None, AGREEMENT
        self._told = "Accord entre relecteurs"

    def _practise(self, message: Message) -> None:
        self._practice = Practice(self._work)
        self._told = "Étalonnage : donnez un niveau à trois copies d’exemple"

    def _back(self, message: Message) -> None:
        self._settling, self._practice, self._screen = None, None, READING
        self._work.refresh()
        self._work.step(0)

    def _second(self, message: Message) -> None:
        criteria = [str(code) for code in message.get("criteria", [])]
        marker = Marker(str(message.get("name", "")).strip())
        count = ask_for_share(self._work.store, marker, float(message["share"]), criteria)
        self._told = f"{count} partie{'s' if count > 1 else ''} confiée{'s' if count > 1 else ''} à {marker.name}"


_ACTIONS: dict[Any, Callable[[ReviewDesk, Message], None]] = {
    "enter": ReviewDesk._enter, "exit": ReviewDesk._exit, "level": ReviewDesk._level, "comment": ReviewDesk._comment,
    "note": ReviewDesk._note, "quality": ReviewDesk._quality, "next": ReviewDesk._next, "step": ReviewDesk._step,
    "mode": ReviewDesk._mode, "group": ReviewDesk._group, "undo": ReviewDesk._undo, "choose": ReviewDesk._choose,
    "insert": ReviewDesk._insert, "bank": ReviewDesk._bank, "unbank": ReviewDesk._unbank,
    "settle": ReviewDesk._settle, "agreement": ReviewDesk._agreement, "back": ReviewDesk._back,
    "second": ReviewDesk._second, "practise": ReviewDesk._practise, "begin": ReviewDesk._practise,
}  # fmt: skip
