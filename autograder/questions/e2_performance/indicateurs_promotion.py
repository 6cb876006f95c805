"""Notebook 01: the indicators of the promotion (B1-C12).

The orders are read as the export gives them, repeated lines removed; « paid » leaves out cancelled and refunded ones.
"""

from dataclasses import dataclass

import pandas as pd

from autograder import metrics
from autograder.cases import Case
from autograder.checks.allowed_for import AllowedFor
from autograder.checks.choice import Choice
from autograder.checks.close_to import CloseTo
from autograder.checks.coherent_change import CoherentChange
from autograder.checks.columns import Columns
from autograder.checks.computed_table import ComputedTable
from autograder.checks.filled import Filled
from autograder.checks.indicator_values import RATE_UNITS, Indicator, IndicatorValues
from autograder.checks.one_row_each import OneRowEach
from autograder.checks.text_length import TextLength
from autograder.questions.model import Key, Series, wrongs

SERIES = Series("e2-performance/01-indicateurs-promotion", company="kerlavandre")
CRITERION = "B1-C12"
PAID = "payée"
SUBJECT = "Semaine sans flacon"
"""What the subject line of every e-mail of the promotion holds."""

LETTERS = Choice(("A", "B", "C", "D"))


# --- What the tables say of one window ------------------------------------------------------------


@dataclass(frozen=True)
class Window:
    """The rows of one window: visits, order lines exported, the same without repeats, the paid ones, adverts."""

    days: int
    visits: pd.DataFrame
    exported: pd.DataFrame
    placed: pd.DataFrame
    paid: pd.DataFrame
    adverts: pd.DataFrame

    @property
    def sessions(self) -> float:
        """Visits."""
        return float(self.visits["sessions"].sum())

    @property
    def users(self) -> float:
        """Daily users, added up."""
        return float(self.visits["utilisateurs"].sum())

    @property
    def orders(self) -> float:
        """Paid orders."""
        return count(self.paid, "commande_id")

    @property
    def clients(self) -> float:
        """Different people with a paid order."""
        return count(self.paid, "client_id")

    @property
    def new_clients(self) -> float:
        """Different people whose very first order is a paid one of this window."""
        return count(firsts(self.paid), "client_id")

    @property
    def revenue_ttc(self) -> float:
        """Paid revenue including VAT, shipping excluded."""
        return float(revenue(self.paid).sum())

    @property
    def revenue_ht(self) -> float:
        """Paid revenue excluding VAT, each line at its own rate."""
        amounts, rates = revenue(self.paid), self.paid["tva"].astype(float)
        return sum(metrics.excluding_vat(float(amounts[rates == rate].sum()), rate / 100) for rate in rates.unique())

    @property
    def click_rate(self) -> float:
        """Clicks on the link over impressions."""
        return metrics.ratio(float(self.adverts["clics_lien"].sum()), float(self.adverts["impressions"].sum()))


def window(case: Case, name: str) -> Window:
    """Return the rows of the window called ``name``."""
    period = case.period(name)
    exported = period.filtrer(case.table("commandes"))
    placed = exported.drop_duplicates()
    return Window(
        days=period.jours,
        visits=period.filtrer(case.table("sessions_jour")),
        exported=exported,
        placed=placed,
        paid=placed[placed["statut"] == PAID],
        adverts=period.filtrer(case.table("depenses")),
    )


def during(case: Case) -> Window:
    """Return the promotion."""
    return window(case, "pendant")


def before(case: Case) -> Window:
    """Return the window before it, of the same length and weekdays."""
    return window(case, "avant")


def month_before(case: Case) -> Window:
    """Return the four weeks before the promotion."""
    return window(case, "mois_precedent")


def count(lines: pd.DataFrame, column: str) -> float:
    """Return the number of different values of a column."""
    return float(lines[column].nunique())


def firsts(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of first orders."""
    return lines[lines["premiere_commande"] == "oui"]


def revenue(lines: pd.DataFrame) -> pd.Series:
    """Return what was paid for the goods of each line, including VAT."""
    return metrics.line_revenue_ttc(lines["qte"], lines["pu_ttc"], lines["remise_ttc"])


def conversion_by_channel(found: Window) -> float:
    """Return the plain mean of the conversion rates of the channels: a mistake."""
    orders = found.paid.groupby("canal")["commande_id"].nunique()
    visits = found.visits.groupby("canal")["sessions"].sum()
    return float((orders / visits).mean())


def changes(start: float, end: float) -> dict[str, float | tuple[float, ...]]:
    """Return the wrong values of a relative change that need no other data."""
    return {
        "M50": (end - start) / end,
        "M51": (end / start, 100 * end / start),
        "M52": end - start,
        "M127": (start - end) / start,
    }


# --- Entry questions ------------------------------------------------------------------------------


@SERIES.ask(
    "q1-entree-conversion",
    "Entrée : le taux de conversion",
    CRITERION,
    LETTERS,
    hints=(
        "Le taux de conversion dit quelle part des visites finit par une commande. Où se placent les visites ?",
        "Une part se calcule ainsi : ce qui a abouti, divisé par tout ce qui pouvait aboutir.",
        "Dans un magasin où entrent 40 visiteurs et où l’on encaisse 10 tickets, la part est de 10 ÷ 40, soit 25 %.",
    ),
)
def entry_conversion(case: Case) -> Key:  # noqa: ARG001
    """Orders over sessions."""
    return Key("B", wrongs({"M04": "A", "M01": "C", "M02": "D"}))


@SERIES.ask(
    "q1-entree-fenetres",
    "Entrée : la période de comparaison",
    CRITERION,
    LETTERS,
    hints=(
        "Deux périodes comparables ont deux choses en commun. Lesquelles ?",
        "Même nombre de jours, et mêmes jours de la semaine.",
        "Pour un week-end de trois jours, on compare avec un autre week-end de trois jours, pas avec le mois entier.",
    ),
)
def entry_windows(case: Case) -> Key:  # noqa: ARG001
    """Return the window of the same length and weekdays."""
    return Key("C", wrongs({"M61": "A", "M62": "B", "M64": "D"}))


@SERIES.ask(
    "q1-entree-points",
    "Entrée : points et pour cent",
    CRITERION,
    LETTERS,
    hints=(
        "Entre deux taux, cherche-t-on une différence ou un rapport ?",
        "L’écart en points est la différence des deux taux écrits en pour cent.",
        "Un taux qui passe de 10 % à 12 % gagne 2 points ; il a aussi augmenté de 20 %, ce qui est autre chose.",
    ),
)
def entry_points(case: Case) -> Key:  # noqa: ARG001
    """Return the difference of the two rates."""
    return Key("A", wrongs({"M53": "B", "M54": "C"}))


# --- Traffic and orders ---------------------------------------------------------------------------


@SERIES.ask(
    "q1-sessions",
    "Sessions pendant la promotion",
    CRITERION,
    CloseTo("sessions", 0),
    hints=(
        "Quelle colonne compte les visites, et non les personnes ?",
        "Gardez les lignes de la promotion, puis additionnez la colonne des sessions.",
        "Sur trois jours à 100, 120 et 80 sessions, le total est de 300 sessions.",
    ),
)
def sessions(case: Case) -> Key:
    """Sum of the sessions over the promotion."""
    now = case.fact(during)
    return Key(
        now.sessions,
        wrongs({"M125": now.users, "M126": case.fact(before).sessions, "M139": now.sessions / now.days}),
    )


@SERIES.ask(
    "q1-doublons",
    "Lignes répétées dans l’export",
    CRITERION,
    CloseTo("lignes", 0),
    hints=(
        "Deux produits d’une même commande ont le même numéro. Sont-ils pour autant la même ligne ?",
        "Comptez les lignes identiques à une ligne déjà lue, sur toutes leurs colonnes.",
        "Si le fichier contient les lignes a, b, b, c, c, deux lignes sont en trop : le second b et le second c.",
    ),
)
def repeats(case: Case) -> Key:
    """Lines of the whole export that repeat an earlier one."""
    lines = case.table("commandes")
    return Key(
        float(lines.duplicated().sum()),
        wrongs(
            {
                "M143": float(lines.duplicated("commande_id").sum()),
                "M144": float(lines.duplicated(keep=False).sum()),
            }
        ),
    )


@SERIES.ask(
    "q1-commandes",
    "Commandes payées pendant la promotion",
    CRITERION,
    CloseTo("commandes", 0),
    hints=(
        "Une commande de trois produits occupe trois lignes. Combien de fois faut-il la compter ?",
        "Gardez les lignes « payée » de la promotion, puis comptez les numéros de commande différents.",
        "Les lignes K1, K1, K2 (payées) et K3 (annulée) forment deux commandes payées : K1 et K2.",
    ),
)
def orders(case: Case) -> Key:
    """Different paid orders."""
    now = case.fact(during)
    exported = float((now.exported["statut"] == PAID).sum())
    return Key(
        now.orders,
        wrongs(
            {
                "M123": (float(len(now.paid)), exported),
                "M124": exported,
                "M95": count(now.placed, "commande_id"),
                "M126": case.fact(before).orders,
            }
        ),
    )


@SERIES.ask(
    "q1-conversion",
    "Taux de conversion pendant la promotion",
    CRITERION,
    CloseTo("proportion"),
    needs=("q1-sessions", "q1-commandes"),
    hints=(
        "Une visite est une occasion de vendre. Combien d’occasions y a-t-il eu, et combien ont abouti ?",
        "Commandes payées divisées par sessions, sur les mêmes jours et tous canaux réunis.",
        "Avec 30 commandes payées pour 1 500 sessions, le taux est de 30 ÷ 1 500 = 0,02, soit 2 %.",
    ),
)
def conversion(case: Case) -> Key:
    """Paid orders over sessions."""
    now = case.fact(during)
    visits, bought = case.value("q1-sessions"), case.value("q1-commandes")
    return Key(
        metrics.ratio(bought, visits),
        wrongs(
            {
                "M01": metrics.ratio(bought, now.users),
                "M02": metrics.ratio(now.clients, visits),
                "M03": conversion_by_channel(now),
                "M04": metrics.ratio(visits, bought),
                "M95": metrics.ratio(count(now.placed, "commande_id"), visits),
                "M123": metrics.ratio(float(len(now.paid)), visits),
            }
        ),
    )


@SERIES.ask(
    "q1-conversion-avant",
    "Taux de conversion avant la promotion",
    CRITERION,
    CloseTo("proportion"),
    hints=(
        "Qu’est-ce qui change par rapport à la question précédente : le calcul, ou les dates ?",
        "Le même rapport, commandes payées divisées par sessions, sur la période « avant ».",
        "Avec 24 commandes payées pour 1 600 sessions, le taux est de 24 ÷ 1 600 = 0,015, soit 1,5 %.",
    ),
)
def conversion_before(case: Case) -> Key:
    """Paid orders over sessions, before."""
    past = case.fact(before)
    month = case.fact(month_before)
    return Key(
        metrics.ratio(past.orders, past.sessions),
        wrongs(
            {
                "M01": metrics.ratio(past.orders, past.users),
                "M04": metrics.ratio(past.sessions, past.orders),
                "M95": metrics.ratio(count(past.placed, "commande_id"), past.sessions),
                "M61": metrics.ratio(month.orders, past.sessions),
            }
        ),
    )


@SERIES.ask(
    "q1-conversion-points",
    "Évolution du taux de conversion, en points",
    CRITERION,
    CloseTo("points"),
    needs=("q1-conversion", "q1-conversion-avant"),
    hints=(
        "Entre ces deux taux, cherchez-vous une différence ou un rapport ?",
        "Taux de pendant moins taux d’avant, le tout multiplié par 100. N’arrondissez pas avant de soustraire.",
        "De 0,020 à 0,023, l’écart est de 0,003, soit 0,3 point.",
    ),
)
def conversion_points(case: Case) -> Key:
    """Percentage points between the two rates."""
    end, start = case.value("q1-conversion"), case.value("q1-conversion-avant")
    right = metrics.points(start, end)
    return Key(right, wrongs({"M53": 100 * metrics.change(start, end), "M54": end - start, "M127": -right}))


@SERIES.ask(
    "q1-abandon",
    "Taux d’abandon de panier pendant la promotion",
    CRITERION,
    CloseTo("proportion"),
    needs=("q1-commandes",),
    hints=(
        "De tous les paniers commencés, lesquels cherchez-vous : ceux qui ont abouti, ou les autres ?",
        "Un, moins le rapport entre les commandes payées et les ajouts au panier.",
        "Pour 200 paniers et 50 commandes, 50 ÷ 200 = 0,25 aboutit ; l’abandon est de 0,75, soit 75 %.",
    ),
)
def abandonment(case: Case) -> Key:
    """Share of the carts that did not become a paid order."""
    now = case.fact(during)
    bought, carts = case.value("q1-commandes"), float(now.visits["ajouts_panier"].sum())
    return Key(
        metrics.abandonment(bought, carts),
        wrongs(
            {
                "M93": (metrics.ratio(bought, carts), metrics.abandonment(bought, now.sessions)),
                "M95": metrics.abandonment(count(now.placed, "commande_id"), carts),
            }
        ),
    )


# --- Revenue --------------------------------------------------------------------------------------


@SERIES.ask(
    "q1-ca-ttc",
    "Chiffre d’affaires TTC pendant la promotion",
    CRITERION,
    CloseTo("€ TTC", 2),
    hints=(
        "Qu’a payé le client pour chaque ligne ? Lisez bien ce que désigne « remise_ttc » dans le dictionnaire.",
        "Pour chaque ligne payée, quantité × prix unitaire − remise ; puis la somme. Laissez les frais de port.",
        "Deux savons à 9 € avec 3 € de remise sur la ligne : 2 × 9 − 3 = 15 €.",
    ),
)
def revenue_ttc(case: Case) -> Key:
    """Paid revenue including VAT, excluding shipping."""
    now = case.fact(during)
    lines = now.paid
    gross, off = float((lines["qte"] * lines["pu_ttc"]).sum()), float(lines["remise_ttc"].sum())
    return Key(
        now.revenue_ttc,
        wrongs(
            {
                "M95": float(revenue(now.placed).sum()),
                "M128": now.revenue_ttc + float(lines["port_ttc"].sum()),
                "M129": (gross, gross - 2 * off),
                "M146": float((lines["pu_ttc"] - lines["remise_ttc"]).sum()),
                "M147": float((lines["qte"] * (lines["pu_ttc"] - lines["remise_ttc"])).sum()),
                "M126": case.fact(before).revenue_ttc,
            }
        ),
    )


@SERIES.ask(
    "q1-ca-ht",
    "Chiffre d’affaires HT pendant la promotion",
    CRITERION,
    CloseTo("€ HT", 2),
    hints=(
        "Tous les produits de Kerlavandre ont-ils le même taux de TVA ?",
        "Pour chaque ligne : montant TTC divisé par (1 + taux de TVA ÷ 100), puis la somme.",
        "À 20 %, 12 € TTC font 12 ÷ 1,20 = 10 € HT ; à 5,5 %, 21,10 € TTC font 21,10 ÷ 1,055 = 20 € HT.",
    ),
)
def revenue_ht(case: Case) -> Key:
    """Paid revenue excluding VAT."""
    now = case.fact(during)
    ttc, rate = revenue(now.paid), now.paid["tva"] / 100
    return Key(
        now.revenue_ht,
        wrongs(
            {
                "M16": (float((ttc * (1 - rate)).sum()), 0.8 * now.revenue_ttc),
                "M17": now.revenue_ttc,
                "M18": (float((ttc * (1 + rate)).sum()), 1.2 * now.revenue_ttc),
                "M20": metrics.excluding_vat(now.revenue_ttc, 0.20),
                "M95": float((revenue(now.placed) / (1 + now.placed["tva"] / 100)).sum()),
            }
        ),
    )


@SERIES.ask(
    "q1-panier",
    "Panier moyen HT pendant la promotion",
    CRITERION,
    CloseTo("€ HT par commande", 2),
    needs=("q1-ca-ht", "q1-commandes"),
    hints=(
        "Entre quoi le chiffre d’affaires se partage-t-il : des clients, des articles ou des commandes ?",
        "Chiffre d’affaires HT divisé par le nombre de commandes payées.",
        "Avec 600 € HT pour 15 commandes, le panier moyen est de 40 € HT.",
    ),
)
def basket(case: Case) -> Key:
    """Revenue excluding VAT per paid order."""
    now = case.fact(during)
    amount, bought = case.value("q1-ca-ht"), case.value("q1-commandes")
    lines = now.paid.assign(ht=revenue(now.paid) / (1 + now.paid["tva"] / 100)).groupby("canal")
    return Key(
        metrics.ratio(amount, bought),
        wrongs(
            {
                "M94": (
                    metrics.ratio(amount, now.clients),
                    metrics.ratio(amount, float(now.paid["qte"].sum())),
                    float((lines["ht"].sum() / lines["commande_id"].nunique()).mean()),
                ),
                "M17": metrics.ratio(now.revenue_ttc, bought),
                "M123": metrics.ratio(amount, float(len(now.paid))),
                "M95": metrics.ratio(amount, count(now.placed, "commande_id")),
            }
        ),
    )


@SERIES.ask(
    "q1-ca-jour",
    "Chiffre d’affaires HT par jour pendant la promotion",
    CRITERION,
    CloseTo("€ HT par jour", 2),
    needs=("q1-ca-ht",),
    hints=(
        "Combien de jours la promotion a-t-elle duré, premier et dernier jours compris ?",
        "Chiffre d’affaires HT divisé par le nombre de jours ; « pendant.jours » le donne.",
        "Du 1er au 5 du mois, il y a cinq jours ; 1 000 € HT font 200 € HT par jour.",
    ),
)
def revenue_per_day(case: Case) -> Key:
    """Revenue excluding VAT per day."""
    now = case.fact(during)
    amount = case.value("q1-ca-ht")
    return Key(
        metrics.per_day(amount, now.days),
        wrongs(
            {
                "M138": amount,
                "M145": metrics.per_day(amount, now.days - 1),
                "M17": metrics.per_day(now.revenue_ttc, now.days),
                "M126": metrics.per_day(case.fact(before).revenue_ht, now.days),
            }
        ),
    )


@SERIES.ask(
    "q1-ca-evolution",
    "Évolution du chiffre d’affaires par jour",
    CRITERION,
    CloseTo("proportion"),
    needs=("q1-ca-jour",),
    hints=(
        "Quelle est la valeur de départ, et sur combien de jours chacun des deux montants s’est-il formé ?",
        "CA par jour de pendant, moins CA par jour d’avant, le tout divisé par le CA par jour d’avant.",
        "De 400 € à 500 € par jour, l’évolution est de (500 − 400) ÷ 400 = 0,25, soit +25 %.",
    ),
)
def revenue_change(case: Case) -> Key:
    """Relative change of the revenue per day, comparable windows."""
    past, month, now = case.fact(before), case.fact(month_before), case.fact(during)
    end, start = case.value("q1-ca-jour"), metrics.per_day(past.revenue_ht, past.days)
    return Key(
        metrics.change(start, end),
        wrongs({**changes(start, end), "M61": metrics.change(month.revenue_ht, end * now.days)}),
        sign=1,
    )


# --- Customers ------------------------------------------------------------------------------------


@SERIES.ask(
    "q1-clients-evolution",
    "Évolution du nombre de clients",
    CRITERION,
    CloseTo("proportion"),
    hints=(
        "Une personne qui commande deux fois, combien de fois faut-il la compter ?",
        "Comptez les clients différents de chaque période, puis divisez l’écart par le nombre d’avant.",
        "De 80 clients à 100, l’évolution est de (100 − 80) ÷ 80 = 0,25, soit +25 %.",
    ),
)
def clients_change(case: Case) -> Key:
    """Relative change of the number of different buyers."""
    end, start = case.fact(during).clients, case.fact(before).clients
    return Key(
        metrics.change(start, end),
        wrongs({**changes(start, end), "M61": metrics.change(case.fact(month_before).clients, end)}),
        sign=1,
    )


@SERIES.ask(
    "q1-nouveaux",
    "Nouveaux clients pendant la promotion",
    CRITERION,
    CloseTo("clients", 0),
    hints=(
        "Quelle colonne dit qu’une commande est la toute première de son client ?",
        "Parmi les lignes payées de la promotion, gardez les premières commandes, puis comptez les clients différents.",
        "Si C1 et C2 passent leur première commande et que C3 revient, il y a deux nouveaux clients.",
    ),
)
def new_clients(case: Case) -> Key:
    """Different buyers whose first order falls in the promotion."""
    now = case.fact(during)
    return Key(
        now.new_clients,
        wrongs(
            {
                "M96": now.clients,
                "M123": float(len(firsts(now.paid))),
                "M95": count(firsts(now.placed), "client_id"),
                "M126": case.fact(before).new_clients,
            }
        ),
    )


@SERIES.ask(
    "q1-part-nouveaux",
    "Part des nouveaux clients",
    CRITERION,
    CloseTo("proportion"),
    needs=("q1-nouveaux",),
    hints=(
        "Parmi qui cherchez-vous la part des nouveaux ?",
        "Nouveaux clients divisés par tous les clients différents de la promotion.",
        "Avec 30 nouveaux sur 120 clients, la part est de 30 ÷ 120 = 0,25, soit 25 %.",
    ),
)
def new_share(case: Case) -> Key:
    """Divide new buyers by different buyers."""
    now = case.fact(during)
    new = case.value("q1-nouveaux")
    return Key(
        metrics.ratio(new, now.clients),
        wrongs(
            {
                "M134": (metrics.ratio(new, now.clients - new), metrics.ratio(new, now.orders)),
                "M123": metrics.ratio(new, float(len(now.paid))),
            }
        ),
    )


# --- Audiences ------------------------------------------------------------------------------------


def mailing(case: Case) -> tuple[pd.Series, pd.Series]:
    """Return the summed counters of the e-mails of the promotion, and of every e-mail of the table."""
    sent = case.table("emails")
    own = sent[sent["objet"].str.contains(SUBJECT)]
    return own.sum(numeric_only=True), sent.sum(numeric_only=True)


def delivered(counters: pd.Series) -> float:
    """Return the messages that reached an inbox."""
    return float(counters["sent"] - counters["hardBounces"] - counters["softBounces"])


@SERIES.ask(
    "q1-email-ouverture",
    "Taux d’ouverture des e-mails de la promotion",
    CRITERION,
    CloseTo("proportion"),
    hints=(
        "Un message rejeté peut-il être ouvert ? Et une personne qui rouvre, combien de fois compte-t-elle ?",
        "Ouvreurs (« uniqueViews ») divisés par messages délivrés : les envoyés moins les deux sortes de rejets.",
        "Pour 1 020 messages envoyés, 20 rejets et 300 ouvreurs : 300 ÷ 1 000 = 0,30, soit 30 %.",
    ),
)
def opening(case: Case) -> Key:
    """Divide unique openings by delivered messages, e-mails of the promotion only."""
    own, every = case.fact(mailing)
    return Key(
        metrics.ratio(float(own["uniqueViews"]), delivered(own)),
        wrongs(
            {
                "M90": metrics.ratio(float(own["viewed"]), delivered(own)),
                "M130": metrics.ratio(float(every["uniqueViews"]), delivered(every)),
                "M149": metrics.ratio(float(own["uniqueViews"] - own["appleMppOpens"]), delivered(own)),
            }
        ),
    )


@SERIES.ask(
    "q1-email-clic",
    "Taux de clic des e-mails de la promotion",
    CRITERION,
    CloseTo("proportion"),
    hints=(
        "Dans quelle population cherchez-vous les cliqueurs : ceux qui ont reçu, ou ceux qui ont ouvert ?",
        "Personnes qui ont cliqué (« uniqueClicks ») divisées par messages délivrés.",
        "Pour 1 000 messages délivrés et 25 cliqueurs, le taux est de 0,025, soit 2,5 %.",
    ),
)
def clicking(case: Case) -> Key:
    """Divide unique clickers by delivered messages."""
    own, every = case.fact(mailing)
    return Key(
        metrics.ratio(float(own["uniqueClicks"]), delivered(own)),
        wrongs(
            {
                "M91": metrics.ratio(float(own["uniqueClicks"]), float(own["uniqueViews"])),
                "M92": metrics.ratio(float(own["clickers"]), delivered(own)),
                "M130": metrics.ratio(float(every["uniqueClicks"]), delivered(every)),
            }
        ),
    )


@SERIES.ask(
    "q1-annonces-clic",
    "Taux de clic des annonces pendant la promotion",
    CRITERION,
    CloseTo("proportion"),
    hints=(
        "Un clic sur la mention « j’aime » amène-t-il quelqu’un sur le site ?",
        "Somme des clics sur le lien divisée par somme des affichages, toutes campagnes réunies.",
        "Une campagne à 10 clics pour 1 000 affichages et une autre à 5 pour 2 000 : 15 ÷ 3 000 = 0,005, soit 0,5 %.",
    ),
)
def click_rate(case: Case) -> Key:
    """Clicks on the link over impressions, all campaigns."""
    now = case.fact(during)
    total = now.adverts[["impressions", "portee", "clics", "clics_lien"]].sum().astype(float)
    each = now.adverts.groupby("campagne")[["impressions", "clics_lien"]].sum()
    return Key(
        now.click_rate,
        wrongs(
            {
                "M06": (
                    float((each["clics_lien"] / each["impressions"]).mean()),
                    float((now.adverts["clics_lien"] / now.adverts["impressions"]).mean()),
                ),
                "M07": metrics.ratio(total["clics_lien"], total["portee"]),
                "M10": metrics.ratio(total["clics"], total["impressions"]),
                "M04": metrics.ratio(total["impressions"], total["clics_lien"]),
            }
        ),
    )


# --- Isomorphic item ------------------------------------------------------------------------------


@SERIES.ask(
    "q1-unites-evolution",
    "Évolution des unités de la gamme Cheveux",
    CRITERION,
    CloseTo("proportion"),
    hints=(
        "C’est le calcul d’évolution que vous connaissez. Qu’est-ce qui change : la table, et la gamme ?",
        "Unités par jour de la gamme Cheveux, de pendant moins d’avant, divisées par celles d’avant.",
        "De 50 à 80 unités par jour, l’évolution est de (80 − 50) ÷ 50 = 0,6, soit +60 %.",
    ),
)
def units_change(case: Case) -> Key:
    """Relative change of the units a day of the promoted range."""
    sales = case.table("ventes_jour")

    def units(name: str, ranges: tuple[str, ...] = ("Cheveux",)) -> float:
        rows = case.period(name).filtrer(sales)
        return float(rows.loc[rows["gamme"].isin(ranges), "unites"].sum())

    every = tuple(sales["gamme"].unique())
    days = case.period("pendant").jours
    end, start = metrics.per_day(units("pendant"), days), metrics.per_day(units("avant"), days)
    return Key(
        metrics.change(start, end),
        wrongs(
            {
                **changes(start, end),
                "M61": metrics.change(units("mois_precedent"), units("pendant")),
                "M135": metrics.change(units("avant", every), units("pendant", every)),
            }
        ),
        sign=1,
    )


# --- Deliverable ----------------------------------------------------------------------------------

COLUMNS = ("kpi", "définition", "formule", "avant", "après", "unité", "évolution")


def indicators(case: Case) -> dict[str, Indicator]:
    """Return the values of the table of indicators, by its first column."""
    past, now = case.fact(before), case.fact(during)

    def rate(value: Window) -> float:
        return metrics.ratio(value.orders, value.sessions)

    return {
        "Sessions": Indicator(past.sessions, now.sessions),
        "Commandes payées": Indicator(past.orders, now.orders),
        "Taux de conversion": Indicator(rate(past), rate(now), is_rate=True),
        "Taux de clic des annonces": Indicator(past.click_rate, now.click_rate, is_rate=True),
        "Clients": Indicator(past.clients, now.clients),
        "CA HT par jour": Indicator(
            metrics.per_day(past.revenue_ht, past.days), metrics.per_day(now.revenue_ht, now.days)
        ),
    }


UNITS = {
    "Sessions": ("sessions",),
    "Commandes payées": ("commandes",),
    "Taux de conversion": RATE_UNITS,
    "Taux de clic des annonces": RATE_UNITS,
    "Clients": ("clients",),
    "CA HT par jour": ("€ HT par jour", "€ HT/jour", "€ HT / jour"),
}
KPIS = tuple(UNITS)

SERIES.structure(
    "q1-tableau",
    "Le tableau des indicateurs",
    CRITERION,
    ComputedTable(
        "table",
        (
            Columns(COLUMNS),
            OneRowEach("kpi", KPIS),
            Filled(COLUMNS),
            TextLength(4, 40, "définition"),
            TextLength(3, 30, "formule"),
            AllowedFor("kpi", "unité", UNITS),
            IndicatorValues("kpi", "unité", "avant", "après", indicators),
            CoherentChange("kpi", "avant", "après", "unité", "évolution"),
        ),
    ),
    hints=(
        "Une personne qui n’a pas fait les calculs pourrait-elle les refaire avec votre tableau seul ?",
        "Par ligne : nom, ce que l’on compte, calcul en mots, valeur d’avant, valeur de pendant, unité, évolution.",
        "« Essais » ; inscriptions à l’essai gratuit ; nombre d’adresses différentes ; 80 ; 100 ; essais ; « +25 % ».",
    ),
)
