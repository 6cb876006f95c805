"""Notebook 01: motivations and brakes of a segment (B1-C01), the five stages of its purchase (B1-C02)."""

from dataclasses import dataclass

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case
from autograder.keys.checks.numbers import PROPORTION
from autograder.keys.declaring import Keys
from autograder.keys.model import Stated
from casestudies.answers import Value
from casestudies.codage import coder, grille_de_codage

KEYS = Keys("e1-strategie/01-consommateur", company="kerlavandre")
COMPANY = "kerlavandre"
FAMILIES, TRAVELLERS = "Familles", "Voyageurs"
MOBILE, COMPUTER = "mobile", "ordinateur"
ECONOMY, KEEPING, PRICE = "economie", "conservation", "prix"
MOTIVATION, BRAKE = "motivation", "frein"
SILENT, NONE = "NSP", "aucun"
WINDOW, WEEKS = "reference", 8
"""The eight weeks before the promotion: how the site sells when nothing is on."""


def themes(kind: str) -> tuple[str, ...]:
    """Return the codes of the themes of one kind: « motivation » or « frein »."""
    grid = grille_de_codage(COMPANY)
    return tuple(str(code) for code in grid.index[grid["type"] == kind])


def names(kind: str) -> tuple[str, ...]:
    """Return the names of the themes of one kind."""
    grid = grille_de_codage(COMPANY)
    return tuple(str(name) for name in grid.loc[grid["type"] == kind, "thème"])


def coded(case: Case) -> pd.DataFrame:
    """Return the reviews with one column per theme of the grid, named by its code."""
    return coder(case.table("verbatims"), grille_de_codage(COMPANY))


@dataclass(frozen=True)
class Spoken:
    """How often a theme is spoken of in one segment and in all the reviews (counts of reviews)."""

    said: float
    size: float
    said_by_all: float
    size_of_all: float

    @property
    def frequency(self) -> float:
        """Share of the segment's reviews that speak of the theme."""
        return metrics.ratio(self.said, self.size)

    @property
    def frequency_of_all(self) -> float:
        """Share of all the reviews that speak of the theme."""
        return metrics.ratio(self.said_by_all, self.size_of_all)

    @property
    def frequency_of_others(self) -> float:
        """Share of the other segments' reviews that speak of the theme."""
        return metrics.ratio(self.said_by_all - self.said, self.size_of_all - self.size)

    @property
    def affinity(self) -> float:
        """Return the segment's frequency over that of all the reviews, base 100."""
        return 100 * metrics.ratio(self.frequency, self.frequency_of_all)


def spoken(case: Case, segment: str, theme: str) -> Spoken:
    """Return how often ``segment`` speaks of ``theme``."""
    codes = case.fact(coded)
    inside = codes["segment"] == segment
    return Spoken(float(codes.loc[inside, theme].sum()), float(inside.sum()), float(codes[theme].sum()), len(codes))


def mentions(case: Case, segment: str) -> float:
    """Return how many themes the reviews of ``segment`` speak of, all told."""
    codes = case.fact(coded)
    every = [*themes("motivation"), *themes("frein")]
    return float(codes.loc[codes["segment"] == segment, every].to_numpy().sum())


def kind_of(code: str) -> str:
    """Return the kind of a theme, which is also the survey's question about it: « motivation » or « frein »."""
    return str(grille_de_codage(COMPANY).loc[code, "type"])


def questionnaires(case: Case) -> pd.DataFrame:
    """Return the survey, each person once."""
    return case.table("enquete").drop_duplicates()


@dataclass(frozen=True)
class Chosen:
    """How many people chose a theme in one question of the survey, and out of how many (people, or rows received).

    ``asked`` counts all the rows, ``answered`` those that are not « NSP », ``none`` those that answer « aucun ».
    """

    chose: float
    asked: float
    answered: float
    none: float

    @property
    def share(self) -> float:
        """Share of those who answered that chose the theme."""
        return metrics.ratio(self.chose, self.answered)


def choices(rows: pd.DataFrame, question: str, theme: str) -> Chosen:
    """Return how often ``theme`` was chosen in the ``rows`` of a survey."""
    said = rows[question]
    silent = float((said == SILENT).sum())
    return Chosen(float((said == theme).sum()), len(said), len(said) - silent, float((said == NONE).sum()))


def chosen(case: Case, segment: str, question: str, theme: str) -> Chosen:
    """Return how often ``segment`` chose ``theme``, each person once."""
    rows = case.fact(questionnaires)
    return choices(rows[rows["segment"] == segment], question, theme)


@dataclass(frozen=True)
class Steps:
    """Counts along the site's path over the window."""

    sessions: float
    users: float
    views: float
    carts: float
    checkouts: float

    @property
    def cart_rate(self) -> float:
        """Share of the visits with something in the cart."""
        return metrics.ratio(self.carts, self.sessions)

    @property
    def checkout_rate(self) -> float:
        """Share of the visits with a cart where payment was begun."""
        return metrics.ratio(self.checkouts, self.carts)


def visits(case: Case) -> pd.DataFrame:
    """Return the visits of the window."""
    return case.period(WINDOW).filtrer(case.table("sessions_jour"))


def _steps(rows: pd.DataFrame) -> Steps:
    names = ["sessions", "utilisateurs", "vues_produit", "ajouts_panier", "debuts_paiement"]
    return Steps(*(float(total) for total in rows[names].sum()))


def path(case: Case) -> Steps:
    """Return the steps of all the visits."""
    return _steps(case.fact(visits))


def mobile(case: Case) -> Steps:
    """Return the steps of the visits on a phone."""
    rows = case.fact(visits)
    return _steps(rows[rows["appareil"] == MOBILE])


def computer(case: Case) -> Steps:
    """Return the steps of the visits on a computer."""
    rows = case.fact(visits)
    return _steps(rows[rows["appareil"] == COMPUTER])


@dataclass(frozen=True)
class Orders:
    """Orders of the window, repeated lines removed: placed, paid, refunded.

    ``customers`` paid in its first half, ``returning`` of them in its second half too.
    """

    placed: float
    paid: float
    refunded: float
    customers: float
    returning: float


def orders(case: Case) -> Orders:
    """Return the orders of the window."""
    window = case.period(WINDOW)
    lines = window.filtrer(case.table("commandes").drop_duplicates())
    paid = lines[lines["statut"] == "payée"]
    early = paid["date"] < pd.Timestamp(window.debut) + pd.Timedelta(weeks=WEEKS // 2)
    customers = set(paid.loc[early, "client_id"])

    def different(rows: pd.DataFrame) -> float:
        return float(rows["commande_id"].nunique())

    return Orders(
        placed=different(lines),
        paid=different(paid),
        refunded=different(lines[lines["statut"] == "remboursée"]),
        customers=len(customers),
        returning=len(customers & set(paid.loc[~early, "client_id"])),
    )


def weekly_visits(case: Case, channel: str) -> float:
    """Return the visits of a week of the window that a channel brought, on average."""
    rows = case.fact(visits)
    return float(rows.loc[rows["canal"] == channel, "sessions"].sum()) / WEEKS


def indicators(case: Case) -> dict[str, float]:
    """Return each indicator that a stage may be followed by: rates for 100, visits by week."""
    steps, bought = case.fact(path), case.fact(orders)
    volumes = {
        "visites venues du SEO, par semaine": weekly_visits(case, "SEO"),
        "visites venues des réseaux sociaux, par semaine": weekly_visits(case, "Réseaux sociaux"),
    }
    shares = {
        "pages produit vues pour 100 visites": metrics.ratio(steps.views, steps.sessions),
        "taux d’ajout au panier": steps.cart_rate,
        "taux de passage au paiement": steps.checkout_rate,
        "taux d’aboutissement": metrics.ratio(bought.paid, steps.checkouts),
        "taux de conversion": metrics.ratio(bought.paid, steps.sessions),
        "taux de réachat": metrics.ratio(bought.returning, bought.customers),
        "part des commandes remboursées": metrics.ratio(bought.refunded, bought.placed),
    }
    return volumes | {name: 100 * share for name, share in shares.items()}


LETTERS = ("A", "B", "C", "D", "E")


def _affinity(found: Spoken, frequency: float) -> Stated:
    """Return the key of an affinity index, given the frequency in the segment."""
    right = 100 * metrics.ratio(frequency, found.frequency_of_all)
    return right, {
        "M210": 100 * metrics.ratio(found.said, found.said_by_all),
        "M212": 100 * metrics.ratio(found.frequency_of_all, frequency),
        "M213": 100 * metrics.ratio(frequency, found.frequency_of_others),
        "M214": 100 * (frequency - found.frequency_of_all),
    }


def _share(case: Case, question: str, theme: str) -> Stated:
    """Return the key of the share of the families who answered ``question`` that chose ``theme``."""
    everyone, received = case.fact(questionnaires), case.table("enquete")
    found = chosen(case, FAMILIES, question, theme)
    twice = choices(received[received["segment"] == FAMILIES], question, theme)
    of_all = choices(everyone, question, theme)
    values: dict[str, Value | tuple[Value, ...]] = {
        "M134": (metrics.ratio(found.chose, of_all.answered), metrics.ratio(found.chose, of_all.asked)),
        "M175": found.chose,
        "M210": metrics.ratio(found.chose, of_all.chose),
        "M219": (of_all.share, choices(received, question, theme).share),
        "M320": twice.share,
        "M321": metrics.ratio(found.chose, found.asked),
        "M323": metrics.ratio(twice.chose, twice.asked),
    }
    if question == BRAKE:
        values["M322"] = metrics.ratio(found.chose, found.answered - found.none)
    return found.share, values


# 15 reviews of 60 in the segment, 40 of 240 in all: A is 15 over 60.
KEYS.fixed_choice("s1-entree-frequence", "A", {"M134": "B", "M210": "C", "M219": "D"})
# C is the only sentence that is a motivation and says where it comes from.
KEYS.fixed_choice("s1-entree-preuve", "C", {"M215": "A", "M217": "B", "M216": "D"})
# Two precise offers side by side: C is the evaluation.
KEYS.fixed_choice("s1-entree-etape", "C", {"M218": ("A", "B", "D")})


@KEYS.number("s1-frequence", PROPORTION, coarse=True)
def frequency(case: Case) -> Stated:
    """Share of the families' reviews that speak of saving."""
    found = spoken(case, FAMILIES, ECONOMY)
    return found.frequency, {
        "M134": metrics.ratio(found.said, found.size_of_all),
        "M175": found.said,
        "M210": metrics.ratio(found.said, found.said_by_all),
        "M211": metrics.ratio(found.said, mentions(case, FAMILIES)),
        "M219": found.frequency_of_all,
    }


@KEYS.choice("s1-premiere-motivation")
def first_motivation(case: Case) -> Stated:
    """Return the letter of the motivation that most families speak of."""
    found = [spoken(case, FAMILIES, name) for name in themes("motivation")]
    letters = dict(zip(LETTERS, found, strict=True))
    right = max(letters, key=lambda letter: letters[letter].said)
    of_all = max(letters, key=lambda letter: letters[letter].said_by_all)
    others = tuple(letter for letter in LETTERS if letter not in (right, of_all))
    return right, {"M225": others, **({"M219": of_all} if of_all != right else {})}


@KEYS.number("s1-affinite", "indice, base 100", needs=(frequency,))
def affinity(case: Case) -> Stated:
    """Return how much more than all the customers the families speak of saving, base 100."""
    return _affinity(spoken(case, FAMILIES, ECONOMY), case.value(frequency))


@KEYS.number("s1-enquete-motivation", PROPORTION, coarse=True)
def economy(case: Case) -> Stated:
    """Share of the families for whom saving comes first, of those who named a motivation."""
    return _share(case, MOTIVATION, ECONOMY)


@KEYS.number("s1-enquete-frein", PROPORTION)
def price(case: Case) -> Stated:
    """Share of the families held back by the price first, of those who answered, « none » included."""
    return _share(case, BRAKE, PRICE)


@KEYS.number("s1-ajout-mobile", PROPORTION)
def mobile_cart_rate(case: Case) -> Stated:
    """Share of the visits on a phone with something added to the cart."""
    phone, desk = case.fact(mobile), case.fact(computer)
    return phone.cart_rate, {
        "M04": metrics.ratio(phone.sessions, phone.carts),
        "M220": metrics.ratio(phone.carts, phone.views),
        "M221": metrics.ratio(phone.carts, phone.users),
        "M223": metrics.ratio(phone.checkouts, phone.sessions),
        "M224": (case.fact(path).cart_rate, desk.cart_rate),
    }


@KEYS.choice("s1-rupture")
def break_of_the_path(case: Case) -> Stated:
    """Return the step where the phone is furthest behind the computer, as a ratio of their rates."""
    phone, desk = case.fact(mobile), case.fact(computer)
    at_cart = metrics.ratio(phone.cart_rate, desk.cart_rate)
    at_checkout = metrics.ratio(phone.checkout_rate, desk.checkout_rate)
    if at_cart < at_checkout:
        return "A", {"M214": "B", "M175": "C", "M227": "D"}
    return "B", {"M226": "A", "M175": "C", "M227": "D"}


@KEYS.number("s1-manque", "visites", 0, sign=1)
def missing_carts(case: Case) -> Stated:
    """Visits on a phone that would add to the cart if they did so as often as on a computer, less those that do."""
    phone, desk, every = case.fact(mobile), case.fact(computer), case.fact(path)
    gap = desk.cart_rate - phone.cart_rate
    return phone.sessions * gap, {
        "M224": (every.sessions * gap, desk.sessions * gap),
        "M228": phone.sessions * desk.cart_rate,
    }


@KEYS.number("s1-affinite-voyageurs", "indice, base 100")
def travellers_affinity(case: Case) -> Stated:
    """Return how much more than all the customers the travellers speak of keeping the product, base 100."""
    found = spoken(case, TRAVELLERS, KEEPING)
    return _affinity(found, found.frequency)
