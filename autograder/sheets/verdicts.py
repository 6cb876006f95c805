"""The rules from points and reviews to verdicts, all here, all pure; ``rules`` says them in French on every sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor

from autograder.referentiel import LEVEL_NAMES, LEVELS, Assessment, Bloc
from autograder.sheets.model import Verdict

THRESHOLDS = ((0.85, 4), (0.65, 3), (0.40, 2))
"""Least share of the machine's points for each level, from the highest; below the last one, level 1."""

LOWEST, HIGHEST = LEVELS[0], LEVELS[-1]


@dataclass(frozen=True)
class Parts:
    """What is known of one criterion before it is decided.

    ``points`` is None when something is not graded; ``scores`` holds the level given to each reviewed part, None for
    one nobody has reviewed; ``lost`` holds a reason for each part that could not be graded.
    """

    points: float | None
    max_points: float
    scores: tuple[float | None, ...] = ()
    lost: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """The levels and the verdict of one criterion, with the reasons that the rules give."""

    auto_level: int | None
    review_level: int | None
    level: int | None
    verdict: Verdict
    reasons: tuple[str, ...] = field(default=())


def machine_level(points: float, max_points: float) -> int:
    """Return the level that a share of the machine's points is worth.

    >>> [machine_level(points, 20) for points in (17, 13, 8, 7.9)]
    [4, 3, 2, 1]
    """
    share = round(points / max_points, 6)
    return next((level for least, level in THRESHOLDS if share >= least), LOWEST)


def review_level(scores: Sequence[float]) -> int:
    """Return the level of a criterion whose reviewed parts have these levels: their mean, rounded down.

    >>> review_level([4, 3]), review_level([2.5]), review_level([0])
    (3, 2, 1)
    """
    levels = [min(HIGHEST, max(LOWEST, score)) for score in scores]
    return floor(round(sum(levels) / len(levels), 6))


def verdict_of(level: int, validation: int) -> Verdict:
    """Return the verdict of a level, given the level that validates."""
    if level >= validation:
        return Verdict.ACQUIRED
    return Verdict.NOT_ACQUIRED if level == LOWEST else Verdict.PARTIAL


def decide(parts: Parts, validation: int) -> Decision:
    """Decide one criterion: « à relire » while anything is lost or not reviewed, else the lower of the two levels."""
    auto = None
    if parts.points is not None and parts.max_points > 0:
        auto = machine_level(parts.points, parts.max_points)
    scores = [score for score in parts.scores if score is not None]
    reviewed = review_level(scores) if scores and len(scores) == len(parts.scores) else None
    waiting = (*parts.lost, *parts.pending)
    if waiting or len(scores) < len(parts.scores):
        return Decision(auto, reviewed, None, Verdict.TO_REVIEW, waiting)
    levels = [level for level in (auto, reviewed) if level is not None]
    if not levels:
        return Decision(None, None, None, Verdict.TO_REVIEW, ("Rien n’a encore été évalué pour ce critère.",))
    level = min(levels)
    return Decision(auto, reviewed, level, verdict_of(level, validation), _explained(auto, reviewed))


def competency_verdict(criteria: Sequence[Verdict]) -> Verdict:
    """Return the verdict of a competency from those of its criteria."""
    return _combined(criteria)


def bloc_verdict(bloc: Bloc, assessments: Sequence[Assessment], competencies: Sequence[Verdict]) -> Verdict | None:
    """Return the verdict of a bloc; None when it has more assessments than the one that is looked at."""
    return None if sum(item.bloc == bloc.code for item in assessments) > 1 else _combined(competencies)


def bloc_explanation(bloc: Bloc, here: Assessment, assessments: Sequence[Assessment], found: Sequence[Verdict]) -> str:
    """Say, in French, what this assessment decides of the bloc, and what it leaves open."""
    mine = [item.code for item in assessments if item.bloc == bloc.code]
    number = bloc.code.removeprefix("B")
    if len(mine) == 1:
        return f"Le bloc {number} se décide sur cette seule évaluation ({here.code})."
    others = " et ".join(code for code in mine if code != here.code)
    needed = f"Le bloc {number} demande les évaluations {' et '.join(mine)} : "
    combined = _combined(found)
    if combined is Verdict.ACQUIRED:
        return f"{needed}la part de {here.code} est acquise, reste {others}."
    if combined is Verdict.TO_REVIEW:
        return f"{needed}{here.code} reste à relire, et {others} compte aussi."
    return f"{needed}la part de {here.code} n’est pas acquise ; {others} compte aussi, sans compenser."


def rules(validation: int) -> tuple[str, ...]:
    """Return the rules in French sentences, to print on every sheet."""
    steps = ", ".join(f"niveau {level} à partir de {least * 100:.0f} % des points" for least, level in THRESHOLDS)
    names = ", ".join(f"{level} {name}" for level, name in LEVEL_NAMES.items())
    acquired = (
        f"Un critère est acquis à partir du niveau {validation} (réglage du centre, sans compensation entre critères)"
    )
    between = " ou ".join(str(level) for level in range(LOWEST + 1, validation))
    partly = f"partiellement acquis au niveau {between}, " if between else ""
    below = f" ; {partly}non acquis au niveau {LOWEST}" if validation > LOWEST else ""
    return (
        f"Niveaux : {names}.",
        f"Part corrigée par la machine : {steps}, sinon niveau {LOWEST}.",
        "Part relue par le formateur : un niveau de 1 à 4 par partie ; pour plusieurs parties, la moyenne arrondie à "
        "l’entier inférieur.",
        "Un critère corrigé et relu prend le plus faible des deux niveaux.",
        f"{acquired}{below}.",
        "Ce qui n’a été ni corrigé ni relu reste « à relire » : ce n’est jamais un zéro.",
        "Une compétence est acquise quand tous ses critères le sont.",
    )


def _combined(verdicts: Sequence[Verdict]) -> Verdict:
    """Without compensation: all acquired, else to review if any is, else not acquired only when none is even partly."""
    if not verdicts or Verdict.TO_REVIEW in verdicts:
        return Verdict.TO_REVIEW
    if all(verdict is Verdict.ACQUIRED for verdict in verdicts):
        return Verdict.ACQUIRED
    if all(verdict is Verdict.NOT_ACQUIRED for verdict in verdicts):
        return Verdict.NOT_ACQUIRED
    return Verdict.PARTIAL


def _explained(auto: int | None, reviewed: int | None) -> tuple[str, ...]:
    if auto is None or reviewed is None or auto == reviewed:
        return ()
    lower = "la machine" if auto < reviewed else "la relecture"
    return (f"Niveau {min(auto, reviewed)} : celui de {lower} (machine {auto}, relecture {reviewed}).",)
