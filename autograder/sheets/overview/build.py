"""What a class's sheets say together; counts only, from the sheets alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.grading.records import Incident
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.questions import questions_of
from autograder.sheets.model import CriterionRow, Evidence, Sheet, Verdict
from casestudies.findings import Outcome


@dataclass(frozen=True)
class MisconceptionCount:
    """A misconception: how many learners had it, and how many of them in each question, by title."""

    id: str
    title: str
    learners: int
    questions: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class QuestionCount:
    """A question over the class: of ``graded`` copies, how many left it unanswered, and how many missed points."""

    title: str
    criterion: str
    notebook: str
    graded: int
    unanswered: int
    missed: int
    hints: int

    @property
    def done(self) -> int:
        """How many have all the points."""
        return self.graded - self.unanswered - self.missed

    @property
    def share(self) -> float:
        """Share of the copies, from 0 to 1, that do not have all the points."""
        return 1 - self.done / self.graded


@dataclass(frozen=True)
class Stop:
    """Where a notebook is left: share of unanswered questions, from 0 to 1, in its first and in its second half."""

    notebook: str
    graded: int
    first: float
    second: float


@dataclass(frozen=True)
class Left:
    """What people still have to do for a criterion: parts to review, parts to reconcile, for how many learners."""

    criterion: str
    statement: str
    to_review: int
    to_reconcile: int
    learners: int


@dataclass(frozen=True)
class Overview:
    """A class and an assessment; ``sheets`` holds one sheet per learner, at least one; ``incidents`` goes by name."""

    sheets: tuple[Sheet, ...]
    misconceptions: tuple[MisconceptionCount, ...]
    questions: tuple[QuestionCount, ...]
    stops: tuple[Stop, ...]
    left: tuple[Left, ...]
    incidents: tuple[tuple[str, Incident], ...]

    @property
    def criteria(self) -> tuple[CriterionRow, ...]:
        """The criteria, as the first sheet has them."""
        return self.sheets[0].criteria

    @property
    def absent(self) -> list[str]:
        """Names of the learners who handed in nothing."""
        return [
            sheet.learner.full_name
            for sheet in self.sheets
            if any(row.verdict is Verdict.ABSENT for row in sheet.criteria)
        ]

    def count(self, code: str, *verdicts: Verdict) -> int:
        """Return how many learners have one of these verdicts for a criterion."""
        return sum(row.verdict in verdicts for sheet in self.sheets for row in sheet.criteria if row.code == code)

    def decided(self, code: str) -> int:
        """Return for how many learners a criterion has its level."""
        return self.count(code, Verdict.ACQUIRED, Verdict.PARTIAL, Verdict.NOT_ACQUIRED)


def overview_of(sheets: Sequence[Sheet]) -> Overview:
    """Return what the sheets of one assessment say together; there is at least one."""
    return Overview(
        sheets=tuple(sheets),
        misconceptions=_misconceptions(sheets),
        questions=_questions(sheets),
        stops=_stops(sheets),
        left=_left(sheets),
        incidents=tuple((sheet.learner.full_name, one) for sheet in sheets for one in sheet.incidents),
    )


def _evidence(sheets: Iterable[Sheet]) -> Iterable[tuple[Sheet, CriterionRow, Evidence]]:
    return ((sheet, row, item) for sheet in sheets for row in sheet.criteria for item in row.evidence)


def _misconceptions(sheets: Sequence[Sheet]) -> tuple[MisconceptionCount, ...]:
    """Return the misconceptions recognised, those of most learners first."""
    where: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for sheet, _, item in _evidence(sheets):
        for name in item.misconceptions:
            where[name][item.title].add(sheet.learner.id)
    known = load_misconceptions()
    found = [
        MisconceptionCount(
            name,
            known[name].title if name in known else name,
            len(set().union(*questions.values())),
            tuple(sorted(((title, len(who)) for title, who in questions.items()), key=lambda one: (-one[1], one[0]))),
        )
        for name, questions in where.items()
    ]
    return tuple(sorted(found, key=lambda met: (-met.learners, met.id)))


def _questions(sheets: Sequence[Sheet]) -> tuple[QuestionCount, ...]:
    """Return the questions of which some copies do not have all the points, those of most copies first."""
    grouped: dict[str, list[tuple[CriterionRow, Evidence]]] = defaultdict(list)
    for _, row, item in _evidence(sheets):
        if item.found is not None:
            grouped[item.id].append((row, item))
    found = []
    for rows in grouped.values():
        row, first = rows[0]
        items = [item for _, item in rows]
        unanswered = sum(_unanswered(item) for item in items)
        missed = sum(not _unanswered(item) and (item.points or 0.0) < item.max_points for item in items)
        hints = sum(item.hints for item in items)
        found.append(QuestionCount(first.title, row.code, first.notebook, len(items), unanswered, missed, hints))
    return tuple(
        sorted((one for one in found if one.share > 0), key=lambda one: (-one.share, one.criterion, one.title))
    )


def _stops(sheets: Sequence[Sheet]) -> tuple[Stop, ...]:
    """Return, for each notebook graded, what is left unanswered before and after its middle."""
    order = {question.id: place for place, question in enumerate(questions_of(assignment=sheets[0].assignment))}
    blank: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for _, _, item in _evidence(sheets):
        if item.found is not None:
            blank[item.notebook][item.id].append(_unanswered(item))
    found = []
    for notebook, questions in sorted(blank.items()):
        ordered = [questions[name] for name in sorted(questions, key=lambda name: order.get(name, len(order)))]
        middle = (len(ordered) + 1) // 2
        if ordered[middle:]:
            graded = max(len(answers) for answers in ordered)
            found.append(Stop(notebook, graded, _share(ordered[:middle]), _share(ordered[middle:])))
    return tuple(found)


def _share(answers: Iterable[Iterable[bool]]) -> float:
    every = [one for each in answers for one in each]
    return sum(every) / len(every)


def _unanswered(item: Evidence) -> bool:
    return item.found is Outcome.NOT_ATTEMPTED and not item.changed


def _left(sheets: Sequence[Sheet]) -> tuple[Left, ...]:
    """Return the criteria that wait for people, those with most to do first."""
    waiting: dict[tuple[str, str], list[tuple[str, Evidence]]] = defaultdict(list)
    for sheet, row, item in _evidence(sheets):
        if item.waiting and row.verdict is Verdict.TO_REVIEW:
            waiting[row.code, row.statement].append((sheet.learner.id, item))
    found = []
    for named, parts in waiting.items():
        differ = sum(item.unreconciled for _, item in parts)
        found.append(Left(*named, len(parts) - differ, differ, len({who for who, _ in parts})))
    return tuple(sorted(found, key=lambda one: (-one.to_review - one.to_reconcile, one.criterion)))
