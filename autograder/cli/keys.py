"""The commands that show a trainer what is right for one learner: their key, their notebook with their figures."""

import os
import sys
from pathlib import Path

import click

from autograder.cli.base import LEARNER, course_at, course_option, end, importing, main
from autograder.console import say, warn
from casestudies.errors import CasekitError
from casestudies.quoting import argument


@main.command()
@click.argument("evaluation")
@click.argument("apprenants", nargs=-1, type=LEARNER)
@click.option("--tous", "everyone", is_flag=True, help="Toute la classe d’eleves.csv, et son tableau (XLSX).")
@click.option("--tableau", "table_only", is_flag=True, help="N’écrit que le tableau de la classe.")
@course_option
def corrige(evaluation: str, apprenants: tuple[str, ...], everyone: bool, table_only: bool, root: Path) -> None:
    """Écrit le corrigé individuel de chacun : valeurs justes, méthode, erreurs connues, questions pour l’oral.

    EVALUATION est un nom (e2-performance) ou un code (E2). Confidentiel : rien n’est à remettre aux candidats.
    """
    with importing():
        from autograder.key_sheets.build import assignment_named, known_learners
        from autograder.key_sheets.write import TABLE, write_keys

    course = course_at(root)
    assignment, whole = assignment_named(course, evaluation), everyone or table_only
    if whole and apprenants:
        raise CasekitError("Choisissez : des identifiants, ou toute la classe (« --tous », « --tableau »).")
    learners = known_learners(course, course.learners() if whole else apprenants)
    if not learners:
        raise CasekitError(
            "La classe est vide : complétez eleves.csv."
            if whole
            else f"Dites pour qui : « casekit corrige {evaluation} IDENTIFIANT », ou « --tous » pour la classe."
        )
    written = write_keys(course, assignment, learners, table=whole, pages=not table_only)
    for reason in written.left_out:
        warn(reason)
    if written.files:
        say(f"{len(written.files)} fichier(s) écrit(s) dans {written.folder}.")
        say("Confidentiel : pour vous et le jury. Ne copiez rien de ce dossier dans ce que vous distribuez.")
        if whole:
            say(f"Toute la classe est dans {TABLE}. Pour voir un notebook avec les chiffres d’une personne :")
            say(f"« casekit voir-comme {assignment}/01 {argument(learners[0].id)} ».")
    end(written.left_out)


@main.command()
@click.argument("notebook", metavar="EVALUATION/NOTEBOOK")
@click.argument("apprenant", type=LEARNER)
@click.option("--neuf", "anew", is_flag=True, help="Reprend le notebook tel qu’il a été distribué, sans vos essais.")
@click.option("--modele", "solved", is_flag=True, help="Prend le notebook avec les solutions du modèle, à lancer.")
@click.option("--ouvrir", "opening", is_flag=True, help="Ouvre aussitôt le notebook dans JupyterLab.")
@click.option("--port", type=click.IntRange(1024, 65500), default=8888, show_default=True, help="Premier port essayé.")
@click.option("--sans-navigateur", "quiet", is_flag=True, help="N’ouvre pas le navigateur ; l’adresse est affichée.")
@course_option
def voir_comme(
    notebook: str, apprenant: str, anew: bool, solved: bool, opening: bool, port: int, quiet: bool, root: Path
) -> None:
    """Prépare un notebook distribué avec les chiffres d’une personne, dans un dossier d’essai à vous.

    La copie de la personne et le carnet de notes ne changent pas. Le début du nom suffit : e2-performance/03.
    """
    with importing():
        from autograder.course.seen_as import see_as
        from autograder.key_sheets.build import known_learners

    course = course_at(root)
    known_learners(course, [apprenant])
    seen = see_as(course, notebook, apprenant, anew, solved)
    say(f"Notebook prêt, avec les chiffres de « {apprenant} » : {seen.path}")
    say("C’est un dossier d’essai : rien n’y est remis ni noté, et la copie de la personne ne change pas.")
    if not opening:
        say(f"Pour l’ouvrir : ajoutez « --ouvrir », ou lancez « casekit lab {argument(seen.folder)} ».")
        return
    from autograder.course.lab import open_lab

    os.environ.update(seen.environment)
    sys.exit(open_lab(seen.folder, port, browser=not quiet, notebook=seen.notebook))
