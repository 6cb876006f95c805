"""A simulator: a conversation that branches. Each answer is explained, can be taken again, and weighs on what follows.

Nothing of it is kept or handed in: one tries, reads why, goes back to a choice and tries another.
"""

from collections.abc import Sequence

from casestudies.conversation import END, Conversation, TalkLine, TalkStanding
from casestudies.conversation_files import conversation_of
from casestudies.studio.conversation_shown import debrief, effect, exchanges, facts_known, levels, quote
from casestudies.studio.simulator import LOCK, Bet, Control, Value, View, paragraphs
from casestudies.studio.simulator_live import Simulator

INTENTION, CHOICE, SAY, UNDO = "intention", "choix", "dire", "retour"
REVIEW, RETURN, AGAIN = "revoir", "revenir", "recommencer"
TO_OPEN = "Répondez à la question, puis verrouillez : la conversation s’ouvrira."
UNANSWERED = "Choisissez une réponse, puis verrouillez."
TO_SAY = "Choisissez une réplique, puis « Dire cela ». On peut toujours revenir en arrière : rien n’est noté ni gardé."
NOTHING_CHOSEN = "Choisissez d’abord une réplique, puis « Dire cela »."


class Talk:
    """One conversation, as it is being held: the answers taken so far, and what was said last."""

    def __init__(self, story: Conversation) -> None:
        """Start before the first word."""
        self.title, self.story = story.title, story
        self.restart()

    def restart(self) -> None:
        """Forget everything that was said."""
        asked = self.story.intention
        self.bet = Bet({INTENTION: (asked.question, tuple(asked.answers))})
        self.taken: list[int] = []
        self.picked, self.reviewed = "", 0
        self._said = TO_OPEN

    @property
    def played(self) -> list[tuple[TalkLine, int, TalkStanding]]:
        """The exchanges so far: each line, the rank of the answer, where the conversation then stands."""
        return self.story.played(self.taken)

    @property
    def line(self) -> TalkLine | None:
        """The line that waits for an answer; None once the conversation is over."""
        code = self.story.first
        for line, rank, _ in self.played:
            code = line.choices[rank].leads_to
        return None if code == END else self.story.lines[code]

    def put(self, name: str, value: Value) -> None:
        """Answer the first question, pick an answer, or look at an exchange again."""
        if name == INTENTION and not self.bet.locked:
            self.bet.answers[name] = str(value)
        elif name == self._here(CHOICE):
            self.picked = str(value)
        elif name == REVIEW:
            self.reviewed = self._labels.index(str(value))
            line, rank, _ = self.played[self.reviewed]
            choice = line.choices[rank]
            self._said = f"Échange {self.reviewed + 1}. Vous : {quote(choice.words)} {effect(choice)}"

    def press(self, name: str) -> None:
        """Lock the first question, say what was picked, take a choice again, or start again."""
        if name == LOCK:
            self._said = TO_SAY if self.bet.lock() else UNANSWERED
        elif name == self._here(SAY):
            self._say()
        elif name == self._here(UNDO):
            self._back_to(len(self.taken) - 1)
        elif name == RETURN:
            self._back_to(self.reviewed)
        elif name == AGAIN:
            self.restart()

    def _say(self) -> None:
        line = self.line
        rank = next((rank for rank, one in enumerate(line.choices) if one.words == self.picked), None) if line else None
        if line is None or rank is None:
            self._said = NOTHING_CHOSEN
            return
        self.taken.append(rank)
        costs = [one.choices[taken].tension - one.choices[taken].trust for one, taken, _ in self.played]
        self.picked, self.reviewed = "", costs.index(max(costs))  # the debrief opens on what cost most
        choice = line.choices[rank]
        self._said = f"{choice.speaker} : {quote(choice.reply)} {effect(choice)}"

    def _back_to(self, exchange: int) -> None:
        line, rank, _ = self.played[exchange]
        self.taken, self.picked = self.taken[:exchange], ""
        self._said = f"Retour à l’échange {exchange + 1}. Vous aviez dit : {quote(line.choices[rank].words)}"

    def _here(self, name: str) -> str:
        """Return the name of a control of this exchange: the next one has its own, and takes the keyboard."""
        return f"{name}-{len(self.taken)}"

    @property
    def _labels(self) -> list[str]:
        return [f"Échange {rank} : {line.choices[taken].kind}" for rank, (line, taken, _) in enumerate(self.played, 1)]

    def _standings(self) -> tuple[TalkStanding, TalkStanding]:
        """Return where the conversation stood before the last answer, and where it stands."""
        all_of_them: Sequence[TalkStanding] = (self.story.start, *(one for *_, one in self.played))
        return all_of_them[max(len(all_of_them) - 2, 0)], all_of_them[-1]

    def view(self) -> View:
        """Return what there is to see: the first question, an exchange, or the debrief."""
        scene = paragraphs((self.story.scene,))
        if not self.bet.locked:
            return View(self.bet.controls(), self._said, "", scene)
        before, now = self._standings()
        chart = levels(before, now, len(self.story.facts))
        line = self.line
        if line is None:
            return self._end(chart, now)
        words = facts_known(self.story, now) + exchanges(self.played)
        return View(self._exchange(line), self._said, chart, scene, words, self._here(CHOICE))

    def _exchange(self, line: TalkLine) -> tuple[Control, ...]:
        label = f"Échange {len(self.taken) + 1}. {line.speaker} : {quote(line.words)} Que dites-vous ?"
        options = tuple(one.words for one in line.choices)
        controls = (
            Control("radios", self._here(CHOICE), label, self.picked, options=options),
            Control("button", self._here(SAY), "Dire cela"),
        )
        undo = Control("button", self._here(UNDO), "Revenir au choix précédent")
        return (*controls, undo) if self.taken else controls

    def _end(self, chart: str, now: TalkStanding) -> View:
        labels = self._labels
        controls = (
            Control("radios", REVIEW, "Échange à revoir", labels[self.reviewed], options=tuple(labels)),
            Control("button", RETURN, "Revenir à ce choix"),
            Control("button", AGAIN, "Recommencer"),
        )
        ending = self.story.ending(now)
        intention = self.story.intention.answers[self.bet.answers[INTENTION]]
        words = debrief(self.story, self.played, ending, intention)
        return View(controls, self._said, chart, words.above, words.below, REVIEW)


def conversation(company: str, name: str) -> Simulator:
    """Show the conversation ``name`` of a company: ten exchanges or so, by keyboard too.

    Raises
    ------
    UnknownNameError
        When the company has no conversation of this name.
    """
    return Simulator(Talk(conversation_of(company, name)))
