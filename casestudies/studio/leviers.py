"""A simulator: share the year's budget between levers, and see what the next thousand euros of each would bring.

The response of each lever is read from the table ``leviers`` (``casestudies.market.saturation``); what a client of each
lever is worth is given by the caller.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.market.saturation import Curve
from casestudies.studio.bars import Bar, Look, bar_chart, differences, in_euros
from casestudies.studio.palette import BLUE
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator

STEP = 1000
OPEN = Look("peut encore recevoir", BLUE)
FULL = Look("a atteint son budget maximal", "#949494", hatched=True)


@dataclass(frozen=True)
class Lever:
    """One lever: its response, what a client of it is worth, and its least and most useful budget (€ excl. tax)."""

    name: str
    curve: Curve
    client_value_ht: float
    least_ht: int
    most_ht: int

    def next_step(self, budget_ht: float) -> float:
        """Return what the clients that ``STEP`` euros more bring are worth.

        >>> Lever("SEO", Curve(66, 10_000), 1000, 0, 50_000).next_step(0)
        6000.0
        """
        return self.client_value_ht * (self.curve.clients(budget_ht + STEP) - self.curve.clients(budget_ht))

    @property
    def can_move(self) -> bool:
        """Whether a slider has somewhere to go."""
        return self.least_ht < self.most_ht


@dataclass(frozen=True)
class LeversPlan:
    """A way of sharing ``budget_ht``: so much for each lever, and the clients that the board aims at."""

    levers: tuple[Lever, ...]
    budget_ht: float
    aim: float
    spends_ht: Mapping[str, float]

    @property
    def left_ht(self) -> float:
        """What is still to be shared; negative when too much is."""
        return self.budget_ht - sum(self.spends_ht[lever.name] for lever in self.levers)

    @property
    def clients(self) -> float:
        """The clients expected in the year."""
        return sum(lever.curve.clients(self.spends_ht[lever.name]) for lever in self.levers)

    @property
    def worth_ht(self) -> float:
        """What these clients are worth."""
        return sum(lever.client_value_ht * lever.curve.clients(self.spends_ht[lever.name]) for lever in self.levers)

    @property
    def next_step(self) -> dict[str, float]:
        """What the next step brings, by lever."""
        return {lever.name: lever.next_step(self.spends_ht[lever.name]) for lever in self.levers}

    def moves(self) -> tuple[Lever, Lever] | None:
        """Return the lever to take from and the one to give to, None when no pair can move."""
        gains = self.next_step
        lower = [lever for lever in self.levers if self.spends_ht[lever.name] - STEP >= lever.least_ht]
        higher = [lever for lever in self.levers if self.spends_ht[lever.name] + STEP <= lever.most_ht]
        if not lower or not higher:
            return None
        return min(lower, key=lambda lever: gains[lever.name]), max(higher, key=lambda lever: gains[lever.name])


def plan_of(dossier: Dossier, valeurs: Mapping[str, float]) -> LeversPlan:
    """Return the expense of the year, within the bounds of each lever and to the step of the sliders."""
    table = dossier.table("leviers").set_index("levier")
    costs = dossier.periode("couts_exercice").filtrer(dossier.table("couts_acquisition"), "mois")
    spent = costs.groupby("levier")["reel_ht"].sum().to_dict()
    known = dossier.table("hypotheses").set_index("cle")["valeur"].to_dict()
    levers = tuple(
        Lever(
            str(name),
            Curve(float(row["plafond_clients"]), float(row["budget_moitie_ht"])),
            float(valeurs[str(name)]),
            int(row["budget_min_ht"]),
            int(row["budget_max_ht"]),
        )
        for name, row in table.iterrows()
    )
    start = {
        lever.name: min(max(round(spent[lever.name] / STEP) * STEP, lever.least_ht), lever.most_ht) for lever in levers
    }
    return LeversPlan(levers, float(known["budget_2026_2027_ht"]), float(known["objectif_clients"]), start)


def to_see(plan: LeversPlan) -> str:
    """Return the one sentence that says what to look at."""
    if plan.left_ht < 0:
        return (
            f"Vous dépassez le budget de {french_number(-plan.left_ht, 0)} € : reprenez où la barre est la plus courte."
        )
    if plan.left_ht >= STEP:
        return f"Il reste {french_number(plan.left_ht, 0)} € à répartir : donnez où la barre est la plus longue."
    pair = plan.moves()
    gains = plan.next_step
    if pair is None or gains[pair[1].name] < 1.05 * gains[pair[0].name]:
        return (
            "Tout le budget est réparti, et les barres des leviers que l’on peut encore bouger sont presque égales : "
            "déplacer de l’argent ne ferait plus rien gagner."
        )
    low, high = pair
    return (
        f"Tout le budget est réparti. Le prochain millier d’euros rapporte {french_number(gains[high.name], 0)} € sur "
        f"« {high.name} » et {french_number(gains[low.name], 0)} € sur « {low.name} » : "
        "déplacez de l’argent du second vers le premier."
    )


def summary(plan: LeversPlan, start: LeversPlan) -> str:
    """Return what the plan brings, compared with the expense of the year and with the aim."""
    gain = plan.worth_ht - start.worth_ht
    moved = (
        f"{'−' if gain < 0 else '+'}{french_number(abs(gain), 0)} € par rapport à" if abs(gain) >= 1 else "comme avec"
    )
    return (
        f"Clients prévus : {french_number(plan.clients, 1)} (objectif de la direction : {french_number(plan.aim, 0)}). "
        f"Valeur de ces clients : {french_number(plan.worth_ht, 0)} € HT, {moved} la dépense de l’exercice."
    )


def shared(plan: LeversPlan) -> str:
    """Return the split in words.

    >>> lever = Lever("SEO", Curve(60, 50_000), 1000, 0, 90_000)
    >>> shared(LeversPlan((lever,), 40_000, 50, {"SEO": 40_000})).replace("\u202f", " ")
    'Répartition : SEO 40 000 €.'
    """
    return (
        "Répartition : "
        + ", ".join(f"{lever.name} {french_number(plan.spends_ht[lever.name], 0)} €" for lever in plan.levers)
        + "."
    )


def draw(plan: LeversPlan, start: LeversPlan) -> str:
    """Return the chart: what the next thousand euros of each lever brings; hatched where it has no room left."""
    gains = plan.next_step
    bars = [
        Bar(
            lever.name,
            f"{french_number(gains[lever.name], 0)} €",
            gains[lever.name],
            FULL if plan.spends_ht[lever.name] + STEP > lever.most_ht else OPEN,
        )
        for lever in plan.levers
    ]
    return bar_chart(
        "Ce que rapporterait le prochain millier d’euros de chaque levier", bars,
        "Valeur des clients qu’amène un millier d’euros de plus (€ HT)",
        f"Valeur des clients qu’amène le prochain millier d’euros : {in_euros(gains, 0)}. Changé depuis la dépense de "
        f"l’exercice : {differences(plan.spends_ht, start.spends_ht)}.", looks=(OPEN, FULL),
    )  # fmt: skip


QUESTION = "À la dépense de l’exercice, sur quel levier le prochain millier d’euros rapporte-t-il le plus ?"


def experiment(dossier: Dossier, valeurs: Mapping[str, float]) -> Experiment:
    """Return the simulator on the figures of a case; ``valeurs`` gives what a client of each lever is worth."""
    start = plan_of(dossier, valeurs)
    sliders = [
        Control("slider", lever.name, lever.name, int(start.spends_ht[lever.name]), lever.least_ht, lever.most_ht,
                STEP, "€", off=not lever.can_move)
        for lever in start.levers
    ]  # fmt: skip
    gains = start.next_step
    best = max(gains, key=lambda name: gains[name])
    outcome = f"À la dépense de l’exercice, c’est sur « {best} » qu’il rapporte le plus."

    def show(spends_ht: dict[str, float]) -> SettingsShown:
        plan = replace(start, spends_ht=spends_ht)
        return SettingsShown(to_see(plan), draw(plan, start), (summary(plan, start), shared(plan)), outcome)

    bet = Bet({"bet": (QUESTION, tuple(lever.name for lever in start.levers))})
    return Experiment("Le simulateur de répartition", bet, sliders, show, "Revenir à la dépense de l’exercice")


def simulateur_leviers(dossier: Dossier, valeurs: Mapping[str, float]) -> Simulator:
    """Return a panel of sliders, one per lever, from its least to its most useful budget.

    A bet is locked first; the arrow keys move a slider by a thousand euros. ``valeurs`` gives what a client of each
    lever is worth. It keeps nothing, and knows nothing of what the graded question adds.
    """
    return Simulator(experiment(dossier, valeurs))
