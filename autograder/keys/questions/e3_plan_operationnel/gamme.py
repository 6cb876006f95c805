"""Notebook 02: what each product brings, what dropping, mending and launching one changes (B2-C07), the offer (C06)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isclose
from typing import Any

import pandas as pd

from autograder.keys import assortment, metrics
from autograder.keys.cases import Case, hypotheses
from autograder.keys.checks.choices import ChosenId
from autograder.keys.checks.numbers import PROPORTION, SameValues
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import apart, by_name, elsewhere
from autograder.keys.model import Stated
from casestudies.hetrabelle import analysis
from casestudies.hetrabelle.catalogue import IDS

KEYS = Keys("e3-plan-operationnel/02-gamme", company="hetrabelle")
AGAIN = "RAN05"
"""The product of the last question, worked without help."""
AS_RIGHT = 0.005
"""How far a margin may be, as a share, from the one that a mistake leads to: as checks read numbers."""
INTERVALS = 2
"""Years from the sales of 2024 to those of 2026."""


def landmarks(case: Case) -> Mapping[str, float]:
    """Return the values of the range review by their short name."""
    table = case.table("reperes_gamme")
    return {str(name): float(value) for name, value in zip(table["cle"], table["valeur"], strict=True)}


def margins_by_mistake(case: Case) -> dict[str, "pd.Series[float]"]:
    """Return the unit margin of each product (€ excl. tax): right under an empty name, then by misconception."""
    goods = case.table("gamme").set_index("produit_id")
    net, cost, bought, public = (goods[name] for name in ("prix_net_moyen_ht", "cvu_ht", "pa_ht", "prix_ttc"))
    return {
        "": net - cost,
        "M760": public - cost,
        "M761": net - cost - bought,
        "M762": net - bought,
        "M767": public / (1 + case.fact(hypotheses)["taux_tva"]) - cost,
    }


def with_margins(goods: pd.DataFrame, unit: "pd.Series[float]") -> pd.DataFrame:
    """Return products with the unit margin ``unite`` and the yearly margin ``marge`` (€ excl. tax)."""
    return goods.assign(unite=unit, marge=goods["ventes_2026"] * unit)


def products(case: Case) -> pd.DataFrame:
    """Return the range by product, with its margins."""
    return with_margins(case.table("gamme").set_index("produit_id"), case.fact(margins_by_mistake)[""])


def seen(case: Case) -> pd.DataFrame:
    """Return the range with the margins that the learner works with: right, or by a known mistake of question 1."""
    given, product = case.value(unit_margin), case.fact(targeted)[0]
    every = case.fact(margins_by_mistake).values()
    found = next((unit for unit in every if isclose(given, by_name(unit)[product], rel_tol=AS_RIGHT)), None)
    return case.fact(products) if found is None else with_margins(case.fact(products), found)


def row_of(case: Case, product: str) -> dict[str, Any]:
    """Return the cells of one product of the range."""
    return dict(case.once(seen).loc[product])


def targeted(case: Case) -> tuple[str, str]:
    """Return the two products that management wants to drop, in the order of the range."""
    first, second = case.fact(products)["marge"].nsmallest(2).index
    return tuple(sorted((str(first), str(second)), key=IDS.index))  # type: ignore[return-value]


@dataclass(frozen=True)
class Dropped:
    """What dropping one product does in a year: € excl. tax, all positive but a margin that may not be."""

    fixed: float
    margin: float
    attached: float
    attached_sales: float
    attached_at_own_margin: float
    carried: float
    lost_share: float

    @property
    def gain(self) -> float:
        """What the result gains."""
        return assortment.gain_of_dropping(self.fixed, self.margin, self.attached, self.lost_share, self.carried)

    @property
    def mistaken(self) -> dict[str, float]:
        """The gain by each way of getting it wrong."""
        gain = self.gain
        return {
            "M764": gain - self.fixed,
            "M771": gain + self.lost_share * (self.attached - self.attached_sales),
            "M773": gain + self.lost_share * self.attached,
            "M774": gain - self.carried,
            "M775": gain - (1 - self.lost_share) * self.attached,
        }


def dropped(case: Case, product: str) -> Dropped:
    """Return what dropping a product does."""
    goods, beside = case.once(seen), case.table("ventes_associees")
    rows = beside[beside["produit_id"] == product]
    row, units, other = row_of(case, product), rows["unites_associees"], rows["produit_associe_id"]
    fallback = by_name(goods["unite"])[row["produit_report_id"]]
    return Dropped(
        float(row["charges_fixes_ht"]), float(row["marge"]), float((units * other.map(goods["unite"])).sum()),
        float((units * other.map(goods["prix_net_moyen_ht"])).sum()), float(units.sum()) * float(row["unite"]),
        float(row["ventes_2026"] * row["taux_report"]) * fallback,
        case.fact(hypotheses)["part_associee_perdue"],
    )  # fmt: skip


def both(case: Case) -> dict[str, Dropped]:
    """Return what dropping each of the two products does."""
    return {name: dropped(case, name) for name in case.fact(targeted)}


def enticer(case: Case) -> str:
    """Return the product to keep, of the two: dropping it would cost the most."""
    found = case.once(both)
    return min(found, key=lambda name: found[name].gain)


def ratings(case: Case) -> dict[str, str]:
    """Return the product to mend (``right``), and those of the mistakes that lead elsewhere, by misconception."""
    rows = case.table("avis_produits")
    least = case.fact(landmarks)["avis_minimum"]

    def lowest(table: pd.DataFrame) -> str:
        read = table[table["count"] >= least]
        return str(read["mean"].idxmin())

    own = analysis.own_ratings(rows)
    raw = rows.groupby("produit_id")["note"].agg(["count", "mean"])
    return {"right": lowest(own), "M776": str(own["mean"].idxmin()), "M777": lowest(raw)}


def mending(case: Case, product: str, price: bool = False) -> float:
    """Return what mending a product brings in a year (€ excl. tax); its sales at their price where ``price``."""
    known, row = case.fact(landmarks), row_of(case, product)
    each = float(row["prix_net_moyen_ht"] if price else row["unite"])
    return float(row["ventes_2026"]) * known["ventes_regagnees"] * each - known["cout_amelioration_ht"]


def instead(case: Case) -> pd.Series:
    """Return the share of the likely buyers of the new product by what they would buy without it."""
    return case.table("enquete_report")["sinon"].value_counts(normalize=True)


@dataclass(frozen=True)
class Launch:
    """The new product at the price of the study: € excl. tax, ``taken`` from the range by unit, ``fixed`` in all."""

    units: float
    margin: float
    taken: float
    taken_at_price: float
    fixed: float


def launch(case: Case) -> Launch:
    """Return what the launch is made of."""
    known, goods, share = case.fact(hypotheses), case.once(seen), case.fact(instead)
    cost = sum(known[name] for name in ("cout_fabrication_ht", "cout_livraison_ht", "cout_sav_paiement_ht"))
    own = share[share.index.isin(goods.index)]
    return Launch(
        known["volume_prevu"], case.fact(landmarks)["prix_net_etude_ht"] - cost,
        float((own * goods["unite"][own.index]).sum()), float((own * goods["prix_net_moyen_ht"][own.index]).sum()),
        known["charges_fixes_lancement_ht"],
    )  # fmt: skip


def launching(case: Case) -> float:
    """Return what the launch brings in its first year (€ excl. tax)."""
    made = case.once(launch)
    return assortment.gain_of_launching(made.units, made.margin, made.taken, made.fixed)


# 60 € incl. VAT, 42 € received, 30 € of variable cost of which 18 € of purchases: A is 12 €.
KEYS.fixed_choice("p2-entree-marge", "A", {"M760": "B", "M761": "C", "M762": "D"})
# 8 000 € of margin, 5 000 € of its own fixed costs, 6 000 € of the head office: A loses 3 000 €.
KEYS.fixed_choice("p2-entree-suppression", "A", {"M763": "B", "M764": "C"})
# 100 to 144 in two years: A is 20 % a year.
KEYS.fixed_choice("p2-entree-croissance", "A", {"M345": "B", "M346": "C", "M344": "D"})


@KEYS.number("p2-marge", "€ HT par unité")
def unit_margin(case: Case) -> Stated:
    """Net price less variable cost, for the first of the two products."""
    product = case.fact(targeted)[0]
    found = {name: by_name(unit)[product] for name, unit in case.fact(margins_by_mistake).items()}
    right = found.pop("")
    return right, apart(right, found)


@KEYS.number("p2-classe-a", "produits", decimals=0, needs=(unit_margin,), coarse=True)
def class_a(case: Case) -> Stated:
    """How many products make 80 % of the margin."""
    goods, share = case.once(seen), case.fact(landmarks)["seuil_classe_a"]
    right = assortment.class_size(goods["marge"], share)
    wrongs: dict[str, float] = {
        "M768": assortment.class_size(goods["ventes_2026"] * goods["prix_net_moyen_ht"], share),
        "M769": round(share * len(goods)),
        "M770": right - 1,
    }
    return right, apart(right, wrongs)


@KEYS.values("p2-croissance", "produit_id", PROPORTION)
def growth(case: Case) -> Stated:
    """Mean yearly growth of the two products, from 2024 to 2026."""
    goods = case.fact(products).loc[list(case.fact(targeted))]
    first, last = by_name(goods["ventes_2024"]), by_name(goods["ventes_2026"])
    sales = {name: (first[name], last[name]) for name in first}
    right = {name: metrics.yearly_growth(*pair, INTERVALS) for name, pair in sales.items()}
    total = {name: metrics.change(*pair) for name, pair in sales.items()}
    wrongs = {
        "M344": total,
        "M345": {name: value / INTERVALS for name, value in total.items()},
        "M346": {name: metrics.yearly_growth(*pair, INTERVALS + 1) for name, pair in sales.items()},
    }
    return right, elsewhere(right, wrongs)


@KEYS.ask("p2-associees", SameValues("produit_id", "€ HT de marge"), needs=(unit_margin,))
def attached(case: Case) -> Stated:
    """Margin of what is bought with each of the two products."""
    found = case.once(both)
    right = {name: one.attached for name, one in found.items()}
    wrongs = {
        "M771": {name: one.attached_sales for name, one in found.items()},
        "M772": {name: one.attached_at_own_margin for name, one in found.items()},
    }
    return right, elsewhere(right, wrongs)


@KEYS.ask("p2-gain", SameValues("produit_id", "€ HT par an"), needs=(unit_margin,))
def gain(case: Case) -> Stated:
    """Return what dropping each of the two products would bring."""
    found = case.once(both)
    right = {name: one.gain for name, one in found.items()}
    names = next(iter(found.values())).mistaken
    return right, elsewhere(right, {m: {name: one.mistaken[m] for name, one in found.items()} for m in names})


@KEYS.choice("p2-decision")
def decision(case: Case) -> Stated:
    """State A when the first of the two is to be dropped alone, B when the second is; C drops both, D neither."""
    _, second = case.fact(targeted)
    drop_first = case.once(enticer) == second
    return ("A" if drop_first else "B"), {"M765": "C", "M766": "D", "M127": "B" if drop_first else "A"}


@KEYS.number("p2-part-seuil", PROPORTION, needs=(unit_margin,))
def reversing_share(case: Case) -> Stated:
    """Return the share of the attached margin, once lost, from which dropping the product to keep costs money."""
    one = case.once(both)[case.once(enticer)]
    right = assortment.share_that_reverses(one.fixed, one.margin, one.attached, one.carried)
    wrongs = {
        "M764": (one.carried - one.margin) / one.attached,
        "M771": right * one.attached / one.attached_sales,
        "M774": (one.fixed - one.margin) / one.attached,
    }
    return right, apart(right, wrongs)


@KEYS.ask("p2-a-ameliorer", ChosenId("gamme", "produit_id"))
def to_mend(case: Case) -> Stated:
    """Return the product whose own ratings are the lowest, among those rated enough."""
    found = dict(case.fact(ratings))
    right = found.pop("right")
    return right, {name: product for name, product in found.items() if product != right}


@KEYS.number("p2-gain-amelioration", "€ HT par an", needs=(unit_margin,))
def mending_gain(case: Case) -> Stated:
    """Sales won back at their margin, less what mending costs."""
    found, cost = case.fact(ratings), case.fact(landmarks)["cout_amelioration_ht"]
    right = mending(case, found["right"])
    wrongs = {
        "M132": right + cost,
        "M731": mending(case, found["right"], price=True),
        "M776": mending(case, found["M776"]),
        "M777": mending(case, found["M777"]),
    }
    return right, apart(right, wrongs)


@KEYS.number("p2-cannibalisation", PROPORTION)
def cannibalised(case: Case) -> Stated:
    """Share of the likely buyers who would have bought another product of the range."""
    share, goods = case.fact(instead), case.fact(products)
    right = float(share[share.index.isin(goods.index)].sum())
    nothing, rival = float(share["rien"]), float(share["concurrent"])
    wrongs = {"M322": right / (1 - nothing), "M779": right + rival, "M155": 1 - right}
    return right, apart(right, wrongs)


@KEYS.number("p2-lancement", "€ HT la première année", needs=(unit_margin,))
def launch_gain(case: Case) -> Stated:
    """Margin of the launch, less what it takes from the range and its fixed costs."""
    made, right = case.once(launch), case.once(launching)
    wrongs = {
        "M764": right + made.fixed,
        "M771": right + made.units * (made.taken - made.taken_at_price),
        "M778": right + made.units * made.taken,
    }
    return right, apart(right, wrongs)


@KEYS.number("p2-gain-commode", "€ HT par an", needs=(unit_margin,))
def gain_again(case: Case) -> Stated:
    """Return what dropping another product would bring, by the same rule."""
    one = dropped(case, AGAIN)
    return one.gain, apart(one.gain, one.mistaken)
