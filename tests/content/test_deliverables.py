"""Every structured deliverable of every notebook: the model passes, and each rule broken alone is said alone.

The model answers come from the notebooks; ``breakers*.py`` hold, for each class of rules, the ways to break a good
answer in just that way. Series are taken from the compiled texts: a new notebook is tested as soon as it is there.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from breaking import WAYS, Way, put_all, ways
from source import answers_of, inside

from autograder.keys.cases import Case, case_of
from autograder.keys.checks.evidence import CrossedKinds
from autograder.keys.checks.form import Form
from autograder.keys.checks.plans import Permutation, Precedes
from autograder.keys.checks.reading import plain
from autograder.keys.checks.rows import HasEach, OnePerQuadrant, OneRowEach, OrderedStages, TreatedWithReason
from autograder.keys.checks.structure import Allowed, AllowedFor, Columns, Filled, FilledWhen, Rule, Structure
from autograder.keys.checks.tables import columns_looked_for
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import Keys, Question, all_keys
from autograder.keys.variants import accepted_draw
from casestudies.answers import decode, encode
from casestudies.charts import Chart
from casestudies.findings import Finding, Outcome
from casestudies.livrables.loading import deliverable_of_question
from casestudies.livrables.model import Deliverable

for module in sorted(Path(__file__).parent.glob("breakers*.py")):
    import_module(module.stem)

LEARNER = "livrable"
TRIED = 400
"""Broken answers tried at most before saying that a rule cannot be broken alone."""


@dataclass(frozen=True)
class Trial:
    """One way to break one rule of one question."""

    series: Keys
    question: Question
    rule: Rule
    way: Way

    def __str__(self) -> str:
        """Return the id of the test."""
        named = getattr(self.rule, "name", "") or getattr(self.rule, "names", "")
        what = named if isinstance(named, str) else ""
        return f"{self.question.id}-{type(self.rule).__name__}{'-' if what else ''}{what}-{self.way.broken.__name__}"


def structured() -> Iterator[tuple[Keys, Question, Structure]]:
    """Yield the structured questions of every series."""
    for series in all_keys():
        for question in series:
            if isinstance(question.check, Structure):
                yield series, question, question.check


DELIVERABLES = list(structured())
TRIALS = [
    Trial(series, question, rule, way)
    for series, question, check in DELIVERABLES
    for rule in check.rules
    for way in ways(rule)
]


@cache
def model(notebook: str, company: str) -> tuple[Case, dict[str, Any]]:
    """Return the case of one learner and the encoded answers of the notebook's solutions."""
    case = case_of(company, LEARNER, accepted_draw(company, LEARNER))
    with TemporaryDirectory() as folder, inside(Path(folder)):
        answers = answers_of(notebook, LEARNER, case.company.draw)
    return case.beside(answers), answers


def judged(question: Question, answer: object) -> Finding:
    """Return what is said of an answer, beside the model answers to the other questions."""
    case, answers = model(question.notebook, question.company)
    return evaluate(question, case, written(answer), answers)


def written(answer: object) -> dict[str, Any]:
    """Return an answer as a notebook hands it in; a chart is no longer a figure of matplotlib here."""
    if isinstance(answer, Chart):
        return {"kind": "chart", **asdict(answer), "legend": list(answer.legend)}
    return encode(answer)


def spoken(question: Question, answer: object) -> dict[int, list[str]]:
    """Return the remarks of each rule that speaks, by its place."""
    case, _ = model(question.notebook, question.company)
    assert isinstance(question.check, Structure)
    remarks = enumerate(question.check.remarks_by_rule(decode(written(answer)), case))  # type: ignore[arg-type]
    return {place: found for place, found in remarks if found}


@pytest.mark.parametrize(("series", "question", "check"), DELIVERABLES, ids=lambda one: getattr(one, "id", ""))
def test_the_model_is_ready(series: Keys, question: Question, check: Structure) -> None:
    _, answers = model(series.notebook, series.company)
    found = judged(question, decode(answers[question.id]))
    assert (found.outcome, found.remarks) == (Outcome.READY, ())


@pytest.mark.parametrize(("series", "question", "check"), DELIVERABLES, ids=lambda one: getattr(one, "id", ""))
def test_every_rule_can_be_broken(series: Keys, question: Question, check: Structure) -> None:
    _, answers = model(series.notebook, series.company)
    good = decode(answers[question.id])
    case, _ = model(series.notebook, series.company)
    unknown = sorted({type(rule).__name__ for rule in check.rules if not ways(rule)})
    assert not unknown, "write how to break these rules in tests/content/breakers*.py"
    stuck = [
        rule for rule in check.rules if not any(next(iter(way.broken(rule, good, case)), None) for way in ways(rule))
    ]
    assert not stuck, "no way to break these rules gives anything on this model answer"


@pytest.mark.parametrize("trial", TRIALS, ids=str)
def test_a_rule_broken_alone_is_said_alone(trial: Trial) -> None:
    question, check = trial.question, trial.question.check
    assert isinstance(check, Structure)
    case, answers = model(question.notebook, question.company)
    place = next(rank for rank, rule in enumerate(check.rules) if rule is trial.rule)
    best: tuple[tuple[int, int], dict[int, list[str]], set[str], object] | None = None
    candidates = list(islice(trial.way.broken(trial.rule, decode(answers[question.id]), case), TRIED))
    for broken in candidates:
        said = spoken(question, broken.answer)
        others = {type(check.rules[other]).__name__ for other in said if other != place}
        cost = (len(others - trial.way.also), len(said))
        right = place in said and broken.words in " ".join(said[place]).replace("\u00a0", " ")
        if right and (best is None or cost < best[0]):
            best = cost, said, others, broken.answer
        if right and len(said) == 1:
            break
    if not candidates:  # this way does not concern this answer: another one breaks the same rule, in a test of its own
        good = decode(answers[question.id])
        others_break = [
            way
            for way in ways(trial.rule)
            if way is not trial.way and next(iter(way.broken(trial.rule, good, case)), None) is not None
        ]
        assert others_break, "no way breaks this rule on this answer"
        return
    assert best, f"« {candidates[0].words} » is never said"
    _, said, others, answer = best
    finding = judged(question, answer)
    assert finding.outcome is Outcome.TO_COMPLETE
    assert finding.remarks == tuple(remark for found in said.values() for remark in found)
    assert finding.fraction < 1
    assert others <= trial.way.also, said


TABLES = [one for one in DELIVERABLES if one[2].kind == "table"]
STRANGE = ("", "…", 0, -1e300, 0.5, True, "beaucoup", "31/02/2027", "2027-01-06", "x" * 400, "→ ; , et")


@pytest.mark.slow
@pytest.mark.parametrize(("series", "question", "check"), TABLES, ids=lambda one: getattr(one, "id", ""))
def test_strange_cells_and_missing_columns_never_stop_the_check(
    series: Keys, question: Question, check: Structure
) -> None:
    _, answers = model(series.notebook, series.company)
    good = decode(answers[question.id])
    assert isinstance(good, pd.DataFrame)
    asked = {name for rule in check.rules if isinstance(rule, Columns) for name in rule.names}
    for name in good.columns:
        for strange in STRANGE:
            assert judged(question, put_all(good, len(good) - 1, {name: strange})).message
        found = judged(question, good.drop(columns=name))
        if name in asked:
            assert found.remarks == (f"La colonne « {name} » manque.",)
    assert judged(question, good.iloc[:0]).fraction < 1


@pytest.mark.parametrize(("series", "question", "check"), TABLES, ids=lambda one: getattr(one, "id", ""))
def test_order_case_and_accents_of_the_columns_do_not_matter(
    series: Keys, question: Question, check: Structure
) -> None:
    _, answers = model(series.notebook, series.company)
    good = decode(answers[question.id])
    assert isinstance(good, pd.DataFrame)
    assert judged(question, good.iloc[:, ::-1].rename(columns=lambda name: plain(name).upper())).fraction == 1


def test_breakers_are_of_use() -> None:
    used = {type(rule) for _, _, check in DELIVERABLES for rule in check.rules}
    assert used <= set(WAYS)
    idle = set()
    for kind in used:
        for way in WAYS[kind]:
            trials = (trial for trial in TRIALS if trial.way is way)
            if not any(breaks_something(trial) for trial in trials):
                idle.add(way.broken.__name__)
    assert not idle, "these ways break no model answer"


def breaks_something(trial: Trial) -> bool:
    """Say whether the way gives a broken answer from the model one."""
    case, answers = model(trial.question.notebook, trial.question.company)
    return next(iter(trial.way.broken(trial.rule, decode(answers[trial.question.id]), case)), None) is not None


DESCRIBED = [
    (series, question, check, found)
    for series, question, check in TABLES
    if (found := deliverable_of_question(question.id)) is not None
]
every_description = pytest.mark.parametrize(
    ("series", "question", "check", "described"), DESCRIBED, ids=lambda one: getattr(one, "id", "")
)


def stated(rule: Rule) -> list[tuple[str, tuple[str, ...]]]:
    """Return the values that a rule knows, by the column that holds them."""
    match rule:
        case Allowed(name, values) | OneRowEach(name, values) | OrderedStages(name, values):
            return [(name, values)]
        case OnePerQuadrant(name, labels, _):
            return [(name, labels)]
        case AllowedFor(label, name, values):
            return [(label, tuple(values)), (name, tuple(one for known in values.values() for one in known))]
        case FilledWhen(_, when):
            return list(when)
        case HasEach(name, kind, value, labels):
            return [(name, (value,) if name == kind else labels), (kind, (value,))]
        case TreatedWithReason(_, status, kept, aside, _):
            return [(status, (kept, aside))]
        case Permutation(_, status, kept):
            return [(status, (kept,))]
        case CrossedKinds():
            return [(rule.crossing, tuple(rule.expected))]
        case Precedes():
            return [(rule.name, (rule.first, rule.then))]
    return []


@every_description
def test_rules_say_what_the_description_says(
    series: Keys, question: Question, check: Structure, described: Deliverable
) -> None:
    form = Form(described.slug)
    assert [rule for rule in check.rules if isinstance(rule, Columns)] == [form.columns]
    for rule in check.rules:
        if isinstance(rule, Filled):
            assert rule == form.filled or set(rule.names) < set(form.filled.names)
        for name, values in stated(rule):
            if name and described.field(name).choices:
                choices = form.choices(name)
                assert set(values) <= set(choices), rule
                listed = isinstance(rule, Allowed | OneRowEach | OnePerQuadrant | OrderedStages)
                assert not listed or values is choices or set(values) < set(choices), "restates the description"


@every_description
def test_rules_read_columns_of_the_description(
    series: Keys, question: Question, check: Structure, described: Deliverable
) -> None:
    case, answers = model(series.notebook, series.company)
    good = decode(answers[question.id])
    alone = case.beside({})
    others = {plain(name) for _, _, _, other in DESCRIBED if other.company == described.company for name in other.names}
    for rule in check.rules:
        with columns_looked_for() as read:
            rule(good, alone)  # type: ignore[arg-type]
        assert read <= {plain(name) for name in described.names}, rule
        with columns_looked_for() as read:
            rule(good, case)  # type: ignore[arg-type]
        assert read <= others, rule
