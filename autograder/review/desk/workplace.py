"""What a marker has at hand, without any page: each message does one thing, and what to show follows from it."""

from collections.abc import Callable, Sequence
from typing import Any

from autograder.course.course import Course
from autograder.keys.questions import Review
from autograder.review.desk.agreeing import agreement_state, open_readings
from autograder.review.desk.oral import ORAL_ACTIONS, heed
from autograder.review.desk.practising import DeskPractice
from autograder.review.desk.queue import Mode
from autograder.review.desk.reconciling import Reconciliation
from autograder.review.desk.session import DeskSession, shown_review
from autograder.review.desk.view import (
    deliverable_state,
    key_of,
    noun_of,
    own_state,
    reconciliation_state,
    session_state,
    setup_state,
)
from autograder.review.model import Marker, Part
from autograder.review.sampling import ask_for_share
from autograder.review.shown.shelf import WorkShelf
from casestudies.errors import CasekitError

AHEAD = 3
"""How many of the next parts are prepared while one is read."""
HOME, READING, SETTLING, AGREEMENT = "accueil", "relecture", "conciliation", "accord"
ALL_DONE = "Tout est relu : il ne reste aucune copie à relire."
LAST_ONE = "Il ne reste que cette copie à relire."

Message = dict[str, Any]


class Workplace:
    """The review of a course by one marker: ``told`` and ``alert`` are what to tell them after each message.

    ``setup`` is what the page shows and stays the same while an assignment is open.
    """

    def __init__(self, course: Course, declared: Sequence[Review] | None = None, day: Sequence[str] = ()) -> None:
        self._course, self._declared, self._day = course, declared, day
        self._session: DeskSession | None = None
        self._shelf: WorkShelf | None = None
        self._settling: Reconciliation | None = None
        self._practice: DeskPractice | None = None
        self.screen = HOME
        self.setup: dict[str, Any] = {}
        self.told, self.alert = "", ""

    def act(self, message: Any) -> None:
        """Do what a message asks.

        Raises
        ------
        CasekitError
            When it asks for what the desk does not know, or for another copy than the one at hand.
        """
        action = _ACTIONS.get(message.get("do")) if isinstance(message, dict) else None
        if action is None:
            raise CasekitError("La page demande ce que la revue ne connaît pas : rechargez la page.")
        if message.get("at") and message["at"] != self.key:
            raise CasekitError("Une autre copie est affichée depuis : rien n’a été enregistré.")
        self.told = (self._practice.do(message) if self._practice else None) or ""
        if not self.told:
            action(self, message)

    def enter(self, assignment: str, name: str) -> None:
        """Open an assignment for a marker.

        Raises
        ------
        CasekitError
            When the assignment or the name will not do.
        """
        self._course.require(assignment)
        marker = Marker(name.strip())
        self.leave()
        self._session = DeskSession(self._course, assignment, marker, self._declared, self._day)
        self._shelf = WorkShelf(self._course, assignment)
        self.screen, self.setup = READING, setup_state(self._session)
        if self._session.part is not None:
            self.told = self._arrived()
        else:
            self.alert = (
                "Aucune copie à relire ici : ramassez et corrigez d’abord celles de cette évaluation, avec "
                f"« casekit grade {assignment} »."
            )

    def leave(self) -> None:
        """Close the database and stop reading ahead."""
        if self._shelf is not None:
            self._shelf.close()
        if self._session is not None:
            self._session.__exit__()
        self._shelf = self._session = self._settling = self._practice = None
        self.screen, self.setup = HOME, {}

    @property
    def key(self) -> str:
        """What the page calls the copy at hand; nothing when there is none."""
        part = self._part
        own = key_of(part) if part is not None else ""
        return self._practice.key if self._practice else own

    def shown(self) -> dict[str, Any]:
        """Return what the page shows, apart from what was handed in."""
        if self._session is None:
            return {}
        if self._practice is not None:
            return self._practice.state()
        if self.screen == AGREEMENT:
            store = self._session.store
            store.sync()
            return {"agreement": agreement_state(store.pairs(), open_readings(store.readings(), store.seconds()))}
        if self._settling is not None:
            return reconciliation_state(self._session, self._settling)
        return {**session_state(self._session), "own": self._own()}

    def handed_in(self) -> dict[str, Any]:
        """Return what was handed in for the part at hand."""
        if self._practice is not None:
            return self._practice.deliverable()
        part = self._part
        if part is None or self._shelf is None:
            return {}
        return deliverable_state(part, self._shelf.show(part))

    def _own(self) -> dict[str, Any] | None:
        """Return what the learner said of their own level, once the marker has given one: it must not lead them."""
        session = self._session
        if session is None or self._shelf is None or session.part is None or session.seen is None:
            return None
        given = shown_review(session.seen).level is not None
        return own_state(self._shelf.show(session.part)) if given else None

    def prepare(self) -> None:
        """Read the next parts ahead, in the background."""
        if self._shelf is not None and self._session is not None:
            self._shelf.prepare(self._session.upcoming(AHEAD))

    def anonymous(self, text: str) -> str:
        """Return a sentence without the identifier of the learner at hand."""
        part = self._part
        return text if part is None else text.replace(f"« {part.learner} »", "cette personne")

    @property
    def _work(self) -> DeskSession:
        if self._session is None:
            raise CasekitError("Choisissez d’abord votre nom et l’évaluation.")
        return self._session

    @property
    def _part(self) -> Part | None:
        if self._session is None or self._practice is not None or self.screen not in (READING, SETTLING):
            return None
        return self._settling.part if self._settling is not None else self._session.part

    def _place(self) -> str:
        session = self._work
        assert session.part is not None
        number, count = self._settling.place if self._settling else session.queue.place(session.part)
        noun = "double relecture" if self._settling else noun_of(session, session.part)
        return f"{noun} {number} sur {count}"

    def _enter(self, message: Message) -> None:
        self.enter(str(message.get("assignment", "")), str(message.get("marker", "")))

    def _exit(self, message: Message) -> None:
        self.leave()

    def _level(self, message: Message) -> None:
        level = int(message["value"])
        if self._settling is not None:
            self._settling.settle(level, str(message.get("comment", "")))
            self.told = f"Niveau {level} retenu – {self._place()}"
            return
        self._work.write(level=level)
        self._saved(f"Niveau {level} enregistré")

    def _comment(self, message: Message) -> None:
        text = str(message["value"])
        if self._settling is None:
            self._work.write(comment=text)
            self._saved("Commentaire enregistré")
        elif self._settling.level in (1, 2, 3, 4):
            self._settling.settle(int(self._settling.level), text)
            self.told = f"Commentaire retenu – {self._place()}"

    def _note(self, message: Message) -> None:
        self._work.write(note=str(message["value"]))
        self._saved("Note privée enregistrée")

    def _saved(self, words: str) -> None:
        """Say that something was written, unless a conflict waits."""
        if self._work.conflict is None:
            self.told = f"{words} – {self._place()}"

    def _quality(self, message: Message) -> None:
        self._work.set_quality(str(message["value"]), int(message["version"]))
        self.told = "Commentaire sur les qualités enregistré"

    def _oral(self, message: Message) -> None:
        self.told = heed(self._work, message)

    def _next(self, message: Message) -> None:
        if self._settling is not None:
            self.told = self._arrived() if self._settling.next_waiting() else "Tout est concilié."
        elif self._work.next_to_review():
            self.told = self._arrived()
        else:
            left = self._work.progress()
            self.told = ALL_DONE if left.done == left.total else LAST_ONE

    def _step(self, message: Message) -> None:
        places = 1 if message["value"] == 1 else -1
        found = self._settling.step(places) if self._settling else self._work.step(places)
        self.told = self._arrived() if found else "Il n’y en a pas d’autre de ce côté."

    def _arrived(self) -> str:
        part = self._part
        assert part is not None
        name = self._settling.name if self._settling is not None and part.notebook else self._work.name(part)
        return f"{name} – {self._place()}"

    def _mode(self, message: Message) -> None:
        self._work.read_by(Mode(message["value"]))
        self.told = self._arrived()

    def _group(self, message: Message) -> None:
        self._work.go(str(message["value"]))
        self.told = self._arrived()

    def _undo(self, message: Message) -> None:
        if self._settling is not None:
            self.told = "Conciliation annulée" if self._settling.undo() else "Il n’y a rien à annuler."
        elif self._work.undo() is None:
            self.told = "Il n’y a rien à annuler."
        else:
            self.told = f"Dernier changement annulé – {self._place()}"

    def _choose(self, message: Message) -> None:
        mine = message["value"] == "mine"
        self._work.choose(mine)
        self._saved("Votre saisie est enregistrée" if mine else "La version enregistrée est gardée")

    def _insert(self, message: Message) -> None:
        filled = self._work.insert(int(message["value"]))
        self._saved("Commentaire inséré")
        if filled.missing:
            listed = ", ".join(f"« {{{name}}} »" for name in filled.missing)
            self.alert = f"Valeur inconnue pour {listed} : complétez le commentaire à la main."

    def _bank(self, message: Message) -> None:
        identifier = message.get("id")
        self._work.bank(str(message["value"]), None if identifier is None else int(identifier))
        self.told = "Commentaire ajouté à la banque" if identifier is None else "Commentaire de la banque changé"

    def _unbank(self, message: Message) -> None:
        self._work.unbank(int(message["value"]))
        self.told = "Commentaire retiré de la banque"

    def _settle(self, message: Message) -> None:
        session = self._work
        self._settling = Reconciliation(session.store, session.marker)
        self.screen = SETTLING
        self.told = self._arrived()

    def _agreement(self, message: Message) -> None:
        self._settling, self.screen = None, AGREEMENT
        self.told = "Accord entre relecteurs"

    def _practise(self, message: Message) -> None:
        self._practice = DeskPractice(self._work)
        self.told = "Étalonnage : donnez un niveau à trois copies d’exemple"

    def _back(self, message: Message) -> None:
        self._settling, self._practice, self.screen = None, None, READING
        self._work.refresh()
        self._work.step(0)

    def _second(self, message: Message) -> None:
        criteria = [str(code) for code in message.get("criteria", [])]
        marker = Marker(str(message.get("name", "")).strip())
        count = ask_for_share(self._work.store, marker, float(message["share"]), criteria)
        self.told = f"{count} partie{'s' if count > 1 else ''} confiée{'s' if count > 1 else ''} à {marker.name}"


_ACTIONS: dict[Any, Callable[[Workplace, Message], None]] = {
    "enter": Workplace._enter, "exit": Workplace._exit, "level": Workplace._level, "comment": Workplace._comment,
    "note": Workplace._note, "quality": Workplace._quality, "next": Workplace._next, "step": Workplace._step,
    "mode": Workplace._mode, "group": Workplace._group, "undo": Workplace._undo, "choose": Workplace._choose,
    "insert": Workplace._insert, "bank": Workplace._bank, "unbank": Workplace._unbank,
    "settle": Workplace._settle, "agreement": Workplace._agreement, "back": Workplace._back,
    "second": Workplace._second, "practise": Workplace._practise, "begin": Workplace._practise,
    **dict.fromkeys(ORAL_ACTIONS, Workplace._oral),
}  # fmt: skip
