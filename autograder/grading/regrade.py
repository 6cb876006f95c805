"""Evaluating again the answers that were kept, after a check or a key was corrected: nothing is run, nothing marked.

What was said of an answer because of how its notebook ran (a cell that stopped, nothing handed in) is kept: what the
notebook showed then is not kept with the answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.grading.memory.store import Memory
from autograder.grading.records import DamagedRecordError, Record, Result, load_record
from autograder.keys.cases import Case
from autograder.keys.evaluation import credited, evaluate
from autograder.keys.questions import Question, questions_of
from casestudies.errors import CasekitError
from casestudies.findings import Finding, Outcome
from casestudies.seeds import DATA_VERSION


@dataclass(frozen=True)
class ScoreChange:
    """One answer of which something else is said now: the result kept, and the one it has today."""

    learner: str
    notebook: str
    question: str
    before: Result
    after: Result

    @property
    def points(self) -> float:
        """Points gained, negative when they are lost, 0 when only the words differ."""
        return round(self.after.points - self.before.points, 2)


@dataclass(frozen=True)
class Problem:
    """What could not be evaluated or written, and what to do: in French, naming the file or the question."""

    learner: str
    what: str


@dataclass
class Regraded:
    """What evaluating again gave: the changes, the problems, how many notebooks were evaluated."""

    changes: list[ScoreChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    records: int = 0

    def add(self, other: "Regraded") -> None:
        """Take in what was found of other records."""
        self.changes += other.changes
        self.problems += other.problems
        self.records += other.records


def regrade_learner(values: Path, assignment: str, paths: list[Path]) -> Regraded:
    """Evaluate again the notebooks of one learner, whose records are at ``paths``; they share one variant.

    Parameters
    ----------
    values
        Folder where what the tables say is kept from one evaluation to the next (see ``memory``).
    """
    found = Regraded()
    questions = {question.id: question for question in questions_of(assignment=assignment)}
    memories: dict[tuple[str, int], Memory] = {}
    for path in paths:
        try:
            record = load_record(path)
            if not any(name in questions for name in record.results):
                continue
            if record.data_version != DATA_VERSION:
                found.problems.append(Problem(record.learner, other_data(record)))
                continue
            variant = record.company, record.draw or 0
            if variant not in memories:
                memories[variant] = Memory(values, record.company, record.learner, record.draw or 0)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, CasekitError):
            found.problems.append(Problem(path.parent.name, str(DamagedRecordError(path))))
            continue
        found.add(differences(record, questions, memories[variant].case))
    for memory in memories.values():
        memory.save()
    return found


def other_data(record: Record) -> str:
    """Return what is said of a record whose answers are about figures that this kit no longer makes."""
    return (
        f"« {record.notebook} » a été corrigé sur d’autres données (version {record.data_version}, aujourd’hui "
        f"{DATA_VERSION}) : ses résultats sont gardés, ils ne peuvent pas être réévalués avec cette version du kit."
    )


def differences(record: Record, questions: Mapping[str, Question], case: Case) -> Regraded:
    """Return what is said today of the answers of one record, where it is not what the record says.

    ``case`` is the variant that the record names: the one that was graded.
    """
    found = Regraded(records=1)
    findings: dict[str, Finding] = {}
    for name, before in record.results.items():
        answer = record.answers.get(name)
        if name not in questions or answer is None:
            continue
        findings[name] = before.finding
        try:
            findings[name] = evaluate(questions[name], case, answer, record.answers)
        except Exception as error:  # a check at fault on one answer leaves the others theirs
            what = (
                f"L’évaluation de « {name} » s’est arrêtée ({type(error).__name__}) : le résultat précédent est gardé. "
                "Signalez ce message."
            )
            found.problems.append(Problem(record.learner, what))
    for name, finding in credited(questions, findings).items():
        before = record.results[name]
        if finding.outcome is before.finding.outcome is Outcome.NOT_ATTEMPTED:
            continue  # why nothing was handed in was read in the notebook’s outputs
        after = Result(finding, round(finding.fraction * before.max_points, 2), before.max_points)
        if after != before:
            found.changes.append(ScoreChange(record.learner, record.notebook, name, before, after))
    return found
