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
from autograder.keys.checks.texts import TextLength
from autograder.keys.questions import questions_of
from autograder.keys.questions.e4_equipe.evaluer_defendre import KEYS, ORAL_MINUTES
from casestudies.answers import Value

INDICATORS, TALK = Form("indicateurs-equipe"), Form("plan-soutenance")
SLIDES = 10
TALK_SECONDS = ORAL_MINUTES * 60 // 2
"""Half of what is announced for the oral: the other half is for questions."""
SHORTEST_SECONDS = TALK_SECONDS * 4 // 5
"""A talk that is planned to stop sooner stops far from its time."""
WATCHED = (
    "connexion", "connexions", "temps de connexion", "pointage", "badge", "webcam", "caméra", "frappe", "frappes",
    "captures d’écran", "heure d’arrivée", "heures d’arrivée", "messages envoyés", "mails envoyés", "e-mails envoyés",
    "souris", "statut en ligne", "badgeage", "géolocalisation", "temps d’écran", "logiciel de surveillance",
)  # fmt: skip
"""Words that count presence, not work."""
RANKED = (
    "classement des personnes", "classement individuel", "classement nominatif", "classement des salariés",
    "classement des membres", "classement par personne", "classer les personnes", "classer les salariés", "podium",
    "palmarès", "employé du mois", "tableau d’honneur",
)  # fmt: skip
"""Words that put one person above another."""
_PERSON = re.compile(r"\b[PM]\d{2}\b", re.IGNORECASE)
_REFUSED = re.compile(
    r"(?<!\w)(?:jamais|pas|sans|ni|aucun|aucune|non|interdit\w*|exclu\w*|refus\w*)(?!\w)"
    r"(?! (?:seulement|uniquement|juste|que)\b)[^.;:,!?]{0,25}$"
)
"""What stands before words that a learner rules out: « jamais un classement des personnes »."""
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
                found = next((word for word in words if _proposed(plain(word), text)), "")
                if found:
                    return f"« {found} » {why}. Dites ce que l’équipe veut comprendre, et mesurez cela."
            return ""

        return faults(answer, fault, *self.names)


def _proposed(words: str, text: str) -> bool:
    """Whether a text has these words without ruling them out just before.

    >>> _proposed("podium", "un podium par mois"), _proposed("podium", "jamais de podium")
    (True, False)
    """
    found = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    return any(not _REFUSED.search(text[: one.start()]) for one in found)


@dataclass(frozen=True)
class NobodyNamed:
    """No code of a person in the columns ``names`` of a table, nor in a text: what is said aloud is about teams."""

    names: tuple[str, ...] = ()

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell, or for the text, that has one."""

        def fault(cell: object) -> str:
            person = _PERSON.search(str(cell))
            return f"{shown(person[0])} désigne une personne : à l’oral, parlez d’équipes." if person else ""

        if isinstance(answer, str):
            return [f"Votre texte : {said}"] if (said := fault(answer)) else []
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
    """The seconds of ``name`` add up to ``most`` at most, and to ``least`` once the plan has all its ``rows``."""

    name: str
    least: int
    most: int
    rows: int = SLIDES

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when the talk is too long, or stops far from its time."""
        times = [number_in(cell) or 0 for _, (cell,) in filled_rows(answer, self.name)]
        total = sum(times)
        if total < self.least and len(times) >= self.rows:
            return [
                f"Colonne « {self.name} » : {total:.0f} secondes en tout ; on en attend {self.least} au moins sur "
                f"{self.most}. Donnez plus de temps à votre décision la plus difficile."
            ]
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
    """At least ``least`` cells of ``name`` quote a figure of the learner's own case, rounded as one says it aloud.

    A text, which has no ``name``, quotes as many different ones.
    """

    name: str
    least: int

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark when there are too few."""
        known = case.once(own_figures)

        def own(cell: object) -> list[str]:
            return [
                one
                for one in _NUMBER.findall(_QUESTION.sub(" ", str(cell)))
                if any(
                    same(abs(number_in(one) or 0.0), abs(right), 10.0 ** -_decimals(one))
                    for right in known
                    if abs(right) >= 1 or _decimals(one) > 1
                )
            ]

        if isinstance(answer, str):
            found, what = len(set(own(answer))), "Votre texte : {} chiffre(s)"
        else:
            found = sum(bool(own(cell)) for _, (cell,) in filled_rows(answer, self.name))
            what = f"Colonne « {self.name} » : {{}} ligne(s) avec un chiffre"
        if found >= self.least:
            return []
        return [
            f"{what.format(found)} de votre dossier ; donnez-en au moins {self.least}, tirés de vos réponses, arrondis "
            "comme vous les direz."
        ]


_QUESTION = re.compile(r"\b[a-z]\d-[a-z0-9-]+|\b\w*_\w+")


def _decimals(number: str) -> int:
    """Return how many decimals a number is written with.

    >>> _decimals("12,5"), _decimals("12")
    (1, 0)
    """
    return len(re.split("[.,]", number)[1]) if re.search("[.,]", number) else 0


def _beginning(name: str) -> str:
    """Return the pattern of a line that begins with these words, as keyboards and lists write them.

    >>> bool(re.search(_beginning("À l’équipe"), "- A l'équipe : oui"))
    True
    """
    typed = name.replace("À", "[ÀA]").replace("’", "[’']")
    return rf"(?i)^[\s*–-]*{typed}[\s*]*:"


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
    TimeKept("secondes", SHORTEST_SECONDS, TALK_SECONDS),
    NobodyNamed(("message", "preuve")),
)

KEYS.text(
    "t3-objections",
    *(MatchesPattern("", _beginning(name), f"une ligne qui commence par « {name} : »") for name in REPLIES),
    TextLength(60, 150),
    OwnFigure("", 2),
    NobodyNamed(),
)
