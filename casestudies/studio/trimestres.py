"""The game « Quatre trimestres »: a bet, four splits of the budget against a rival, then why the figures moved.

The model is in ``casestudies.quarters``; here is only what can be done at each moment, and what there is to see.
"""

from functools import cached_property

import numpy as np

from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.quarters.best import Best, best_of
from casestudies.quarters.market import QUARTERS, YearPlan
from casestudies.quarters.scenario import STEP_HT, Year, year_of
from casestudies.quarters.sharing import in_steps, moved
from casestudies.quarters.words import TRENDS, announcement, euros, opening, outcome, reply
from casestudies.studio.simulator import INCOMPLETE, LOCK, Bet, Control, Value, View, paragraphs
from casestudies.studio.simulator_live import Simulator
from casestudies.studio.trimestres_debrief import FIGURES, NAMES, Debrief
from casestudies.studio.trimestres_shown import results, shown_mail, split_chart

TO_START = "Faites d’abord votre pari, puis verrouillez-le : l’année commencera."
PLAY, USUAL, AGAIN, OFFER, QUARTER, FIGURE = "play", "usual", "again", "offer", "quarter", "figure"


class QuartersGame:
    """One year being played: the split to come, and the quarters already played."""

    title = "Quatre trimestres"

    def __init__(self, year: Year) -> None:
        """Start at the bet, on last year's split."""
        self.year = year
        self.restart()

    def restart(self) -> None:
        """Forget everything: same decisions, same results."""
        levers = self.year.market.levers
        self.bet = Bet(
            {
                "lever": ("Quel levier faudra-t-il renforcer le plus sur l’année ?", levers),
                "trend": ("Une fois les leviers payés, la marge de l’année sera, par rapport à l’an dernier :", TRENDS),
            }
        )
        self.steps = self._usual_steps()
        self.offer = False
        self.played: list[tuple[list[int], bool]] = []
        self.quarter, self.figure = NAMES[0], FIGURES[0]
        self._debrief: Debrief | None = None
        self._said = TO_START

    def _usual_steps(self) -> list[int]:
        return in_steps(self.year.market.responses.usual_ht.tolist(), self.year.steps)

    @property
    def over(self) -> bool:
        """Whether the four quarters are played."""
        return len(self.played) == QUARTERS

    @property
    def plan(self) -> YearPlan:
        """What was played; last year's split stands for the quarters to come, which change nothing before them."""
        usual = self.year.market.usual
        spends, offers = usual.spends_ht.copy(), usual.offers.copy()
        for rank, (steps, offer) in enumerate(self.played):
            spends[rank], offers[rank] = STEP_HT * np.array(steps, dtype=float), float(offer)
        return YearPlan(spends, offers)

    @cached_property
    def best(self) -> Best:
        """The best plan: it depends on the year alone."""
        return best_of(self.year.market)

    @property
    def debrief(self) -> Debrief:
        """The debrief of the year that was played."""
        if self._debrief is None:
            self._debrief = Debrief(self.year, self.plan, self.best)
        return self._debrief

    def put(self, name: str, value: Value) -> None:
        """Answer the bet, move a lever (the others give or take), tick the offer, or choose what is explained."""
        levers = self.year.market.levers
        if name in self.bet.questions:
            self.bet.answers[name] = str(value)
        elif name in levers:
            self.steps = moved(self.steps, levers.index(name), int(value) // STEP_HT)
            mine = euros(self.steps[levers.index(name)] * STEP_HT)
            self._said = f"« {name} » : {mine}. Les autres leviers suivent : le total reste de {euros(self._money)}."
        elif name == OFFER:
            self.offer = bool(value)
            self._said = f"Offre de {self._discount} : {'lancée' if self.offer else 'retirée'}."
        elif name in (QUARTER, FIGURE):
            self._said = ""
            self.quarter, self.figure = (str(value), self.figure) if name == QUARTER else (self.quarter, str(value))

    def press(self, name: str) -> None:
        """Lock the bet, play the quarter, put last year's split back, or start again."""
        if name == LOCK:
            self._said = f"Pari verrouillé. {self._open}" if self.bet.lock() else INCOMPLETE
        elif name == USUAL:
            self.steps = self._usual_steps()
            self._said = "Répartition de l’an dernier reprise."
        elif name == PLAY:
            self._play()
        elif name == AGAIN:
            self.restart()

    def _play(self) -> None:
        rank = len(self.played)
        self.played.append((list(self.steps), self.offer))
        self.offer = False
        sales = float(self.year.market.sales_ht(self.plan)[rank].sum())
        next_step = "Le bilan explique l’année." if self.over else self._open
        self._said = f"Trimestre {rank + 1} joué : {euros(sales)} de ventes. {next_step}"

    @property
    def _open(self) -> str:
        return f"Trimestre {len(self.played) + 1} : répartissez {euros(self._money)}, puis jouez."

    @property
    def _money(self) -> float:
        return self.year.market.quarter_ht

    @property
    def _discount(self) -> str:
        return french_number(-100 * self.year.market.offer.discount, 0, "%")

    def view(self) -> View:
        """Return what there is to see: the bet, a quarter to play, or the debrief."""
        if self.over:
            return self._end()
        rank, bet = len(self.played), self.bet
        answered = (reply(self.year, self.plan, rank - 1),) if rank else ()
        intro = (*answered, announcement(self.year, rank)) if bet.locked else (opening(self.year),)
        chart = split_chart(self.year, rank, self.steps)
        controls = self._decisions(rank) if bet.locked else bet.controls()
        words = paragraphs((bet.said(),)) if bet.locked else ""
        return View(
            controls, self._said, chart, shown_mail(intro), results(self.year, self.plan, rank) + words,
            self.year.market.levers[0],
        )  # fmt: skip

    def _decisions(self, rank: int) -> tuple[Control, ...]:
        total = self.year.steps * STEP_HT
        sliders = (
            Control("slider", name, name, steps * STEP_HT, 0, total, STEP_HT, "€")
            for name, steps in zip(self.year.market.levers, self.steps, strict=True)
        )
        return (
            *sliders,
            Control("tick", OFFER, f"Offre de {self._discount} pendant quatre semaines", self.offer),
            Control("button", PLAY, f"Jouer le trimestre {rank + 1}"),
            Control("button", USUAL, "Comme l’an dernier"),
        )

    def _end(self) -> View:
        chart, why = self.debrief.explained(NAMES.index(self.quarter), self.figure)
        controls = (
            Control("radios", QUARTER, "Trimestre à expliquer", self.quarter, options=NAMES),
            Control("radios", FIGURE, "Ce qui a bougé", self.figure, options=FIGURES),
            Control("button", AGAIN, "Recommencer l’année"),
        )
        last = shown_mail((reply(self.year, self.plan, QUARTERS - 1),))
        bet = outcome(self.year, self.plan, self.best, [self.bet.answers[name] for name in self.bet.questions])
        return View(controls, f"{self._said} {why}".strip(), chart, last, paragraphs(bet) + self.debrief.words, QUARTER)


def simulateur_trimestres(dossier: Dossier) -> Simulator:
    """Return the panel of the game on the figures of a case that has the tables « budget » and « recettes ».

    Nothing of it is graded; the same decisions always give the same results.
    """
    known = {str(key): float(value) for key, value in dossier.table("hypotheses").set_index("cle")["valeur"].items()}
    return Simulator(QuartersGame(year_of(dossier.table("budget"), dossier.table("recettes"), known)))
