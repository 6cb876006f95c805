"""The commands that run a class: course, release, grading, sorting, feedback, sheets."""

from pathlib import Path

import click

from autograder.cli.base import (
    PATH,
    choice_option,
    course_at,
    course_option,
    end,
    importing,
    learners_option,
    main,
    saved_course_at,
    sheets_at,
    someone_answers,
    target_option,
    yes_or_no,
)
from autograder.console import say, warn


@main.command()
@click.argument("evaluation")
@course_option
def release(evaluation: str, root: Path) -> None:
    """Prépare la version des apprenants (sans corrigé), avec le tirage de chacun."""
    with importing():
        from autograder.grading.release import release as make

    course = saved_course_at(root, "release")
    if not course.learners():
        warn("eleves.csv est vide : personne n’aura ses propres chiffres. « casekit classe LISTE » le remplit.")
    folder = make(course, evaluation)
    say(f"Version des apprenants prête dans {folder}. Distribuez ce dossier entier.")


@main.command()
@click.argument("evaluation")
@learners_option(help="Ne corrige que cette personne (répétable).")
@click.option("--tout", "force", is_flag=True, help="Recorrige aussi les copies qui n’ont pas changé.")
@click.option(
    "--processus", "jobs", type=click.IntRange(1, 256), help="Processus de correction (défaut : un par cœur)."
)
@click.option("--dask", "scheduler", metavar="ADRESSE", help="Corrige avec Dask : « local », ou « tls://… ».")
@click.option("--certificats", type=PATH, help="Dossier des certificats de « tls://… » (défaut : certificats-dask).")
@click.option("--reseau-prive", "in_clear", is_flag=True, help="Accepte « tcp://… » au-delà de cette machine.")
@click.option(
    "--sans-protection", "accepted", is_flag=True, help="Corrige même là où les copies ne sont pas confinées."
)
@click.option("--json", "as_json", is_flag=True, help="Écrit le bilan en JSON sur la sortie standard.")
@course_option
def grade(
    evaluation: str,
    learners: tuple[str, ...],
    force: bool,
    jobs: int | None,
    scheduler: str | None,
    certificats: Path | None,
    in_clear: bool,
    accepted: bool,
    as_json: bool,
    root: Path,
) -> None:
    """Corrige les copies nouvelles ou modifiées ; une copie en échec n’arrête jamais les autres."""
    from autograder.grading.kernel.keeper import available, companies_named, own_nursery

    if available():
        # it imports what notebooks need while this process imports what grading needs
        own_nursery(companies_named(root / "notebooks" / evaluation))
    with importing():
        from autograder.grading import consent
        from autograder.grading.following import class_bar
        from autograder.grading.report import print_report, report_json
        from autograder.grading.run import engine_of, grade_class
        from autograder.review.reread import changed_since_review

    course = saved_course_at(root, "grade")
    if scheduler:
        from autograder.grading.certificates import FOLDER
        from autograder.grading.cluster import Accepted, on_cluster

        terms = Accepted(in_clear, accepted or consent.is_kept(course))
        engine = on_cluster(scheduler, jobs, certificats or course.root / FOLDER, terms)
    else:
        why = consent.unconfined()
        if why:
            consent.settle(course, why, accepted, yes_or_no if someone_answers() else None)
        engine = engine_of(jobs)
    with class_bar() as tell:
        session = grade_class(course, evaluation, list(learners) or None, force=force, engine=engine, tell=tell)
    reread = changed_since_review(course, evaluation)
    if as_json:
        click.echo(report_json(session, reread))
    else:
        end(print_report(session, reread))


@main.command()
@click.argument("evaluation")
@learners_option("--learners", help="Ne réévalue que cette personne (répétable).")
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

    course = saved_course_at(root, "regrade") if write else course_at(root)
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
    end(found.problems or (applied is not None and applied.problems))


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
@course_option
def intake(evaluation: str, assigned: tuple[str, str] | None, root: Path) -> None:
    """Montre ce que le tri voit dans les copies, sans les corriger ; range ce qui est égaré."""
    from autograder.grading.triage.desk import print_rows, rows_of

    course = course_at(root)
    learners = None
    if assigned:
        from autograder.grading.triage.assign import assign

        done = assign(course, evaluation, *assigned)
        say(done.told)
        learners = [done.learner]
    end(print_rows(rows_of(course, evaluation, learners), "Copies remises"))


@main.command()
@click.argument("evaluation")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@course_option
def recevoir(evaluation: str, sources: tuple[Path, ...], root: Path) -> None:
    """Range les copies reçues (dossiers, ZIP de la plateforme ou des apprenants), puis montre ce que le tri y voit."""
    from autograder.grading.triage.deliver import deliver, print_delivered
    from autograder.grading.triage.desk import print_rows, rows_of

    course = course_at(root)
    done = deliver(course, evaluation, list(sources))
    left = print_delivered(done, evaluation)
    received = list(dict.fromkeys(one.learner for one in done if one.learner))
    end((received and print_rows(rows_of(course, evaluation, received), "Copies reçues")) or left)


@main.command()
@click.argument("evaluation")
@learners_option(help="N’écrit que le retour de cette personne (répétable).")
@course_option
def feedback(evaluation: str, learners: tuple[str, ...], root: Path) -> None:
    """Écrit le retour de chacun : des pages par critère, sans valeur attendue, à remettre aux apprenants."""
    with importing():
        from autograder.grading.feedback.write import write_feedback
        from autograder.review.store import take_in
        from autograder.sheets.decided import decided_of

    course = course_at(root)
    take_in(course, evaluation)
    written = write_feedback(course, evaluation, list(learners) or None, decided_of(course, evaluation))
    failed = [one for one in written if one.problem]
    for one in failed:
        warn(f"{one.learner} : pas de retour. {one.problem}")
    say(f"{len(written) - len(failed)} retour(s) dans {course.folder('feedback')}/IDENTIFIANT/{evaluation}/index.html.")
    end(failed)


@main.command()
@click.argument("evaluation")
@choice_option(
    "--format", "kind", ["json", "csv", "xlsx", "pdf", "docx", "tout"], "tout",
    "Format des fiches ; json seul, sans --sortie, s’affiche.",
)  # fmt: skip
@click.option("--classe", "overview", is_flag=True, help="N’écrit que la vue de la classe : classe.html et son image.")
@learners_option(help="N’écrit que la fiche de cette personne (répétable), sans toucher aux fichiers de la classe.")
@target_option(type=PATH, help="Dossier à écrire (par défaut : build/fiches/ÉVALUATION).")
@course_option
def sheets(
    evaluation: str, kind: str, overview: bool, learners: tuple[str, ...], target: Path | None, root: Path
) -> None:
    """Écrit la fiche de chaque candidat (critères, compétences, bloc) et la vue de la classe."""
    with importing():
        from autograder.sheets.exports import ALL, CLASS, EACH, FORMATS, of_learners, print_sheets, write_sheets
        from autograder.sheets.json_out import as_json

    if learners and (overview or (kind not in EACH and target is None and kind not in ("json", ALL))):
        raise click.UsageError(
            "Avec --apprenant, les fichiers de la classe ne sont pas écrits : choisissez PDF ou DOCX avec --format, "
            "ou ajoutez --sortie DOSSIER."
        )
    course, made = sheets_at(root, evaluation)
    made = of_learners(made, learners)
    if kind == "json" and target is None and not overview:
        click.echo(as_json(made).encode("utf-8"), nl=False)
        return
    folder = target or course.root / "build" / "fiches" / evaluation
    formats = (kind,) if kind != ALL else tuple(EACH) if learners and target is None else FORMATS
    written = write_sheets(made, folder, (CLASS,) if overview else formats)
    print_sheets(made)
    say(f"{len(written)} fichier(s) écrit(s) dans {folder}.")
