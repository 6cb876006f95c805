"""What the objectives, the orientations and the sales force of notebook 01 must hold before people read."""

from dataclasses import dataclass
from datetime import date

from autograder.keys import salesforce
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.amounts import Recomputed, StartAndTarget
from autograder.keys.checks.dates import BeforeDeadline, ValidDates
from autograder.keys.checks.form import Form
from autograder.keys.checks.reading import number_in, plain
from autograder.keys.checks.rows import AtLeastDistinct, DistinctRows, OneRowEach
from autograder.keys.checks.tables import Row, filled_rows, label, place
from autograder.keys.checks.texts import CellFigures, TextLength
from autograder.keys.questions.e3_plan_operationnel import objectifs_vendeurs as facts
from autograder.keys.questions.e3_plan_operationnel.objectifs_vendeurs import KEYS
from casestudies.answers import Value

OBJECTIVES, ORIENTATIONS, FORCE = Form("objectifs-pmo"), Form("orientations-pmo"), Form("force-vente")
CLIENTS = OBJECTIVES.choices("indicateur")[0]
END = date(2027, 6, 30)


def measured(case: Case) -> dict[str, float]:
    """Return what each indicator was worth in the year."""
    _, to_sql, _, to_client = case.fact(facts.rates)
    there = case.table("abonnements").query("nouveau == 'non'")
    values = (
        float(len(case.fact(facts.signed))), case.fact(facts.client_cost), to_client, to_sql,
        float((there["churn"] == "oui").mean()),
    )  # fmt: skip
    return dict(zip(map(plain, OBJECTIVES.choices("indicateur")), values, strict=True))


def reach(case: Case, reinforced: str) -> float:
    """Return the clients within reach when the teams that ``reinforced`` names have the people they need."""
    found = case.fact(facts.possible)
    held = [limit for name, limit in found.items() if plain(reinforced) not in (plain(name), "les deux")]
    return min(held) if plain(reinforced) != "les deux" else found[facts.DEMAND]


@dataclass(frozen=True)
class TargetWithinReach:
    """The target of new clients is within what the budget allows, and the teams that are not reinforced."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per target out of reach."""
        remarks = []
        for row, (name, cell, help_) in filled_rows(answer, "indicateur", "cible", "renfort"):
            aim = number_in(cell)
            if plain(name) == plain(CLIENTS) and aim is not None and aim > reach(case, str(help_)) + 0.5:
                remarks.append(
                    f"{place(row, 'cible')} : avec ce renfort, une étape ne laisse pas passer autant de clients. "
                    "Reprenez vos trois limites (demande, prospection, vente) : baissez la cible, ou renforcez "
                    "l’équipe qui bloque."
                )
        return remarks


@dataclass(frozen=True)
class ApproachOfLever:
    """The approach of each lever is the one that the table of levers gives it."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per lever under the other approach."""
        table = case.table("leviers")
        known = {plain(name): plain(way) for name, way in zip(table["levier"], table["approche"], strict=True)}
        return [
            f"{place(row, 'approche')} : {label(lever)} n’est pas une approche {label(way)}. Qui y fait le premier "
            "pas, le contact ou l’entreprise ?"
            for row, (lever, way) in filled_rows(answer, "levier", "approche")
            if plain(way) in known.values() and known.get(plain(lever), plain(way)) != plain(way)
        ]


def _start(case: Case, row: Row) -> float | None:
    return case.fact(measured).get(plain(row["indicateur"]))


def lever_costs(case: Case) -> dict[str, float]:
    """Return the full cost of a client of the year, by lever."""
    paid = case.fact(facts.spending).groupby("levier")["reel_ht"].sum()
    won = case.fact(facts.signed)["source"].value_counts()
    return {plain(name): float(paid[name] / won[name]) for name in paid.index}


def lever_weeks(case: Case) -> dict[str, float]:
    """Return the weeks before the first leads, by lever."""
    table = case.table("leviers")
    return {plain(name): float(time) for name, time in zip(table["levier"], table["delai_semaines"], strict=True)}


def _clients(case: Case, row: Row) -> float | None:
    return {plain(name): count for name, count in case.fact(facts.followed).items()}.get(plain(row["formule"]))


def _hours(case: Case, row: Row) -> float | None:
    plan = next((one for one in FORCE.choices("plan") if plain(one) == plain(row["plan"])), "")
    each = {plain(name): time for name, time in facts.hours_by_client(case, plan).items()}
    return each.get(plain(row["formule"]))


def _staff(case: Case, row: Row) -> float | None:
    clients, each = _clients(case, row), _hours(case, row)
    weeks = case.fact(hypotheses)["semaines_travaillees"]
    if clients is None or each is None:
        return None
    return clients * each / salesforce.yearly_hours(facts.FOLLOWING_HOURS, weeks)


KEYS.table(
    "p1-objectifs",
    *OBJECTIVES.rules,
    OneRowEach("indicateur", (CLIENTS,)),
    AtLeastDistinct("indicateur", 3),
    StartAndTarget("départ", "cible"),
    Recomputed("départ", _start, "la valeur de l’exercice pour cet indicateur", tolerance=0.01, step=0.0006),
    TargetWithinReach(),
    ValidDates(("échéance",)),
    BeforeDeadline("échéance", END),
    CellFigures("moyen", "un volume, des heures ou un budget"),
    TextLength(5, 30, "objectif"),
    TextLength(8, 60, "moyen"),
    TextLength(5, 40, "raison"),
)

KEYS.table(
    "p1-orientations",
    *ORIENTATIONS.rules,
    AtLeastDistinct("approche", 2),
    AtLeastDistinct("décision", 2),
    DistinctRows("levier"),
    ApproachOfLever(),
    Recomputed("coût_client_ht", lambda case, row: case.fact(lever_costs).get(plain(row["levier"])),
               "la dépense complète du levier divisée par ses clients signés", tolerance=0.01),
    Recomputed("délai_semaines", lambda case, row: case.fact(lever_weeks).get(plain(row["levier"])),
               "le délai de ce levier avant ses premiers leads"),
    CellFigures("motif", "un coût, un délai ou un volume"),
    TextLength(4, 30, "action"),
    TextLength(5, 40, "accord"),
    TextLength(8, 50, "motif"),
)  # fmt: skip

KEYS.table(
    "p1-force-vente",
    FORCE.columns,
    FORCE.filled,
    FORCE.allowed("plan"),
    FORCE.allowed("profil"),
    OneRowEach("formule", FORCE.choices("formule")),
    AtLeastDistinct("profil", 2),
    AtLeastDistinct("compétences", 3),
    Recomputed("clients", _clients, "les clients de cette formule présents au 1er juillet 2026"),
    Recomputed("heures_par_client", _hours, "les heures que ce plan donne à un client", tolerance=0.01),
    Recomputed("effectif", _staff, "clients × heures ÷ heures d’une personne", tolerance=0.01, step=0.006),
    CellFigures("motif", "un chiffre du dossier"),
    TextLength(8, 50, "actions"),
    TextLength(5, 40, "compétences"),
    TextLength(8, 50, "motif"),
)
