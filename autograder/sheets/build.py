"""From a course to the sheets of a class: records, gradebook and class list read once, one sheet per candidate."""

from collections import Counter
from dataclasses import replace
from datetime import date

from autograder.course.class_list import Learner
from autograder.course.course import Course
from autograder.grading.records import Incident, Record, read_records
from autograder.keys.misconceptions import load_misconceptions
from autograder.keys.questions import questions_of, reviews_of
from autograder.keys.sessions import session_of
from autograder.referentiel import Assessment, Referentiel, load_referentiel
from autograder.sheets.centre import Centre, LateRule, centre_of
from autograder.sheets.criteria import MarkedCopy, criterion_row
from autograder.sheets.grouping import bloc_verdict, competency_verdict, part_explanation
from autograder.sheets.lateness import deadlines, hand_in_times, late_copies
from autograder.sheets.marks import read_marks
from autograder.sheets.model import BlocRow, CompetencyRow, CriterionRow, Mistake, Sheet, Source, Variant, Verdict
from autograder.sheets.resits import former_session, held_criteria, kept
from casestudies import __version__
from casestudies.seeds import DATA_VERSION, seed_of
from casestudies.variants import known_draw

NOT_HANDED_IN = "Aucune copie remise."
NOT_RUN = "Copie remise, correction pas encore lancée."


def build_sheets(course: Course, assignment: str, today: date | None = None) -> list[Sheet]:
    """Return the sheet of every learner of the class, and of everyone who handed something in.

    Raises
    ------
    CasekitError
        When the assignment is unknown, is none of the référentiel's, or was not released.
    """
    course.require(assignment)
    referentiel, centre = load_referentiel(), centre_of(course)
    assessment = referentiel.assessment_of(assignment)
    criteria = referentiel.criteria_of(assessment.code)
    questions, reviews = questions_of(assignment=assignment), reviews_of(assignment=assignment)
    marks = read_marks(course, assignment, reviews)
    former = former_session(course, assignment)
    before = {
        sheet.learner.id: {row.code: row for row in sheet.criteria}
        for sheet in (build_sheets(course, former, today) if former else [])
    }
    due, times = deadlines(course, assignment), hand_in_times(course, assignment)
    late = late_copies(due, times)
    held = held_criteria(marks.notebooks.values(), [*questions, *reviews])
    records: dict[str, dict[str, Record]] = {}
    for record in read_records(course.records, assignment):
        records.setdefault(record.learner, {})[record.notebook] = record
    listed = course.learners()
    handed_in = {folder.parent.name for folder in course.folder("submitted").glob(f"*/{assignment}") if folder.is_dir()}
    sheets = []
    for name in [*listed, *sorted({*records, *handed_in} - listed.keys())]:
        mine = records.get(name, {})
        missing = NOT_RUN if name in handed_in else NOT_HANDED_IN
        absent = not mine and name not in handed_in
        reviewed, heard = marks.reviewed.get(name, {}), marks.heard.get(name, {})
        copy = MarkedCopy(mine, marks.given.get(name, {}), missing, reviewed, absent, heard)
        beyond = late.get(name)
        refused = beyond is not None and centre.late is LateRule.REFUSED
        if refused:
            copy = MarkedCopy({}, {}, NOT_HANDED_IN, absent=True)
        rows = tuple(
            kept(
                before.get(name, {}).get(one.code), criterion_row(one, questions, reviews, copy, marks, centre),
                one.code in held, session_of(assignment),
            )
            for one in criteria
        )  # fmt: skip
        if beyond and refused:
            rows = tuple(
                replace(row, reasons=(beyond.refusal,)) if row.verdict is Verdict.ABSENT else row for row in rows
            )
        versions = sorted({record.kit_version for record in mine.values()}) or [__version__]
        sheet = Sheet(
            learner=listed.get(name, Learner(name)),
            assignment=assignment,
            assessment=assessment,
            variants=_variants(course, assignment, name, mine),
            kit_version=", ".join(versions),
            data_version=DATA_VERSION,
            date=today or date.today(),
            centre=centre,
            criteria=rows,
            competencies=_competencies(rows, assessment, referentiel, centre),
            bloc=_bloc(rows, assessment, referentiel, centre),
            incidents=(
                *([beyond.incident] if beyond else []),
                *_incidents(mine, listed=not listed or name in listed),
            ),
            mistakes=_mistakes(mine),
            sources=_sources(name, rows, mine),
            qualities=marks.qualities.get(name, ""),
            handed_in=times.get(name),
            due=due.get(name, due.get("")),
        )
        sheets.append(sheet)
    return sheets


def _variants(course: Course, assignment: str, learner: str, records: dict[str, Record]) -> tuple[Variant, ...]:
    """Return, for each company of the assignment, the variant graded, else the one released, else an unknown draw."""
    graded = {record.company: record.draw for record in records.values() if record.draw is not None}
    asked = dict.fromkeys(question.company for question in questions_of(assignment=assignment))
    source = course.source(assignment)
    draws = {
        company: graded[company] if company in graded else known_draw(company, learner, source)
        for company in [*asked, *(company for company in graded if company not in asked)] or [""]
    }
    return tuple(_variant(company, learner, draw) for company, draw in draws.items())


def _variant(company: str, learner: str, draw: int | None) -> Variant:
    return Variant(company, draw, "" if draw is None else seed_of(company, learner, draw).hex())


def _incidents(records: dict[str, Record], listed: bool) -> tuple[Incident, ...]:
    found = [incident for record in records.values() for incident in record.incidents]
    if not listed:
        advice = "Ajoutez-la à la liste, ou vérifiez l’identifiant du dossier remis."
        found.append(Incident("hors-liste", "Cette personne n’est pas dans eleves.csv.", advice))
    return tuple(dict.fromkeys(found))


def _competencies(
    rows: tuple[CriterionRow, ...], assessment: Assessment, referentiel: Referentiel, centre: Centre
) -> tuple[CompetencyRow, ...]:
    found = []
    for competency in referentiel.competencies_of(assessment.bloc):
        mine = [row for row in rows if competency.code in row.competencies]
        if mine:
            verdict = competency_verdict(mine, centre)
            found.append(CompetencyRow(competency, tuple(row.code for row in mine), verdict))
    return tuple(found)


def _bloc(rows: tuple[CriterionRow, ...], assessment: Assessment, referentiel: Referentiel, centre: Centre) -> BlocRow:
    bloc, all_of = referentiel.blocs[assessment.bloc], list(referentiel.assessments.values())
    whole = sum(item.bloc == bloc.code for item in all_of) == 1
    verdict = bloc_verdict(rows, referentiel.competencies_of(bloc.code), centre)
    return BlocRow(bloc, verdict if whole else None, part_explanation(bloc, assessment, all_of, verdict, centre))


def _sources(learner: str, rows: tuple[CriterionRow, ...], records: dict[str, Record]) -> tuple[Source, ...]:
    """Return each notebook of the assessment with its criteria, and the variant and versions it was graded on."""
    criteria: dict[str, list[str]] = {}
    for row in rows:
        for notebook in dict.fromkeys(item.notebook for item in row.evidence if item.notebook):
            criteria.setdefault(notebook, []).append(row.code)
    found = []
    for notebook, codes in sorted(criteria.items()):
        record = records.get(notebook)
        if record is None:
            found.append(Source(notebook, tuple(codes)))
            continue
        variant = None if record.draw is None else _variant(record.company, learner, record.draw)
        found.append(Source(notebook, tuple(codes), variant, record.kit_version, record.data_version))
    return tuple(found)


def _mistakes(records: dict[str, Record]) -> tuple[Mistake, ...]:
    """Count the misconceptions recognised, most frequent first."""
    counted = Counter(
        name
        for record in records.values()
        for result in record.results.values()
        for name in result.finding.misconceptions
    )
    known = load_misconceptions()
    return tuple(
        Mistake(name, known[name].title if name in known else name, count) for name, count in counted.most_common()
    )
