"""A class most of which attacks: what it costs the honest, the trainer and the machine, in one ordinary grading."""

import json
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.grading.triage.refusal import LOST
from benchmarks.commands import Run, casekit, run
from benchmarks.grading_class import JOBS, Marks, marks
from benchmarks.held import Held, from_tests
from benchmarks.hostile_copies import Hostile, hostile_copies
from casestudies.french import french_number

SIZES, SMALL_SIZES = (60, 40), (16, 8)
"""Hostile and honest copies."""
SPARSE, SMALL_SPARSE = 40, 3
MAIN_MIB = 400
TIMEOUT_S = 3
EACH_S = 20
"""How long a copy may take, on the whole: a hostile one uses all the time that it is given, several times over."""
ANSWERS: tuple[dict[str, str], ...] = (
    {}, {"un": "12345.678"}, {"deux": "None"}, {"un": "None", "deux": "-98765"}, {},
)  # fmt: skip
"""What honest learners answer, by turns, where they are not right."""


@dataclass(frozen=True)
class Session:
    """What is known once a class is graded: the command's report, the gradebook, what was seen of the processes."""

    learners: dict[str, dict[str, Any]]
    marks: Marks
    seen: Run
    fault: str = ""


def hostile_class(small_one: bool) -> list[Held]:
    """Grade the honest alone, then among hostile copies; return what must hold."""
    small = from_tests("small")
    hostile, honest = SMALL_SIZES if small_one else SIZES
    names = [f"h-{number:03d}" for number in range(honest)]
    with tempfile.TemporaryDirectory(prefix="hostile-") as temporary:
        place = Path(temporary)
        place.chmod(0o755)
        known = _known(place)
        attackers = hostile_copies(hostile, known, SMALL_SPARSE if small_one else SPARSE)
        alone, among = (_course(place / name / "cours", [*names, *attackers]) for name in ("seuls", "mele"))
        for course in (alone, among):
            for number, learner in enumerate(names):
                small.submit(course, learner, **ANSWERS[number % len(ANSWERS)])
        expected = _graded(alone, honest)
        for learner, copy in attackers.items():
            copy.hand_in(among, learner)
        return _held(names, attackers, expected, _graded(among, hostile + honest))


def _known(place: Path) -> dict[str, Any]:
    """Return what the attackers know: nothing listens at the addresses that they try."""
    room = place / "ailleurs"
    room.mkdir()
    nothing = {"PORT": 9, "UDP_PORT": 9, "ABSTRACT": "\0casekit", "SOCKET": str(room / "s"), "NURSERY": str(room / "n")}
    found = from_tests("attacks").known_to_attackers(place / "mele" / "cours", room, Path(__file__).parents[1], nothing)
    return dict(found)


def _course(root: Path, learners: list[str]) -> Any:
    config = f"\nget_config().Execute.timeout = {TIMEOUT_S}\n"
    return from_tests("small").make_course(root, tuple(learners), config=config)


def _graded(course: Any, copies: int) -> Session:
    assignment, told = from_tests("small").ASSIGNMENT, course.root.parent / "bilan.json"
    try:
        seen = run(casekit(assignment, JOBS), course.root, told, limit_s=60 + EACH_S * copies)
    except RuntimeError as error:
        return Session({}, marks(course.root, assignment), error.args[1], str(error.args[0]))
    report = json.loads(told.read_text(encoding="utf-8"))
    return Session({one["learner"]: one for one in report["learners"]}, marks(course.root, assignment), seen)


def _held(names: list[str], attackers: dict[str, Hostile], alone: Session, among: Session) -> list[Held]:
    kinds = {copy.kind for copy in attackers.values()}
    last = among.fault.strip().splitlines()[-1:]
    return [
        Held(
            f"{len(names)} copies honnêtes, {len(attackers)} hostiles ({len(kinds)} sortes) : la correction se termine",
            last[0] if last else french_number(among.seen.seconds, 0, "s"), not among.fault,
            tuple(among.fault.splitlines()[-6:]),
        ),
        _honest(names, alone, among),
        _lines(attackers, among),
        _worth(attackers, among),
        _texts(attackers, among),
        Held(
            f"Mémoire du processus principal sous {MAIN_MIB} Mio",
            french_number(among.seen.main, 0, "Mio"), 0 < among.seen.main < MAIN_MIB,
        ),
        Held(
            f"Mémoire de chaque correcteur sous {MAIN_MIB} Mio",
            french_number(among.seen.worker, 0, "Mio"), 0 < among.seen.worker < MAIN_MIB,
        ),
    ]  # fmt: skip


def _honest(names: list[str], alone: Session, among: Session) -> Held:
    """Compare each honest learner's marks with those of the class without attackers."""
    there = {name: {place: mark for place, mark in alone.marks.items() if place[0] == name} for name in names}
    here = {name: {place: mark for place, mark in among.marks.items() if place[0] == name} for name in names}
    same = [name for name in names if here[name] == there[name] and there[name]]
    differ = tuple(f"{name} : {here[name]} ≠ {there[name]}" for name in names if name not in same)
    return Held("Copies honnêtes notées comme sans les autres", f"{len(same)} sur {len(names)}", not differ, differ)


def _lines(attackers: dict[str, Hostile], among: Session) -> Held:
    """Look for what the report says of each attacker: a score, or an incident with an advice."""
    missing = []
    for name in attackers:
        told = among.learners.get(name)
        spoken = told and all(one["what"] and one["advice"] for one in told["incidents"])
        if not spoken or not told or not (told["incidents"] or told["max"]):
            missing.append(name)
    seen = f"{len(attackers) - len(missing)} sur {len(attackers)}"
    return Held("Copies hostiles avec une ligne : note ou incident", seen, not missing, tuple(missing))


def _worth(attackers: dict[str, Hostile], among: Session) -> Held:
    """Look for attackers who have more points than their answers are worth."""
    told = {name: among.learners[name] for name in attackers if name in among.learners}
    gained = tuple(
        f"{name} : {one['points']} > {attackers[name].worth}"
        for name, one in told.items()
        if one["points"] > attackers[name].worth
    )
    lost = sum(any(incident["code"] in LOST for incident in one["incidents"]) for one in told.values())
    seen = f"{len(gained)} ; {lost} sans note" if told else "rien à lire"
    return Held("Aucun point de plus que les réponses ne valent", seen, bool(told) and not gained, gained)


def _texts(attackers: dict[str, Hostile], among: Session) -> Held:
    """Look for signs, in what the report says, that would act on a terminal instead of being read."""
    said = [(name, one) for name in attackers for one in among.learners.get(name, {"incidents": []})["incidents"]]
    raw = tuple(
        f"{name} : {one['what']}"
        for name, one in said
        if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") for sign in one["what"] + one["advice"])
    )
    seen = f"{len(raw)} sur {len(said)} incidents" if said else "rien à lire"
    return Held("Aucun caractère de contrôle dans ce qui est dit", seen, bool(said) and not raw, raw)
