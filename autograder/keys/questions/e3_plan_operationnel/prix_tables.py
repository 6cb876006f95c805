"""What the price sheet and the table of individual prices of notebook 03 must hold before people read."""

from dataclasses import dataclass

from autograder.keys import metrics
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.amounts import Recomputed
from autograder.keys.checks.form import Form
from autograder.keys.checks.reading import number_in, plain
from autograder.keys.checks.rows import AtLeastDistinct, OneRowEach
from autograder.keys.checks.tables import Row, column, filled_rows, place
from autograder.keys.checks.texts import CellFigures, TextLength
from autograder.keys.pricing import floor_price_ttc
from autograder.keys.questions.e3_plan_operationnel import prix as facts
from autograder.keys.questions.e3_plan_operationnel.prix import KEYS
from casestudies.answers import Value

SHEET, TARIFFS = Form("strategies-prix"), Form("tarifs-individuels")
KEPT = SHEET.choices("décision")[0]


def zones(case: Case) -> dict[str, tuple[float, float]]:
    """Return, by strategy, the gaps to the market's median that management admits."""
    known, infinite = case.fact(hypotheses), float("inf")
    level = known["seuil_alignement"]
    return {
        plain(facts.SKIMMING): (known["seuil_ecremage"], infinite),
        plain(facts.ALIGNMENT): (-level, level),
        plain(facts.PENETRATION): (-infinite, known["seuil_penetration"]),
    }


def market(case: Case) -> float:
    """Return the median of the competitors' usual prices (€ incl. tax)."""
    return float(case.fact(facts.usual_prices).median())


@dataclass(frozen=True)
class PriceInZone:
    """The price of each strategy is in its zone around the market's median."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per price out of its zone."""
        admitted, middle = case.fact(zones), case.fact(market)
        remarks = []
        for row, (name, cell) in filled_rows(answer, "stratégie", "prix_ttc"):
            price, zone = number_in(cell), admitted.get(plain(name))
            if price is None or zone is None:
                continue
            if not zone[0] - 1e-3 <= metrics.change(middle, price) <= zone[1] + 1e-3:
                remarks.append(
                    f"{place(row, 'prix_ttc')} : ce prix n’est pas dans la zone de la stratégie « {name} » (méthode de "
                    "prix, « Choisir »). Déplacez le prix, ou changez le nom de la stratégie."
                )
        return remarks


@dataclass(frozen=True)
class OneKept:
    """One row, and one only, says « retenue »."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when none or several are kept."""
        count = sum(plain(cell) == plain(KEPT) for cell in column(answer, "décision"))
        if count == 1:
            return []
        seen = "aucune n’est retenue" if not count else f"{count} sont retenues"
        return [f"Colonne « décision » : {seen}. Retenez une stratégie, une seule, et écartez les autres."]


@dataclass(frozen=True)
class KeptPriceHolds:
    """The price kept is between the floor and the highest acceptable price."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the price kept is out of these bounds."""
        known = case.fact(facts.costs)
        floor = floor_price_ttc(known.variable, known.fixed, known.units, known.vat)
        highest = case.fact(facts.acceptable)["PME"]
        remarks = []
        for row, (decision, cell) in filled_rows(answer, "décision", "prix_ttc"):
            price = number_in(cell)
            if plain(decision) == plain(KEPT) and price is not None and not floor <= price <= highest:
                side = "sous votre prix plancher" if price < floor else "au-dessus du PME"
                remarks.append(
                    f"{place(row, 'prix_ttc')} : le prix retenu est {side}. Restez entre les deux, ou retenez une "
                    "autre stratégie."
                )
        return remarks


def _gap(case: Case, row: Row) -> float | None:
    price = number_in(row["prix_ttc"])
    return None if price is None else 100 * metrics.change(case.fact(market), price)


def _margin(case: Case, row: Row) -> float | None:
    price, known = number_in(row["prix_ttc"]), case.fact(facts.costs)
    return None if price is None else price / (1 + known.vat) - known.variable


KEYS.table(
    "p3-strategies",
    SHEET.columns,
    SHEET.filled,
    OneRowEach("stratégie", SHEET.choices("stratégie")),
    SHEET.allowed("décision"),
    OneKept(),
    PriceInZone(),
    KeptPriceHolds(),
    Recomputed("écart_pourcent", _gap, "l’écart de ce prix à la médiane, en pour cent", step=0.06),
    Recomputed("marge_unitaire_ht", _margin, "la marge d’une unité à ce prix, hors taxes", tolerance=0.01),
    CellFigures("motif", "un chiffre du dossier"),
    TextLength(8, 50, "motif"),
    TextLength(5, 40, "condition"),
)

KEYS.table(
    "p3-tarifs",
    TARIFFS.columns,
    TARIFFS.filled,
    TARIFFS.allowed("moyen"),
    AtLeastDistinct("moyen", 3),
    TARIFFS.allowed("décision"),
    AtLeastDistinct("décision", 2),
    CellFigures("gain", "un montant et son calcul"),
    TextLength(5, 40, "condition"),
    TextLength(5, 40, "information"),
    TextLength(5, 40, "équité"),
)
