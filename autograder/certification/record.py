"""The jury's record, « procès-verbal »: who sits, what is proposed for each bloc and candidate, what was decided."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from autograder.certification.members import JuryMember, Reminder, remarks, reminders
from autograder.certification.model import WHOLE, Entry, JurySession, Sitting
from autograder.certification.progress import PathwayProgress, progress_of
from autograder.certification.proposals import WHOLE_BLOC, Proposal, Proposed
from autograder.certification.register import Register, standing
from autograder.course.course import Course
from autograder.referentiel import load_referentiel
from autograder.review.rows import clean
from autograder.sheets.centre import Centre, centre_of
from casestudies.errors import CasekitError

MAX_SESSION = 100
MAX_PLACE = 200
CHANGED = "Proposition du jour de la décision ; ce sur quoi elle reposait a changé depuis."
UNNAMED_CENTRE = "Centre de formation (nom à écrire dans centre.toml)"


@dataclass(frozen=True)
class RecordLine:
    """One bloc of a candidate, or their whole certification: what is proposed, what this session decided, if it did."""

    proposal: Proposal
    entry: Entry | None = None

    @property
    def proposed(self) -> str:
        """What was proposed: as it was when the jury decided, if it did."""
        return self.entry.proposal if self.entry and self.entry.proposal else self.proposal.proposed.value

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is, or was, proposed; of a proposal that another has replaced since, they are no longer known."""
        return (CHANGED,) if self.proposed != self.proposal.proposed else self.proposal.reasons

    @property
    def code(self) -> str:
        """The bloc's code, or ``WHOLE``."""
        return self.proposal.bloc.code


@dataclass(frozen=True)
class Candidate:
    """One candidate before the jury; ``linked`` are the members who must not take part in what concerns them.

    ``lines`` are those of the blocs, ``whole`` that of the certification as a whole.
    """

    progress: PathwayProgress
    lines: tuple[RecordLine, ...]
    whole: RecordLine
    linked: tuple[str, ...]

    @property
    def id(self) -> str:
        """Their identifier."""
        return self.progress.learner.id

    @property
    def name(self) -> str:
        """Their full name."""
        return self.progress.learner.full_name

    @property
    def way(self) -> str:
        """The code of their way, empty while unknown."""
        return self.progress.pathway.way if self.progress.pathway else ""

    @property
    def to_decide(self) -> tuple[RecordLine, ...]:
        """The lines of the blocs, then that of the whole, which nothing can be decided of while the way is unknown."""
        return (*self.lines, self.whole) if self.way else self.lines

    @property
    def undecided(self) -> tuple[Proposal, ...]:
        """The blocs that their assessments leave undecided."""
        return tuple(line.proposal for line in self.lines if line.proposal.undecided and line.entry is None)


@dataclass(frozen=True)
class JuryRecord:
    """Everything a record holds."""

    session: JurySession
    members: tuple[JuryMember, ...]
    remarks: tuple[str, ...]
    reminders: tuple[Reminder, ...]
    candidates: tuple[Candidate, ...]
    centre: Centre

    @property
    def undecided(self) -> list[Candidate]:
        """The candidates who have a bloc that is not decidable."""
        return [one for one in self.candidates if one.undecided]

    @cached_property
    def not_given(self) -> dict[str, tuple[str, ...]]:
        """The blocs that were not assessed for anybody by the formation, by code, and why: they are said once.

        Those whom a jury decides of by VAE, and those who acquired the bloc already, are not counted.
        """
        others = (Proposed.JURY, Proposed.ACQUIRED)
        lines = [line for one in self.candidates for line in one.lines if line.proposal.proposed not in others]
        found = {}
        for bloc in load_referentiel().blocs:
            mine = [line for line in lines if line.proposal.bloc.code == bloc]
            same = {(line.proposal.proposed, line.proposal.reasons) for line in mine}
            if [one for one, _ in same] == [Proposed.NOT_ASSESSED] and not any(line.entry for line in mine):
                found[bloc] = mine[0].proposal.reasons
        return found

    def left_out(self, line: RecordLine) -> bool:
        """Whether a bloc of a candidate was not given: it is said once, and not again beside their name."""
        return line.entry is None and line.proposal.proposed is Proposed.NOT_ASSESSED and line.code in self.not_given


def build_record(
    course: Course, session: str, day: date, members: Iterable[JuryMember] = (), learners: Iterable[str] | None = None,
    sitting: Sitting | None = None,
) -> JuryRecord:  # fmt: skip
    """Return the record of a session, from the course as it stands.

    Parameters
    ----------
    sitting
        Where the jury sits and when; what it leaves empty is what the register holds of the session.

    Raises
    ------
    CasekitError
        When the session's name cannot be one, or a file of the course cannot be read as announced.
    """
    name, jury = session_name(session), tuple(members)
    found = progress_of(course, learners, day, name)
    known = {one.learner.id for one in found}
    for member in jury:
        for linked in member.linked:
            if linked not in known and linked not in course.learners():
                raise CasekitError(
                    f"membres.csv : « {linked[:40]} », candidat lié à « {member.name} », n’est pas dans eleves.csv."
                )
    with Register.of(course) as register:
        recorded = [entry for entry in standing(register.entries()) if entry.session.name == name]
    held = {(entry.learner, entry.bloc): entry for entry in recorded}
    candidates = tuple(_candidate(one, jury, held) for one in found)
    ways = {one.way for one in candidates if one.way}
    count = sum(not one.way for one in candidates)
    lost = [f"La voie de {count} candidat(s) n’est pas renseignée : complétez parcours.csv."] if count else []
    return JuryRecord(
        session=JurySession(name, day, tuple(one.name for one in jury if one.sits), _sitting(sitting, recorded)),
        members=jury,
        remarks=(*remarks(jury, ways), *_too_few(candidates, jury), *lost),
        reminders=tuple(reminders(ways)),
        candidates=candidates,
        centre=centre_of(course),
    )


def session_name(name: str) -> str:
    """Return a session's name, its spaces settled.

    Raises
    ------
    CasekitError
        When it is empty or too long.
    """
    settled = " ".join(clean(name).split())
    if not settled or len(settled) > MAX_SESSION:
        raise CasekitError(f"Le nom de la session doit avoir de 1 à {MAX_SESSION} caractères.")
    return settled


def require_sitting(sitting: Sitting) -> Sitting:
    """Return where a jury sits, its spaces settled.

    Raises
    ------
    CasekitError
        When the place is too long, or the session would end before it begins.
    """
    place = " ".join(clean(sitting.place).split())
    if len(place) > MAX_PLACE:
        raise CasekitError(f"Le lieu de la session dépasse {MAX_PLACE} caractères.")
    if sitting.opened and sitting.closed and sitting.closed <= sitting.opened:
        raise CasekitError(
            f"La session finirait ({sitting.closed:%H:%M}) avant de commencer ({sitting.opened:%H:%M}) : "
            "corrigez ces heures."
        )
    return replace(sitting, place=place)


def folder_name(session: str) -> str:
    """Return the name of a session's folder.

    >>> folder_name("Session d’été 2026 / 1")
    'Session-d-été-2026-1'
    """
    return re.sub(r"[^\w.]+", "-", session).strip("-._") or "session"


def bloc_name(code: str) -> str:
    """Return « Bloc 1 », or what stands for the whole."""
    return WHOLE_BLOC.title if code == WHOLE else f"Bloc {code.removeprefix('B')}"


def way_title(way: str) -> str:
    """Return the title of a way, as people read it."""
    ways = load_referentiel().ways
    return ways[way].title if way in ways else "non renseignée"


def _too_few(candidates: Iterable[Candidate], jury: tuple[JuryMember, ...]) -> list[str]:
    """Say for whom the jury is not complete, once the members who are linked to them have left."""
    said = []
    for one in candidates:
        left = [member for member in jury if member.sits and member.name not in one.linked]
        if one.linked and not left:
            said.append(f"{one.name} : aucun membre ne peut délibérer.")
        elif one.linked:
            said += [f"{one.name}, sans les membres liés : {text}" for text in remarks(left, {one.way})]
    return said


def _sitting(given: Sitting | None, recorded: Iterable[Entry]) -> Sitting:
    """Return what is given, completed with what the last lines recorded of the session say."""
    found = given or Sitting()
    for entry in reversed(list(recorded)):
        known = entry.session.sitting
        found = Sitting(found.place or known.place, found.opened or known.opened, found.closed or known.closed)
    return found


def _candidate(
    found: PathwayProgress, jury: tuple[JuryMember, ...], held: Mapping[tuple[str, str], Entry]
) -> Candidate:
    name = found.learner.id
    *lines, whole = (RecordLine(one, held.get((name, one.bloc.code))) for one in (*found.blocs, found.whole))
    return Candidate(found, tuple(lines), whole, tuple(one.name for one in jury if name in one.linked))
