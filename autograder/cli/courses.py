"""The commands about a course itself: making it, its people, a later session, putting a copy of it back."""

from pathlib import Path

import click

from autograder.cli.base import FILE, PATH, course_option, learners_option, main, saved_course_at, sheets_at
from autograder.console import print_table, say
from casestudies.errors import CasekitError


@main.command()
@click.argument("dossier", type=PATH)
@click.option("--config", is_flag=True, help="Ne récrit que la configuration nbgrader d’un cours existant.")
def init(dossier: Path, config: bool) -> None:
    """Crée un dossier de cours prêt pour nbgrader."""
    from autograder.course.creation import init_course, write_config

    if config:
        say(f"Configuration rétablie : {write_config(dossier)}")
        return
    course = init_course(dossier)
    say(f"Cours créé dans {course.root}.")
    say("Ensuite : complétez eleves.csv (ou « casekit classe LISTE »), puis « casekit release e2-performance ».")
    say("Les réglages du centre (niveau qui valide, compensation, critères retirés) se changent dans centre.toml.")


@main.command()
@click.argument("liste", type=FILE)
@course_option
def classe(liste: Path, root: Path) -> None:
    """Ajoute à eleves.csv les personnes d’une liste : export de Moodle, CSV ou XLSX ; dit ce qui a été compris."""
    from autograder.course.enrolment import enrol

    done = enrol(saved_course_at(root, "classe"), liste)
    for text in done.told:
        say(text)
    say(f"eleves.csv a {len(done.learners)} personne(s). Ensuite : « casekit release e2-performance ».")


@main.command()
@click.argument("evaluation")
@click.option("--session", "number", type=int, default=2, show_default=True, help="Le numéro de la session.")
@learners_option(help="Ne compte que ce qui manque à cette personne (répétable).")
@course_option
def rattrapage(evaluation: str, number: int, learners: tuple[str, ...], root: Path) -> None:
    """Prépare une session de rattrapage : les critères non acquis, d’autres chiffres, le meilleur gardé."""
    from autograder.sheets.resits import prepare_resit

    course, made = sheets_at(root, evaluation)
    unknown = set(learners) - {sheet.learner.id for sheet in made}
    if unknown:
        raise CasekitError(f"« {min(unknown)} » n’est pas dans eleves.csv : vérifiez l’identifiant.")
    ready = prepare_resit(course, [one for one in made if not learners or one.learner.id in learners], number)
    say(f"Session {number} prête : {', '.join(ready.notebooks)}.")
    for learner, codes in ready.needed.items():
        say(f"    {learner} : {', '.join(codes)}")
    say(f"Ensuite : « casekit release {ready.assignment} », puis comme la première fois, sous ce nom.")


@main.command()
@click.argument("sauvegarde", default="")
@course_option
def restaurer(sauvegarde: str, root: Path) -> None:
    """Remet en place une sauvegarde du cours (base de notes, listes, tirages) ; sans nom, les montre."""
    from autograder.course.backups import backups_of, restore
    from autograder.course.course import Course
    from autograder.grading.lock import alone
    from casestudies.french import french_number

    course = Course(root.resolve())  # nothing of the gradebook is read: it may be damaged
    if not sauvegarde:
        rows = [(one.name, f"{french_number(one.bytes / 1e6, 1)} Mo") for one in backups_of(course)]
        print_table("Sauvegardes, la plus récente en dernier", ("Nom", "Taille"), rows)
        say("Pour en remettre une en place : « casekit restaurer NOM ».")
        return
    with alone(course):
        done = restore(course, sauvegarde)
    say(f"{len(done.files)} fichier(s) remis en place : {', '.join(done.files)}.")
    if done.former:
        say(f"Ce qui s’y trouvait est dans la sauvegarde « {done.former.name} ».")
    say("Ensuite : « casekit grade ÉVALUATION » refait ce que la machine avait corrigé depuis.")
