"""A simulator: the colour of a text and of its background, the ratio between them, and the nearest one that passes."""

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

import numpy as np

from casestudies.dossier import Dossier
from casestudies.french import french_number
from casestudies.market.sampling import Ints
from casestudies.market.web_audit import contrast, hexadecimal, rgb
from casestudies.studio.simulator import Bet, Control, Experiment, SettingsShown
from casestudies.studio.simulator_live import Simulator
from casestudies.typography import french

LEVELS = {
    "AA, texte normal": 4.5, "AA, grand texte": 3.0, "AAA, texte normal": 7.0, "AAA, grand texte": 4.5,
}  # fmt: skip
"""Lowest contrast of each level of the WCAG 2.1 (criteria 1.4.3 and 1.4.6); the RGAA asks for AA."""
LARGE = "grand texte : 24 px, ou 18,5 px en gras"
PAIR, SHADE, PAPER, AIM = "pair", "shade", "paper", "aim"
DARKEST, LIGHTEST = -100, 100
SAMPLE = "Soupe de potimarron, 6,40 €"
QUESTION = "Quand on fonce un peu plus un texte, son contraste monte-t-il toujours du même pas ?"
YES, NO = "oui", "non"
NOTE = (
    "Un rapport suffisant ne fait pas tout : une police fine, un texte posé sur une image ou une information donnée "
    "par la couleur seule restent des obstacles."
)


def ratio(front: Ints, back: Ints) -> float:
    """Return the contrast of two colours, given by their channels.

    >>> ratio(np.array([0, 0, 0]), np.array([255, 255, 255]))
    21.0
    """
    return float(contrast(front, back))


def shaded(colour: Ints, by: float) -> Ints:
    """Return a colour mixed with black (``by`` below 0) or with white (above), fully at 100 in both directions.

    >>> shaded(np.array([200, 100, 0]), -50).tolist(), shaded(np.array([200, 100, 0]), 100).tolist()
    ([100, 50, 0], [255, 255, 255])
    """
    share, end = abs(by) / 100, 0 if by < 0 else 255
    return np.asarray(np.round(colour + (end - colour) * share), dtype=np.intp)


def nearest(front: Ints, back: Ints, least: float) -> Ints | None:
    """Return the shade of a colour that passes with the least change; None when neither black nor white does.

    Steps of one per cent are tried, on the dark side and on the light side.
    """
    for by in sorted(range(DARKEST, LIGHTEST + 1), key=abs):
        tried = shaded(front, by)
        if ratio(tried, back) >= least:
            return tried
    return None


@dataclass(frozen=True)
class AuditedPair:
    """The colours of a text that the audit looked at."""

    page: str
    front: Ints
    back: Ints


def pairs_of(dossier: Dossier) -> dict[str, AuditedPair]:
    """Return the colours of the texts of the site, by page, those that fail first."""
    audit = dossier.table("audit_rgaa")
    rows = audit[audit["critere"] == "3.2"]
    found = [
        AuditedPair(str(page), rgb(front), rgb(back))
        for page, front, back in zip(rows["page"], rows["couleur_avant_plan"], rows["couleur_fond"], strict=True)
    ]
    return {one.page: one for one in sorted(found, key=lambda one: ratio(one.front, one.back))}


def verdicts(value: float) -> dict[str, bool]:
    """Return, level by level, whether a contrast is enough.

    >>> [name for name, passed in verdicts(4.5).items() if passed]
    ['AA, texte normal', 'AA, grand texte', 'AAA, grand texte']
    """
    return {name: value >= least for name, least in LEVELS.items()}


def _hex(colour: Ints) -> str:
    return hexadecimal(colour[None])[0]


def _sample(title: str, front: Ints, back: Ints) -> str:
    """Return a text in its colours, normal then large, as HTML."""
    look = f"color:{_hex(front)};background:{_hex(back)};padding:.6em .8em;border:1px solid #767676;margin:.2em 0 .6em"
    small, large = "font-size:16px;line-height:1.5", "font-size:24px;line-height:1.4"
    return (
        f'<div class="ck-chart-title">{escape(french(title))}</div><div style="{look}">'
        f'<div style="{small}">{escape(french(SAMPLE))}</div><div style="{large}">{escape(french(SAMPLE))}</div></div>'
    )


def _verdict(name: str, passed: bool) -> str:
    return f"{name} ({french_number(LEVELS[name], 1)} : 1) : {'passe' if passed else 'ne passe pas'}"


def draw(front: Ints, back: Ints, aim: str) -> str:
    """Return the two samples: the colours chosen, and the nearest ones that reach the level aimed at."""
    value, mended = ratio(front, back), nearest(front, back, LEVELS[aim])
    if value >= LEVELS[aim]:
        second = ""
    elif mended is None:
        second = f"<p>{escape(french('Aucune nuance de ce texte ne passe sur ce fond : changez le fond.'))}</p>"
    else:
        found = french_number(np.floor(100 * ratio(mended, back)) / 100, 2)
        second = _sample(f"Le plus proche qui passe : {_hex(mended)}, {found} : 1", mended, back)
    levels = "".join(f"<li>{escape(french(_verdict(name, passed)))}</li>" for name, passed in verdicts(value).items())
    first = _sample(f"Votre texte : {_hex(front)} sur {_hex(back)}", front, back)
    return f'<div class="ck-chart">{first}<ul style="margin:0 0 .4em">{levels}</ul>{second}</div>'


def status(front: Ints, back: Ints, aim: str) -> str:
    """Return the ratio and what it is enough for, in two sentences."""
    value = ratio(front, back)
    passed = [name for name, enough in verdicts(value).items() if enough]
    mended = nearest(front, back, LEVELS[aim])
    if value >= LEVELS[aim]:
        next_step = f"L’objectif « {aim} » est atteint."
    elif mended is None:
        next_step = "Aucune nuance de ce texte ne passe sur ce fond."
    else:
        next_step = f"Le plus proche qui passe : {_hex(mended)}."
    shown = np.floor(100 * value) / 100  # never rounded up to a threshold
    return f"Contraste : {french_number(shown, 2)} : 1, assez pour {', '.join(passed) or 'aucun niveau'}. {next_step}"


def outcome(pair: AuditedPair) -> str:
    """Return what the steps of one text say of the bet."""
    steps = [ratio(shaded(pair.front, by), pair.back) for by in (0, -25, -50, -75)]
    gains = [french_number(after - before, 1) for before, after in pairwise(steps)]
    return (
        f"C’est donc {NO} : page « {pair.page} », foncer trois fois de 25 points ajoute {', puis '.join(gains)}. "
        "L’œil, et la formule, ne comptent pas en parts égales."
    )


def experiment(dossier: Dossier) -> Experiment:
    """Return the simulator on the colours of a case."""
    pairs = pairs_of(dossier)
    said = outcome(next(iter(pairs.values())))

    def show(values: dict[str, Any]) -> SettingsShown:
        pair, aim = pairs[str(values[PAIR])], str(values[AIM])
        front, back = shaded(pair.front, float(values[SHADE])), shaded(pair.back, float(values[PAPER]))
        return SettingsShown(status(front, back, aim), draw(front, back, aim), (f"Un {LARGE}.", NOTE), said)

    controls = (
        Control("radios", PAIR, "Le texte de la page", next(iter(pairs)), options=tuple(pairs)),
        Control("slider", SHADE, "Texte : plus foncé ou plus clair", 0, DARKEST, LIGHTEST),
        Control("slider", PAPER, "Fond : plus foncé ou plus clair", 0, DARKEST, LIGHTEST),
        Control("radios", AIM, "Objectif", next(iter(LEVELS)), options=tuple(LEVELS)),
    )
    return Experiment(
        "Le simulateur de contraste", Bet({"bet": (QUESTION, (YES, NO))}), controls, show,
        "Revenir aux couleurs du site",
    )  # fmt: skip


def simulateur_contraste(dossier: Dossier) -> Simulator:
    """Show the simulator for the texts of ``dossier``: a bet first, then two colours that answer to the keyboard."""
    return Simulator(experiment(dossier))
