"""The decision on each bloc of each learner, over all the assessments of a course that bear on it (B1: E1 and E2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from autograder.course.course import Course
from autograder.referentiel import Bloc, Referentiel, load_referentiel
from autograder.sheets.build import build_sheets
from autograder.sheets.centre import Centre, Compensation, centre_of
from autograder.sheets.grouping import bloc_verdict, competency_verdict, mean_level, under_floor
from autograder.sheets.marks import NotReleasedError
from autograder.sheets.model import CriterionRow, Verdict
from autograder.sheets.resits import best
from casestudies.errors import CasekitError
from casestudies.french import french_number

DECIDED = (Verdict.ACQUIRED, Verdict.PARTIAL, Verdict.NOT_ACQUIRED)
"""Verdicts of a criterion that has its level."""


@dataclass(frozen=True)
class BlocDecision:
    """What is concluded of one bloc for one learner, and why.

    ``verdict`` is « acquis » or « non acquis »; « à relire » or « absent » while criteria wait; « retiré » when the
    centre withdrew them all; None when an assessment of the bloc was not given in this course. ``criteria`` holds the
    rows that were found, in the référentiel's order; ``missing`` the codes of the criteria without a decision: to
    review, absent, or of an assessment that was not given. ``reasons`` are French sentences.
    """

    bloc: Bloc
    verdict: Verdict | None
    reasons: tuple[str, ...]
    criteria: tuple[CriterionRow, ...]
    missing: tuple[str, ...]


def decide_blocs(course: Course, learner_ids: Iterable[str] | None = None) -> dict[str, dict[str, BlocDecision]]:
    """Return the decision on every bloc of the référentiel, by learner then by the bloc's code.

    Every assignment of the course that bears an assessment's code and was released counts. A criterion that two of them
    assess (a second session) counts by its best decision.

    Parameters
    ----------
    learner_ids
        Whom to decide for; by default everybody of the class list, and whoever handed something in.

    Raises
    ------
    CasekitError
        When a learner is unknown, or the centre's settings cannot be read.
    """
    centre, referentiel = centre_of(course), load_referentiel()
    rows: dict[str, dict[str, CriterionRow]] = {name: {} for name in course.learners()}
    for assignment in _assignments(course, referentiel):
        try:
            sheets = build_sheets(course, assignment)
        except NotReleasedError:
            continue
        for sheet in sheets:
            mine = rows.setdefault(sheet.learner.id, {})
            for row in sheet.criteria:
                mine[row.code] = best(mine.get(row.code), row)
    wanted = list(rows) if learner_ids is None else list(dict.fromkeys(learner_ids))
    for name in wanted:
        if name not in rows:
            raise CasekitError(
                f"« {name} » n’est ni dans eleves.csv ni parmi les copies remises : vérifiez l’identifiant."
            )
    return {
        name: {code: decide_bloc(bloc, rows[name], referentiel, centre) for code, bloc in referentiel.blocs.items()}
        for name in wanted
    }


def decide_bloc(bloc: Bloc, rows: Mapping[str, CriterionRow], referentiel: Referentiel, centre: Centre) -> BlocDecision:
    """Return the decision on one bloc from the rows of its criteria, by code; what is not in ``rows`` was not given."""
    codes = [code for code in referentiel.criteria if referentiel.bloc_of(code) == bloc]
    found = tuple(rows[code] for code in codes if code in rows)
    absent = [code for code in codes if code not in rows]
    waiting = [row for row in found if row.verdict in (Verdict.TO_REVIEW, Verdict.ABSENT)]
    missing = tuple(code for code in codes if code in absent or code in {row.code for row in waiting})
    verdict = None if absent else bloc_verdict(found, referentiel.competencies_of(bloc.code), centre)
    reasons = (
        *_not_given(absent, referentiel),
        *_listed("Candidat absent, aucune copie remise", _codes(waiting, Verdict.ABSENT)),
        *_listed("À relire ou à évaluer", _codes(waiting, Verdict.TO_REVIEW)),
        *_listed("Travail modifié depuis la relecture", [row.code for row in waiting if row.changed_since_review]),
        *_concluded(bloc, found, verdict, referentiel, centre),
        *(f"{row.code}. {row.reasons[0]}" for row in found if row.verdict is Verdict.WITHDRAWN),
    )
    return BlocDecision(bloc, verdict, reasons, found, missing)


def _assignments(course: Course, referentiel: Referentiel) -> list[str]:
    """Return the assignments whose name begins with an assessment's code."""
    found = []
    for name in course.assignments():
        try:
            referentiel.assessment_of(name)
        except CasekitError:
            continue  # the centre's own exercises: they decide no bloc
        found.append(name)
    return found


def _not_given(codes: Sequence[str], referentiel: Referentiel) -> list[str]:
    """Say which assessments were not given, and the criteria that they leave open."""
    said = []
    for assessment in referentiel.assessments:
        mine = [code for code in codes if referentiel.criteria[code].assessment == assessment]
        if mine:
            through = f"{mine[0]} à {mine[-1]}" if len(mine) > 1 else mine[0]
            said.append(f"{assessment} n’a pas été évaluée dans ce cours ({through}).")
    return said


def _concluded(
    bloc: Bloc, rows: Sequence[CriterionRow], verdict: Verdict | None, referentiel: Referentiel, centre: Centre
) -> list[str]:
    """Say what the levels known lead to."""
    level = centre.validation_level
    short = [row for row in rows if row.verdict in (Verdict.PARTIAL, Verdict.NOT_ACQUIRED)]
    if not short:
        counted = sum(row.verdict is Verdict.ACQUIRED for row in rows)
        return (
            [f"Les {counted} critères évalués sont au niveau {level} ou plus."] if verdict is Verdict.ACQUIRED else []
        )
    listed = ", ".join(f"{row.code} (niveau {row.level})" for row in short)
    if centre.compensation is Compensation.NONE:
        return [f"Sous le niveau {level} : {listed}."]
    if centre.compensation is Compensation.BLOC:
        where = [(f"le bloc {bloc.code.removeprefix('B')}", rows)]
    else:
        groups = [
            (f"la compétence {one.code}", [row for row in rows if one.code in row.competencies])
            for one in referentiel.competencies_of(bloc.code)
        ]
        where = [
            (name, group) for name, group in groups
            if {row.code for row in group} & {row.code for row in short}
            and competency_verdict(group, centre) is not Verdict.ACQUIRED
        ]  # fmt: skip
    made_up = ", mais compensé par d’autres critères" if verdict is Verdict.ACQUIRED else ""
    return [f"Sous le niveau {level}{made_up} : {listed}.", *_means(where, centre)]


def _means(groups: Iterable[tuple[str, Sequence[CriterionRow]]], centre: Centre) -> list[str]:
    """Say the mean of each group once all its levels are known, and the criteria under the floor."""
    said = []
    for name, rows in groups:
        mean, low = mean_level(rows, centre), under_floor(rows, centre)
        if mean is not None and all(row.verdict in (*DECIDED, Verdict.WITHDRAWN) for row in rows):
            shown = french_number(floor(100 * mean) / 100, 2)  # never rounded up to the level that it misses
            said.append(f"Moyenne des niveaux pour {name} : {shown} ({centre.validation_level} attendu).")
        if low:
            said.append(f"Sous le niveau plancher {centre.floor}, sans compensation possible : {', '.join(low)}.")
    return said


def _codes(rows: Iterable[CriterionRow], verdict: Verdict) -> list[str]:
    return [row.code for row in rows if row.verdict is verdict]


def _listed(what: str, codes: Sequence[str]) -> list[str]:
    return [f"{what} : {', '.join(codes)}."] if codes else []
