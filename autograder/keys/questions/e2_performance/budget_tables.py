"""What the tables and the note of notebook 03 must look like before a person reviews them."""

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.form import Form
from autograder.keys.checks.reading import is_blank, number_in, plain, same
from autograder.keys.checks.rows import HasEach, OneRowEach
from autograder.keys.checks.structure import Allowed, Columns, Filled
from autograder.keys.checks.tables import filled_records, rows
from autograder.keys.checks.texts import FiguresQuoted, Mentions, TextLength
from autograder.keys.questions.e2_performance import budget
from autograder.keys.questions.e2_performance.budget import KEYS
from autograder.keys.questions.e2_performance.levers import LEVERS, expenses, of_lever, receipts
from casestudies.answers import Value
from casestudies.prevision import CASES, LEVER_COLUMNS

EXPENSE, RECEIPT, HIDDEN = "dépense", "recette", "coût caché"
MONTHS = tuple(f"{2026 + (month > 12)}-{(month - 1) % 12 + 1:02d}" for month in range(7, 19))
MOVED = 0.05
"""Change of a lever's yearly budget, as a share, from which it is a decision."""


@dataclass(frozen=True)
class TotalsOfTheData:
    """For each lever, the amounts of its rows add up to the actual total of the data, expenses and receipts apart."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per amount that is no number and per total that differs."""
        given: dict[tuple[str, str], list[object]] = {}
        for _, (lever, nature, amount) in rows(answer, "levier", "nature", "montant_ht"):
            given.setdefault((plain(lever), plain(nature)), []).append(amount)
        remarks = []
        for lever in LEVERS:
            spent, sold = (
                of_lever(case.fact(expenses), lever, "reel_ht"),
                of_lever(case.fact(receipts), lever, "ca_reel_ht"),
            )
            for nature, expected in ((EXPENSE, spent), (RECEIPT, sold)):
                cells = given.get((plain(lever), plain(nature)), [])
                if not cells or any(is_blank(cell) for cell in cells):
                    continue
                place = f"« {lever} », {nature}"
                numbers = [number_in(cell) for cell in cells]
                if any(number is None for number in numbers):
                    remarks.append(f"{place} : un montant n’est pas un nombre.")
                elif not same(sum(number or 0 for number in numbers), expected):
                    remarks.append(f"{place} : le total ne se retrouve pas dans les données réelles.")
        return remarks


@dataclass(frozen=True)
class HiddenCostsFound:
    """The hidden costs of the lever looked for in the ledger are two rows at least, and add up to what it holds."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when rows are missing or their total differs."""
        found = [
            number_in(amount)
            for _, (lever, nature, amount) in rows(answer, "levier", "nature", "montant_ht")
            if plain(lever) == plain(budget.LEDGER_LEVER) and plain(nature) == plain(HIDDEN)
        ]
        place = f"« {budget.LEDGER_LEVER} », {HIDDEN}"
        if len(found) < len(budget.HIDDEN_FROM):
            return [f"{place} : le journal en montre deux, une ligne pour chacun."]
        if not same(sum(amount or 0 for amount in found), case.fact(budget.hidden_ht), 1.0):
            return [f"{place} : leur total n’est pas celui du journal."]
        return []


def _numbers(answer: Value, *names: str) -> Iterator[tuple[str, list[float]]]:
    """Yield the month and the numbers of each row where all of them can be read."""
    for _, cells in rows(answer, "mois", *names):
        numbers = [number_in(cell) for cell in cells[1:]]
        if all(number is not None for number in numbers):
            yield str(cells[0]), [number or 0.0 for number in numbers]


@dataclass(frozen=True)
class LowUnderHigh:
    """No month sells more in the low case than in the high one."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per month whose cases are the wrong way round."""
        return [
            f"Mois « {month} » : le cas bas dépasse le cas haut. Relisez les deux ventes de ce mois."
            for month, (low, high) in _numbers(answer, "ca_bas_ht", "ca_haut_ht")
            if low > high
        ]


@dataclass(frozen=True)
class CashFollows:
    """The cash of each month follows from the rows: what there was, plus margin, less levers and other charges."""

    case_name: str

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark, for the first month whose cash does not follow."""
        known = case.fact(hypotheses)
        spent = float(case.fact(expenses)["reel_ht"].sum())
        other = (known["charges_fixes_annuelles_ht"] - spent) / len(MONTHS)
        before = known["tresorerie_debut_ht"]
        names = (f"ca_{self.case_name}_ht", f"tresorerie_{self.case_name}_ht", *LEVER_COLUMNS.values())
        for month, (sales, cash, *levers) in sorted(_numbers(answer, *names), key=lambda row: row[0]):
            right = before + sales * known["taux_mcv"] - sum(levers) - other
            if not same(cash, right, 2.0):
                return [
                    f"Trésorerie du cas {self.case_name}, mois « {month} » : elle ne se déduit pas de la ligne. "
                    "Reprenez : trésorerie d’avant + ventes × taux de marge − leviers − autres charges."
                ]
            before = cash
        return []


@dataclass(frozen=True)
class BudgetDecided:
    """At least two levers are given something else than last year: renewing everything decides nothing."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when fewer than two levers move."""
        totals = [0.0] * len(LEVER_COLUMNS)
        for _, spent in _numbers(answer, *LEVER_COLUMNS.values()):
            totals = [total + amount for total, amount in zip(totals, spent, strict=True)]
        past = [of_lever(case.fact(expenses), lever, "reel_ht") for lever in LEVER_COLUMNS]
        moved = sum(abs(total / before - 1) >= MOVED for total, before in zip(totals, past, strict=True))
        if moved >= 2 or not list(filled_records(answer, "sea")):
            return []
        return ["Le budget est presque reconduit : changez d’au moins 5 % celui de deux leviers, et dites pourquoi."]


_POSTES = ("levier", "nature", "poste", "montant_ht", "fréquence", "comportement", "commentaire")
KEYS.table(
    "q3-postes",
    Columns(_POSTES, rows=13),
    Filled(_POSTES),
    Allowed("levier", (*LEVERS, "Tous")),
    Allowed("nature", (EXPENSE, RECEIPT, HIDDEN)),
    Allowed("fréquence", ("mensuelle", "ponctuelle")),
    Allowed("comportement", ("fixe", "variable")),
    HasEach("levier", "nature", EXPENSE, LEVERS),
    HasEach("levier", "nature", RECEIPT, LEVERS),
    TotalsOfTheData(),
    HiddenCostsFound(),
    TextLength(4, 60, "commentaire"),
)

KEYS.table(
    "q3-previsionnel",
    *Form("budget-previsionnel").rules,
    OneRowEach("mois", MONTHS),
    LowUnderHigh(),
    *(CashFollows(name) for name in CASES),
    BudgetDecided(),
)

_CONDITION = ("à condition", "si", "tant que", "sauf", "dès que")
KEYS.text(
    "q3-viabilite",
    TextLength(60, 120),
    FiguresQuoted(4),
    Mentions("de seuil de rentabilité (« seuil »)", ("seuil", "rentabilité")),
    Mentions("de trésorerie (« trésorerie », « point bas »)", ("trésorerie", "point bas")),
    Mentions("de condition (« à condition », « si », « tant que »…)", _CONDITION),
)
