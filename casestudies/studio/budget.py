"""A simulator: share a budget between levers whose sales grow less and less as they are given more.

The response of a lever is an assumption for learning, set so that today's expense gives today's sales:
``sales(x) = sales_now · (a + (1 − a) · (1 + h) · x / (x + h))``, where ``x`` is the expense as a multiple of today's,
``a`` the share of the sales that would come this year without any expense, and ``h`` the multiple at which half of the
ceiling is reached.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.studio.bars import Bar, Look, bar_chart, differences, in_euros
from casestudies.studio.palette import BLUE, ORANGE
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator

RESPONSES = {
    "SEO": (0.80, 0.9),
    "SEA": (0.15, 0.9),
    "E-publicité": (0.0, 1.5),
    "Affiliation": (0.0, 2.5),
    "E-mailing": (0.60, 0.35),
    "Réseaux sociaux": (0.0, 1.2),
}
"""Acquired share and half-saturation of each lever (assumptions for learning, not norms)."""

STEP = 250
MORE = Look("rapporte plus d’un euro", BLUE)
LESS = Look("rapporte moins d’un euro", ORANGE, hatched=True)


@dataclass(frozen=True)
class BudgetLever:
    """One lever today: its expense and sales over the year, euros excluding VAT, and the shape of its response."""

    name: str
    spend_ht: float
    sales_ht: float
    acquired: float
    half: float

    def sales(self, spend_ht: float) -> float:
        """Return the sales expected from an expense.

        >>> lever = BudgetLever("SEA", 100, 400, 0.25, 1.0)
        >>> lever.sales(100), lever.sales(0), lever.sales(300)
        (400.0, 100.0, 550.0)
        """
        multiple = spend_ht / self.spend_ht
        moved = (1 + self.half) * multiple / (multiple + self.half)
        return self.sales_ht * (self.acquired + (1 - self.acquired) * moved)

    def next_euro(self, spend_ht: float) -> float:
        """Return the sales that one more euro brings.

        >>> BudgetLever("SEA", 100, 400, 0.25, 1.0).next_euro(100)
        1.5
        """
        multiple = spend_ht / self.spend_ht
        slope = (1 + self.half) * self.half / (multiple + self.half) ** 2
        return self.sales_ht / self.spend_ht * (1 - self.acquired) * slope


@dataclass(frozen=True)
class BudgetPlan:
    """A way of sharing the budget: an expense for each lever, and the margin rate on the sales."""

    levers: tuple[BudgetLever, ...]
    spends_ht: Mapping[str, float]
    margin_rate: float

    @property
    def spend_ht(self) -> float:
        """The whole expense."""
        return sum(self.spends_ht[lever.name] for lever in self.levers)

    @property
    def result_ht(self) -> float:
        """Margin on the sales of the levers, less the expense."""
        sales = sum(lever.sales(self.spends_ht[lever.name]) for lever in self.levers)
        return sales * self.margin_rate - self.spend_ht

    @property
    def average(self) -> dict[str, float]:
        """Margin by euro spent, by lever; 0 where nothing is spent."""
        return {
            lever.name: lever.sales(spend) * self.margin_rate / spend if (spend := self.spends_ht[lever.name]) else 0.0
            for lever in self.levers
        }

    @property
    def next_euro(self) -> dict[str, float]:
        """Margin that one more euro brings, by lever."""
        return {lever.name: lever.next_euro(self.spends_ht[lever.name]) * self.margin_rate for lever in self.levers}


def plan_of(dossier: Dossier) -> BudgetPlan:
    """Return how the budget of the year was really shared, to the step of the sliders."""
    spent = dossier.table("budget").groupby("levier")["reel_ht"].sum().to_dict()
    sold = dossier.table("recettes").groupby("levier")["ca_reel_ht"].sum().to_dict()
    known = dossier.table("hypotheses").set_index("cle")["valeur"].to_dict()
    levers = tuple(
        BudgetLever(name, float(spent[name]), float(sold[name]), *shape) for name, shape in RESPONSES.items()
    )
    return BudgetPlan(levers, {lever.name: _rounded(lever.spend_ht) for lever in levers}, float(known["taux_mcv"]))


def _rounded(amount: float) -> int:
    return round(amount / STEP) * STEP


def to_see(plan: BudgetPlan) -> str:
    """Return the one sentence that says what to look at."""
    gains = plan.next_euro
    best, worst = max(gains, key=lambda name: gains[name]), min(gains, key=lambda name: gains[name])
    if gains[best] < 1.25 * gains[worst]:
        return (
            "Les barres « prochain euro » sont presque égales : déplacer de l’argent d’un levier à l’autre ne fait "
            "plus rien gagner. C’est la meilleure répartition de ce budget."
        )
    advice = f"déplacez de l’argent de « {worst} » vers « {best} », et regardez le résultat monter."
    if not plan.spends_ht[worst]:
        advice = f"« {worst} » ne reçoit déjà rien : prenez sur le levier suivant le plus bas."
    return (
        f"Le prochain euro rapporte {french_number(gains[best], 2)} € de marge sur « {best} » et "
        f"{french_number(gains[worst], 2)} € sur « {worst} » : {advice}"
    )


def summary(plan: BudgetPlan, start: BudgetPlan) -> str:
    """Return the budget and the result of a plan, compared with those of ``start``."""
    gain, more = plan.result_ht - start.result_ht, plan.spend_ht - start.spend_ht
    budget = "comme aujourd’hui"
    if more:
        budget = f"{french_number(abs(more), 0)} € de {'plus' if more > 0 else 'moins'} qu’aujourd’hui"
    moved = f"{'−' if gain < 0 else '+'}{french_number(abs(gain), 0)} €"
    return (
        f"Budget réparti : {french_number(plan.spend_ht, 0)} € HT ({budget}). Marge des ventes attribuées moins "
        f"dépense : {french_number(plan.result_ht, 0)} € HT ({moved} par rapport à aujourd’hui)."
    )


def draw(plan: BudgetPlan, start: BudgetPlan) -> str:
    """Return the chart: the margin that the next euro of each lever brings, with the average beside it."""
    gains, average = plan.next_euro, plan.average
    bars = [
        Bar(
            name,
            f"{french_number(gain, 2)} € (en moyenne {french_number(average[name], 2)} €)",
            gain,
            MORE if gain >= 1 else LESS,
        )
        for name, gain in gains.items()
    ]
    return bar_chart(
        "Ce que rapporterait le prochain euro de chaque levier", bars, "Marge rapportée par un euro de plus (€ HT)",
        f"Marge rapportée par le prochain euro : {in_euros(gains, 2)}. Changé depuis la répartition réelle : "
        f"{differences(plan.spends_ht, start.spends_ht)}.",
        looks=(MORE, LESS), mark="l’euro est tout juste remboursé", line=1.0, decimals=1,
    )  # fmt: skip


QUESTION = "Le levier au meilleur rendement moyen est-il aussi celui où mettre le prochain euro ?"
YES, NO = "oui", "non"


def outcome(start: BudgetPlan) -> str:
    """Return what the real split says of the bet."""
    average, gains = start.average, start.next_euro
    first, best = max(average, key=lambda name: average[name]), max(gains, key=lambda name: gains[name])
    told = f"meilleur rendement moyen, « {first} » ({french_number(average[first], 2)} €) ; meilleur prochain euro, "
    told += f"« {best} » ({french_number(gains[best], 2)} €)"
    return f"Dans la répartition réelle : {told}. C’est donc {YES if first == best else NO}."


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the figures of a case."""
    start = plan_of(dossier)
    sliders = [
        Control("slider", lever.name, lever.name, int(start.spends_ht[lever.name]), 0, _rounded(2.5 * lever.spend_ht),
                STEP, "€")
        for lever in start.levers
    ]  # fmt: skip

    def show(spends_ht: dict[str, float]) -> SettingsShown:
        plan = replace(start, spends_ht=spends_ht)
        return SettingsShown(to_see(plan), draw(plan, start), (summary(plan, start), NOTE), outcome(start))

    bet = Bet({"bet": (QUESTION, (YES, NO))})
    return Experiment("Le simulateur de budget", bet, sliders, show, "Revenir à la répartition réelle")


NOTE = (
    "Hypothèses de travail : plus un levier reçoit d’argent, moins chaque euro de plus y rapporte ; une part des "
    "ventes du SEO et de l’e-mailing viendrait même sans dépense cette année. Ces courbes sont des repères "
    "pédagogiques, pas des mesures. Les ventes sont attribuées au dernier clic, ce qui dessert les leviers qui font "
    "connaître."
)


def simulateur_budget(dossier: Dossier) -> Simulator:
    """Return a panel of sliders, one per lever, that shows what the next euro of each would bring.

    A bet is locked first; the arrow keys move a slider; the answers of the notebook do not need this panel.
    """
    return Simulator(experiment(dossier))
