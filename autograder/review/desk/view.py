"""What the desk shows, as plain data for the page: names of learners nowhere but in an oral, where they are seen."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from autograder.referentiel import load_referentiel, load_rubrics
from autograder.referentiel.model import Assessment
from autograder.review.calibration.round import Round
from autograder.review.desk.oral import oral_state
from autograder.review.desk.queue import Mode
from autograder.review.desk.reconciling import Reconciliation
from autograder.review.desk.session import DeskSession, shown_review
from autograder.review.fields import known_fields
from autograder.review.model import Part, Reading, Seen, Stage
from autograder.review.orals import OralNotes, said
from autograder.review.order import alias
from autograder.review.shown.shelf import Shown
from casestudies.errors import CasekitError
from casestudies.french import french_number
from casestudies.typography import french

MACHINE_GRADED = "corrigé par la machine"
NOTHING_DECLARED = "aucune partie à relire"
_NO_READING: dict[str, Any] = {"level": None, "comment": "", "note": "", "stage": "", "frozen": False, "notices": []}
NO_RUBRIC = "Ce critère n’a pas encore de grille : jugez d’après son énoncé."


def setup_state(session: DeskSession) -> dict[str, Any]:
    """Return what stays the same while an assignment is open."""
    assessment = _assessment(session.assignment)
    return {
        "assignment": session.assignment,
        "title": french(f"{assessment.code} – {assessment.title}" if assessment else session.assignment),
        "marker": session.marker.name,
        "fields": [[f"{{{name}}}", french(words)] for name, words in known_fields(session.assignment).items()],
        "criteria": sorted({one.criterion for one in session.declared}),
        "qualities": [french(one) for one in assessment.qualities] if assessment else [],
    }


def session_state(session: DeskSession) -> dict[str, Any]:
    """Return where the marker stands and what they can change of the current part."""
    state: dict[str, Any] = {
        "mode": session.mode.value,
        "groups": [
            {"id": one.id, "label": french(one.label), **asdict(session.progress(one))} for one in session.queue.groups
        ],
        "overall": asdict(session.progress()),
        "totals": totals(session),
        "copy": None,
    }
    part, seen = session.part, session.seen
    if part is None or seen is None:
        return state
    number, count = session.queue.place(part)
    state |= {
        "group": session.queue.group_of(part).id,
        "place": {"number": number, "count": count, "noun": noun_of(session, part)},
        "copy": _copy(session, part, session.name(part)),
        "rubric": _rubric(part.criterion),
        "reading": _reading(session, seen),
        "bank": [{"id": one.id, "text": one.text, "marker": one.marker} for one in session.comments()],
        "conflict": _conflict(session),
        "oral": oral_state(session, part),
        "quality": _quality(session),
    }
    return state


def reconciliation_state(session: DeskSession, settling: Reconciliation) -> dict[str, Any]:
    """Return both readings of the part to settle, and what counts."""
    part, pair = settling.part, settling.pair
    number, count = settling.place
    heard = {} if part.notebook else session.orals.of_part(part)
    gap = abs(pair.gap)
    words = "Même niveau" if not gap else f"Écart : {french_number(gap, 0)} niveau{'x' if gap > 1 else ''}"
    return {
        "place": {"number": number, "count": count, "noun": "double relecture"},
        "waiting": settling.waiting,
        "copy": _copy(session, part, settling.name if part.notebook else session.name(part)),
        "rubric": _rubric(part.criterion),
        "pair": {
            "gap": french(words),
            "waiting": pair.waiting,
            "readings": [
                _side("Première relecture", pair.first, heard),
                _side("Seconde relecture", pair.second, heard),
            ],
        },
        "reading": {**_NO_READING, "level": _whole(settling.level), "comment": settling.comment},
    }


def practice_state(turn: Round) -> dict[str, Any]:
    """Return the sample copy at hand, and the level given to it so far."""
    number, count = turn.place
    rubric, code = turn.item.rubric, turn.exercise.code
    return {
        "place": {"number": number, "count": count, "noun": "copie d’étalonnage"},
        "copy": _copy_state(turn.key, turn.item.copy, rubric.title, code),
        "rubric": _rubric(code),
        "reading": {**_NO_READING, "level": turn.level},
    }


def deliverable_state(part: Part, shown: Shown) -> dict[str, Any]:
    """Return what was handed in, which is sent once for each part shown."""
    return shown_state(key_of(part), shown, shown.status)


def shown_state(key: str, shown: Shown, status: str) -> dict[str, Any]:
    """Return what is read of a copy, under the ``key`` that the page calls it by."""
    return {
        "key": key,
        "html": shown.html,
        "status": french(status),
        "findings": [french(one) for one in shown.findings],
        "expected": [french(one) for one in shown.expected],
    }


def own_state(shown: Shown) -> dict[str, Any] | None:
    """Return what the learner said of their own level; None when they said nothing."""
    own = shown.own
    return None if own is None else {"line": french(own.line), "paragraphs": [french(one) for one in own.paragraphs]}


def noun_of(session: DeskSession, part: Part) -> str:
    """Return what the parts that are read one after the other are called."""
    if not part.notebook:
        return "passage"
    return "copie" if session.mode is Mode.CRITERION else "partie"


def key_of(part: Part) -> str:
    """Return what a page calls a part, which says nothing of the learner."""
    return f"{alias(part.learner, part.assignment, part.id)} {part.id}"


def totals(session: DeskSession) -> list[dict[str, str]]:
    """Return how far each criterion is, in words; those that only the machine grades are named as such."""
    assessment, referentiel = _assessment(session.assignment), load_referentiel()
    progress = session.progress_by_criterion()
    own = [one.code for one in referentiel.criteria_of(assessment.code)] if assessment else []
    found = []
    for code in dict.fromkeys([*own, *progress, *session.machine_graded]):
        criterion = referentiel.criteria[code]
        if code in progress:
            words = f"{progress[code].done} sur {progress[code].total}"
        else:
            words = NOTHING_DECLARED if criterion.reviewed else MACHINE_GRADED
        found.append({"code": code, "statement": french(criterion.statement), "words": french(words)})
    return found


def _assessment(assignment: str) -> Assessment | None:
    try:
        return load_referentiel().assessment_of(assignment)
    except CasekitError:  # a centre's own assignment: it has its parts, and no list of criteria
        return None


def _copy(session: DeskSession, part: Part, name: str) -> dict[str, Any]:
    declared = next(one for one in session.declared if one.id == part.id)
    state = _copy_state(key_of(part), name, declared.title, part.criterion)
    return {**state, "oral": not part.notebook}


def _copy_state(key: str, name: str, title: str, code: str) -> dict[str, Any]:
    statement = french(load_referentiel().criteria[code].statement)
    return {
        "key": key, "name": name, "title": french(title), "code": code, "statement": statement, "oral": False,
    }  # fmt: skip


def _rubric(code: str) -> dict[str, Any]:
    rubric = load_rubrics().get(code)
    if rubric is None:
        return {"missing": french(NO_RUBRIC), "anchors": []}
    anchors = [{"level": one.level, "name": one.name, "text": french(one.text)} for one in rubric.anchors]
    return {"missing": "", "anchors": anchors}


def _reading(session: DeskSession, seen: Seen) -> dict[str, Any]:
    if session.begun_by():
        return {**_NO_READING, "frozen": True}
    state = shown_review(seen)
    notices = _notices(session, seen)
    return {
        "level": _whole(state.level),
        "comment": state.comment,
        "note": state.note,
        "stage": french("Seconde relecture, sans voir la première") if seen.stage is Stage.SECOND else "",
        "frozen": _both_done(seen),
        "notices": [french(one) for one in notices],
    }


def _notices(session: DeskSession, seen: Seen) -> list[str]:
    found = []
    mine, retained = seen.mine, seen.retained
    if retained is not None and retained.stage is Stage.FORMGRADER:
        given = "sans niveau" if retained.level is None else f"niveau {_shown(retained.level)}"
        found.append(f"Note changée dans le formgrader : {given}. Elle compte jusqu’à ce qu’un niveau soit donné ici.")
    elif mine is not None and mine.counts and mine.marker != session.marker.name:
        found.append(f"Relu par {mine.marker} le {mine.at.astimezone():%d/%m/%Y à %H:%M}.")
    former = _former(seen)
    if former:
        found.append(former)
    if _both_done(seen):
        differ = retained is not None and retained.unreconciled
        found.append(
            ("Les deux relectures diffèrent" if differ else "Les deux relectures sont faites")
            + " : le niveau et le commentaire se changent par la conciliation."
        )
    rubric = load_rubrics().get(seen.part.criterion)
    if mine is not None and mine.counts and rubric is not None and mine.rubric not in ("", rubric.digest):
        found.append("La grille a changé depuis cette relecture : confirmez le niveau, ou changez-le.")
    return found


def _former(seen: Seen) -> str:
    """Say that the work has changed since it was read, and which level it had then; empty when it has not."""
    if seen.retained is not None and seen.retained.stale:
        level = seen.retained.former
    elif seen.mine is not None and seen.mine.stale:
        level = seen.mine.level
    else:
        return ""
    then = "" if level is None else f" Niveau d’alors, pour mémoire : {_shown(level)}."
    return f"Le travail a changé depuis la relecture : il est à relire, le niveau d’alors ne compte plus.{then}"


def _both_done(seen: Seen) -> bool:
    given = {one.stage for one in (*seen.others, *filter(None, [seen.mine])) if one.counts}
    return {Stage.FIRST, Stage.SECOND} <= given


def _conflict(session: DeskSession) -> dict[str, Any] | None:
    conflict = session.conflict
    if conflict is None:
        return None
    theirs = conflict.theirs
    names = {"level": "niveau", "comment": "commentaire", "note": "note privée"}
    return {
        "who": theirs.marker if theirs else "",
        "theirs": [] if theirs is None else _said({name: getattr(theirs, name) for name in conflict.fields}, names),
        "mine": _said(conflict.fields, names),
    }


def _said(values: dict[str, Any], names: dict[str, str]) -> list[list[str]]:
    return [[names[name], "aucun" if value in (None, "") else _words(value)] for name, value in values.items()]


def _words(value: Any) -> str:
    return value if isinstance(value, str) else _shown(value)


def _quality(session: DeskSession) -> dict[str, Any] | None:
    """Return the comment on qualities, when whole copies are read: it belongs to no part."""
    if session.mode is not Mode.LEARNER:
        return None
    found = session.quality()
    return {"text": found.text if found else "", "version": found.version if found else 0}


def _side(title: str, review: Reading, heard: Mapping[str, OralNotes]) -> dict[str, Any]:
    level = "–" if review.level is None else _shown(review.level)
    kept = [french(line) for line in said(heard[review.marker])] if review.marker in heard else []
    return {"title": title, "marker": review.marker, "level": level, "comment": review.comment, "oral": kept}


def _whole(level: float | None) -> int | None:
    """Return a level that the rubric has; the formgrader can give others."""
    return int(level) if level in (1, 2, 3, 4) else None


def _shown(level: float) -> str:
    return french_number(level, 0 if float(level).is_integer() else 2)
