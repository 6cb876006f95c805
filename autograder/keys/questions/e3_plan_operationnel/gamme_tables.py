"""What the decisions on the range and the table from strategy to offer of notebook 02 must hold before people read."""

from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import Recomputed
from autograder.keys.checks.dates import ValidDates
from autograder.keys.checks.evidence import EvidenceExists
from autograder.keys.checks.form import Form
from autograder.keys.checks.reading import is_blank, plain
from autograder.keys.checks.rows import AtLeastDistinct, DistinctRows
from autograder.keys.checks.structure import SomeFilled
from autograder.keys.checks.tables import Row, column, filled_records, filled_rows, place, shown
from autograder.keys.checks.texts import CellFigures, TextLength
from autograder.keys.questions.e3_plan_operationnel import gamme as facts
from autograder.keys.questions.e3_plan_operationnel.gamme import KEYS
from casestudies.answers import Value
from casestudies.hetrabelle.catalogue import IDS, NEW_PRODUCT

DECISIONS, OFFER = Form("decisions-gamme"), Form("strategie-offre")
LAUNCH, MEND, KEEP, DROP = DECISIONS.choices("décision")
PRODUCT, GAIN, EXCEPTION = "produit_id", "gain_ht", "dérogation"
_KNOWN = {plain(name): name for name in (*IDS, NEW_PRODUCT)}


@dataclass(frozen=True)
class KnownProduct:
    """Each row is about one product of the range, or the new one."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row about something else."""
        return [
            f"{place(row, PRODUCT)} : {shown(cell)} n’est pas une référence de la gamme. Recopiez-la telle quelle, une "
            f"seule par ligne ; le lit-bureau est « {NEW_PRODUCT} »."
            for row, (cell,) in filled_rows(answer, PRODUCT)
            if plain(cell) not in _KNOWN
        ]


@dataclass(frozen=True)
class CommitteeAnswered:
    """The new product and the two that the committee wants to drop each have their row."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per product left without a decision."""
        seen = {plain(cell) for cell in column(answer, PRODUCT)}
        return [
            f"Colonne « {PRODUCT} » : « {name} » n’a pas sa ligne ; la direction attend une décision sur ce produit."
            for name in (*case.fact(facts.targeted), NEW_PRODUCT)
            if plain(name) not in seen
        ]


def gain_of(case: Case, row: Row) -> float | None:
    """Return what the decision of a row brings in a year (€ excl. tax); None where the two do not go together."""
    product, chosen = _KNOWN.get(plain(row[PRODUCT])), plain(row["décision"])
    if product is None:
        return None
    if product == NEW_PRODUCT:
        return case.once(facts.launching) if chosen == plain(LAUNCH) else None
    if chosen == plain(MEND):
        return facts.mending(case, product)
    if chosen in (plain(KEEP), plain(DROP)):
        gain = facts.dropped(case, product).gain
        return gain if chosen == plain(DROP) else -gain
    return None


@dataclass(frozen=True)
class LossExplained:
    """A decision that costs money says why it is taken all the same."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per decision that loses money without a reason."""
        remarks = []
        for row, _, record in filled_records(answer, PRODUCT):
            gain = gain_of(case, record)
            if gain is not None and gain < 0 and is_blank(record[EXCEPTION]):
                remarks.append(
                    f"{place(row, EXCEPTION)} : cette décision fait baisser le résultat. Dites pourquoi vous la prenez "
                    "malgré tout, ou changez-la."
                )
        return remarks


@dataclass(frozen=True)
class EveryElementServed:
    """Each element of the strategy is followed by what it changes in the offer."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per element that changes nothing and is not said to."""
        cited = {part for cell in column(answer, "element_id") for part in plain(cell).replace(",", " ").split()}
        return [
            f"Colonne « element_id » : « {name} » n’est pas suivi. Dites ce qu’il change dans l’offre, ou pourquoi il "
            "n’y change rien."
            for name in case.table("strategie")["element_id"]
            if plain(name) not in cited
        ]


KEYS.table(
    "p2-decisions",
    *DECISIONS.rules,
    KnownProduct(),
    DistinctRows(PRODUCT),
    CommitteeAnswered(),
    AtLeastDistinct("décision", 3),
    Recomputed(GAIN, gain_of, "ce que cette décision rapporte en un an, par les règles du dossier", step=60),
    LossExplained(),
    CellFigures("effet_gamme", "un chiffre du dossier"),
    ValidDates(("date",)),
    TextLength(4, 30, "critère"),
    TextLength(6, 40, "effet_gamme"),
    TextLength(8, 50, "mise_en_oeuvre"),
)

KEYS.table(
    "p2-offre",
    *OFFER.rules,
    EvidenceExists("element_id", "strategie", "element_id"),
    EveryElementServed(),
    AtLeastDistinct("nature", 3),
    SomeFilled("contradiction", "une promesse démentie par un fait, et ce que vous en faites"),
    TextLength(4, 30, "element_offre"),
    TextLength(6, 40, "justification"),
    TextLength(6, 40, "contradiction"),
)
