"""Notebook 07: a roadmap that holds (B2-C02), axes that can be proved (B2-C05), a project led to its size (B2-C08)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from autograder.keys import metrics, project
from autograder.keys.cases import Case
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import apart, by_name, elsewhere
from autograder.keys.model import Stated
from casestudies.feuille_route import ARROW, longueurs
from casestudies.hetrabelle.company import Hetrabelle
from casestudies.references import Target, load

KEYS = Keys("e3-plan-operationnel/07-feuille-de-route", company="hetrabelle")
ACTIONS = ("A1", "A2", "A3", "A4", "A5")
AXES = ("D1", "D2", "D3", "D4", "D5", "D6")
CLAIMS = ("E1", "E2", "E3", "E4", "E5")
TRAINED = "L07"
"""The task whose slack is asked for: training the resellers."""
_UNPROVED = {"generic": "M851", "carbon": "M852", "label": "M853", "part": "M859"}


def landmarks(case: Case) -> dict[str, float]:
    """Return the landmarks of the launch, by key."""
    table = case.table("lancement_reperes")
    return {str(key): float(value) for key, value in zip(table["cle"], table["valeur"], strict=True)}


def vat(case: Case) -> float:
    """Return the VAT rate of furniture."""
    table = case.table("hypotheses").set_index("cle")["valeur"]
    return float(table["taux_tva"])


@dataclass(frozen=True)
class TaskNetwork:
    """The tasks by id, their expected durations and deviations, and the length of each chain."""

    tasks: pd.DataFrame
    expected: pd.Series
    deviation: pd.Series
    chains: pd.Series

    @property
    def length(self) -> float:
        """The longest chain."""
        return float(self.chains.max())

    @property
    def critical(self) -> list[str]:
        """The tasks of the longest chain."""
        return str(self.chains.idxmax()).split(ARROW)


def network(case: Case) -> TaskNetwork:
    """Return the launch as a network of tasks."""
    tasks = case.table("lancement_taches").set_index("tache_id")
    points = tasks[["optimiste_j", "probable_j", "pessimiste_j"]]
    expected = points.apply(lambda row: metrics.three_point(*row), axis=1)
    spread = points.apply(lambda row: project.deviation(row["optimiste_j"], row["pessimiste_j"]), axis=1)
    return TaskNetwork(tasks, expected, spread, longueurs(tasks, expected))


@dataclass(frozen=True)
class Progress:
    """Where the launch stands after two months (€ excl. tax): whole budget, work planned and done, spent."""

    budget: float
    planned: float
    earned: float
    spent: float


def progress(case: Case) -> Progress:
    """Return the follow-up, all tasks together."""
    seen = case.table("suivi_lancement")
    budget = seen["budget_ht"]
    planned, earned = (float((budget * seen[name]).sum()) for name in ("avancement_prevu", "avancement_reel"))
    return Progress(float(budget.sum()), planned, earned, float(seen["depense_ht"].sum()))


# 3 days, then 4 and 8 side by side, then 2: B is 13; three points 2, 3 and 10: expected 4.
KEYS.fixed_choice("p7-entree-chaine", "B", {"M108": "A", "M273": "C", "M274": "D"})
KEYS.fixed_choice("p7-entree-points", "C", {"M341": "A", "M342": "B", "M343": "D"})


@KEYS.number("p7-marge-budget", "€ HT")
def budget_slack(case: Case) -> Stated:
    """Return what remains of the agency's envelope once its actions are paid, VAT left out."""
    actions, envelope, rate = case.table("feuille_agence"), case.fact(landmarks)["enveloppe_agence_ht"], vat(case)
    read = float(actions["budget"].sum())
    net = float(actions["budget"].where(actions["base"] == "HT", actions["budget"] / (1 + rate)).sum())
    cut = float(actions["budget"].where(actions["base"] == "HT", actions["budget"] * (1 - rate)).sum())
    right = envelope - net
    return right, apart(
        right,
        {
            "M17": envelope - read,
            "M840": envelope - read / (1 + rate),
            "M16": envelope - cut,
            "M841": net,
            "M127": -right,
        },
    )


@KEYS.label("p7-impossible", ACTIONS)
def impossible(case: Case) -> Stated:
    """Return the action that ends before it begins, not the one that only begins too early."""
    table = case.table("feuille_agence").set_index("action_id")
    ends = table["fin"]
    early = [
        str(name)
        for name, waited, start in zip(table.index, table["attend"], table["debut"], strict=True)
        if waited and ends[waited] >= start
    ]
    backwards = table.index[ends < table["debut"]]
    return str(backwards[0]), {"M842": tuple(early)}


@KEYS.values("p7-charge", "rôle", "jours demandés par jour disponible")
def load_by_role(case: Case) -> Stated:
    """Days asked, help included, over the days that other projects leave."""
    work = case.table("lancement_charges")
    team = case.table("lancement_equipe").set_index("role")
    asked = work.groupby("role")["jours"].sum()
    own = work[work["part"] == "responsable"].groupby("role")["jours"].sum()
    free, there = team["jours_disponibles"], team["jours_presence"]
    right = by_name(asked / free)
    wrongs = {
        "M843": by_name(own / free),
        "M844": by_name(asked / there),
        "M04": by_name(free / asked),
    }
    return right, elsewhere(right, wrongs)


@KEYS.number("p7-duree", "jours ouvrés")
def length(case: Case) -> Stated:
    """Longest chain of expected durations."""
    known = case.fact(network)
    points = known.tasks[["optimiste_j", "probable_j", "pessimiste_j"]]
    right = known.length
    return right, apart(
        right,
        {
            "M108": float(known.expected.sum()),
            "M273": float(known.chains.min()),
            "M274": float(known.expected.max()),
            "M341": float(longueurs(known.tasks, points.mean(axis=1)).max()),
            "M342": tuple(float(longueurs(known.tasks, points[name]).max()) for name in points),
        },
    )


@KEYS.number("p7-marge-tache", "jours ouvrés", needs=(length,))
def slack(case: Case) -> Stated:
    """Length of the project less the longest chain through the task."""
    known, whole = case.fact(network), case.value(length)
    through = known.chains[known.chains.index.str.contains(TRAINED)]
    right = whole - float(through.max())
    return right, apart(
        right,
        {
            "M847": whole - float(through.min()),
            "M848": whole - float(known.expected[TRAINED]),
            "M127": -right,
        },
    )


@KEYS.number("p7-chance", "proportion", needs=(length,))
def chance(case: Case) -> Stated:
    """Probability of the delay that was promised, by the deviations of the longest chain."""
    known, whole, limit = case.fact(network), case.value(length), case.fact(landmarks)["delai_promis_j"]
    alone = known.deviation[known.critical]
    right = project.chance(limit, whole, project.chain_deviation(alone))
    return right, apart(
        right,
        {
            "M845": project.chance(limit, whole, float(alone.sum())),
            "M846": project.chance(limit, whole, project.chain_deviation(known.deviation)),
        },
    )


@KEYS.label("p7-odd", AXES)
def exact_axis(case: Case) -> Stated:
    """Axis whose target exists and says what is said of it."""
    labels = {one.number: one.label for one in load(Target)}
    table = case.table("axes_agence")
    names = table.set_index("axe_id")
    said = names["cible"].map(labels)
    exact = said == names["libelle_cite"]
    wrongs = {"M849": names.index[said.notna() & ~exact], "M850": names.index[said.isna()]}
    return str(names.index[exact][0]), {mistake: tuple(map(str, ids)) for mistake, ids in wrongs.items()}


@KEYS.label("p7-allegation", CLAIMS)
def proved_claim(case: Case) -> Stated:
    """Claim that the file proves word for word."""
    assert isinstance(case.company, Hetrabelle)
    kinds = {one.kind: name for name, one in zip(CLAIMS, case.company.claims, strict=True)}
    return kinds["proved"], {mistake: kinds[kind] for kind, mistake in _UNPROVED.items()}


@KEYS.number("p7-indice", "€ de travail fait par € dépensé")
def index(case: Case) -> Stated:
    """Budget of the work done over what was spent."""
    seen = case.fact(progress)
    right = project.cost_index(seen.earned, seen.spent)
    return right, apart(
        right,
        {
            "M04": 1 / right,
            "M854": seen.planned / seen.spent,
            "M855": seen.earned / seen.planned,
            "M134": seen.budget / seen.spent,
        },
    )


@KEYS.number("p7-prevision", "€ HT", needs=(index,))
def forecast(case: Case) -> Stated:
    """Whole budget over the cost index."""
    seen, rate = case.fact(progress), case.value(index)
    right = project.forecast_at_completion(seen.budget, rate)
    return right, apart(
        right,
        {
            "M856": seen.budget + seen.spent - seen.earned,
            "M857": seen.budget * rate,
            "M854": seen.budget + seen.spent - seen.planned,
        },
    )


@KEYS.number("p7-confier", "jours ouvrés")
def given_out(case: Case) -> Stated:
    """Length of the project when a subcontractor does the longest task of its chain."""
    known, marks = case.fact(network), case.fact(landmarks)
    assert isinstance(case.company, Hetrabelle)
    task = case.company.launch.given_out.id
    points = [marks[f"st_{name}_j"] for name in ("optimiste", "probable", "pessimiste")]

    def with_task(days: float) -> float:
        return float(longueurs(known.tasks, known.expected, **{task: days}).max())

    expected = metrics.three_point(points[0], points[1], points[2])
    right = with_task(expected)
    return right, apart(
        right,
        {
            "M858": known.length - float(known.expected[task]) + expected,
            "M273": float(longueurs(known.tasks, known.expected, **{task: expected}).min()),
            "M108": float(known.expected.sum() - known.expected[task] + expected),
            "M341": with_task(float(np.mean(points))),
        },
    )
