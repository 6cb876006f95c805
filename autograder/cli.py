"""The command line: thin, each command calls one function. Errors are French sentences, never tracebacks."""

import sys
import warnings
from pathlib import Path
from typing import Any

import click

from autograder.console import say, warn
from autograder.locale import speak_french
from casestudies import __version__
from casestudies.errors import CasekitError
from casestudies.typography import french

USAGE_ERROR, WORK_LEFT = 2, 1

speak_french()
warnings.filterwarnings("ignore", module=r"nbgrader\.")  # its own notes to its developers


class FrenchGroup(click.Group):
    """A group whose errors are one French sentence and an exit code: 2 for a mistake of use, 1 for work left to do."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command; turn the kit's errors into a sentence."""
        try:
            return super().main(*args, **options)
        except CasekitError as error:
            warn(str(error))
            sys.exit(USAGE_ERROR)


@click.group(cls=FrenchGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="casekit")
def main() -> None:
    """casekit : études de cas, correction par critère et fiches pour une certification en webmarketing."""


def course_option(command: Any) -> Any:
    """Add the option that says which course folder to work in."""
    return click.option(
        "--cours", "root", type=click.Path(path_type=Path), default=Path(), help="Dossier du cours (par défaut : ici)."
    )(command)


def _course(root: Path) -> Any:
    from autograder.course import Course

    return Course(root.resolve())


@main.command()
@click.argument("dossier", type=click.Path(path_type=Path))
@click.option("--config", is_flag=True, help="Ne récrit que la configuration nbgrader d’un cours existant.")
def init(dossier: Path, config: bool) -> None:
    """Crée un dossier de cours prêt pour nbgrader."""
    from autograder.creation import init_course, write_config

    if config:
        say(f"Configuration rétablie : {write_config(dossier)}")
        return
    course = init_course(dossier)
    say(f"Cours créé dans {course.root}.")
    say("Ensuite : complétez eleves.csv, puis « casekit release e2-performance ».")


@main.command()
@click.argument("evaluation")
@course_option
def release(evaluation: str, root: Path) -> None:
    """Prépare la version des apprenants (sans corrigé), avec le tirage de chacun."""
    from autograder.grading.release import release as make

    folder = make(_course(root), evaluation)
    say(f"Version des apprenants prête dans {folder}. Distribuez ce dossier entier.")


@main.command()
@click.argument("evaluation")
@click.option("--apprenant", "learners", multiple=True, help="Ne corrige que cette personne (répétable).")
@click.option("--tout", "force", is_flag=True, help="Recorrige aussi les copies qui n’ont pas changé.")
@click.option(
    "--processus", "jobs", type=click.IntRange(1, 256), help="Processus de correction (défaut : un par cœur)."
)
@click.option("--dask", "scheduler", metavar="ADRESSE", help="Corrige avec Dask : « local », ou « tcp://… ».")
@click.option("--json", "as_json", is_flag=True, help="Écrit le bilan en JSON sur la sortie standard.")
@course_option
def grade(
    evaluation: str,
    learners: tuple[str, ...],
    force: bool,
    jobs: int | None,
    scheduler: str | None,
    as_json: bool,
    root: Path,
) -> None:
    """Corrige les copies nouvelles ou modifiées ; une copie en échec n’arrête jamais les autres."""
    from autograder.grading.kernel.client import available, own_nursery

    if available():
        own_nursery()  # it imports what notebooks need while this process imports what grading needs
    from autograder.grading.following import class_bar
    from autograder.grading.report import print_report, report_json
    from autograder.grading.run import engine_of, grade_class

    course = _course(root)
    with class_bar() as tell:
        session = grade_class(
            course, evaluation, list(learners) or None, force=force, engine=engine_of(jobs, scheduler), tell=tell
        )
    if as_json:
        click.echo(report_json(session))
    elif print_report(session):
        sys.exit(WORK_LEFT)


@main.command()
@click.argument("evaluation")
@click.option(
    "--apprenant", "--learners", "learners", multiple=True, help="Ne réévalue que cette personne (répétable)."
)
@click.option(
    "--appliquer", "--apply", "write", is_flag=True, help="Enregistre ce qui change (sinon : montre seulement)."
)
@click.option("--processus", "jobs", type=click.IntRange(1, 256), help="Nombre de processus (défaut : un par cœur).")
@click.option("--json", "as_json", is_flag=True, help="Écrit le bilan en JSON sur la sortie standard.")
@course_option
def regrade(
    evaluation: str, learners: tuple[str, ...], write: bool, jobs: int | None, as_json: bool, root: Path
) -> None:
    """Réévalue les réponses enregistrées, sans rien exécuter, et montre ce qui change."""
    from autograder.grading import regrade_report as report
    from autograder.grading.regrading import apply
    from autograder.grading.regrading import regrade as run

    course = _course(root)
    found = run(course, evaluation, learners, jobs)
    if not as_json:
        report.print_changes(evaluation, found)
    applied = apply(course, evaluation, found.changes) if write else None
    if as_json:
        click.echo(report.as_json(evaluation, found, applied).encode("utf-8"), nl=False)
    elif applied is not None:
        report.print_applied(evaluation, applied)
    elif found.changes:
        report.print_unwritten(evaluation)
    if found.problems or (applied is not None and applied.problems):
        sys.exit(WORK_LEFT)


@main.command()
def doctor() -> None:
    """Dit quelles protections cette machine offre pendant la correction."""
    from autograder.grading.wall import report

    for line in report():
        say(line)


@main.command()
@click.argument("evaluation")
@click.option(
    "--assign",
    "--attribuer",
    "assigned",
    nargs=2,
    metavar="FICHIER APPRENANT[/NOTEBOOK]",
    help="Range un fichier ou un dossier égaré chez la bonne personne, sous le bon nom.",
)
@click.option(
    "--folder",
    "--depuis",
    "download",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Range les dépôts téléchargés d’une plateforme (Moodle, Canvas…), par identifiant ou par nom.",
)
@course_option
def intake(evaluation: str, assigned: tuple[str, str] | None, download: Path | None, root: Path) -> None:
    """Montre ce que le tri voit dans les copies, sans les corriger ; range ce qui est égaré."""
    from autograder.grading.triage.desk import print_rows, rows_of

    course = _course(root)
    left, learners = 0, None
    if assigned:
        from autograder.grading.triage.assign import assign

        done = assign(course, evaluation, *assigned)
        say(done.told)
        learners = [done.learner]
    if download:
        from autograder.grading.triage.deliver import deliver, print_delivered

        left = print_delivered(deliver(course, evaluation, download), evaluation)
    if print_rows(rows_of(course, evaluation, None if download else learners), "Copies remises") or left:
        sys.exit(WORK_LEFT)


@main.command()
@click.argument("evaluation")
@click.option("--apprenant", "learners", multiple=True, help="N’écrit que le retour de cette personne (répétable).")
@course_option
def feedback(evaluation: str, learners: tuple[str, ...], root: Path) -> None:
    """Écrit le retour de chacun : des pages par critère, sans valeur attendue, à remettre aux apprenants."""
    from autograder.grading.feedback import write_feedback

    course = _course(root)
    written = write_feedback(course, evaluation, list(learners) or None)
    failed = [one for one in written if one.problem]
    for one in failed:
        warn(f"{one.learner} : pas de retour. {one.problem}")
    say(f"{len(written) - len(failed)} retour(s) dans {course.folder('feedback')}/IDENTIFIANT/{evaluation}/index.html.")
    if failed:
        sys.exit(WORK_LEFT)


@main.command()
@click.argument("evaluation")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["json", "csv", "xlsx", "pdf", "tout"]),
    default="tout",
    show_default=True,
    help="Format des fiches ; json seul, sans --sortie, s’affiche.",
)
@click.option(
    "--sortie",
    "target",
    type=click.Path(path_type=Path),
    help="Dossier à écrire (par défaut : build/fiches/ÉVALUATION).",
)
@course_option
def sheets(evaluation: str, kind: str, target: Path | None, root: Path) -> None:
    """Écrit la fiche de chaque candidat : critères, compétences, bloc."""
    from autograder.sheets import ALL, FORMATS, as_json, build_sheets, print_sheets, write_sheets

    course = _course(root)
    made = build_sheets(course, evaluation)
    if kind == "json" and target is None:
        click.echo(as_json(made).encode("utf-8"), nl=False)
        return
    folder = target or course.root / "build" / "fiches" / evaluation
    written = write_sheets(made, folder, FORMATS if kind == ALL else (kind,))
    print_sheets(made)
    say(f"{len(written)} fichier(s) écrit(s) dans {folder}.")


@main.command()
@click.argument("dossier", type=click.Path(path_type=Path))
def study(dossier: Path) -> None:
    """Écrit les notebooks à étudier seul ; un notebook déjà commencé n’est jamais remplacé."""
    from autograder.creation import study_folder

    written = study_folder(dossier)
    say(f"{len(written)} fichier(s) écrit(s) dans {dossier}. Ouvrez-les avec « casekit lab {dossier} ».")


@main.command()
@course_option
def check(root: Path) -> None:
    """Vérifie le contenu du kit (critères, questions, cellules) et la configuration du cours."""
    from autograder.integrity import check_content, check_course

    statements = [*check_content(), *filter(None, [check_course(root.resolve())])]
    for one in statements:
        say(f"{'✗' if one.problems else '✓'} {one.statement}")
        for problem in one.problems:
            say(f"    {problem}")
    if any(one.problems for one in statements):
        sys.exit(WORK_LEFT)


@main.command()
@click.argument("dossier", type=click.Path(path_type=Path), default=Path("etude"))
@click.option("--port", type=click.IntRange(1024, 65500), default=8888, show_default=True, help="Premier port essayé.")
@click.option("--sans-navigateur", "quiet", is_flag=True, help="N’ouvre pas le navigateur ; l’adresse est affichée.")
def lab(dossier: Path, port: int, quiet: bool) -> None:
    """Ouvre JupyterLab en français sur un dossier d’étude, créé s’il manque (par défaut : etude)."""
    from autograder.lab import open_lab

    sys.exit(open_lab(dossier, port, browser=not quiet))


@main.command()
@click.argument("dossier", type=click.Path(path_type=Path), default=Path("build") / "demo")
def demo(dossier: Path) -> None:
    """Fait tout le chemin sur une classe simulée : cours, copies, correction, retours, fiches."""
    from autograder.demo import run_demo

    run_demo(dossier)


@main.command()
@click.argument("entreprise", default="")
@click.option("--learner", "--apprenant", "learner", default="", help="Variante de cette personne (sinon : référence).")
@click.option("--out", "--sortie", "target", type=click.Path(path_type=Path), help="Dossier à écrire.")
def data(entreprise: str, learner: str, target: Path | None) -> None:
    """Écrit les tables d’une entreprise (CSV et description Frictionless)."""
    from autograder.editions import write_editions

    for folder in write_editions(entreprise, learner, target):
        say(f"Tables écrites dans {folder}.")


@main.command()
@click.argument("entreprise")
@click.option("--check", "--verifier", "rates", is_flag=True, help="Mesure plutôt les taux sur plusieurs variantes.")
@click.option(
    "--variants",
    "--variantes",
    "number",
    type=click.IntRange(1, 5000),
    default=200,
    show_default=True,
    help="Nombre de variantes mesurées par --verifier.",
)
@click.option("--out", "--sortie", "target", type=click.Path(path_type=Path, dir_okay=False), help="Page à écrire.")
def case(entreprise: str, rates: bool, number: int, target: Path | None) -> None:
    """Écrit le portrait d’une entreprise : histoire, tables, critères, taux (build/cas/ENTREPRISE.html)."""
    if rates:
        from autograder.portraits.believable import print_rates
        from autograder.portraits.believable import rates as measure

        if not print_rates(entreprise, measure(entreprise, number)):
            sys.exit(WORK_LEFT)
        return
    from autograder.portraits.page import write_portrait

    say(f"Portrait écrit dans {write_portrait(entreprise, target)}.")


@main.command()
@click.argument("entreprise")
@click.option(
    "--learners",
    "--apprenants",
    "file",
    type=click.Path(path_type=Path),
    default=Path("eleves.csv"),
    show_default=True,
    help="Liste de la classe (colonne « identifiant »).",
)
def variants(entreprise: str, file: Path) -> None:
    """Montre le tirage de chacun, ce qui diffère, et les tirages refusés avec leur raison."""
    from autograder.course import read_learners
    from autograder.portraits.classes import draws_of, print_draws

    if not print_draws(entreprise, draws_of(entreprise, list(read_learners(file)))):
        sys.exit(WORK_LEFT)


@main.command()
@click.argument("entreprise")
@click.option("--learner", "--apprenant", "learner", default="", help="Personne concernée (sinon : référence).")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Présentation : un tableau, ou du JSON.",
)
def truth(entreprise: str, learner: str, kind: str) -> None:
    """Montre au formateur les effets vrais derrière les chiffres d’une variante."""
    from autograder.portraits.truths import as_json, print_truth

    if kind == "json":
        click.echo(as_json(entreprise, learner).encode("utf-8"), nl=False)
        return
    print_truth(entreprise, learner)


for _command in main.commands.values():
    _command.help = french(_command.help or "")
