"""Notebook 04: roles (B2-C12), aims of communication (B2-C13), channels (B2-C14), circuits and coverage (B2-C19)."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from autograder.keys import distribution, metrics
from autograder.keys.cases import Case, hypotheses
from autograder.keys.declaring import Keys
from autograder.keys.mistakes import apart, by_name, elsewhere
from autograder.keys.model import Stated

KEYS = Keys("e3-plan-operationnel/04-roles-canaux-circuits", company="isolombre")
STAGES = {"cognitif": ("connaissent", "interroges"), "affectif": ("preferent", "connaissent"),
          "conatif": ("ont_agi", "preferent")}  # fmt: skip
"""Numerator and denominator of the passage to each level."""
SELLER = "vendeur"
FAIR, RADIO = "salon régional de l’habitat sain", "radio locale"
"""The two channels, for the same role, whose order the notebook turns."""
Rates = dict[str, float]


def funnel(case: Case) -> pd.DataFrame:
    """Return the people of each stage, by role, zones together."""
    return case.table("entonnoir_roles").groupby("role")[["interroges", "connaissent", "preferent", "ont_agi"]].sum()


def passages(case: Case) -> dict[str, Rates]:
    """Return, by level, the share of each role that goes on to it among those who were at the level before."""
    people = case.fact(funnel)
    return {level: by_name(people[over] / people[under]) for level, (over, under) in STAGES.items()}


def channels(case: Case) -> pd.DataFrame:
    """Return the channels by name, with the contacts that they make one pay for, their cost by contact, its mark."""
    table = case.table("canaux_communication").set_index("canal")
    paid = case.table("audiences_canaux").set_index("canal")["contacts_payes"]
    cost = table["cout_ht"] / table["contacts_utiles"]
    marks = distribution.cost_notes(by_name(cost))
    return table.assign(contacts_payes=paid, cout_contact=cost, note_cout=pd.Series(marks))


@dataclass(frozen=True)
class Weights:
    """Weights of the marks of a channel, in points."""

    affinity: float
    image: float
    cost: float

    @property
    def total(self) -> float:
        """Their sum."""
        return self.affinity + self.image + self.cost


def weights(case: Case) -> Weights:
    """Return the weights of the sales policy."""
    known = case.fact(hypotheses)
    return Weights(known["poids_affinite_canal"], known["poids_image_canal"], known["poids_cout_canal"])


@dataclass(frozen=True)
class CircuitTerms:
    """One circuit: its final price, the shares kept from the last link, and the costs, euros excl. tax by m²."""

    price: float
    shares: tuple[float, ...]
    making: float
    logistics: float
    selling: float

    def net(self, paid: Callable[[float, tuple[float, ...]], float]) -> float:
        """Return the net margin, ``paid`` saying what the maker receives of a price."""
        return paid(self.price, self.shares) - self.making - self.logistics - self.selling


def terms(case: Case) -> dict[str, CircuitTerms]:
    """Return the three circuits of the company."""
    rows = case.table("circuits").set_index("circuit").to_dict("index")
    return {
        str(name): CircuitTerms(
            row["prix_final_ht_m2"], (row["taux_marque_negoce"], row["taux_marque_grossiste"]),
            row["cout_production_m2"], row["cout_logistique_m2"], row["cout_commercial_m2"],
        )
        for name, row in rows.items()
    }  # fmt: skip


def offered(case: Case) -> CircuitTerms:
    """Return the circuit that a platform of materials offers; the making costs what it does elsewhere."""
    said = case.table("cadrage_2027").set_index("cle")["valeur"].to_dict()
    return CircuitTerms(
        said["plateforme_prix_final_ht_m2"], (said["plateforme_taux_marque_negoce"], said["plateforme_commission"]),
        case.fact(terms)["direct"].making, said["plateforme_cout_logistique_m2"],
        said["plateforme_cout_commercial_m2"],
    )  # fmt: skip


def _received(price: float, shares: tuple[float, ...]) -> float:
    return distribution.paid_to_maker_ht(price, *shares)


def _added(price: float, shares: tuple[float, ...]) -> float:
    return price * (1 - sum(shares))


def _marked_up(price: float, shares: tuple[float, ...]) -> float:
    for share in shares:
        price /= 1 + share
    return price


def _first_only(price: float, shares: tuple[float, ...]) -> float:
    return price * (1 - shares[0])


_MISREAD = {"M787": _marked_up, "M788": _added, "M789": _first_only}


# The child sits, the family doctor advises, the shop sells, the grandmother pays: C.
KEYS.fixed_choice("p4-entree-role", "C", {"M780": "D", "M781": "A"})
# Marks of 8 and 5, weights of 3 and 1: D is 7.25.
KEYS.fixed_choice("p4-entree-poids", "D", {"M110": "A", "M230": "C", "M231": "B"})
# 80 € with a taux de marque of 25 %: A is 60 €.
KEYS.fixed_choice("p4-entree-marque", "A", {"M787": "B", "M796": "C"})


@KEYS.values("p4-cognitif", "rôle", "proportion")
def awareness(case: Case) -> Stated:
    """Share of each role that knows the company, zones together."""
    people, zones = case.fact(funnel), case.table("entonnoir_roles")
    right = case.fact(passages)["cognitif"]
    by_zone = (zones["connaissent"] / zones["interroges"]).groupby(zones["role"]).mean()
    wrongs = {
        "M782": by_name(by_zone),
        "M134": by_name(people["connaissent"] / people["interroges"].sum()),
        "M04": by_name(people["interroges"] / people["connaissent"]),
    }
    return right, elsewhere(right, wrongs)


@KEYS.choice("p4-frein")
def weakest(case: Case) -> Stated:
    """Level at which the sellers stop most: A to know, B to prefer; those who act are always the fewest."""
    rates = {level: values[SELLER] for level, values in case.fact(passages).items()}
    if min(rates, key=rates.__getitem__) == "cognitif":
        return "A", {"M784": "C", "M797": "B"}
    return "B", {"M784": "C", "M797": "A"}


@KEYS.values("p4-substitution", "stock_proche", "proportion")
def replaced(case: Case) -> Stated:
    """Share of the prescriptions laid that another product replaced, with and without a stock nearby."""
    once = case.table("prescriptions").drop_duplicates()
    closed = case.period("cohorte").filtrer(once)

    def by_stock(rows: pd.DataFrame, share: Callable[["pd.Series[str]"], float]) -> Rates:
        return {str(near): share(group["statut"]) for near, group in rows.groupby("stock_proche")}

    right = by_stock(closed, distribution.replaced_share)
    wrongs = {
        "M785": by_stock(closed, lambda fates: float((fates == "substituée").mean())),
        "M786": by_stock(once, distribution.replaced_share),
    }
    return right, elsewhere(right, wrongs)


@KEYS.values("p4-cout", "canal", "€ HT par contact utile")
def useful_cost(case: Case) -> Stated:
    """Cost of each channel over the people of its target that it reaches."""
    table = case.fact(channels)
    right = by_name(table["cout_contact"])
    return right, {
        "M783": by_name(table["cout_ht"] / table["contacts_payes"]),
        "M04": by_name(table["contacts_utiles"] / table["cout_ht"]),
    }


@KEYS.values("p4-scores", "canal", "points sur 10")
def scores(case: Case) -> Stated:
    """Weighted mean of the three marks of each channel."""
    table, w = case.fact(channels), case.fact(weights)
    total = w.affinity * table["affinite"] + w.image * table["image"] + w.cost * table["note_cout"]
    right = {
        str(name): metrics.weighted_mean(marks, (w.affinity, w.image, w.cost))
        for name, *marks in table[["affinite", "image", "note_cout"]].itertuples(name=None)
    }
    wrongs = {
        "M110": by_name((table["affinite"] + table["image"] + table["note_cout"]) / 3),
        "M230": by_name(total),
        "M231": by_name(total / 3),
    }
    return right, elsewhere(right, wrongs)


@KEYS.number("p4-bascule", "points de poids", sign=1)
def turning(case: Case) -> Stated:
    """Weight of the cost at which the radio has the score of the fair."""
    table, w = case.fact(channels).to_dict("index"), case.fact(weights)
    marks = [[table[name][mark] for mark in ("affinite", "image", "note_cout")] for name in (FAIR, RADIO)]
    right = distribution.turning_weight(marks[0], marks[1], (w.affinity, w.image))
    (kind, look, cheap), (other_kind, other_look, other_cheap) = marks
    loss = other_cheap - cheap
    wrongs: dict[str, float | tuple[float, ...]] = {
        "M792": w.affinity * (kind - other_kind) / loss,
        "M110": (kind - other_kind + look - other_look) / loss,
        "M04": 1 / right,
        "M791": right / (right + w.affinity + w.image),
    }
    return right, apart(right, wrongs)


# The agency’s flat price and the video of the carpenter both have to change: B.
KEYS.fixed_choice("p4-agence", "B", {"M795": "A", "M793": "C", "M798": "D"})


@KEYS.values("p4-marges", "circuit", "€ HT par m²")
def net_margins(case: Case) -> Stated:
    """Net margin of each circuit, all links and all costs paid."""
    known = case.fact(terms)
    right = {name: one.net(_received) for name, one in known.items()}
    wrongs = {idea: {name: one.net(paid) for name, one in known.items()} for idea, paid in _MISREAD.items()}
    wrongs["M794"] = {name: _received(one.price, one.shares) - one.making for name, one in known.items()}
    return right, elsewhere(right, wrongs)


@KEYS.values("p4-couverture", "distribution", "proportion")
def covered(case: Case) -> Stated:
    """Share of the outlets that list the company, and of the turnover of the category that they make."""
    outlets = case.table("points_vente")
    listed = outlets["reference_isolombre"] == "oui"
    numeric, weighted = distribution.coverage(outlets["ca_isolants_ht"], listed)
    return {"numérique": numeric, "valeur": weighted}, {
        "M790": {"numérique": numeric, "valeur": numeric},
        "M799": {"numérique": weighted, "valeur": numeric},
    }


@KEYS.number("p4-plateforme", "€ HT par m²")
def platform_margin(case: Case) -> Stated:
    """Net margin of the circuit offered by the platform."""
    one = case.fact(offered)
    wrongs: dict[str, float | tuple[float, ...]] = {idea: one.net(paid) for idea, paid in _MISREAD.items()}
    wrongs["M794"] = _received(one.price, one.shares) - one.making
    right = one.net(_received)
    return right, apart(right, wrongs)
