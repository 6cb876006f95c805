"""What the acquisition plan, the funnel and the tests of notebook 05 must hold before people read them."""

import re
from dataclasses import dataclass
from itertools import pairwise

from autograder.keys import conversion
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.amounts import Recomputed, StartAndTarget, WithinRange
from autograder.keys.checks.evidence import CitesEvidence, EvidenceExists
from autograder.keys.checks.form import Form
from autograder.keys.checks.reading import number_in, plain, share_in
from autograder.keys.checks.rows import AtLeastDistinct, DistinctRows, OneRowEach, OrderedStages
from autograder.keys.checks.tables import Row, faults, filled_rows, label, place, shown
from autograder.keys.checks.texts import CellFigures, TextLength
from autograder.keys.questions import questions_of
from autograder.keys.questions.e3_plan_operationnel import trafic_client as facts
from autograder.keys.questions.e3_plan_operationnel.trafic_client import KEYS
from casestudies.answers import Value
from casestudies.french import short_number

PLAN, FUNNEL, TESTS = Form("plan-acquisition"), Form("entonnoir-etapes"), Form("essais-conversion")
MONTHS = PLAN.choices("mois_fort")
STEPS = FUNNEL.choices("étape")
READERS = dict(zip(map(plain, STEPS), ("visiteur", "lead", "SQL"), strict=True))
FIRST_MONTH = 7
"""July: the first month of the fiscal year, and of the list of months."""
BOUNDS = dict(zip(map(plain, STEPS), ((0, 1), (1, 3), (3, 5)), strict=True))
"""Where each step begins and ends among visits, leads, MQL, SQL, opportunities, clients."""
USED = 0.85
"""The share of the budget that a plan short of its aim has spent at least: it could not have done much more."""
NEAR = 0.01
MOST = 10_000_000
"""More than enters any stage: what is above is a slip of the keyboard."""


@dataclass(frozen=True)
class WebLever:
    """A lever of the web: visits and expenses of the year, half and greatest budgets (€ excl. tax), signing, season."""

    visits: float
    spent: float
    half: float
    greatest: float
    signing: float
    season: tuple[float, ...]

    def cost(self, visits: float) -> float | None:
        """Return the budget that so many visits ask for; None when the lever can never bring them."""
        times = visits / self.visits
        reachable = times * self.spent < self.spent + self.half
        return conversion.budget_for(self.spent, self.half, times) if reachable else None


def levers(case: Case) -> dict[str, WebLever]:
    """Return the levers of the web by plain name."""
    year = case.period("exercice").filtrer(case.table("visites_mensuelles"), "mois")
    monthly = year.assign(rank=(year["mois"].dt.month - FIRST_MONTH) % 12).pivot(
        index="rank", columns="levier", values="visites"
    )
    seen, signed = facts.visits(case), case.fact(facts.lever_counts)["date_client"]
    paid, half = facts.spent(case), case.fact(facts.halves)
    greatest = case.table("leviers").set_index("levier")["budget_max_ht"].astype(float)
    return {
        plain(name): WebLever(
            float(monthly[name].sum()), float(paid[name]), half[name], float(greatest[name]),
            float(signed[name] / seen[name]),
            tuple(float(one) for one in monthly[name] / monthly[name].sum()),
        )
        for name in facts.LEVERS
    }  # fmt: skip


def web_budget(case: Case) -> float:
    """Return what is left of the budget once the other two levers cost what they cost in the year (€ excl. tax)."""
    paid = facts.spent(case)
    return case.fact(hypotheses)["budget_2026_2027_ht"] - float(paid.drop(list(facts.LEVERS)).sum())


def _lever(case: Case, row: Row) -> tuple[WebLever, float] | None:
    lever, count = case.fact(levers).get(plain(row["levier"])), number_in(row["visites"])
    return None if lever is None or count is None else (lever, count)


def _cost(case: Case, row: Row) -> float | None:
    found = _lever(case, row)
    return found[0].cost(found[1]) if found else None


def _clients(case: Case, row: Row) -> float | None:
    found = _lever(case, row)
    return found[0].signing * found[1] if found else None


def _of_month(case: Case, row: Row) -> float | None:
    found, named = _lever(case, row), plain(row["mois_fort"])
    ranks = {plain(name): rank for rank, name in enumerate(MONTHS)}
    return found[0].season[ranks[named]] * found[1] if found and named in ranks else None


@dataclass(frozen=True)
class Reachable:
    """The visits aimed at are a number that the lever can bring, for no more than its greatest budget."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is no count, or that its lever cannot bring as far as its curve is known."""
        known, remarks = case.fact(levers), []
        for row, (name, cell) in filled_rows(answer, "levier", "visites"):
            lever, count = known.get(plain(name)), number_in(cell)
            if count is None or count < 0:
                remarks.append(f"{place(row, 'visites')} : {shown(cell)} n’est pas un nombre de visites.")
            if lever is None or count is None or count < 0:
                continue
            cost = lever.cost(count)
            if cost is None:
                remarks.append(
                    f"{place(row, 'visites')} : aucun budget n’amènerait autant de visites par ce levier. Sa courbe a "
                    "un plafond : baissez le nombre, ou changez de levier."
                )
            elif cost > lever.greatest + NEAR:
                remarks.append(
                    f"{place(row, 'visites')} : autant de visites demandent plus que le budget maximal de ce levier ; "
                    "au-delà, sa courbe n’est plus mesurée. Baissez le nombre, ou changez de levier."
                )
        return remarks


def _whole_plan(answer: Value) -> tuple[float, float] | None:
    """Return the clients and the cost of the four levers, each counted once; None while one of them is missing."""
    found: dict[str, tuple[float, float]] = {}
    for _, (name, *cells) in filled_rows(answer, "levier", "clients", "coût_ht"):
        clients, cost = map(number_in, cells)
        if clients is not None and cost is not None:
            found.setdefault(plain(name), (clients, cost))
    kept = [found.get(plain(name)) for name in facts.LEVERS]
    if None in kept:
        return None
    clients_of, cost_of = zip(*(one for one in kept if one), strict=True)
    return sum(clients_of), sum(cost_of)


@dataclass(frozen=True)
class WithinWebBudget:
    """The four levers cost no more than what the web is given."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when they cost more."""
        found = _whole_plan(answer)
        if found is None or found[1] <= case.fact(web_budget) + NEAR:
            return []
        return [
            f"Colonne « coût_ht » : le total, {short_number(round(found[1]))} €, dépasse le budget du web. Baissez les "
            "visites du levier où la prochaine coûte le plus."
        ]


@dataclass(frozen=True)
class AimOrBudget:
    """The clients of all levers reach what the web must sign, or the budget is nearly spent: traffic can do no more."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the plan is short of its aim and of expenses."""
        found = _whole_plan(answer)
        if found is None or found[0] >= case.fact(facts.web_target) - 0.5 or found[1] >= USED * case.fact(web_budget):
            return []
        return [
            "Le plan n’amène pas les clients que le web doit signer, et il lui reste du budget. Ajoutez des visites là "
            "où la prochaine coûte le moins."
        ]


@dataclass(frozen=True)
class ContentOfStage:
    """The content of each stage is one that its own reader opens most."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per content of another reader."""
        table = case.table("contenus")
        readers = {plain(name): str(reader) for name, reader in zip(table["contenu_id"], table["lecteur"], strict=True)}
        return [
            f"{place(row, 'contenu')} : {label(cell)} est surtout ouvert par un autre lecteur que celui de l’étape "
            f"{label(step)}. Relisez la colonne « lecteur » de la table « contenus »."
            for row, (step, cell) in filled_rows(answer, "étape", "contenu")
            if plain(step) in READERS and readers.get(plain(cell), READERS[plain(step)]) != READERS[plain(step)]
        ]


@dataclass(frozen=True)
class ChainedVolumes:
    """What enters a stage is what left the one before."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per break in the chain."""
        known = {
            plain(step): (row, step, number_in(start), number_in(end))
            for row, (step, start, end) in filled_rows(answer, "étape", "entrée", "sortie")
        }
        stages = [known[plain(step)] for step in STEPS if plain(step) in known]
        remarks = []
        for (_, before, _, end), (row, step, start, _) in pairwise(stages):
            if end is not None and start is not None and abs(start - end) > max(NEAR * end, 0.5):
                remarks.append(
                    f"{place(row, 'entrée')} : ce n’est pas ce qui sort de l’étape {label(before)}. En {label(step)}, "
                    "reprenez ce nombre."
                )
        return remarks


@dataclass(frozen=True)
class AimsAtTarget:
    """The clients who leave the last stage are those that the web must sign, at least."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when there are fewer."""
        for row, (step, cell) in filled_rows(answer, "étape", "sortie"):
            count = number_in(cell)
            if plain(step) == plain(STEPS[-1]) and count is not None and count < case.fact(facts.web_target) - 1:
                return [
                    f"{place(row, 'sortie')} : c’est moins que les clients que le web doit signer. Partez de ce nombre "
                    "et remontez : plus de visites à l’entrée, ou un meilleur taux."
                ]
        return []


def _measured(case: Case, row: Row) -> float | None:
    bounds, found = BOUNDS.get(plain(row["étape"])), case.fact(facts.counts)
    return None if bounds is None else found[bounds[1]] / found[bounds[0]]


def _leaving(_: Case, row: Row) -> float | None:
    start, rate = number_in(row["entrée"]), share_in(row["taux_visé"])
    return None if start is None or rate is None else start * rate


def _size(_: Case, row: Row) -> float | None:
    rate, aimed = share_in(row["taux_actuel"]), share_in(row["taux_visé"])
    if rate is None or aimed is None or not (0 < rate < 1 and 0 < aimed < 1) or rate == aimed:
        return None
    return conversion.sample_size(rate, aimed)


DECEPTIVE = (
    "compte à rebours", "comptes à rebours", "compteur d’inscrits", "compteur de places", "compteur qui",
    "fausse urgence", "plus que deux", "plus que trois", "plus que quelques", "expire ce soir", "expire dans",
    "dernière chance", "dernière place", "dernières places", "cochée d’avance", "coché d’avance", "cochée par défaut",
    "coché par défaut", "cochée d’office", "faux avis", "faux témoignage", "avis inventé", "avis acheté", "gonfler",
    "gonflé", "accord caché", "refus caché", "accord par défaut",
)  # fmt: skip
"""Words of a deceptive interface (sources in the document « methode-acquisition »)."""
_DECEPTIVE = re.compile(rf"\b(?:{'|'.join(re.escape(plain(one)) for one in DECEPTIVE)}|plus que \d+)e?s?\b")
DENIALS = (
    "sans", "aucun", "aucune", "ni", "non", "jamais", "pas", "interdit", "interdite", "retirer", "retiré", "supprimer",
    "supprimé", "enlever", "enlevé",
)  # fmt: skip
_DENIED = re.compile(rf"\b(?:{'|'.join(map(plain, DENIALS))})s?\b")
_BEFORE = 40
"""Characters before the words where « sans » or « aucun » says the contrary."""


@dataclass(frozen=True)
class BelievableRates:
    """Each cell of ``names`` is a rate, more than 0 and less than 1; ``words`` are said here, or by another rule."""

    names: tuple[str, ...]
    words: bool = True

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that is none."""
        return faults(answer, self._fault, *self.names)

    def _fault(self, cell: object) -> str:
        rate = share_in(cell)
        right = not self.words if rate is None else 0 < rate < 1
        return "" if right else f"{shown(cell)} n’est pas un taux ; on attend une part, comme 0,043 ou 4,3 %."


@dataclass(frozen=True)
class NoDeceptiveDesign:
    """No cell of ``names`` proposes a deceptive interface; saying that one is refused is welcome."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that proposes one."""
        return faults(answer, self._fault, *self.names)

    def _fault(self, cell: object) -> str:
        text = plain(cell)
        for found in _DECEPTIVE.finditer(text):
            if not _DENIED.search(text[max(0, found.start() - _BEFORE) : found.start()]):
                return (
                    f"« {found[0]} » se lit comme une interface trompeuse. Si ce que lit la personne est vrai et son "
                    "choix libre, dites comment ; sinon, cherchez un autre moyen (« Ce que nous nous interdisons »)."
                )
        return ""


KEYS.table(
    "p5-acquisition",
    *PLAN.rules,
    OneRowEach("levier", PLAN.choices("levier")),
    Reachable(),
    Recomputed("coût_ht", _cost, "le budget que ces visites demandent sur la courbe du levier", tolerance=0.01),
    Recomputed("clients", _clients, "visites × part des visites de ce levier qui signent", tolerance=0.01, step=0.5),
    Recomputed("visites_mois_fort", _of_month, "les visites de ce mois, saison de l’exercice", tolerance=0.01, step=1),
    WithinWebBudget(),
    AimOrBudget(),
    CellFigures("hypothèse", "un coût, un taux ou un délai"),
    TextLength(8, 45, "hypothèse"),
    CitesEvidence("source", questions_of),
)

KEYS.table(
    "p5-entonnoir",
    FUNNEL.columns,
    FUNNEL.filled,
    OrderedStages("étape", STEPS),
    EvidenceExists("contenu", "contenus", "contenu_id"),
    ContentOfStage(),
    DistinctRows("public"),
    DistinctRows("appel_action"),
    DistinctRows("indicateur"),
    AtLeastDistinct("canal", 2),
    Recomputed("taux_mesuré", _measured, "sortie ÷ entrée de cette étape, sur la cohorte", tolerance=0.01, step=0.0006),
    BelievableRates(("taux_visé",)),
    WithinRange("entrée", 1, MOST),
    Recomputed("sortie", _leaving, "entrée × taux visé", tolerance=NEAR, step=0.5),
    ChainedVolumes(),
    AimsAtTarget(),
    CellFigures("action", "un taux, un volume ou un gain"),
    TextLength(8, 50, "action"),
)

KEYS.table(
    "p5-essais",
    *TESTS.rules,
    AtLeastDistinct("méthode", 3),
    CellFigures("frein", "un chiffre du dossier, ou combien de personnes l’ont dit"),
    TextLength(5, 40, "frein"),
    TextLength(4, 35, "outil"),
    TextLength(3, 35, "accord"),
    StartAndTarget("taux_actuel", "taux_visé"),
    BelievableRates(("taux_actuel", "taux_visé"), words=False),
    Recomputed("n_par_version", _size, "la taille que donnent vos deux taux", tolerance=0.01, step=1),
    NoDeceptiveDesign(("frein", "outil", "accord", "décision")),
    TextLength(8, 45, "décision"),
)
