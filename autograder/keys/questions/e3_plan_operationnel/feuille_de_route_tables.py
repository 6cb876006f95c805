"""What the roadmap, the axes, the method and the follow-up of notebook 07 must hold before people read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from autograder.keys.cases import Case
from autograder.keys.checks.amounts import WithinRange
from autograder.keys.checks.budgets import BudgetWithin
from autograder.keys.checks.dates import SortedBy, ValidDates, WorkingDays, read_date, say_date, working_days
from autograder.keys.checks.form import Form
from autograder.keys.checks.reading import number_in, plain
from autograder.keys.checks.structure import MatchesPattern
from autograder.keys.checks.tables import by_plain, cited, column, faults, filled_rows, label, place, shown
from autograder.keys.checks.texts import CellFigures, FiguresQuoted, Mentions, TextLength, TitleLine
from autograder.keys.questions.e3_plan_operationnel import feuille_de_route as facts
from autograder.keys.questions.e3_plan_operationnel.feuille_de_route import KEYS
from casestudies.answers import Value
from casestudies.french import french_list
from casestudies.references import Target, load

ROADMAP, AXES = Form("feuille-route"), Form("axes-odd")
ROLES = ROADMAP.choices("responsable")
AT_ONCE = 2
"""Actions that one role may answer for on the same day, by the company's method."""
LONGEST = 80
PERSON_DAYS = tuple(
    f"{days}{joint}{who}{plural}"
    for days in ("jour", "jours")
    for joint in "-/· "
    for who in ("homme", "personne")
    for plural in ("", "s")
)
"""How people write « jours-homme »."""
VAGUE = (
    "respectueux de l’environnement", "respectueuse de l’environnement", "respectueux de la planète",
    "respectueuse de la planète", "respectueux de la nature", "respectueuse de la nature", "écologique", "écologiques",
    "éco-responsable", "éco-responsables", "écoresponsable", "écoresponsables", "vert", "verte", "biodégradable",
    "neutre en carbone", "bon pour la planète", "zéro carbone", "100 % compensé",
)  # fmt: skip
"""Words that the law forbids on a product, or that nothing measures."""
_QUOTED = re.compile('«[^«»]*»|“[^“”]*”|"[^"]*"')
_CITED_TARGET = re.compile(r"(?:cible |odd )*(\d+\.\w+)(?!\S)(?!.*\d\.\d)")
"""A target, then perhaps its label; two targets are none."""


def objectives(case: Case) -> list[str]:
    """Return the ids of the objectives of the strategy."""
    table = case.table("strategie")
    return [str(name) for name in table.loc[table["type"] == "objectif", "element_id"]]


def spendable(case: Case) -> float:
    """Return the envelope without its reserve (€ excl. tax)."""
    known = case.fact(facts.landmarks)
    return known["enveloppe_ht"] * (1 - known["part_reserve"])


@cache
def official() -> frozenset[str]:
    """Return the numbers of the targets of the 2030 Agenda."""
    return frozenset(one.number for one in load(Target))


@dataclass(frozen=True)
class ObjectivesServed:
    """Each row cites one objective of the strategy, and each objective has a row."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per cell that cites none, and one per objective without an action."""
        known = by_plain(case.fact(objectives))

        def fault(cell: object) -> str:
            found, unknown = cited(cell, known)
            if len(found) == 1 and not unknown:
                return ""
            return f"{shown(cell)} n’est pas un objectif de la stratégie ({french_list(list(known.values()))})."

        served = {one for cell in column(answer, "objectif") for one in cited(cell, known)[0]}
        return faults(answer, fault, "objectif") + [
            f"Colonne « objectif » : aucune action ne sert « {one} ». Ajoutez-en une, ou revoyez une ligne."
            for one in known.values()
            if one not in served
        ]


@dataclass(frozen=True)
class HelpersApart:
    """The helpers are roles of the team, and the one who answers for the action is not among them."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per row that names somebody else, or the same role twice."""
        known, remarks = by_plain(ROLES), []
        for row, (owner, cell) in filled_rows(answer, "responsable", "collaborateurs"):
            found, unknown = cited(cell, known)
            if unknown:
                remarks.append(
                    f"{place(row, 'collaborateurs')} : {shown(unknown[0])} n’est pas un rôle de l’équipe "
                    f"({french_list(list(ROLES))}). Séparez-les par des virgules, ou écrivez « aucun »."
                )
            elif plain(owner) in map(plain, found):
                remarks.append(
                    f"{place(row, 'collaborateurs')} : {shown(owner)} est déjà responsable de cette action. "
                    "Ne gardez ici que ceux qui l’aident."
                )
        return remarks


def _spans(answer: Value) -> Iterator[tuple[int, str, date, date]]:
    """Yield the row, the owner, the first and the last working day of each action that can be read."""
    for row, (owner, start, length) in filled_rows(answer, "responsable", "debut", "duree_jours"):
        first, days = read_date(start), number_in(length)
        if first is not None and days is not None and 1 <= days <= LONGEST:
            found = list(working_days(first, first + timedelta(3 * LONGEST)))
            yield row, label(owner), first, found[round(days) - 1]


@dataclass(frozen=True)
class WithinProject:
    """Each action lies between the first day of the launch and the day promised."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per action that begins too early or ends too late."""
        window, remarks = case.period("lancement"), []
        for row, _, first, last in _spans(answer):
            if first < window.debut:
                remarks.append(
                    f"{place(row, 'debut')} : le {say_date(first)} précède le premier jour du projet, le "
                    f"{say_date(window.debut)}."
                )
            elif last > window.fin:
                remarks.append(
                    f"Ligne {row} : l’action finit le {say_date(last)}, après le jour promis ({say_date(window.fin)}). "
                    "Avancez-la, ou raccourcissez-la."
                )
        return remarks


@dataclass(frozen=True)
class TwoAtOnce:
    """No role answers for more than two actions on the same day."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per role that does."""
        held: dict[str, list[tuple[date, date]]] = {}
        for _, owner, first, last in _spans(answer):
            held.setdefault(owner, []).append((first, last))
        remarks = []
        for owner, spans in held.items():
            crowded = [day for day, _ in spans if sum(first <= day <= last for first, last in spans) > AT_ONCE]
            if crowded:
                remarks.append(
                    f"{shown(owner)} répond de plus de {AT_ONCE} actions le {say_date(min(crowded))}. Décalez-en une, "
                    "ou confiez-la à un autre rôle."
                )
        return remarks


@dataclass(frozen=True)
class OfficialTargets:
    """Each target is one of the 169, and the axes are about three goals at least."""

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per target that does not exist, or else one when goals are too few."""
        known = official()
        remarks = faults(
            answer,
            lambda cell: "" if _target(cell) in known else (
                f"{shown(cell)} n’est pas une cible de la liste officielle. Cherchez son numéro dans cibles_odd()."
            ),
            "cible_odd",
        )  # fmt: skip
        goals = [_target(cell).split(".")[0] for _, (cell,) in filled_rows(answer, "cible_odd")]
        if remarks or len(set(goals)) >= min(AXES.columns.rows, len(goals)):
            return remarks
        return [
            f"Colonne « cible_odd » : {len(set(goals))} objectif(s) seulement. Choisissez des cibles de trois "
            "objectifs différents, là où l’entreprise pèse le plus."
        ]


def _target(cell: object) -> str:
    """Return a target as the official list writes it; a spreadsheet may have read 12.5 as a number.

    >>> _target("12,5"), _target(8.6), _target("Cible 8.b"), _target("ODD 12.5 : réduire les déchets")
    ('12.5', '8.6', '8.b', '12.5')
    >>> _target("ODD 12"), _target("12.5 et 15.2")
    ('odd 12', '12.5 et 15.2')
    """
    text = plain(str(cell)).replace(",", ".")
    found = _CITED_TARGET.match(text)
    return found[1] if found else text


def _vague(text: str) -> str:
    """Return the first vague word that a text claims, an empty text when it has none.

    >>> _vague("Un lit (écologique)"), _vague("Nous n’écrirons pas « écologique »"), _vague("Un lit couvert")
    ('écologique', '', '')
    """
    claimed = plain(_QUOTED.sub(" ", text))
    return next((one for one in VAGUE if re.search(rf"(?<!\w){re.escape(plain(one))}(?!\w)", claimed)), "")


@dataclass(frozen=True)
class PlainClaims:
    """No cell of the columns ``names`` uses a word that the law forbids on a product, or that nothing measures.

    What stands between quotation marks is cited, not claimed: « nous n’écrirons pas « neutre en carbone » ».
    """

    names: tuple[str, ...]

    def __call__(self, answer: Value, case: Case) -> list[str]:
        """Return one remark per such word."""

        def fault(cell: object) -> str:
            word = _vague(str(cell))
            return word and (
                f"« {word} » ne se prouve pas. Dites ce qui est mesuré, par qui et quand ; un mot que vous écartez se "
                "met entre guillemets « »."
            )

        return faults(answer, fault, *self.names)


KEYS.table(
    "p7-feuille",
    ROADMAP.columns,
    ROADMAP.filled,
    ROADMAP.allowed("responsable"),
    ObjectivesServed(),
    HelpersApart(),
    BudgetWithin("budget_eur", spendable),
    ValidDates(("debut",)),
    WorkingDays(("debut",)),
    SortedBy("debut"),
    WithinRange("duree_jours", 1, LONGEST),
    WithinProject(),
    TwoAtOnce(),
    TextLength(4, 25, "action"),
    CellFigures("indicateur", "un chiffre qui dit que c’est fini, ou réussi"),
    TextLength(4, 25, "indicateur"),
)

KEYS.table(
    "p7-axes",
    AXES.columns,
    AXES.filled,
    OfficialTargets(),
    TextLength(4, 25, "axe"),
    TextLength(4, 30, "action"),
    CellFigures("indicateur", "un départ, une valeur visée, une échéance", 3),
    TextLength(6, 30, "indicateur"),
    TextLength(6, 40, "preuve"),
    PlainClaims(("axe", "action", "preuve")),
)

KEYS.text(
    "p7-methode",
    TitleLine(),
    TextLength(60, 130),
    FiguresQuoted(4),
    Mentions("la taille en jours-homme", PERSON_DAYS),
    Mentions("une méthode", ("Kanban", "Scrum", "PERT", "cycle en V", "jalons")),
    Mentions("le chemin critique", ("chemin critique",)),
)

FOLLOW_UP = ("Prévu", "Réel", "Prévision", "Décision")


def _line(name: str) -> str:
    """Return the pattern of a line that begins with ``name``, whatever its case, its accents, its dash or its stars.

    >>> bool(re.search(_line("Décision"), "- **DECISION** : attendre")), bool(re.search(_line("Réel"), "Irréel : non"))
    (True, False)
    """
    letters = name.replace("é", "(?:é|e\u0301?)")
    return rf"(?i)^[\s*_•–-]*{letters}[\s*_]*:"


KEYS.text(
    "p7-suivi",
    *(MatchesPattern("", _line(name), f"une ligne qui commence par « {name} : »") for name in FOLLOW_UP),
    TextLength(40, 110),
    FiguresQuoted(4),
)
