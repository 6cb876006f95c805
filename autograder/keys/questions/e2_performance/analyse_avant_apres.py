"""Notebook 02: what the promotion really changed (B1-C13)."""

from collections.abc import Callable

from autograder.keys.cases import Case
from autograder.keys.checks.choices import Choice
from autograder.keys.checks.numbers import PROPORTION, CloseTo
from autograder.keys.checks.structure import Structure
from autograder.keys.model import Check, Key, Series, wrongs
from autograder.keys.questions.e2_performance import analyse_effet as effect
from autograder.keys.questions.e2_performance import analyse_ventes as sales
from autograder.keys.questions.e2_performance.analyse_hints import HINTS
from autograder.keys.questions.e2_performance.analyse_tables import CHART_RULES, FINDINGS_RULES, NOTE_RULES

SERIES = Series("e2-performance/02-analyse-avant-apres", company="kerlavandre")
CRITERION = "B1-C13"
LETTERS = Choice(("A", "B", "C", "D"))
DAILY, UNITS = "unités par jour", "unités"


def _ask(
    id: str, title: str, check: Check, needs: tuple[str, ...] = ()
) -> Callable[[Callable[[Case], Key]], Callable[[Case], Key]]:
    """Declare a question of the criterion of this notebook, with its own hints."""
    return SERIES.ask(id, title, CRITERION, check, HINTS[id], needs)


def _structure(id: str, title: str, check: Check) -> None:
    """Declare a part whose form alone is checked, with its own hints."""
    SERIES.structure(id, title, CRITERION, check, HINTS[id])


@_ask("q2-entree-fenetres", "Entrée : la période de comparaison", LETTERS)
def entry_windows(_: Case) -> Key:
    """Expect C: for ten days of December, the same weekdays of the December before."""
    return Key("C", wrongs({"M61": "A", "M62": "B", "M63": "D"}))


@_ask("q2-entree-base", "Entrée : ce qui se serait vendu", LETTERS)
def entry_base(_: Case) -> Key:
    """Expect B: 1 000 a year before, and 6 000 over the reference against 5 000."""
    return Key("B", wrongs({"M140": "A", "M72": "C", "M152": "D"}))


@_ask("q2-entree-temoin", "Entrée : le témoin", LETTERS)
def entry_control(_: Case) -> Key:
    """Expect B: neither on sale nor a substitute, and it moved alike before."""
    return Key("B", wrongs({"M158": "A", "M65": "C", "M66": "D"}))


_ask("q2-ecart-avant", "Cheveux : écart par jour entre pendant et avant", CloseTo(DAILY, 1))(sales.gap_before)
_ask("q2-evolution-n1", "Cheveux : évolution sur un an", CloseTo(PROPORTION, 3))(sales.year_change)
_ask("q2-tendance", "Cheveux : tendance d’avant la promotion", CloseTo(PROPORTION, 4))(sales.trend)
_ask("q2-base", "Cheveux : base pendant la promotion", CloseTo(UNITS, 0), ("q2-tendance",))(sales.base)
_ask("q2-brut", "Cheveux : hausse brute", CloseTo(UNITS, 0), ("q2-base",))(sales.gross)
_ask("q2-did", "Cheveux contre Maison : effet par jour", CloseTo(DAILY, 1))(effect.did)
_ask("q2-did-relatif", "Cheveux contre Maison : effet relatif", CloseTo(PROPORTION, 3))(effect.relative_did)
_ask("q2-creux", "Cheveux : creux d’après-promotion", CloseTo(UNITS, 0), ("q2-tendance",))(sales.dip)
_ask("q2-cannibalisation", "Corps : unités perdues pendant la promotion", CloseTo(UNITS, 1))(sales.cannibalisation)
_ask("q2-net", "Gain net de la promotion", CloseTo(UNITS, 0), ("q2-brut", "q2-creux", "q2-cannibalisation"))(sales.net)
_ask("q2-part", "Part acquise de la hausse brute", CloseTo(PROPORTION, 3), ("q2-brut", "q2-net"))(sales.share)
_ask("q2-demi-intervalle", "Marge d’erreur à 95 % de l’effet", CloseTo(DAILY, 2))(effect.half_interval)
_ask("q2-zero", "Cheveux : l’intervalle contient-il zéro ?", Choice(("oui", "non")))(effect.holds_zero)
_ask("q2-visage", "Visage : que peut-on affirmer ?", Choice(("A", "B", "C")))(effect.other_range)
_ask("q2-placebo", "Fausse date : le test est-il passé ?", LETTERS)(effect.false_date)

_structure("q2-graphique", "Graphique pour la direction", Structure("chart", CHART_RULES))
_structure("q2-constats", "Tableau des constats", Structure("table", FINDINGS_RULES))
SERIES.review("r2-constats", "Tableau des constats : le fond", CRITERION)
_structure("q2-note", "Note à la direction", Structure("text", NOTE_RULES))
SERIES.review("r2-note", "Note à la direction : le fond", CRITERION)

_ask("q2-ca-relatif", "Cheveux contre Maison : effet relatif sur le CA", CloseTo(PROPORTION, 3))(
    effect.relative_did_revenue
)
