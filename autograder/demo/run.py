"""The demonstration: a course, a class of simulated learners with their accidents, and everything up to the sheets."""

import shlex
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from autograder.certification.session_files import jury_folder
from autograder.console import followed, out, say
from autograder.course.course import CONFIG_FILE, LEARNERS_FILE, Course
from autograder.course.creation import init_course
from autograder.demo.jury import SESSION, Held, hold
from autograder.demo.marking import Marked, mark
from autograder.demo.people import ASSIGNMENT, ASSIGNMENTS, BLOC_1, PEOPLE, PLAN, STRATEGY, TEAM, Profile, taking
from autograder.demo.writing import DemoCopy
from autograder.grading.feedback.write import write_feedback
from autograder.grading.job import Graded
from autograder.grading.release import release
from autograder.grading.run import grade
from autograder.keys.cases import Case, case_of
from autograder.keys.questions import questions_of
from autograder.keys.variants import accepted_draw
from autograder.sheets import wording
from autograder.sheets.build import build_sheets
from autograder.sheets.decided import decided_in
from autograder.sheets.exports import FORMATS, write_sheets
from autograder.sheets.model import Sheet, Verdict
from casestudies.errors import CasekitError
from casestudies.french import french_number
from casestudies.typography import french
from casestudies.variants import known_draw

SHORT = wording.SHORT | {Verdict.NOT_ACQUIRED: "non", Verdict.TO_REVIEW: "relire"}
"""The verdicts in words short enough for a terminal."""
KEY = (
    "acquis · partiel : partiellement acquis · non : non acquis · relire : une partie est à relire par un "
    "formateur · absent : rien n’a été remis, ce n’est pas un zéro · retiré : non évalué à cette session"
)

MARKER = ".casekit-demo"
PATIENCE = "\nget_config().Execute.timeout = 10\n"
"""What is added to the configuration of the course: one of the processes does nothing else meanwhile."""


def run_demo(root: Path) -> None:
    """Run the whole job in ``root`` and say where to look.

    Raises
    ------
    CasekitError
        When ``root`` holds something that is not an earlier demonstration.
    """
    started = time.monotonic()
    course = _course(root)
    say(f"Cours créé dans {course.root} : {len(PEOPLE)} apprenants simulés.")
    done = {assignment: run_assignment(course, assignment) for assignment in ASSIGNMENTS}
    for assignment in BLOC_1:
        _print_class(*done[assignment], taking(assignment))
    _print_counts("Bloc 1", [done[assignment][1] for assignment in BLOC_1], taking(STRATEGY))
    _print_counts("Bloc 2", [done[PLAN][1]], taking(PLAN))
    _print_counts("Bloc 3", [done[TEAM][1]], taking(TEAM))
    say(KEY)
    _print_accidents(done[ASSIGNMENT][0])
    for assignment, (graded, _) in done.items():
        if assignment != ASSIGNMENT:
            _print_incidents(assignment, graded)
    _print_jury(hold(course))
    _print_next(course, time.monotonic() - started)


def run_assignment(course: Course, assignment: str) -> tuple[list[Graded], list[Sheet]]:
    """Release an assignment, hand in for everybody, grade, review, write feedback and sheets."""
    folder = release(course, assignment)
    say(f"{assignment}. Version des apprenants produite : aucun corrigé, une variante des chiffres par personne.")
    people = taking(assignment)
    for learner in followed(people, "Copies simulées", len(people)):
        hand_in(course, folder, learner)
    say("    Copies remises. Correction en cours…")
    graded = grade(course, assignment)
    _print_marked(mark(course, assignment))
    sheets = build_sheets(course, assignment)
    write_feedback(course, assignment, decided=decided_in(sheets))
    write_sheets(sheets, course.root / "build" / "fiches" / assignment, FORMATS)
    say("    Retours et fiches par critère écrits.")
    return graded, sheets


def _course(root: Path) -> Course:
    if root.exists():
        if any(root.iterdir()) and not (root / MARKER).exists():
            raise CasekitError(f"{root} existe et n’est pas une démonstration de casekit : donnez un autre dossier.")
        shutil.rmtree(root)
    course = init_course(root)
    with (root / CONFIG_FILE).open("a", encoding="utf-8") as file:
        file.write(PATIENCE)
    (root / MARKER).touch()
    lines = [f"{learner.id};Apprenant;{learner.id.upper()}" for learner in PEOPLE]
    (root / LEARNERS_FILE).write_text("\n".join(["identifiant;prenom;nom", *lines]) + "\n", encoding="utf-8")
    return course


def hand_in(course: Course, released: Path, learner: Profile) -> None:
    """Write what a simulated learner hands in of a released assignment."""
    if learner.act is None:
        return
    folder = course.folder("submitted") / learner.id / released.name
    shutil.copytree(released, folder)
    copies = [DemoCopy.open(path, released.name, _case(path, learner)) for path in sorted(folder.glob("*.ipynb"))]
    for copy in copies:
        copy.write_identifier(learner.id)
        copy.path.unlink()
    learner.act(copies)
    for copy in copies:
        copy.save()


def _case(path: Path, learner: Profile) -> Case:
    company = questions_of(notebook=f"{path.parent.name}/{path.stem}")[0].company
    draw = known_draw(company, learner.id, path.parent)
    return case_of(company, learner.id, accepted_draw(company, learner.id) if draw is None else draw)


def _print_marked(marked: Marked) -> None:
    found = marked.agreement
    exact = "–" if found.exact is None else french_number(100 * found.exact, 0, "%")
    alpha = "–" if found.alpha is None else french_number(found.alpha, 2)
    say(
        f"    Relectures (niveaux simulés) : {marked.once} parties lues, dont {marked.twice} par deux relecteurs à "
        f"l’aveugle ; accord exact {exact}, alpha de Krippendorff {alpha} ; {marked.settled} différence(s) "
        f"conciliée(s), {marked.left} laissée(s) en attente."
    )


def _print_class(graded: list[Graded], sheets: list[Sheet], people: Sequence[Profile]) -> None:
    by_learner = {one.learner: one for one in graded}
    verdicts = {sheet.learner.id: {row.code: SHORT[row.verdict] for row in sheet.criteria} for sheet in sheets}
    codes = [row.code for row in sheets[0].criteria]
    title = f"{sheets[0].assessment.code} : points de la machine et verdict par critère"
    table = Table(title=french(title), title_justify="left", box=SIMPLE_HEAD)
    table.add_column("Id.", no_wrap=True)
    table.add_column("Profil simulé")
    table.add_column("Points", justify="right", no_wrap=True)
    for code in codes:
        table.add_column(code.removeprefix("B1-"), no_wrap=True)
    for learner in people:
        records = by_learner[learner.id].records if learner.id in by_learner else []
        results = [result for record in records for result in record.results.values()]
        points, top = sum(r.points for r in results), sum(r.max_points for r in results)
        shown = f"{french_number(points, 1)}/{french_number(top, 0)}" if results else "–"
        table.add_row(learner.id, french(learner.story), shown, *(verdicts[learner.id][code] for code in codes))
    out.print(table)


def _print_counts(name: str, assessments: list[list[Sheet]], people: Sequence[Profile]) -> None:
    """Print, for each of these people, how many criteria of these assessments have each verdict."""
    rows = [row for sheets in assessments for row in sheets[0].criteria]
    title = f"{name} : les {len(rows)} critères, par verdict"
    table = Table(title=french(title), title_justify="left", box=SIMPLE_HEAD)
    table.add_column("Id.", no_wrap=True)
    for word in SHORT.values():
        table.add_column(word, justify="right")
    for learner in people:
        found = [row.verdict for sheets in assessments for sheet in sheets for row in sheet.criteria
                 if sheet.learner.id == learner.id]  # fmt: skip
        table.add_row(learner.id, *(str(found.count(verdict)) for verdict in SHORT))
    out.print(table)


def _print_accidents(graded: list[Graded]) -> None:
    say("Ce qui s’est passé d’inhabituel, et ce que le formateur doit faire :")
    by_learner = {one.learner: one for one in graded}
    for learner in (learner for learner in PEOPLE if learner.accident):
        one = by_learner.get(learner.id)
        if one is None:
            say(f"  • {learner.id} : Aucune copie remise. → Relancez la personne ; elle est dite absente, sans zéro.")
        elif not one.incidents:
            say(f"  • {learner.id} : {learner.story} : sans effet sur les points. → Rien à faire.")
        for incident in one.incidents if one else []:
            say(f"  • {learner.id} : {incident.what} → {incident.advice}")


def _print_incidents(assignment: str, graded: list[Graded]) -> None:
    for one in graded:
        for incident in one.incidents:
            say(f"  • {one.learner}, {assignment} : {incident.what} → {incident.advice}")


def _print_jury(held: Held) -> None:
    say(f"Jury, « {SESSION} » :")
    for bloc, rulings in sorted(held.rulings.items()):
        said = ", ".join(f"{count} « {ruling} »" for ruling, count in rulings.items())
        left = f"{held.left[bloc]} sans décision possible (à relire, ou absent)"
        say(f"    bloc {bloc.removeprefix('B')} : {said}, {left}.")
    if held.certified:
        say(f"    Attestations de bloc écrites pour : {', '.join(held.certified)}.")


def _print_next(course: Course, seconds: float) -> None:
    sheets = course.root / "build" / "fiches" / ASSIGNMENT
    say(f"Terminé en {french_number(seconds, 0)} s. Où regarder ensuite :")
    say(f"  • une fiche : {next(iter(sorted(sheets.glob('*.pdf'))), sheets)}")
    say(f"  • le tableau de la classe : {next(iter(sorted(sheets.glob('*.xlsx'))), sheets)}")
    say(f"  • la vue de la classe : {sheets / 'classe.html'}")
    say(f"  • le procès-verbal du jury : {jury_folder(course, SESSION) / 'proces-verbal.pdf'}")
    say(f"  • le retour d’un apprenant : {course.folder('feedback') / 'a03' / ASSIGNMENT / 'index.html'}")
    say("  • JupyterLab et le formgrader sur ce cours :")
    jupyter = Path(sys.executable).parent / "jupyter"
    out.print(f"    cd {shlex.quote(str(course.root))} && {shlex.quote(str(jupyter))} lab")
