"""The rules from points and reviews to the verdict of a criterion, all here, all pure; the centre's settings apply."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import floor
from typing import Final

from autograder.sheets.centre import HIGHEST, LOWEST, Centre, Combination, Verdicts
from autograder.sheets.model import Verdict

ABSENT = "Absent : aucune copie remise. Ce n’est pas un zéro : le critère reste à évaluer."
NOTHING_WRITTEN = "Niveau {level} : rien n’est rédigé dans ce qui est à relire ; personne n’a eu à le relire."
NOT_ITS_OWN = (
    "Aucune valeur calculée n’est juste pour ce critère : des choix et des conséquences d’une réponse précédente ne "
    "suffisent pas à l’acquérir."
)


def not_essential(title: str) -> str:
    """Return what is said of an essential question whose answer is not right."""
    return f"« {title} » est une question essentielle : tant qu’elle n’est pas juste, le critère n’est pas acquis."


@dataclass(frozen=True)
class Combined:
    """How the machine's level and the reviewed one make one: the rule, how it is said, how its result is said."""

    level: Callable[[int, int], int]
    sentence: str
    said: Callable[[int, int], str]


def _lower(auto: int, reviewed: int) -> str:
    return "celui de la machine" if auto < reviewed else "celui de la relecture"


COMBINED: Final[Mapping[Combination, Combined]] = {
    Combination.LOWER: Combined(min, "Un critère corrigé et relu prend le plus faible des deux niveaux.", _lower),
    Combination.MEAN: Combined(
        lambda auto, reviewed: (auto + reviewed) // 2,
        "Un critère corrigé et relu prend la moyenne des deux niveaux, arrondie à l’entier inférieur.",
        lambda _, __: "la moyenne des deux, arrondie à l’entier inférieur",
    ),
    Combination.REVIEW: Combined(
        lambda _, reviewed: reviewed,
        "Un critère corrigé et relu prend le niveau de la relecture ; celui de la machine reste écrit à côté.",
        lambda _, __: "celui de la relecture",
    ),
}
"""The one place where it is stated how a criterion both graded and reviewed is decided."""


@dataclass(frozen=True)
class Parts:
    """What is known of one criterion before it is decided.

    ``points`` is None when something is not graded; ``scores`` holds the level given to each reviewed part, None for
    one nobody has reviewed; ``lost`` holds a reason for each part that could not be graded. ``absent`` says that
    nothing was handed in; ``withdrawn`` is why the centre does not assess the criterion, empty when it does;
    ``own`` is False when the criterion asks for values and none of the machine's points come from a right one;
    ``failed`` holds the titles of the essential questions whose answer is not right; ``blank`` says that nothing is
    written in any reviewed part, so that nobody read them.
    """

    points: float | None
    max_points: float
    scores: tuple[float | None, ...] = ()
    lost: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    absent: bool = False
    withdrawn: str = ""
    own: bool = True
    failed: tuple[str, ...] = ()
    blank: bool = False


@dataclass(frozen=True)
class Decision:
    """The levels and the verdict of one criterion, with the reasons that the rules give."""

    auto_level: int | None
    review_level: int | None
    level: int | None
    verdict: Verdict
    reasons: tuple[str, ...] = field(default=())


def machine_level(points: float, max_points: float, centre: Centre) -> int:
    """Return the level that a share of the machine's points is worth.

    >>> [machine_level(points, 20, Centre()) for points in (17, 13, 8, 7.9)]
    [4, 3, 2, 1]
    """
    percent = round(100 * points / max_points, 4)
    return LOWEST + sum(percent >= least for least in centre.thresholds)


def review_level(scores: Sequence[float], rule: Combination = Combination.LOWER) -> int:
    """Return the level of a criterion whose reviewed parts have these levels: the lowest, or their mean, rounded down.

    >>> review_level([4, 2]), review_level([4, 2], Combination.MEAN), review_level([2.5]), review_level([0])
    (2, 3, 2, 1)
    """
    levels = [min(HIGHEST, max(LOWEST, score)) for score in scores]
    return floor(round(sum(levels) / len(levels) if rule is Combination.MEAN else min(levels), 6))


def verdict_of(level: int, centre: Centre) -> Verdict:
    """Return the verdict of a level, given the level that validates and the words of the centre."""
    if level >= centre.validation_level:
        return Verdict.ACQUIRED
    return Verdict.NOT_ACQUIRED if level == LOWEST or centre.verdicts is Verdicts.TWO else Verdict.PARTIAL


def decide(parts: Parts, centre: Centre) -> Decision:
    """Decide a criterion: withdrawn, absent, « à relire » while anything is lost or not reviewed, else by its level."""
    auto, alone = _auto(parts, centre)
    scores = [score for score in parts.scores if score is not None]
    reviewed = review_level(scores, centre.several_parts) if scores and len(scores) == len(parts.scores) else None
    if parts.withdrawn:
        said = f"Retiré de cette session par le centre : {parts.withdrawn}"
        return Decision(auto, reviewed, None, Verdict.WITHDRAWN, (said,))
    if parts.absent and parts.points is None and not scores:
        return Decision(None, None, None, Verdict.ABSENT, (ABSENT,))
    waiting = (*parts.lost, *parts.pending)
    if waiting or len(scores) < len(parts.scores):
        return Decision(auto, reviewed, None, Verdict.TO_REVIEW, waiting)
    if auto is None and reviewed is None:
        return Decision(None, None, None, Verdict.TO_REVIEW, ("Rien n’a encore été évalué pour ce critère.",))
    level, why = _level(auto, reviewed, COMBINED[centre.combination])
    if parts.blank:
        why, reviewed = (NOTHING_WRITTEN.format(level=level),), None
    return Decision(auto, reviewed, level, verdict_of(level, centre), (*alone, *why))


def _auto(parts: Parts, centre: Centre) -> tuple[int | None, tuple[str, ...]]:
    """Return the machine's level, and what to say when it is held under the one that validates.

    It is without any right value, and when an essential question is not right.
    """
    if parts.points is None or parts.max_points <= 0:
        return None, ()
    level = machine_level(parts.points, parts.max_points, centre)
    most = max(LOWEST, centre.validation_level - 1)
    why = (*((NOT_ITS_OWN,) if not parts.own else ()), *map(not_essential, parts.failed))
    if not why or level <= most:
        return level, ()
    return most, why


def _level(auto: int | None, reviewed: int | None, rule: Combined) -> tuple[int, tuple[str, ...]]:
    """Return the level of a criterion, and where it comes from when the machine and the review differ."""
    if auto is None or reviewed is None:
        only = auto if auto is not None else reviewed
        assert only is not None
        return only, ()
    level = rule.level(auto, reviewed)
    if auto == reviewed:
        return level, ()
    return level, (f"Niveau {level} : {rule.said(auto, reviewed)} (machine {auto}, relecture {reviewed}).",)
