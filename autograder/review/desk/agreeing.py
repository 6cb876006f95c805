"""How far two markers agree, in words and in small tables."""

from collections.abc import Iterable, Mapping
from typing import Any

from autograder.review.agreement import (
    Agreement,
    agreement,
    by_criterion_and_markers,
    by_markers,
    drift,
)
from autograder.review.double import Pair
from autograder.review.model import Part
from autograder.review.retained import Readings, both_done
from casestudies.french import french_list, french_number, short_date
from casestudies.typography import french

RELIABLE, TENTATIVE = 0.8, 0.667
SOURCE = (
    "Repères de K. Krippendorff (Content Analysis, 2004) : à partir de 0,80, l’accord est fiable ; de 0,67 à 0,80, il "
    "ne permet que des conclusions prudentes ; en dessous, il faut reprendre la grille ensemble. Alpha vaut 1 pour un "
    "accord parfait et 0 pour celui que donnerait le hasard."
)
FEW = 10
"""Below this many parts, figures say little."""


def agreement_state(pairs: Iterable[Pair], readings: Mapping[Part, Readings]) -> dict[str, Any]:
    """Return the tables of the agreement panel, ready to be shown: captions, headings, rows of texts."""
    found = list(pairs)
    rows = [
        [code, french_list(markers), *_figures(one)] for (code, markers), one in by_criterion_and_markers(found).items()
    ]
    pairs_of = [
        ["Tous les critères", french_list(markers), *_figures(one)] for markers, one in by_markers(found).items()
    ]
    drifting = [
        [marker, _window(one.since, one.until), str(one.count), french_number(one.level, 2), _severity(one.severity),
         "–" if one.gap is None else _signed(one.gap)]
        for marker, windows in drift(readings).items() for one in windows
    ]  # fmt: skip
    return {
        "summary": french(summary(agreement(found))),
        "source": french(SOURCE),
        "tables": [
            {
                "caption": "Accord entre relecteurs, par critère",
                "head": ["Critère", "Relecteurs", "Parties", "Même niveau", "Alpha", "Lecture"],
                "rows": [[french(cell) for cell in row] for row in pairs_of + rows],
            },
            {
                "caption": french("Évolution de chacun, par dizaine de relectures"),
                "head": ["Relecteur", "Période", "Relectures", "Niveau moyen", "Sévérité", "Écart avec l’autre"],
                "rows": [[french(cell) for cell in row] for row in drifting],
            },
        ],
    }


def open_readings(readings: Mapping[Part, Readings], seconds: Mapping[tuple[str, str], str]) -> dict[Part, Readings]:
    """Return the readings that are hidden from nobody: a mean over few parts would tell a second marker the first’s."""
    return {part: one for part, one in readings.items() if (part.learner, part.id) not in seconds or both_done(one)}


def summary(one: Agreement) -> str:
    """Return an agreement in one sentence.

    >>> summary(Agreement(0, None, None))
    'Aucune partie n’a encore deux relectures terminées.'
    >>> summary(Agreement(20, 0.75, 0.85))
    '20 parties relues deux fois : même niveau pour 75 % d’entre elles ; alpha 0,85, accord fiable.'
    """
    if not one.count or one.exact is None:
        return "Aucune partie n’a encore deux relectures terminées."
    counted = "1 partie relue" if one.count == 1 else f"{one.count} parties relues"
    figure = "" if one.alpha is None else f"alpha {french_number(one.alpha, 2)}, "
    share = round(100 * one.exact)
    return f"{counted} deux fois : même niveau pour {share} % d’entre elles ; {figure}{reading(one)}."


def reading(one: Agreement) -> str:
    """Return how an alpha is read.

    >>> [reading(Agreement(30, 0.5, alpha)) for alpha in (0.9, 0.7, 0.2, None)]
    ['accord fiable', 'accord à prendre avec prudence', 'accord insuffisant', 'alpha sans objet']
    """
    if one.alpha is None:
        return "alpha sans objet"
    few = f" (moins de {FEW} parties)" if one.count < FEW else ""
    if one.alpha >= RELIABLE:
        return "accord fiable" + few
    return ("accord à prendre avec prudence" if one.alpha >= TENTATIVE else "accord insuffisant") + few


def _figures(one: Agreement) -> list[str]:
    exact = "–" if one.exact is None else f"{round(100 * one.exact)} %"
    alpha = "–" if one.alpha is None else french_number(one.alpha, 2)
    return [str(one.count), exact, alpha, reading(one)]


def _window(since: Any, until: Any) -> str:
    first, last = (short_date(when.astimezone()) for when in (since, until))
    return first if first == last else f"{first} – {last}"


def _severity(value: float) -> str:
    if abs(value) < 0.25:
        return f"{_signed(value)} : comme les autres"
    return f"{_signed(value)} : {'plus sévère' if value < 0 else 'plus généreux'}"


def _signed(value: float) -> str:
    shown = french_number(value, 2)
    return f"+{shown}" if value > 0 and shown.strip("0,") else shown
