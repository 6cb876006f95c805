"""Notebook 01: the indicators of the promotion (B1-C12)."""

from collections.abc import Callable

from autograder.keys.cases import Case
from autograder.keys.checks.choices import Choice
from autograder.keys.checks.numbers import PROPORTION, CloseTo
from autograder.keys.checks.structure import ComputedTable
from autograder.keys.model import Check, Key, Series, wrongs
from autograder.keys.questions.e2_performance import indicateurs_audiences as audiences
from autograder.keys.questions.e2_performance import indicateurs_trafic as traffic
from autograder.keys.questions.e2_performance import indicateurs_ventes as sales
from autograder.keys.questions.e2_performance.indicateurs_hints import HINTS
from autograder.keys.questions.e2_performance.indicateurs_tables import INDICATOR_RULES, NEEDS

SERIES = Series("e2-performance/01-indicateurs-promotion", company="kerlavandre")
CRITERION = "B1-C12"
LETTERS = Choice(("A", "B", "C", "D"))


def _ask(
    id: str, title: str, check: Check, needs: tuple[str, ...] = ()
) -> Callable[[Callable[[Case], Key]], Callable[[Case], Key]]:
    """Declare a question of the criterion of this notebook, with its own hints."""
    return SERIES.ask(id, title, CRITERION, check, HINTS[id], needs)


@_ask("q1-entree-conversion", "Entrée : le taux de conversion", LETTERS)
def entry_conversion(_: Case) -> Key:
    """Orders over sessions."""
    return Key("B", wrongs({"M04": "A", "M01": "C", "M02": "D"}))


@_ask("q1-entree-fenetres", "Entrée : la période de comparaison", LETTERS)
def entry_windows(_: Case) -> Key:
    """Return the window of the same length and weekdays."""
    return Key("C", wrongs({"M61": "A", "M62": "B", "M64": "D"}))


@_ask("q1-entree-points", "Entrée : points et pour cent", LETTERS)
def entry_points(_: Case) -> Key:
    """Return the difference of the two rates."""
    return Key("A", wrongs({"M53": "B", "M54": "C"}))


_ask("q1-sessions", "Sessions pendant la promotion", CloseTo("sessions", 0))(traffic.sessions)
_ask("q1-doublons", "Lignes répétées dans l’export", CloseTo("lignes", 0))(traffic.repeats)
_ask("q1-commandes", "Commandes payées pendant la promotion", CloseTo("commandes", 0))(traffic.orders)
_ask("q1-conversion", "Taux de conversion pendant la promotion", CloseTo(PROPORTION), ("q1-sessions", "q1-commandes"))(
    traffic.conversion
)
_ask("q1-conversion-avant", "Taux de conversion avant la promotion", CloseTo(PROPORTION))(traffic.conversion_before)
_ask(
    "q1-conversion-points",
    "Évolution du taux de conversion, en points",
    CloseTo("points"),
    ("q1-conversion", "q1-conversion-avant"),
)(traffic.conversion_points)
_ask("q1-abandon", "Taux d’abandon de panier pendant la promotion", CloseTo(PROPORTION), ("q1-commandes",))(
    traffic.abandonment
)
_ask("q1-ca-ttc", "Chiffre d’affaires TTC pendant la promotion", CloseTo("€ TTC", 2))(sales.revenue_ttc)
_ask("q1-ca-ht", "Chiffre d’affaires HT pendant la promotion", CloseTo("€ HT", 2))(sales.revenue_ht)
_ask(
    "q1-panier", "Panier moyen HT pendant la promotion", CloseTo("€ HT par commande", 2), ("q1-ca-ht", "q1-commandes")
)(sales.basket)
_ask("q1-ca-jour", "Chiffre d’affaires HT par jour pendant la promotion", CloseTo("€ HT par jour", 2), ("q1-ca-ht",))(
    sales.revenue_per_day
)
_ask("q1-ca-evolution", "Évolution du chiffre d’affaires par jour", CloseTo(PROPORTION), ("q1-ca-jour",))(
    sales.revenue_change
)
_ask("q1-clients-evolution", "Évolution du nombre de clients", CloseTo(PROPORTION))(sales.clients_change)
_ask("q1-nouveaux", "Nouveaux clients pendant la promotion", CloseTo("clients", 0))(sales.new_clients)
_ask("q1-part-nouveaux", "Part des nouveaux clients", CloseTo(PROPORTION), ("q1-nouveaux",))(sales.new_share)
_ask("q1-email-ouverture", "Taux d’ouverture des e-mails de la promotion", CloseTo(PROPORTION))(audiences.opening)
_ask("q1-email-clic", "Taux de clic des e-mails de la promotion", CloseTo(PROPORTION))(audiences.clicking)
_ask("q1-annonces-clic", "Taux de clic des annonces pendant la promotion", CloseTo(PROPORTION))(audiences.click_rate)
_ask("q1-unites-evolution", "Évolution des unités de la gamme Cheveux", CloseTo(PROPORTION))(sales.units_change)

SERIES.structure(
    "q1-tableau",
    "Le tableau des indicateurs",
    CRITERION,
    ComputedTable("table", INDICATOR_RULES),
    HINTS["q1-tableau"],
    NEEDS,
)
