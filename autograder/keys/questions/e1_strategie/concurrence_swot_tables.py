"""What the benchmark, the slide, the SWOT and its crossings in E1 notebook 02 must look like before a person reads."""

from datetime import date

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import Recomputed, WeightedScores, WithinRange
from autograder.keys.checks.dates import DatedWithin, ValidDates
from autograder.keys.checks.evidence import CrossedKinds, EvidenceExists, ExistingIds
from autograder.keys.checks.form import Form
from autograder.keys.checks.plans import Permutation
from autograder.keys.checks.reading import plain
from autograder.keys.checks.rows import (
    CompleteGrid,
    DistinctRows,
    HasEach,
    InternalExternal,
    OnePerQuadrant,
    SameForGroup,
    TreatedWithReason,
)
from autograder.keys.checks.structure import Allowed, MatchesPattern, Rule, SomeFilled
from autograder.keys.checks.texts import FiguresQuoted, Mentions, NotCopiedFromExample, TextLength, TitleLine
from autograder.keys.questions.e1_strategie import concurrence_swot as facts
from autograder.keys.questions.e1_strategie.concurrence_swot import KEYS
from casestudies.hetrabelle.catalogue import BENCHMARKED
from casestudies.hetrabelle.web import DIGITAL
from casestudies.names import NAMES

BENCHMARK, CROSSING = Form("benchmark"), Form("croisements")
KEPT, ASIDE = CROSSING.choices("décision")
CROSSINGS = {
    "FO": ("force", "opportunité"),
    "FaO": ("faiblesse", "opportunité"),
    "FM": ("force", "menace"),
    "FaM": ("faiblesse", "menace"),
}
SOURCES = ("panel", "étude", "enquête", "relevé", "relevés", "source", "sources", "statistiques", "outil")
EXAMPLE = (
    "Les panneaux retardent la chaleur plus longtemps que ceux des deux concurrents",
    "Un devis met une semaine à parvenir au négoce",
    "Les étés chauds font demander aux particuliers un confort mesuré",
    "Les négoces réduisent la place des isolants qui tournent peu",
    "Envoyer chaque devis en deux jours, par une seule boîte de réception",
    "Donner aux négoces une fiche de confort d’été et une matinée de pose avant le printemps",
)
"""Sentences of the worked example, which nobody may hand in."""


def today(_: Case) -> date:
    """Return the day of the case."""
    return facts.TODAY.date()


def marks(case: Case) -> dict[tuple[str, str], float]:
    """Return the marks of the benchmark and those of what was measured, by firm and criterion written plainly."""
    return {
        (plain(firm), plain(criterion)): float(mark)
        for table in (case.fact(facts.grid), case.fact(facts.presence))
        for firm, criterion, mark in zip(table["concurrent"], table["critere"], table["note"], strict=True)
    }


def marked(case: Case, row: dict[str, object]) -> float | None:
    """Return the mark that the benchmark gives to a firm on a criterion; None for a row that it does not hold."""
    return case.fact(marks).get((plain(row["concurrent"]), plain(row["critère"])))


KEYS.table(
    "s2-benchmark",
    BENCHMARK.columns,
    BENCHMARK.filled,
    Allowed("concurrent", (*BENCHMARKED, NAMES["hetrabelle"])),
    BENCHMARK.allowed("type"),
    HasEach("concurrent", "concurrent", NAMES["hetrabelle"]),
    CompleteGrid("concurrent", "critère", least_first=4, least_second=6),
    OnePerQuadrant("critère", DIGITAL, least=1),
    WithinRange("note", 1, 5),
    SameForGroup("poids", "critère"),
    *BENCHMARK.sums,
    Recomputed("note", marked, "la note de la table « benchmark », ou celle que le barème donne à la mesure"),
    WeightedScores("poids", "note", "score"),
    ValidDates(("date",)),
    DatedWithin("date", 12, today),
    SomeFilled("lecture", "ce que la comparaison apprend", least=3),
    TextLength(8, 60, "lecture"),
)


def swot_rules(slug: str, evidence: Rule, example: tuple[str, ...]) -> tuple[Rule, ...]:
    """Return the rules of a SWOT, whatever the company; ``evidence`` judges what it cites."""
    form = Form(slug)
    marks = "deux lettres et un numéro, par exemple « Fo1 » ou « Me2 »"
    return (
        *form.rules,
        MatchesPattern("repère", r"(?i)(fo|fa|op|me)\d{1,2}", marks),
        DistinctRows("repère"),
        DistinctRows("facteur"),
        OnePerQuadrant("quadrant", form.choices("quadrant"), least=3),
        InternalExternal("quadrant", "origine"),
        evidence,
        *form.sums,
        WithinRange("intensité", 1, 5),
        TextLength(4, 30, "facteur"),
        NotCopiedFromExample(("facteur",), example),
    )


KEYS.table("s2-swot", *swot_rules("swot", EvidenceExists("preuve", "faits_swot", "fait_id"), EXAMPLE))

KEYS.table(
    "s2-croisements",
    CROSSING.columns,
    CROSSING.filled,
    CROSSING.allowed("croisement"),
    OnePerQuadrant("croisement", CROSSING.choices("croisement"), least=1),
    ExistingIds("repères", "s2-swot", "repère"),
    CrossedKinds("croisement", "repères", "s2-swot", "repère", "quadrant", CROSSINGS),
    DistinctRows("action"),
    TextLength(6, 50, "action"),
    NotCopiedFromExample(("action",), EXAMPLE),
    TreatedWithReason("action", "décision", KEPT, ASIDE, "motif"),
    SomeFilled("priorité", "le rang d’une action retenue"),
    Permutation("priorité", "décision", KEPT),
)

KEYS.text(
    "s2-diapositive",
    TitleLine(),
    TextLength(50, 110),
    FiguresQuoted(4),
    Mentions("le marché", ("marché", "marchés")),
    Mentions("une source (« panel », « étude », « enquête »…)", SOURCES),
    Mentions("au moins un concurrent", BENCHMARKED),
    NotCopiedFromExample((), EXAMPLE),
)
