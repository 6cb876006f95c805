"""The rules from criteria to competencies and blocs, all here, all pure, with or without compensation."""

from collections.abc import Iterable, Sequence

from autograder.referentiel import Assessment, Bloc, Competency
from autograder.sheets.centre import Centre, Compensation, Verdicts
from autograder.sheets.model import CriterionRow, Verdict

WAITING = (Verdict.TO_REVIEW, Verdict.ABSENT)
"""Verdicts that leave a competency or a bloc undecided, the first one found being what is said of it."""


def competency_verdict(criteria: Sequence[CriterionRow], centre: Centre) -> Verdict:
    """Return the verdict of a competency from its criteria; withdrawn ones do not count."""
    return _verdict(criteria, centre, compensated=centre.compensation is Compensation.COMPETENCY)


def bloc_verdict(criteria: Sequence[CriterionRow], competencies: Iterable[Competency], centre: Centre) -> Verdict:
    """Return the verdict of a bloc from all its criteria: acquired, not acquired, or why it is not decided yet.

    A bloc is acquired when each of its competencies is; with compensation within the bloc, when the mean of all its
    criteria is. It is never partly acquired.
    """
    if centre.compensation is Compensation.BLOC:
        found = [_verdict(criteria, centre, compensated=True)]
    else:
        groups = ([row for row in criteria if one.code in row.competencies] for one in competencies)
        found = [competency_verdict(group, centre) for group in groups if group]
    counted = {verdict for verdict in found if verdict is not Verdict.WITHDRAWN}
    return _undecided(found) or (Verdict.ACQUIRED if counted == {Verdict.ACQUIRED} else Verdict.NOT_ACQUIRED)


def mean_level(criteria: Iterable[CriterionRow], centre: Centre) -> float | None:
    """Return the weighted mean of the levels known, None when there is none."""
    levels = [(row.level, centre.weight(row.code)) for row in criteria if row.level is not None]
    weights = sum(weight for _, weight in levels)
    return sum(level * weight for level, weight in levels) / weights if weights else None


def under_floor(criteria: Iterable[CriterionRow], centre: Centre) -> tuple[str, ...]:
    """Return the codes of the criteria under the level below which nothing is made up for."""
    return tuple(row.code for row in criteria if row.level is not None and row.level < centre.floor)


def part_explanation(
    bloc: Bloc, here: Assessment, assessments: Iterable[Assessment], verdict: Verdict, centre: Centre
) -> str:
    """Say, in French, what one assessment decides of its bloc (``verdict`` is that of its own criteria)."""
    mine = [item.code for item in assessments if item.bloc == bloc.code]
    number = bloc.code.removeprefix("B")
    if len(mine) == 1:
        return f"Le bloc {number} se décide sur cette seule évaluation ({here.code})."
    others = " et ".join(code for code in mine if code != here.code)
    needed = f"Le bloc {number} demande les évaluations {' et '.join(mine)} : "
    made_up = "qui peut compenser" if centre.compensation is Compensation.BLOC else "sans compenser"
    said = {
        Verdict.ACQUIRED: f"la part de {here.code} est acquise, reste {others}.",
        Verdict.TO_REVIEW: f"{here.code} reste à relire, et {others} compte aussi.",
        Verdict.ABSENT: f"aucune copie remise pour {here.code}, et {others} compte aussi.",
        Verdict.WITHDRAWN: f"{here.code} est retirée de cette session, {others} décide.",
    }
    return needed + said.get(verdict, f"la part de {here.code} n’est pas acquise ; {others} compte aussi, {made_up}.")


def _undecided(verdicts: Sequence[Verdict]) -> Verdict | None:
    """Return why these verdicts conclude nothing, None when they do; withdrawn ones do not count."""
    if set(verdicts) <= {Verdict.WITHDRAWN}:
        return Verdict.WITHDRAWN if verdicts else Verdict.TO_REVIEW
    return next((verdict for verdict in WAITING if verdict in verdicts), None)


def _verdict(criteria: Sequence[CriterionRow], centre: Centre, compensated: bool) -> Verdict:
    """Without compensation: all acquired, else not acquired only when none is even partly."""
    counted = [row for row in criteria if row.verdict is not Verdict.WITHDRAWN]
    verdicts = {row.verdict for row in counted}
    if undecided := _undecided([row.verdict for row in criteria]):
        return undecided
    if verdicts == {Verdict.ACQUIRED} or (compensated and _made_up(counted, centre)):
        return Verdict.ACQUIRED
    never_partly = verdicts == {Verdict.NOT_ACQUIRED} or centre.verdicts is Verdicts.TWO
    return Verdict.NOT_ACQUIRED if never_partly else Verdict.PARTIAL


def _made_up(criteria: Sequence[CriterionRow], centre: Centre) -> bool:
    """Whether higher levels make up for lower ones; in whole numbers, so that an exact mean is never missed."""
    weighted = [((row.level or 0) - centre.validation_level) * centre.weight(row.code) for row in criteria]
    return not under_floor(criteria, centre) and sum(weighted) >= 0
