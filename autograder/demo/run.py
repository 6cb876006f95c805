"""The demonstration: a course, a class of simulated learners with their accidents, and everything up to the sheets."""

import shlex
import shutil
import sys
import time
from pathlib import Path

from nbgrader.api import Gradebook
from rich.box import SIMPLE_HEAD
from rich.table import Table

from autograder.cases import case_of
from autograder.console import followed, out, say
from autograder.course import LEARNERS_FILE, Course
from autograder.creation import init_course
from autograder.demo.people import ASSIGNMENT, PEOPLE, Profile
from autograder.demo.writing import Copy
from autograder.grading.feedback import write_feedback
from autograder.grading.job import Graded
from autograder.grading.release import release
from autograder.grading.run import grade
from autograder.questions import questions_of, reviews_of
from autograder.sheets import FORMATS, Sheet, Verdict, build_sheets, write_sheets
from autograder.variants import accepted_draw
from casestudies.display import french_number
from casestudies.errors import CasekitError
from casestudies.typography import french

SHORT = {
    Verdict.ACQUIRED: "acquis",
    Verdict.PARTIAL: "partiel",
    Verdict.NOT_ACQUIRED: "non",
    Verdict.TO_REVIEW: "relire",
}
"""The verdicts in words short enough for a terminal."""

MARKER = ".casekit-demo"
REVIEWED = {"a01": 4, "a02": 3, "a03": 2}
"""The levels that the demonstration gives to the reviewed parts of a few copies, so that a complete sheet is seen."""


def run_demo(root: Path, learners: tuple[Profile, ...] = PEOPLE) -> list[Graded]:
    """Run the whole job in ``root`` and say where to look; return what grading said.

    Raises
    ------
    CasekitError
        When ``root`` holds something that is not an earlier demonstration.
    """
    started = time.monotonic()
    course = _course(root, learners)
    say(f"1. Cours créé dans {course.root} : {len(learners)} apprenants simulés.")
    folder = release(course, ASSIGNMENT)
    say("2. Version des apprenants produite : aucun corrigé, une variante des chiffres par personne.")
    for learner in followed(learners, "Copies simulées", len(learners)):
        hand_in(course, folder, learner)
    say("3. Copies remises, accidents compris. Correction en cours…")
    graded = grade(course, ASSIGNMENT)
    _review(course, learners)
    say("4. Correction terminée ; trois copies ont aussi été relues (niveaux simulés).")
    write_feedback(course, ASSIGNMENT)
    sheets = build_sheets(course, ASSIGNMENT)
    written = write_sheets(sheets, course.root / "build" / "fiches" / ASSIGNMENT, FORMATS)
    say("5. Retours aux apprenants et fiches par critère écrits.")
    _print_class(graded, learners, sheets)
    _print_accidents(graded, learners)
    _print_next(course, written, time.monotonic() - started)
    return graded


def _course(root: Path, learners: tuple[Profile, ...]) -> Course:
    if root.exists():
        if any(root.iterdir()) and not (root / MARKER).exists():
            raise CasekitError(f"{root} existe et n’est pas une démonstration de casekit : donnez un autre dossier.")
        shutil.rmtree(root)
    course = init_course(root)
    (root / MARKER).touch()
    lines = [f"{learner.id};Apprenant;{learner.id.upper()}" for learner in learners]
    (root / LEARNERS_FILE).write_text("\n".join(["identifiant;prenom;nom", *lines]) + "\n", encoding="utf-8")
    return course


def hand_in(course: Course, released: Path, learner: Profile) -> None:
    """Write what a simulated learner hands in, from the released notebooks."""
    if learner.act is None:
        return
    folder = course.folder("submitted") / learner.id / ASSIGNMENT
    shutil.copytree(released, folder)
    copies = [Copy.open(path) for path in sorted(folder.glob("*.ipynb"))]
    for copy in copies:
        copy.write_identifier(learner.id)
        copy.path.unlink()
    company = questions_of(assignment=ASSIGNMENT)[0].company
    learner.act(copies, case_of(company, learner.id, accepted_draw(company, learner.id)))
    for copy in copies:
        copy.save()


def _review(course: Course, learners: tuple[Profile, ...]) -> None:
    """Write the levels of a few reviewed parts where a trainer would: in nbgrader's gradebook."""
    known = {learner.id for learner in learners}
    with Gradebook(course.db_url, course.config.CourseDirectory.course_id) as gradebook:
        for name, level in REVIEWED.items():
            for review in reviews_of(ASSIGNMENT) if name in known else []:
                score = gradebook.find_grade(review.id, review.notebook.split("/")[1], ASSIGNMENT, name)
                score.manual_score, score.needs_manual_grade = float(level), False
        gradebook.db.commit()


def _print_class(graded: list[Graded], learners: tuple[Profile, ...], sheets: list[Sheet]) -> None:
    by_learner = {one.learner: one for one in graded}
    verdicts = {sheet.learner.id: {row.code: SHORT[row.verdict] for row in sheet.criteria} for sheet in sheets}
    codes = [row.code for row in sheets[0].criteria]
    table = Table(
        title=french("La classe : points de la machine et verdict par critère"), title_justify="left", box=SIMPLE_HEAD
    )
    table.add_column("Id.", no_wrap=True)
    table.add_column("Profil simulé")
    table.add_column("Points", justify="right", no_wrap=True)
    for code in codes:
        table.add_column(code.removeprefix("B1-"), no_wrap=True)
    for learner in learners:
        records = by_learner[learner.id].records if learner.id in by_learner else []
        results = [result for record in records for result in record.results.values()]
        points, top = sum(r.points for r in results), sum(r.max_points for r in results)
        shown = f"{french_number(points, 1)}/{french_number(top, 0)}" if results else "–"
        table.add_row(learner.id, french(learner.story), shown, *(verdicts[learner.id][code] for code in codes))
    out.print(table)
    say(
        "acquis · partiel : partiellement acquis · non : non acquis · relire : une partie est à relire par un formateur"
    )


def _print_accidents(graded: list[Graded], learners: tuple[Profile, ...]) -> None:
    say("Ce qui s’est passé d’inhabituel, et ce que le formateur doit faire :")
    by_learner = {one.learner: one for one in graded}
    for learner in (learner for learner in learners if learner.accident):
        one = by_learner.get(learner.id)
        if one is None:
            say(f"  • {learner.id} : Aucune copie remise. → Relancez la personne ; ses critères restent « à relire ».")
        elif not one.incidents:
            say(f"  • {learner.id} : {learner.story} : sans effet sur les points. → Rien à faire.")
        for incident in one.incidents if one else []:
            say(f"  • {learner.id} : {incident.what} → {incident.advice}")


def _print_next(course: Course, written: list[Path], seconds: float) -> None:
    say(f"Terminé en {french_number(seconds, 0)} s. Où regarder ensuite :")
    say(f"  • une fiche : {next((path for path in written if path.suffix == '.pdf'), course.root)}")
    say(f"  • le tableau de la classe : {next((path for path in written if path.suffix == '.xlsx'), course.root)}")
    say(f"  • le retour d’un apprenant : {course.folder('feedback') / 'a03' / ASSIGNMENT / 'index.html'}")
    say("  • JupyterLab et le formgrader sur ce cours :")
    jupyter = Path(sys.executable).parent / "jupyter"
    out.print(f"    cd {shlex.quote(str(course.root))} && {shlex.quote(str(jupyter))} lab")
