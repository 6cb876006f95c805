"""Notebook 04: periods argued by the business (B1-C06), documentary standard (B1-C07), a plan that holds (B1-C08)."""

from autograder.keys.cases import Case
from autograder.keys.checks.choices import Choice, SameLabels
from autograder.keys.checks.numbers import CloseTo
from autograder.keys.checks.structure import Structure
from autograder.keys.model import Key, Series, wrongs
from autograder.keys.questions.e1_strategie import calendrier_facts as facts
from autograder.keys.questions.e1_strategie.calendrier_hints import HINTS
from autograder.keys.questions.e1_strategie.calendrier_tables import (
    HEADER_RULES,
    NOTE_RULES,
    PERIOD_RULES,
    PLANNING_RULES,
)
from casestudies.bocanterre import history

SERIES = Series("e1-strategie/04-calendrier", company="bocanterre")
LETTERS = ("A", "B", "C", "D")
INDEX = "indice (1 = un jour d’ouverture moyen)"


@SERIES.ask("s4-entree-soldes", "Entrée : le mot « soldes »", "B1-C06", Choice(LETTERS), HINTS["s4-entree-soldes"])
def entry_sales(_: Case) -> Key:
    """« Soldes de printemps » in March: B, another word and the lawful former price."""
    return Key("B", wrongs({"M270": "A", "M271": ("C", "D")}))


@SERIES.ask("s4-entree-jours", "Entrée : les jours ouvrés", "B1-C08", Choice(LETTERS), HINTS["s4-entree-jours"])
def entry_days(_: Case) -> Key:
    """Four working days from Thursday 25 March 2027, Easter Monday between: C, Wednesday 31."""
    return Key("C", wrongs({"M107": ("A", "B"), "M272": "D"}))


@SERIES.ask(
    "s4-entree-parallele", "Entrée : la durée d’un projet", "B1-C08", Choice(LETTERS), HINTS["s4-entree-parallele"]
)
def entry_parallel(_: Case) -> Key:
    """3 days, then 5 and 2 side by side, then 2: B is 10."""
    return Key("B", wrongs({"M108": "A", "M273": "C", "M274": "D"}))


@SERIES.ask("s4-indice", "Indice saisonnier d’octobre", "B1-C06", CloseTo(INDEX, 3), HINTS["s4-indice"])
def october_index(case: Case) -> Key:
    """Mean sales of an opening day of October over those of any opening day, two years together."""
    found = case.fact(facts.season)
    sales, opened = found.daily, found.opened
    within = sales[sales.index.month == facts.MONTH]  # type: ignore[attr-defined]
    return Key(
        found.month(facts.MONTH),
        wrongs({
            "M275": float(within.sum() / (sales.sum() / 12)),
            "M276": (float(within.mean() / sales.mean()), float(within[within > 0].mean() / sales.mean())),
            "M277": float(within.sum() / sales.sum()),
            "M175": (float(within[within > 0].mean()), float(opened.mean())),
        }),
    )  # fmt: skip


@SERIES.ask("s4-prix-30", "Prix antérieur à afficher", "B1-C06", CloseTo("€ TTC", 2), HINTS["s4-prix-30"])
def former_price(case: Case) -> Key:
    """Lowest price of the thirty days before the announcement."""
    steps = history.historique_prix(case.table("catalogue"))["prix_ttc"].tolist()
    last = case.fact(facts.last_prices)
    return Key(
        float(last.min()),
        wrongs({"M121": (steps[1], steps[-1]), "M278": min(steps), "M279": float(last.mean())}),
    )


SERIES.structure(
    "s4-periodes", "Tableau des périodes", "B1-C06", Structure("table", PERIOD_RULES), HINTS["s4-periodes"]
)
SERIES.review("rs4-periodes", "Périodes et note : des dates argumentées", "B1-C06")


@SERIES.ask("s4-lien", "Le lien en trop", "B1-C08", Choice(facts.TASKS), HINTS["s4-lien"])
def wrong_link(case: Case) -> Key:
    """Task of the loop that would wait for one that comes after it."""
    found = case.fact(facts.plan)
    return Key(found.link[0], wrongs({"M280": tuple(task for task in found.loop if task != found.link[0])}))


@SERIES.ask("s4-double", "Le rôle demandé deux fois", "B1-C08", Choice(facts.ROLES), HINTS["s4-double"])
def busy_role(case: Case) -> Key:
    """Role that has two tasks on the same days."""
    found = case.fact(facts.plan)
    return Key(found.busy[0], wrongs({"M281": found.away[1]} if found.away[1] != found.busy[0] else {}))


@SERIES.ask("s4-absence", "La tâche posée sur un congé", "B1-C08", Choice(facts.TASKS), HINTS["s4-absence"])
def absent_task(case: Case) -> Key:
    """Task whose role is on leave on its dates."""
    found = case.fact(facts.plan)
    return Key(found.away[0], wrongs({"M282": found.busy[1]}))


@SERIES.ask("s4-retard", "Retard si l’absence reste", "B1-C08", CloseTo("jours ouvrés"), HINTS["s4-retard"])
def delay(case: Case) -> Key:
    """Working days past the deadline when only the double booking is mended."""
    end, limit = case.fact(facts.late_end), facts.deadline(case)
    right = facts.working_days_late(case, end, limit)
    shown = case.table("planning_brut")["fin"].max()
    mistakes = {
        "M107": ((end - limit).days, facts.working_days_late(case, end, limit, holidays=False)),
        "M283": (right + 1,),
        "M284": (facts.working_days_late(case, end, shown),),
        "M285": (facts.working_days_late(case, case.fact(facts.other_late_end), limit),),
    }
    kept = {name: tuple(float(value) for value in values if value != right) for name, values in mistakes.items()}
    return Key(float(right), wrongs(kept))


@SERIES.ask("s4-critiques", "Le chemin critique", "B1-C08", SameLabels(facts.TASKS, "tâche"), HINTS["s4-critiques"])
def critical_path(case: Case) -> Key:
    """From the last task, each time the predecessors that end last."""
    table, right = case.fact(facts.mended), case.fact(facts.critical)
    longest = facts.traced(table, lambda row: row["duree_j"])
    mistakes = {"M286": [list(facts.TASKS)], "M287": [list(longest)]}
    return Key(
        list(right),
        wrongs({name: tuple(one for one in lists if set(one) != set(right)) for name, lists in mistakes.items()}),
    )


SERIES.structure("s4-planning", "Planning corrigé", "B1-C08", Structure("table", PLANNING_RULES), HINTS["s4-planning"])
SERIES.review("rs4-planning", "Planning : des temps qui tiennent", "B1-C08")
SERIES.structure("s4-entete", "En-tête du planning", "B1-C07", Structure("table", HEADER_RULES), HINTS["s4-entete"])
SERIES.review("rs4-entete", "Planning mis en forme selon la charte", "B1-C07")
SERIES.structure("s4-note", "Note à la direction", "B1-C06", Structure("text", NOTE_RULES), HINTS["s4-note"])


@SERIES.ask("s4-samedi", "Indice du samedi", "B1-C06", CloseTo(INDEX, 3), HINTS["s4-samedi"])
def saturday_index(case: Case) -> Key:
    """Mean sales of an opening Saturday over those of any opening day."""
    found = case.fact(facts.season)
    sales = found.daily
    within = sales[sales.index.day_of_week == facts.SATURDAY]  # type: ignore[attr-defined]
    return Key(
        found.weekday(facts.SATURDAY),
        wrongs({
            "M275": float(within.sum() / (sales.sum() / 7)),
            "M276": float(within.mean() / sales.mean()),
            "M277": float(within.sum() / sales.sum()),
            "M175": float(within[within > 0].mean()),
        }),
    )  # fmt: skip
