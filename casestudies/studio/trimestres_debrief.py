"""The debrief of the game: the causes of each movement, the best split, where the learner stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from casestudies.market.sampling import Floats
from casestudies.quarters.best import Best
from casestudies.quarters.causes import CAUSES, Movements, gaps, movements
from casestudies.quarters.market import QUARTERS, YearPlan
from casestudies.quarters.scenario import Year
from casestudies.quarters.words import CAUSE_NAMES, euros, signed, standing, why
from casestudies.studio.bars import Bar, Look, bar_chart
from casestudies.studio.palette import BLUE, ORANGE
from casestudies.studio.simulator import paragraphs
from casestudies.studio.trimestres_shown import wide_table

FIGURES = ("Ventes", "Marge")
NAMES = tuple(f"Trimestre {rank + 1}" for rank in range(QUARTERS))
UP, DOWN = Look("fait monter", BLUE), Look("fait baisser", ORANGE, hatched=True)


@dataclass(frozen=True)
class Debrief:
    """A year that was played, beside the best way to play it."""

    year: Year
    plan: YearPlan
    best: Best

    @cached_property
    def moved(self) -> Movements:
        """The causes of each movement."""
        return movements(self.year.market, self.plan)

    def figures(self, figure: str) -> tuple[Floats, list[float]]:
        """Return the causes by quarter, and the figure of the quarter before the year then of each of its quarters."""
        market, last = self.year.market, float(self.year.sold_ht[-1])
        if figure == FIGURES[0]:
            return self.moved.sales_ht, [last, *map(float, market.sales_ht(self.plan).sum(axis=1))]
        start = last * market.margin_rate - market.quarter_ht
        return self.moved.margin_ht, [start, *map(float, market.margin_ht(self.plan))]

    def explained(self, quarter: int, figure: str) -> tuple[str, str]:
        """Return the chart of the causes of one movement, and its sentence."""
        causes, levels = self.figures(figure)
        shares = causes[quarter]
        names = {**CAUSE_NAMES, "rival": f"{CAUSE_NAMES['rival']} : {self.year.moves[quarter].label}"}
        bars = [
            Bar(names[name], signed(float(share)), float(share), UP if share >= 0 else DOWN)
            for name, share in zip(CAUSES, shares, strict=True)
        ]
        said = why(figure, levels[quarter], levels[quarter + 1], shares, f"Trimestre {quarter + 1}")
        listed = ", ".join(f"{one.name.lower()} {one.figure}" for one in bars)
        moved = signed(levels[quarter + 1] - levels[quarter])
        title = f"{figure} du trimestre {quarter + 1} : {moved} par rapport au précédent"
        axis = "Ce que chaque cause ajoute ou retire (€ HT) ; la somme des causes est le mouvement"
        chart = bar_chart(title, bars, axis, f"{said} Toutes les causes : {listed}.", looks=(UP, DOWN))
        return chart, said

    @cached_property
    def words(self) -> str:
        """Where the learner stands, the causes of every movement, both splits; as HTML."""
        parts = gaps(self.year.market, self.plan, self.best.plan)
        tables = "".join((*(self._causes(figure) for figure in FIGURES), self._splits()))
        return paragraphs(standing(self.year, self.plan, self.best, parts)) + tables

    def _causes(self, figure: str) -> str:
        causes, levels = self.figures(figure)
        rows: list[Sequence[str]] = [
            (CAUSE_NAMES[name], *(signed(float(one)) for one in causes[:, rank])) for rank, name in enumerate(CAUSES)
        ]
        rows.append(("Mouvement", *(signed(now - before) for before, now in pairwise(levels))))
        return wide_table(f"{figure} : les causes de chaque mouvement", ("Cause", *NAMES), rows)

    def _splits(self) -> str:
        mine, better = self.plan, self.best.plan
        rows: list[Sequence[str]] = [
            (name, *(_both(mine.spends_ht[:, rank], better.spends_ht[:, rank])))
            for rank, name in enumerate(self.year.market.levers)
        ]
        words = [["sans" if not one else "avec" for one in plan.offers] for plan in (mine, better)]
        rows.append(("Offre", *(f"{one} → {other}" for one, other in zip(*words, strict=True))))
        return wide_table("Votre répartition → la meilleure (à 100 € près)", ("Levier", *NAMES), rows)


def _both(mine: Floats, better: Floats) -> list[str]:
    return [f"{euros(one)} → {euros(round(other, -2))}" for one, other in zip(mine, better, strict=True)]
