"""The jury of the demonstration: its members, its record, the decisions it confirms, the attestations that follow."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from autograder.certification import decisions, members, pathway
from autograder.certification.model import Decided, Ruling
from autograder.certification.proposals import RULINGS
from autograder.certification.record import JuryRecord, build_record
from autograder.certification.session_files import write_attestation, write_record
from autograder.course.course import Course
from casestudies.spreadsheets import csv_bytes

SESSION, AUTHOR = "Session de démonstration", "Membre 1"
COMPLETE = "a01"
"""Who brings all that a certification asks for beside the blocs."""
MEMBERS = "nom;qualite;presidence\nMembre 1;professionnel;oui\nMembre 2;centre;non\n"


@dataclass(frozen=True)
class Held:
    """What the session gave: the rulings recorded and the decisions left open, by bloc; who has an attestation."""

    rulings: Mapping[str, Counter[Ruling]]
    left: Counter[str]
    certified: tuple[str, ...]


def hold(course: Course) -> Held:
    """Hold the jury's session of a course: confirm what is proposed, leave open what cannot be decided yet.

    Raises
    ------
    CasekitError
        When a file cannot be written.
    """
    today = date.today()
    (course.root / pathway.FILE).write_bytes(csv_bytes([pathway.COLUMNS, *_ways(course, today)]))
    path = course.root / members.FILE
    path.write_text(MEMBERS, encoding="utf-8")
    sitting = members.read_members(path)
    before = build_record(course, SESSION, today, sitting)
    write_record(course, before)
    entries = decisions.record_decisions(course, before, _confirmed(before), AUTHOR)
    after = build_record(course, SESSION, today, sitting)
    write_record(course, after)
    validated = tuple(dict.fromkeys(entry.learner for entry in entries if entry.ruling is Ruling.VALIDATED))
    for learner in validated:
        write_attestation(course, learner, today)
    rulings: dict[str, Counter[Ruling]] = {}
    for entry in entries:
        rulings.setdefault(entry.bloc, Counter())[entry.ruling] += 1
    left = Counter(proposal.bloc.code for one in after.candidates for proposal in one.undecided)
    return Held(rulings, left, validated)


def _ways(course: Course, today: date) -> Iterator[tuple[str, ...]]:
    """Yield the line of each learner: all by formation, one of them with all that comes beside the blocs."""
    start, end = today - timedelta(days=120), today - timedelta(days=20)
    beside = {
        "dossier_recu_le": end, "entreprise": "Entreprise d’accueil", "pratique_du": start, "pratique_au": end,
        "soutenance_le": today, "soutenance": "réussie",
    }  # fmt: skip
    for learner in course.learners():
        said = {"identifiant": learner, "voie": pathway.FORMATION, **(beside if learner == COMPLETE else {})}
        yield tuple(str(said.get(column, "")) for column in pathway.COLUMNS)


def _confirmed(record: JuryRecord) -> list[Decided]:
    """Return the decisions of a jury that follows every proposal it can."""
    return [
        Decided(one.id, line.proposal.bloc.code, RULINGS[line.proposal.proposed], line.proposal.way, str(proposed))
        for one in record.candidates
        for line in one.lines
        if (proposed := line.proposal.proposed) in RULINGS
    ]
