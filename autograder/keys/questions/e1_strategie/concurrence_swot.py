"""E1, notebook 02: the benchmark of the competitors (B1-C03), the SWOT that helps to decide (B1-C04)."""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.choices import Choice, SameSet
from autograder.keys.checks.numbers import CloseTo, SameValues
from autograder.keys.checks.structure import Structure
from autograder.keys.model import Key, Series, wrongs
from autograder.keys.questions.e1_strategie import concurrence_facts as facts
from autograder.keys.questions.e1_strategie.concurrence_hints import HINTS
from autograder.keys.questions.e1_strategie.concurrence_tables import (
    BENCHMARK_RULES,
    CROSSING_RULES,
    NOTE_RULES,
    SWOT_RULES,
)
from casestudies.hetrabelle.catalogue import BENCHMARKED
from casestudies.names import NAMES

SERIES = Series("e1-strategie/02-concurrence-swot", company="hetrabelle")
LETTERS = ("A", "B", "C", "D")
OUT_OF_FIVE = "note sur 5"


@SERIES.ask("s2-entree-score", "Entrée : une note pondérée", "B1-C03", Choice(LETTERS), HINTS["s2-entree-score"])
def entry_score(_: Case) -> Key:
    """Weights 3 and 1, marks 2 and 4: B is 10 ÷ 4."""
    return Key("B", wrongs({"M110": "A", "M230": "C", "M231": "D"}))


@SERIES.ask("s2-entree-origine", "Entrée : dedans ou dehors ?", "B1-C04", Choice(LETTERS), HINTS["s2-entree-origine"])
def entry_origin(_: Case) -> Key:
    """One shop opens across the street: B, a threat, for its cause lies outside."""
    return Key("B", wrongs({"M235": "A", "M237": "C", "M238": "D"}))


@SERIES.ask(
    "s2-entree-croisement", "Entrée : croiser le tableau", "B1-C04", Choice(LETTERS), HINTS["s2-entree-croisement"]
)
def entry_crossing(_: Case) -> Key:
    """Weakness × opportunity: C, mend the weakness so as to seize the opportunity."""
    return Key("C", wrongs({"M244": "A", "M245": ("B", "D")}))


@SERIES.ask(
    "s2-scores", "Score pondéré de chaque entreprise", "B1-C03", SameValues("concurrent", OUT_OF_FIVE),
    HINTS["s2-scores"],
)  # fmt: skip
def all_scores(case: Case) -> Key:
    """Weighted mean of the eight marks of each firm."""
    right = case.fact(facts.scores)
    ours = facts.of_firm(case, case.company.name)["poids"]
    total, count = float(ours.sum()), len(ours)
    return Key(
        right,
        wrongs({
            "M110": case.fact(facts.means),
            "M230": {firm: mark * total for firm, mark in right.items()},
            "M231": {firm: mark * total / count for firm, mark in right.items()},
        }),
    )  # fmt: skip


@SERIES.ask(
    "s2-meneur", "Le concurrent le mieux noté", "B1-C03", Choice((*BENCHMARKED, NAMES["hetrabelle"])),
    HINTS["s2-meneur"],
)  # fmt: skip
def best_competitor(case: Case) -> Key:
    """Competitor with the best weighted mark; the best simple mean is another."""
    first = case.fact(facts.leader)
    plain_means = {firm: mark for firm, mark in case.fact(facts.means).items() if firm != case.company.name}
    flattered = tuple(firm for firm, mark in plain_means.items() if mark == max(plain_means.values()) and firm != first)
    return Key(first, wrongs({"M110": flattered, "M232": case.company.name}))


@SERIES.ask(
    "s2-score-frais", "Score du meneur, source périmée écartée", "B1-C03", CloseTo(OUT_OF_FIVE),
    HINTS["s2-score-frais"],
)  # fmt: skip
def fresh_score(case: Case) -> Key:
    """Weighted mean of the marks whose source is less than a year old, for the best competitor."""
    rows = facts.of_firm(case, case.fact(facts.leader))
    kept = facts.fresh(rows)
    right = facts.score(kept)
    points = right * float(kept["poids"].sum())
    return Key(
        right,
        wrongs({
            "M110": float(kept["note"].mean()),
            "M230": points,
            "M233": facts.score(rows),
            "M234": points / float(rows["poids"].sum()),
        }),
    )  # fmt: skip


SERIES.structure(
    "s2-benchmark", "Benchmark rédigé", "B1-C03", Structure("table", BENCHMARK_RULES), HINTS["s2-benchmark"]
)
SERIES.review("rs2-benchmark", "Analyse comparative de la concurrence", "B1-C03")


@SERIES.ask(
    "s2-tri", "Les faits internes", "B1-C04", SameSet("faits_swot", "fait_id", "numéros de faits"), HINTS["s2-tri"]
)
def internal_facts(case: Case) -> Key:
    """List the facts whose cause lies inside the company, whatever their wording."""
    place = case.fact(facts.places)
    return Key(
        sorted(place.internal),
        wrongs({
            "M235": (sorted(place.internal | place.traps), sorted(place.internal ^ place.traps)),
            "M236": (sorted(place.internal - place.traps), sorted(place.internal ^ place.traps)),
            "M237": sorted(place.favourable),
            "M249": sorted(place.every - place.internal),
        }),
    )  # fmt: skip


SERIES.structure("s2-swot", "Tableau SWOT", "B1-C04", Structure("table", SWOT_RULES), HINTS["s2-swot"])
SERIES.structure(
    "s2-croisements", "Croisements et décision", "B1-C04", Structure("table", CROSSING_RULES), HINTS["s2-croisements"]
)
SERIES.review("rs2-croisements", "SWOT, croisements et note à la direction", "B1-C04")
SERIES.structure("s2-note", "Note à la direction", "B1-C04", Structure("text", NOTE_RULES), HINTS["s2-note"])


@SERIES.ask(
    "s2-score-segment", "Score vu par un autre segment", "B1-C03", CloseTo(OUT_OF_FIVE),
    HINTS["s2-score-segment"],
)  # fmt: skip
def segment_score(case: Case) -> Key:
    """Weighted mean of the seven fresh marks of one firm, with the weights of another segment."""
    kept = facts.fresh(facts.of_firm(case, facts.SECOND_HAND))
    weights = kept["critere"].map(facts.SECOND_HAND_WEIGHTS)
    right = metrics.weighted_mean(kept["note"], weights)
    return Key(
        right,
        wrongs({
            "M110": float(kept["note"].mean()),
            "M230": right * float(weights.sum()),
            "M231": right * float(weights.sum()) / len(kept),
            "M248": facts.score(kept),
        }),
    )  # fmt: skip
