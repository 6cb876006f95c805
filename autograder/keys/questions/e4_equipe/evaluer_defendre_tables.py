"""What the indicators, the plan of the talk and the three replies of notebook 03 must hold before people read them."""

import re
from dataclasses import dataclass

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import WithinRange
from autograder.keys.checks.evidence import CitesEvidence
from autograder.keys.checks.form import Form
from autograder.keys.checks.reading import number_in, plain, same
from autograder.keys.checks.rows import AtLeastDistinct, DistinctRows, OnePerQuadrant
from autograder.keys.checks.structure import MatchesPattern
from autograder.keys.checks.tables import column, faults, filled_rows, shown
from autograder.keys.checks.texts import FiguresQuoted, TextLength
from autograder.keys.questions import questions_of
from autograder.keys.questions.e4_equipe.evaluer_defendre import KEYS, ORAL_MINUTES
from casestudies.answers import Value

INDICATORS, TALK = Form("indicateurs-equipe"), Form("plan-soutenance")
SLIDES = 10
TALK_SECONDS = ORAL_MINUTES * 60 // 2
"""Half of what is announced for the oral: the other half is for questions."""
WATCHED = (
    "connexion", "connexions", "temps de connexion", "pointage", "badge", "webcam", "caméra", "frappe", "frappes",
    "captures d’écran", "heure d’arrivée", "messages envoyés", "mouvements de souris", "statut en ligne",
)  # fmt: skip
"""Words that count presence, not work."""
RANKED = ("classement des personnes", "classement individuel", "classement nominatif", "podium", "palmarès")
_PERSON = re.compile(r"\b[PM]\d{2}\b", re.IGNORECASE)
_FORMULA = r"(?is).*(÷|/|médiane|moyenne|part d|somme|nombre d).*"
REPLIES = ("À la direction", "À l’équipe qui clôt vite", "À la personne organisée")


@dataclass(frozen=True)
class NoWatching:
    """No cell of the columns ``names`` counts presence, ranks people or points at one of them."""

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that does."""

        def fault(cell: object) -> str:
            person = _PERSON.search(str(cell))
            if person:
                return f"{shown(person[0])} désigne une personne. Un indicateur se définit pour tout le monde."
            text = plain(cell)
            for words, why in ((WATCHED, "compte une présence, pas un travail"), (RANKED, "classe des personnes")):
                found = next((word for word in words if re.search(rf"(?<!\w){re.escape(plain(word))}(?!\w)", text)), "")
                if found:
                    return f"« {found} » {why}. Dites ce que l’équipe veut comprendre, et mesurez cela."
            return ""

        return faults(answer, fault, *self.names)


@dataclass(frozen=True)
class ExactlyRows:
    """The table has ``count`` rows, no more: fewer is left to the rule about columns."""

    count: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when there are more."""
        found = len(column(answer, "message"))
        if found <= self.count:
            return []
        return [f"Votre plan compte {found} diapositives ; on en attend {self.count}. Laquelle le jury oublierait-il ?"]


@dataclass(frozen=True)
class TimeKept:
    """The seconds of ``name`` add up to ``most`` at most."""

    name: str
    most: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the talk is too long."""
        total = sum(number_in(cell) or 0 for _, (cell,) in filled_rows(answer, self.name))
        if total <= self.most:
            return []
        return [
            f"Colonne « {self.name} » : {total:.0f} secondes en tout, pour {self.most} annoncées. "
            "Raccourcissez la diapositive qui prouve le moins."
        ]


def own_figures(case: Case) -> list[float]:
    """Return the right numbers of the notebook, proportions also as per cents."""
    found: list[float] = []
    for question in KEYS:
        if question.key is None:
            continue
        right = question.key(case).right
        values = list(right.values()) if isinstance(right, dict) else [right]
        found += [float(one) for one in values if isinstance(one, float)]
    return found + [100 * one for one in found if abs(one) < 1]


_NUMBER = re.compile(r"[-−]?\d+(?:[\s\u00a0\u202f]\d{3})*(?:[.,]\d+)?")


@dataclass(frozen=True)
class OwnFigure:
    """At least ``least`` cells of ``name`` quote a figure of the learner's own case, rounded as one says it aloud."""

    name: str
    least: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when there are too few."""
        known = case.once(own_figures)

        def own(cell: object) -> bool:
            text = _QUESTION.sub(" ", str(cell))
            return any(
                same(abs(number_in(one) or 0.0), abs(right), 10.0 ** -_decimals(one))
                for one in _NUMBER.findall(text)
                for right in known
                if abs(right) >= 1 or _decimals(one) > 1
            )

        found = sum(own(cell) for _, (cell,) in filled_rows(answer, self.name))
        if found >= self.least:
            return []
        return [
            f"Colonne « {self.name} » : {found} ligne(s) avec un chiffre de votre dossier ; donnez-en au moins "
            f"{self.least}, tirés de vos réponses, arrondis comme vous les direz."
        ]


_QUESTION = re.compile(r"\b[a-z]\d-[a-z0-9-]+|\b\w*_\w+")


def _decimals(number: str) -> int:
    """Return how many decimals a number is written with.

    >>> _decimals("12,5"), _decimals("12")
    (1, 0)
    """
    return len(re.split("[.,]", number)[1]) if re.search("[.,]", number) else 0


KEYS.table(
    "t3-indicateurs",
    *INDICATORS.rules,
    OnePerQuadrant("niveau", INDICATORS.choices("niveau"), 2),
    AtLeastDistinct("nature", 3),
    DistinctRows("indicateur"),
    MatchesPattern("formule", _FORMULA, "un calcul : « … ÷ … », une médiane, une moyenne, une part"),
    CitesEvidence("source", questions_of),
    TextLength(6, 35, "biais"),
    TextLength(6, 35, "usage"),
    NoWatching(("indicateur", "formule", "usage")),
)

KEYS.table(
    "t3-plan",
    *TALK.rules,
    ExactlyRows(SLIDES),
    DistinctRows("message"),
    TextLength(4, 16, "message"),
    CitesEvidence("preuve", questions_of),
    OwnFigure("preuve", 3),
    WithinRange("secondes", 20, 120),
    TimeKept("secondes", TALK_SECONDS),
)

KEYS.text(
    "t3-objections",
    *(MatchesPattern("", rf"^\s*{name}\s*:", f"une ligne qui commence par « {name} : »") for name in REPLIES),
    TextLength(60, 150),
    FiguresQuoted(3),
)
