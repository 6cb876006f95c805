"""Notebook 05 of E1: structures of interest (B1-C09), shared customers and partners (B1-C10), image (B1-C11).

B1-C11 is judged by people alone: its matrix is only checked for being complete. The mean mark of image, a calculation
that feeds the grid of the selection, belongs to B1-C10.
"""

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.choices import Choice, ChosenId
from autograder.keys.checks.numbers import PROPORTION, CloseTo, SameValues
from autograder.keys.checks.structure import Structure
from autograder.keys.model import Key, Series, wrongs
from autograder.keys.questions.e1_strategie import partenariats_facts as facts
from autograder.keys.questions.e1_strategie.partenariats_hints import HINTS
from autograder.keys.questions.e1_strategie.partenariats_tables import (
    IMAGE_RULES,
    NOTE_RULES,
    PARTNERS_RULES,
    STRUCTURES_RULES,
)

SERIES = Series("e1-strategie/05-partenariats", company="isolombre")
LETTERS = ("A", "B", "C", "D")


@SERIES.ask("s5-entree-part", "Entrée : la clientèle commune", "B1-C10", Choice(LETTERS), HINTS["s5-entree-part"])
def entry_share(_: Case) -> Key:
    """400 customers of ours, 1 000 of theirs, 100 shared: B is 25 % of ours."""
    return Key("B", wrongs({"M292": "A", "M116": "C", "M293": "D"}))


@SERIES.ask(
    "s5-entree-empreintes", "Entrée : des empreintes sont-elles anonymes ?", "B1-C10", Choice(LETTERS),
    HINTS["s5-entree-empreintes"],
)  # fmt: skip
def entry_fingerprints(_: Case) -> Key:
    """Hashed addresses are pseudonymised: B."""
    return Key("B", wrongs({"M295": ("A", "D"), "M297": "C"}))


@SERIES.ask("s5-entree-forme", "Entrée : la forme d’une alliance", "B1-C10", Choice(LETTERS), HINTS["s5-entree-forme"])
def entry_form(_: Case) -> Key:
    """C: an offer made together is a co-development."""
    return Key("C", wrongs({"M300": "A", "M298": "B", "M303": "D"}))


@SERIES.ask(
    "s5-modalites", "Structures aux modalités compatibles", "B1-C09", CloseTo("nombre de structures", 0),
    HINTS["s5-modalites"],
)  # fmt: skip
def compatible(case: Case) -> Key:
    """Structures that reach the threshold of points, competitors left out."""
    table, least = case.fact(facts.directory), case.fact(facts.hypotheses)["seuil_modalites"]
    possible = table.loc[table["secteur"] != facts.COMPETITORS, "points"]
    return Key(
        float((possible >= least).sum()),
        wrongs({
            "M301": float((table["points"] >= least).sum()),
            "M302": (
                float((possible > least).sum()), float((possible == least).sum()), float((possible >= least - 1).sum()),
            ),
        }),
    )  # fmt: skip


SERIES.structure(
    "s5-structures", "Tableau des structures d’intérêt", "B1-C09", Structure("table", STRUCTURES_RULES),
    HINTS["s5-structures"],
)  # fmt: skip
SERIES.review("rs5-structures", "Secteurs, activités et structures d’intérêt commercial", "B1-C09")


@SERIES.ask(
    "s5-recouvrement", "Taux de recouvrement des six structures", "B1-C10", SameValues("structure", PROPORTION),
    HINTS["s5-recouvrement"],
)  # fmt: skip
def overlap(case: Case) -> Key:
    """Our different customers that each structure knows, over all our different customers."""
    files = case.fact(facts.overlap)
    share = files.common / files.own
    return Key(
        facts.numbers(share),
        wrongs({
            "M05": facts.numbers(100 * share),
            "M116": facts.numbers(files.common / (files.sizes + files.own)),
            "M290": (facts.numbers(files.common_lines / files.own), facts.numbers(files.common / files.own_lines)),
            "M291": facts.numbers(files.as_written / files.own),
            "M292": facts.numbers(files.common / files.sizes),
            "M293": facts.numbers(files.common / (files.sizes + files.own - files.common)),
        }),
    )  # fmt: skip


@SERIES.ask(
    "s5-jaccard", "Indice de Jaccard des six structures", "B1-C10", SameValues("structure", PROPORTION),
    HINTS["s5-jaccard"],
)  # fmt: skip
def jaccard(case: Case) -> Key:
    """Shared customers over the customers of one, of the other or of both."""
    files = case.fact(facts.overlap)
    right = files.common / (files.sizes + files.own - files.common)
    return Key(
        facts.numbers(right),
        wrongs({
            "M05": facts.numbers(100 * right),
            "M116": facts.numbers(files.common / (files.sizes + files.own)),
            "M290": facts.numbers(files.common_lines / (files.lines + files.own - files.common_lines)),
            "M292": facts.numbers(files.common / files.sizes),
            "M294": facts.numbers(files.common / files.own),
        }),
    )  # fmt: skip


@SERIES.ask(
    "s5-image", "Note d’image des six structures", "B1-C10", SameValues("structure", "note sur 10"), HINTS["s5-image"]
)
def image(case: Case) -> Key:
    """Mean mark of everyone who was asked."""
    table = case.fact(facts.images)
    audiences = table.columns.difference(["simple", "note"])
    return Key(
        facts.numbers(table["note"]),
        wrongs({
            "M304": facts.numbers(table["simple"]),
            "M305": tuple(facts.numbers(table[name]) for name in audiences),
        }),
    )  # fmt: skip


@SERIES.ask(
    "s5-retenu", "Le partenaire qui passe les trois seuils", "B1-C10",
    ChosenId("annuaire_partenaires", "structure_id"), HINTS["s5-retenu"],
)  # fmt: skip
def kept(case: Case) -> Key:
    """Structure above the three thresholds of the grid; there is one only."""
    found = case.fact(facts.roles)
    return Key(
        found.kept,
        wrongs({
            "M306": found.largest_file,
            "M307": (found.best_overlap, found.best_image),
            "M292": found.best_of_theirs,
            "M308": found.others,
        }),
    )  # fmt: skip


SERIES.structure(
    "s5-partenaires", "Tableau des partenaires", "B1-C10", Structure("table", PARTNERS_RULES), HINTS["s5-partenaires"]
)
SERIES.review("rs5-partenaires", "Choix du partenaire et forme de l’alliance", "B1-C10")

SERIES.structure(
    "s5-image-partenaires", "Matrice des valeurs et de l’image", "B1-C11", Structure("table", IMAGE_RULES),
    HINTS["s5-image-partenaires"],
)  # fmt: skip
SERIES.review("rs5-image-partenaires", "Image des partenaires confrontée à la charte", "B1-C11")

SERIES.structure("s5-note", "Note à la direction", "B1-C10", Structure("text", NOTE_RULES), HINTS["s5-note"])


@SERIES.ask(
    "s5-couverture", "Clients touchés par deux partenaires ensemble", "B1-C10", CloseTo(PROPORTION),
    HINTS["s5-couverture"],
)  # fmt: skip
def reach(case: Case) -> Key:
    """Our customers that at least one of the two structures knows, each counted once, over all ours."""
    first, second, both, own = case.fact(facts.reach)
    return Key(
        metrics.ratio(first + second - both, own),
        wrongs({
            "M309": metrics.ratio(first + second, own),
            "M299": metrics.ratio(both, own),
            "M307": (metrics.ratio(first, own), metrics.ratio(second, own)),
        }),
    )  # fmt: skip
