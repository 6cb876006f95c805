"""What every simulator is in the page: a bet that is locked first, then controls beside a chart, and what changed said.

A simulator says what there is to see (``View``) and hears what is done; ``simulator_live`` carries both to the page.
The controls are the page's own (range, radio buttons, checkbox, button): their labels name them, a keyboard works them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, Literal, Protocol

from casestudies.french import french_number
from casestudies.typography import french

Value = int | bool | str
LOCK, BACK = "lock", "back"


@dataclass(frozen=True)
class Control:
    """One control of the page.

    A slider goes from ``least`` to ``most`` by ``step``, in ``unit``; radio buttons hold one of
    ``options``, or nothing; a tick is True or False. What is ``off`` is shown and cannot be moved.
    """

    kind: Literal["slider", "radios", "tick", "button"]
    name: str
    label: str
    value: Value = ""
    least: int = 0
    most: int = 0
    step: int = 1
    unit: str = ""
    options: tuple[str, ...] = ()
    off: bool = False

    def taken(self, value: object) -> Value | None:
        """Return what a page sent as a value that this control can have, else None."""
        if self.off:
            return None
        if self.kind == "slider" and isinstance(value, int | float) and not isinstance(value, bool) and value == value:
            steps = round((min(max(value, self.least), self.most) - self.least) / self.step)
            return int(self.least + steps * self.step)
        if self.kind == "tick" and isinstance(value, bool):
            return value
        return value if self.kind == "radios" and isinstance(value, str) and value in self.options else None

    @property
    def figure(self) -> str:
        """The value of a slider, with its unit."""
        return french_number(int(self.value), 0, self.unit) if self.kind == "slider" else ""

    def said(self) -> str:
        r"""Return what is said of a control that was moved.

        >>> Control("slider", "a", "SEO", 1000, unit="jours").said(), Control("tick", "a", "Offre", False).said()
        ('SEO : 1\u202f000\xa0jours. ', 'Offre : non. ')
        """
        value = {True: "oui", False: "non"}[bool(self.value)] if self.kind == "tick" else self.figure or self.value
        return f"{self.label} : {value}. "

    def told(self) -> dict[str, Any]:
        """Return the control as the page draws it."""
        return {
            "kind": self.kind, "name": self.name, "label": french(self.label), "value": self.value, "off": self.off,
            "least": self.least, "most": self.most, "step": self.step, "text": self.figure,
            "options": [[one, french(one)] for one in self.options],
        }  # fmt: skip


@dataclass(frozen=True)
class View:
    """What there is to see: texts to read before, controls and a chart side by side, texts to read after.

    ``status`` is said aloud when it changes; ``intro``, ``chart`` and ``words`` are HTML; ``focus`` names the control
    that takes the keyboard when the one that had it is gone.
    """

    controls: tuple[Control, ...]
    status: str
    chart: str
    intro: str = ""
    words: str = ""
    focus: str = ""

    def told(self) -> dict[str, Any]:
        """Return the view as the page draws it."""
        return {
            "controls": [one.told() for one in self.controls], "status": french(self.status), "chart": self.chart,
            "intro": self.intro, "words": self.words, "focus": self.focus,
        }  # fmt: skip


class Playable(Protocol):
    """A simulator, whatever it simulates."""

    title: str

    def view(self) -> View:
        """Return what there is to see now."""

    def put(self, name: str, value: Value) -> None:
        """Give a control a value that it can have."""

    def press(self, name: str) -> None:
        """Press a button."""


@dataclass
class Bet:
    """What the learner thinks will happen: one answer to each question, that nothing changes once they are locked."""

    questions: Mapping[str, tuple[str, tuple[str, ...]]]
    answers: dict[str, str] = field(default_factory=dict)
    locked: bool = False

    @property
    def complete(self) -> bool:
        """Whether every question has its answer."""
        return set(self.answers) == set(self.questions)

    def controls(self) -> tuple[Control, ...]:
        """Return the questions and the button that locks their answers; nothing once they are."""
        if self.locked:
            return ()
        asked = (
            Control("radios", name, question, self.answers.get(name, ""), options=options)
            for name, (question, options) in self.questions.items()
        )
        return (*asked, Control("button", LOCK, "Verrouiller mon pari"))

    def lock(self) -> bool:
        """Lock the answers if there are all; return whether they are locked."""
        self.locked = self.locked or self.complete
        return self.locked

    def said(self) -> str:
        """Return the answers locked, in one line.

        >>> Bet({"a": ("Plus ou moins ?", ("plus", "moins"))}, {"a": "plus"}, True).said()
        'Votre pari : « plus ».'
        """
        return f"Votre pari : {', '.join(f'« {one} »' for one in self.answers.values())}."


TO_BET = "Faites d’abord votre pari, puis verrouillez-le : les réglages et le graphique s’ouvriront."
INCOMPLETE = "Choisissez une réponse à chaque question, puis verrouillez votre pari."


@dataclass(frozen=True)
class SettingsShown:
    """What settings show: a sentence, a chart (HTML), more sentences, what comes of the bet, the controls put off."""

    status: str
    chart: str
    sentences: tuple[str, ...] = ()
    outcome: str = ""
    after: str = ""
    off: frozenset[str] = frozenset()


class Experiment:
    """A simulator of settings: a bet, then controls to move, whose values show something at once."""

    def __init__(
        self,
        title: str,
        bet: Bet,
        controls: Sequence[Control],
        show: Callable[[dict[str, Any]], SettingsShown],
        back: str,
    ) -> None:
        """Keep the controls as they start; ``back`` is the text of the button that puts them back."""
        self.title, self.bet = title, bet
        self._start = tuple(controls)
        self._controls = {one.name: one for one in controls}
        self._show, self._back = show, back
        self._asked, self._moved = False, ""

    @property
    def values(self) -> dict[str, Value]:
        """The value of each control."""
        return {name: one.value for name, one in self._controls.items()}

    def put(self, name: str, value: Value) -> None:
        """Give a control, or a question of the bet, a value that it can have."""
        if name in self._controls and self.bet.locked:
            self._controls[name] = replace(self._controls[name], value=value)
            self._moved = self._controls[name].said()
        elif name in self.bet.questions and not self.bet.locked:
            self.bet.answers[name] = str(value)

    def press(self, name: str) -> None:
        """Lock the bet, or put every control back."""
        if name == LOCK:
            self._asked = not self.bet.lock()
        elif name == BACK:
            self._controls = {one.name: one for one in self._start}
            self._moved = f"{self._back} : fait. "

    def view(self) -> View:
        """Return the bet or what it was, the controls, and what their values show."""
        if not self.bet.locked:  # the chart would answer for the learner
            return View(self.bet.controls(), INCOMPLETE if self._asked else TO_BET, "")
        shown = self._show(dict(self.values))
        controls = tuple(replace(one, off=one.off or name in shown.off) for name, one in self._controls.items())
        moved = tuple(self._controls.values()) != self._start
        said = f"{self.bet.said()} {shown.outcome if moved else ''}".strip()
        return View(
            (*controls, Control("button", BACK, self._back)), self._moved + shown.status, shown.chart,
            words=paragraphs((said, *shown.sentences)) + shown.after,
            focus=next((one.name for one in controls if not one.off), ""),
        )  # fmt: skip


def paragraphs(lines: Sequence[str]) -> str:
    """Return sentences as HTML paragraphs."""
    return "".join(f"<p>{escape(french(one))}</p>" for one in lines)
