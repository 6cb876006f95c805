"""What a candidate's sheet is made of: criterion → competency → bloc, and where each verdict comes from."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from autograder.course.class_list import Learner
from autograder.grading.records import Incident
from autograder.referentiel import Assessment, Bloc, Competency, Kind
from autograder.sheets.centre import Centre
from casestudies.findings import Outcome


class Verdict(StrEnum):
    """What is concluded; the values are the words of the exports."""

    ACQUIRED = "acquis"
    PARTIAL = "partiellement acquis"
    NOT_ACQUIRED = "non acquis"
    TO_REVIEW = "à relire"
    ABSENT = "absent"
    WITHDRAWN = "retiré"

    @property
    def feminine(self) -> str:
        """The same words, for a competency; « absent » is said of the candidate."""
        return self.value.replace("acquis", "acquise").replace("retiré", "retirée")


@dataclass(frozen=True)
class Variant:
    """The figures the candidate worked on; ``draw`` is None while nobody knows it."""

    company: str
    draw: int | None
    seed: str


@dataclass(frozen=True)
class Evidence:
    """One question or one reviewed part: what became of it, and its points; None when it was not looked at yet.

    A question says what was found in the answer (None while it is not graded), the misconceptions recognised and the
    hints that were asked for. A reviewed part says who read it, when (UTC) and on which rubric; ``waiting`` while
    nobody has decided its level, ``unreconciled`` when two markers differ, ``settled`` when they settled on the level,
    ``stale`` when the work has changed since it was read, ``heard`` what its markers kept of an oral.
    """

    id: str
    title: str
    notebook: str
    outcome: str
    points: float | None
    max_points: float
    changed: bool = False
    comment: str = ""
    markers: tuple[str, ...] = ()
    reviewed_at: datetime | None = None
    rubric: str = ""
    waiting: bool = False
    unreconciled: bool = False
    settled: bool = False
    stale: bool = False
    found: Outcome | None = None
    misconceptions: tuple[str, ...] = ()
    hints: int = 0
    heard: tuple[str, ...] = ()


@dataclass(frozen=True)
class CriterionRow:
    """One criterion: the machine's points, the two levels, the verdict and its reasons.

    ``auto_points`` and the levels are None when they are not known: an unknown is never written as a zero.
    """

    code: str
    statement: str
    competencies: tuple[str, ...]
    type: tuple[Kind, ...]
    auto_points: float | None
    auto_max: float
    auto_level: int | None
    review_level: int | None
    level: int | None
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether an instructor changed points that the machine had given."""
        return any(item.changed for item in self.evidence)

    @property
    def machine_alone(self) -> bool:
        """Whether the machine alone gave the level: a proposal, that a person has to make theirs (GDPR, article 22)."""
        return self.level is not None and self.review_level is None

    @property
    def changed_since_review(self) -> bool:
        """Whether the learner handed in another work than the one that people read."""
        return any(item.stale for item in self.evidence)


@dataclass(frozen=True)
class CompetencyRow:
    """One competency and the criteria of this assessment that show it."""

    competency: Competency
    criteria: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True)
class BlocRow:
    """What this assessment says of its bloc; ``verdict`` is None when other assessments are needed to decide."""

    bloc: Bloc
    verdict: Verdict | None
    explanation: str


@dataclass(frozen=True)
class Source:
    """One notebook of the assessment: the criteria it shows, and what it was graded on; unknown while it was not."""

    notebook: str
    criteria: tuple[str, ...]
    variant: Variant | None = None
    kit_version: str = ""
    data_version: str = ""


@dataclass(frozen=True)
class Mistake:
    """A catalogued misconception and how many answers of the candidate show it."""

    id: str
    title: str
    count: int


@dataclass(frozen=True)
class Sheet:
    """All that is known of one candidate for one assessment.

    ``qualities`` is the free comment on what the assessment lists and nobody scores; empty when there is none.
    ``handed_in`` and ``due`` (UTC) are when the copy came and its deadline, None when that is not known.
    """

    learner: Learner
    assignment: str
    assessment: Assessment
    variants: tuple[Variant, ...]
    kit_version: str
    data_version: str
    date: date
    centre: Centre
    criteria: tuple[CriterionRow, ...]
    competencies: tuple[CompetencyRow, ...]
    bloc: BlocRow
    incidents: tuple[Incident, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    sources: tuple[Source, ...] = ()
    qualities: str = ""
    handed_in: datetime | None = None
    due: datetime | None = None

    def count(self, verdict: Verdict) -> int:
        """Return how many criteria have this verdict."""
        return sum(row.verdict is verdict for row in self.criteria)
