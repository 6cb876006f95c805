"""A class as flat tables, one fact per line, for a spreadsheet or a dashboard: criteria, mistakes, reviews, orals.

They hold identifiers and no name unless asked, and never a private note.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.exports.pseudonyms import Pseudonyms
from autograder.exports.tables import Cell, ExportTable
from autograder.grading.records import read_records
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.questions import questions_of, reviews_of
from autograder.privacy.masking import People
from autograder.review.double import Pair
from autograder.review.model import Part, Retained
from autograder.review.orals import OralNotes, Orals
from autograder.review.store import ReviewStore
from autograder.sheets.model import CriterionRow, Sheet
from casestudies.errors import CasekitError

CRITERIA = (
    "evaluation", "bloc", "critere", "enonce", "type", "points", "points_max", "niveau", "verdict", "relecteurs",
    "relu_le", "grille", "motifs", "version", "etablie_le",
)  # fmt: skip
MISTAKES = ("evaluation", "notebook", "question", "critere", "erreur", "titre")
REVIEWS = (
    "evaluation",
    "partie",
    "titre",
    "critere",
    "etape",
    "relecteurs",
    "niveau",
    "etat",
    "commentaire",
    "grille",
    "relu_le",
)
PAIRS = ("evaluation", "partie", "critere", "premier", "niveau_premier", "second", "niveau_second", "ecart", "etat")
ORALS = ("evaluation", "partie", "relecteurs", "expose_s", "questions_s", "sorte", "element", "texte")
CODES = frozenset({
    "identifiant", "evaluation", "bloc", "critere", "type", "relu_le", "grille", "version", "etablie_le", "notebook",
    "question", "erreur", "partie", "relecteurs", "premier", "second", "prenom", "nom",
})  # fmt: skip
"""Columns whose text is compared, not read."""


@dataclass(frozen=True)
class PeopleShown:
    """How people are shown: by identifier, with their names when asked, or under pseudonyms."""

    learners: dict[str, Learner]
    names: bool = False
    pseudonyms: Pseudonyms | None = None

    @cached_property
    def _known(self) -> People:
        return People(self.learners.values())

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that say who."""
        return ("identifiant", "prenom", "nom") if self.names else ("identifiant",)

    def who(self, learner: str) -> tuple[Cell, ...]:
        """Return what those columns hold for a learner."""
        shown = self.pseudonyms.of(learner) if self.pseudonyms else learner
        one = self.learners.get(learner, Learner(learner))
        return (shown, one.first_name, one.last_name) if self.names else (shown,)

    def markers(self, names: Iterable[str]) -> str:
        """Return markers' names, or their pseudonyms."""
        return ", ".join(self.pseudonyms.marker(name) if self.pseudonyms else name for name in dict.fromkeys(names))

    def text(self, text: str, learner: str) -> str:
        """Return a text about a learner as it may be shown: a name becomes an identifier unless names are asked for."""
        if self.pseudonyms:
            return self.pseudonyms.masked(text, learner)
        return text if self.names else self._known.mask(text, {name: name for name in self.learners}, learner)


def flat_tables(
    course: Course, assignment: str, sheets: list[Sheet], names: bool = False, anonymous: bool = False
) -> list[ExportTable]:
    """Return the tables of an assignment: ``criteres``, ``erreurs``, ``relectures``, ``doubles-relectures``, ``oraux``.

    Parameters
    ----------
    names
        Add first and last names.
    anonymous
        Put a pseudonym, the same in every export of this course, in the place of each learner and marker.

    Raises
    ------
    CasekitError
        When both are asked for, or the gradebook cannot be read.
    """
    if names and anonymous:
        raise CasekitError("Un export anonyme ne peut pas porter les noms : choisissez « --noms » ou « --anonyme ».")
    learners = course.learners() | {sheet.learner.id: sheet.learner for sheet in sheets}
    with ReviewStore.of(course, assignment) as store:
        retained, pairs = store.retained(), store.pairs()
    with Orals.of(course) as kept:
        heard = kept.of_assignment(assignment)
    hidden = None
    if anonymous:
        markers = {name for one in retained.values() for name in one.markers}
        markers |= {name for pair in pairs for name in (pair.first.marker, pair.second.marker)}
        markers |= {
            name for sheet in sheets for row in sheet.criteria for item in row.evidence for name in item.markers
        }
        markers |= {name for notes in heard.values() for name in notes}
        hidden = Pseudonyms(course, learners.values(), sorted(markers))
    people = PeopleShown(learners, names, hidden)
    return [
        _table(
            "criteres", CRITERIA, people, (_criterion(sheet, row, people) for sheet in sheets for row in sheet.criteria)
        ),
        _table("erreurs", MISTAKES, people, _mistakes(course, assignment, people)),
        _table("relectures", REVIEWS, people, _reviews(assignment, retained, people)),
        _table("doubles-relectures", PAIRS, people, (_pair(pair, people) for pair in pairs)),
        _table("oraux", ORALS, people, _orals(assignment, heard, people)),
    ]


def _table(name: str, columns: tuple[str, ...], people: PeopleShown, rows: Iterable[tuple[Cell, ...]]) -> ExportTable:
    found = list(rows)
    if people.pseudonyms:
        found.sort(key=lambda row: str(row[0]))  # the order of the class would tell who is who
    return ExportTable(name, (*people.columns, *columns), tuple(found), CODES)


def _criterion(sheet: Sheet, row: CriterionRow, people: PeopleShown) -> tuple[Cell, ...]:
    read = [item for item in row.evidence if item.markers]
    last = max((item.reviewed_at for item in read if item.reviewed_at), default=None)
    return (
        *people.who(sheet.learner.id), sheet.assignment, sheet.bloc.bloc.code, row.code, row.statement,
        "+".join(row.type), row.auto_points, row.auto_max, row.level, row.verdict.value,
        people.markers(name for item in read for name in item.markers), _time(last),
        ", ".join(dict.fromkeys(item.rubric for item in read if item.rubric)),
        people.text(" | ".join(row.reasons), sheet.learner.id), sheet.kit_version, sheet.date.isoformat(),
    )  # fmt: skip


def _mistakes(course: Course, assignment: str, people: PeopleShown) -> Iterable[tuple[Cell, ...]]:
    known = load_misconceptions()
    criteria = {question.id: question.criterion for question in questions_of(assignment=assignment)}
    for record in read_records(course.records, assignment):
        for question, result in record.results.items():
            for name in result.finding.misconceptions:
                title = known[name].title if name in known else None
                who = people.who(record.learner)
                yield (*who, assignment, record.notebook, question, criteria.get(question), name, title)


def _reviews(assignment: str, retained: dict[Part, Retained], people: PeopleShown) -> Iterable[tuple[Cell, ...]]:
    titles = {review.id: review.title for review in reviews_of(assignment=assignment)}
    for part, one in sorted(retained.items()):
        yield (
            *people.who(part.learner), assignment, part.id, titles.get(part.id), part.criterion,
            one.stage.value if one.stage else None, people.markers(one.markers), one.level, _state(one),
            people.text(one.comment, part.learner), one.rubric, _time(one.at),
        )  # fmt: skip


def _state(one: Retained) -> str:
    if one.unreconciled:
        return "à concilier"
    return "à relire" if one.level is None else "changée dans le formgrader" if one.overrides else "relue"


def _pair(pair: Pair, people: PeopleShown) -> tuple[Cell, ...]:
    part, first, second = pair.part, pair.first, pair.second
    return (
        *people.who(part.learner), part.assignment, part.id, part.criterion, people.markers([first.marker]),
        first.level, people.markers([second.marker]), second.level, pair.gap,
        "à concilier" if pair.waiting else "conciliée",
    )  # fmt: skip


def _orals(
    assignment: str, heard: Mapping[tuple[str, str], Mapping[str, OralNotes]], people: PeopleShown
) -> Iterable[tuple[Cell, ...]]:
    """Yield one line for each question asked and each thing heard, or one without a text for the times alone."""
    for (learner, part), by_marker in sorted(heard.items()):
        for marker, notes in sorted(by_marker.items()):
            lines: list[tuple[str | None, str | None, str | None]] = [
                ("question posée", None, words) for words in notes.asked
            ]
            lines += [("entendu", one.expected or None, one.words) for one in notes.heard]
            for kind, expected, words in lines or [(None, None, None)]:
                text = None if words is None else people.text(words, learner)
                times = (people.markers([marker]), notes.talk_s, notes.answers_s)
                yield *people.who(learner), assignment, part, *times, kind, expected, text


def _time(when: datetime | None) -> str | None:
    return when.isoformat(timespec="seconds") if when else None
