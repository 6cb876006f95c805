"""What the tables and the note of notebook 05 must look like before a person reviews them."""

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.reading import ReadNumber, is_blank, plain, read_number, same
from autograder.keys.checks.structure import Allowed, Columns, Filled
from autograder.keys.checks.tables import rows
from autograder.keys.checks.texts import FiguresQuoted, Mentions, TextLength
from autograder.keys.questions.e2_performance import levers as budget
from autograder.keys.questions.e2_performance.ecarts import KEYS
from casestudies.answers import Value

EXPENSE, RECEIPT = "dépense", "recette"
ALERT = 0.10
"""A variance beyond this share of the plan calls for an action."""

Amounts = dict[tuple[str, str], tuple[float, float]]


def amounts(case: Case) -> Amounts:
    """Return planned and actual amounts of the year by (lever, nature), both written plainly."""
    spent, sold = case.fact(budget.expenses), case.fact(budget.receipts)
    found: Amounts = {}
    for lever in budget.LEVERS:
        for nature, table, names in (
            (EXPENSE, spent, ("prevu_ht", "reel_ht")),
            (RECEIPT, sold, ("ca_prevu_ht", "ca_reel_ht")),
        ):
            planned, actual = (budget.of_lever(table, lever, name) for name in names)
            found[plain(lever), plain(nature)] = (planned, actual)
    return found


def _number(cell: object) -> ReadNumber | None:
    return read_number(cell) if isinstance(cell, str | int | float) else None


@dataclass(frozen=True)
class LargeVariancesTreated:
    """Every lever whose expenses or receipts ended more than 10 % away from the plan has its row."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per large variance without a row."""
        present = {(plain(lever), plain(nature)) for _, (lever, nature) in rows(answer, "levier", "nature")}
        return [
            f"«\u00a0{lever}\u00a0», {nature}\u00a0: son écart dépasse le seuil d’alerte, et aucune ligne ne le traite."
            for lever in budget.LEVERS
            for nature in (EXPENSE, RECEIPT)
            if abs(metrics.change(*case.fact(amounts)[plain(lever), plain(nature)])) > ALERT
            and (plain(lever), plain(nature)) not in present
        ]


def _rows(answer: Value, case: Case, name: str) -> Iterator[tuple[str, str, tuple[float, float], object]]:
    """Yield lever, nature, (planned, actual) and the cell of ``name`` of each row whose lever and nature are known."""
    known = case.fact(amounts)
    for _, (lever, nature, cell) in rows(answer, "levier", "nature", name):
        pair = known.get((plain(lever), plain(nature)))
        if pair and not is_blank(cell):
            yield str(lever), str(nature), pair, cell


@dataclass(frozen=True)
class FiguresRecomputed:
    """Planned, actual, variance and variance in per cent are those of the data."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per figure that differs."""
        remarks = []
        for name in ("prévu", "réel", "écart", "écart_%"):
            for lever, nature, (planned, actual), cell in _rows(answer, case, name):
                share = metrics.change(planned, actual)
                expected = {"prévu": planned, "réel": actual, "écart": actual - planned, "écart_%": 100 * share}[name]
                read = _number(cell)
                good = read is not None and same(read.value, expected, 0.1 if name == "écart_%" else 1.0)
                if name == "écart_%" and read is not None and read.suffix == "":
                    good = good or same(read.value, share, 0.001)
                if not good:
                    place = f"«\u00a0{lever}\u00a0», {nature}, colonne «\u00a0{name}\u00a0»"
                    remarks.append(f"{place}\u00a0: ce n’est pas ce que donnent les données.")
        return remarks


@dataclass(frozen=True)
class SenseOfVariance:
    """« F » for a receipt over its plan or an expense under it, « D » otherwise."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row judged the other way."""
        remarks = []
        for lever, nature, (planned, actual), cell in _rows(answer, case, "F/D"):
            favourable = (actual > planned) == (plain(nature) == plain(RECEIPT))
            if plain(cell) in ("f", "d") and (plain(cell) == "f") != favourable:
                remarks.append(f"«\u00a0{lever}\u00a0», {nature}\u00a0: relisez le sens, favorable ou défavorable.")
        return remarks


@dataclass(frozen=True)
class SameLever:
    """Each action bears on the lever whose variance it treats."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row whose action is about another lever."""
        return [
            f"«\u00a0{lever}\u00a0», {nature}\u00a0: l’action porte sur un autre levier, «\u00a0{target}\u00a0»."
            for lever, nature, _, target in _rows(answer, case, "levier_action")
            if plain(target) in {plain(name) for name in budget.LEVERS} and plain(target) != plain(lever)
        ]


_RECOMMENDATIONS = (
    "levier", "nature", "prévu", "réel", "écart", "écart_%", "F/D", "cause", "action", "levier_action",
    "effet_attendu", "délai",
)  # fmt: skip
KEYS.table(
    "q5-preconisations",
    Columns(_RECOMMENDATIONS),
    Filled(_RECOMMENDATIONS),
    Allowed("levier", budget.LEVERS),
    Allowed("nature", (EXPENSE, RECEIPT)),
    Allowed("F/D", ("F", "D")),
    Allowed("levier_action", budget.LEVERS),
    LargeVariancesTreated(),
    FiguresRecomputed(),
    SenseOfVariance(),
    SameLever(),
    TextLength(6, 60, "cause"),
    TextLength(6, 60, "action"),
)

KEYS.text(
    "q5-note",
    TextLength(120, 200),
    FiguresQuoted(4),
    Mentions("au moins un levier", budget.LEVERS),
)
