"""Practice in the desk: sample copies are levelled as any copy is, then the verdict is shown. It is no review."""

from typing import Any

from autograder.review.calibration.round import Round
from autograder.review.desk.session import DeskSession
from autograder.review.desk.view import practice_state, shown_state

PRACTICE, VERDICT = "etalonnage", "bilan"
STATUS = "copie d’étalonnage"


class DeskPractice:
    """A marker's practice on the criteria of one assignment."""

    def __init__(self, session: DeskSession) -> None:
        """Begin with the first criterion that the marker has not done.

        Raises
        ------
        CasekitError
            When no criterion of the assignment has sample copies.
        """
        codes = list(dict.fromkeys(one.criterion for one in session.declared))
        self._round = Round(session.course.db_url, session.marker, codes)

    @property
    def key(self) -> str:
        """What the page calls the copy at hand; nothing while the verdict is shown."""
        return self._round.key if self._round.verdict is None else ""

    def do(self, message: dict[str, Any]) -> str | None:
        """Do what a message asks, and return what to tell; None when it is not for the practice.

        Raises
        ------
        CasekitError
            When it asks for a criterion without sample copies.
        """
        match message.get("do"):
            case "level" if self._round.verdict is None:
                self._round.give(int(message["value"]))
                return f"Niveau {self._round.level} donné – {self._place()}"
            case "step":
                found = self._round.step(1 if message["value"] == 1 else -1)
                return self._arrived() if found else "Il n’y en a pas d’autre de ce côté."
            case "begin":
                self._round.begin(str(message["value"]))
                return self._arrived()
            case "next":
                return self._next()
        return None

    def state(self) -> dict[str, Any]:
        """Return what the page shows."""
        choices = {"codes": self._round.codes, "code": self._round.exercise.code}
        if self._round.verdict is not None:
            return {"screen": VERDICT, "practice": choices, "agreement": self._round.verdict_state()}
        left = len(self._round.exercise.left)
        return {"screen": PRACTICE, "practice": {**choices, "left": left}, **practice_state(self._round)}

    def deliverable(self) -> dict[str, Any]:
        """Return the copy at hand as the page shows any other; nothing while the verdict is shown."""
        return shown_state(self.key, self._round.item.shown, STATUS) if self.key else {}

    def _next(self) -> str:
        if self._round.verdict is not None:
            self._round.begin_next()
        elif not self._round.go_on():
            return "Voici le bilan : vos niveaux et ceux qui étaient convenus."
        return self._arrived()

    def _arrived(self) -> str:
        return f"{self._round.item.copy} – {self._place()}"

    def _place(self) -> str:
        number, count = self._round.place
        return f"{STATUS} {number} sur {count}"
