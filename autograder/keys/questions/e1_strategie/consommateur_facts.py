"""What notebook 01 counts in the reviews and on the site's path; use each function of a case through ``case.fact``."""

from dataclasses import dataclass

import pandas as pd

from autograder.keys import metrics
from autograder.keys.cases import Case
from casestudies.codage import coder, grille_de_codage

COMPANY = "kerlavandre"
FAMILIES, TRAVELLERS = "Familles", "Voyageurs"
MOBILE, COMPUTER = "mobile", "ordinateur"
ECONOMY, KEEPING, PRICE = "economie", "conservation", "prix"
MOTIVATION, BRAKE = "motivation", "frein"
SILENT, NONE = "NSP", "aucun"
WINDOW = "reference"
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
    """Orders of the window, repeated lines removed: placed, paid, refunded, paid by known customers."""

    placed: float
    paid: float
    refunded: float
    returning: float


def orders(case: Case) -> Orders:
    """Return the orders of the window."""
    lines = case.period(WINDOW).filtrer(case.table("commandes").drop_duplicates())
    paid = lines[lines["statut"] == "payée"]

    def different(rows: pd.DataFrame) -> float:
        return float(rows["commande_id"].nunique())

    return Orders(
        placed=different(lines),
        paid=different(paid),
        refunded=different(lines[lines["statut"] == "remboursée"]),
        returning=different(paid[paid["premiere_commande"] == "non"]),
    )


def channel_share(case: Case, channel: str) -> float:
    """Return the share of the visits of the window that a channel brought."""
    rows = case.fact(visits)
    return metrics.ratio(float(rows.loc[rows["canal"] == channel, "sessions"].sum()), float(rows["sessions"].sum()))


def indicators(case: Case) -> dict[str, float]:
    """Return each indicator that a stage may be followed by, for 100."""
    steps, bought = case.fact(path), case.fact(orders)
    shares = {
        "part des visites venues du SEO": channel_share(case, "SEO"),
        "part des visites venues des réseaux sociaux": channel_share(case, "Réseaux sociaux"),
        "pages produit vues pour 100 visites": metrics.ratio(steps.views, steps.sessions),
        "taux d’ajout au panier": steps.cart_rate,
        "taux de passage au paiement": steps.checkout_rate,
        "taux d’aboutissement": metrics.ratio(bought.paid, steps.checkouts),
        "taux de conversion": metrics.ratio(bought.paid, steps.sessions),
        "part des commandes de clients déjà venus": metrics.ratio(bought.returning, bought.paid),
        "part des commandes remboursées": metrics.ratio(bought.refunded, bought.placed),
    }
    return {name: 100 * share for name, share in shares.items()}
