"""The command of the people who mark: the review desk, a second marking asked for."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from autograder.cli.base import course_at, course_option, learners_option, main
from autograder.console import say
from casestudies.errors import CasekitError
from casestudies.french import number_in
from casestudies.quoting import argument


@main.command()
@click.argument("evaluation")
@click.option("--relecteur", "marker", default="", help="Votre nom, écrit à côté de chaque relecture.")
@click.option(
    "--second", default="", metavar="NOM", help="Confie une seconde relecture à cette personne, sans rien ouvrir."
)
@click.option(
    "--critere", "criteria", multiple=True, help="Critère à relire deux fois (répétable ; par défaut : tous)."
)
@click.option("--part", default="20", show_default=True, metavar="POURCENT", help="Part des copies à relire deux fois.")
@click.option("--oral", is_flag=True, help="Ouvre l’oral : candidats dans l’ordre de --apprenant, sinon du jour.")
@click.option("--oral-papier", "on_paper", is_flag=True, help="Écrit le formulaire de l’oral, une page par candidat.")
@learners_option(help="Candidat de l’oral (répétable, dans l’ordre de passage ; par défaut : la classe).")
@click.option("--port", type=click.IntRange(1024, 65500), default=8888, show_default=True, help="Premier port essayé.")
@click.option("--sans-navigateur", "quiet", is_flag=True, help="N’ouvre pas le navigateur ; l’adresse est affichée.")
@course_option
def review(
    evaluation: str, marker: str, second: str, criteria: tuple[str, ...], part: str, oral: bool, on_paper: bool,
    learners: tuple[str, ...], port: int, quiet: bool, root: Path,
) -> None:  # fmt: skip
    """Ouvre la revue des copies ou l’oral dans JupyterLab, ou confie une seconde relecture."""
    course = course_at(root)
    course.require(evaluation)
    day = _day(course, evaluation, learners) if oral or on_paper else []
    if learners and not day:
        raise CasekitError("« --apprenant » va avec « --oral » ou « --oral-papier » : les copies se relisent sans nom.")
    if on_paper:
        _write_forms(course, evaluation, day)
        return
    if second and oral:
        say(_ask_partner(course, evaluation, second, day))
        return
    if second:
        say(_ask_second(course, evaluation, second, criteria, part))
        return
    from autograder.course.lab import open_notebook
    from autograder.review.desk.opening import ASSIGNMENT_VARIABLE, DAY_VARIABLE, MARKER_VARIABLE, write_notebook

    os.environ[ASSIGNMENT_VARIABLE], os.environ[DAY_VARIABLE] = evaluation, "\n".join(day)
    if marker:
        from autograder.review.model import Marker

        os.environ[MARKER_VARIABLE] = Marker(marker).name
    notebook = write_notebook(course.root)
    sys.exit(open_notebook(course.root, notebook.name, port, browser=not quiet))


def _day(course: Any, assignment: str, learners: tuple[str, ...]) -> list[str]:
    """Return the candidates of an oral: those named, in their order, else the class by day of defence, then as listed.

    Raises
    ------
    CasekitError
        When the assignment has no oral, somebody is not in the class, or the class is empty.
    """
    from datetime import date

    from autograder.certification.pathway import pathways_of
    from autograder.sheets.oral_form import orals_of

    orals_of(assignment)
    listed = course.learners()
    for name in learners:
        if name not in listed:
            raise CasekitError(
                f"« {name} » n’est pas dans eleves.csv : corrigez l’identifiant, ou ajoutez la personne."
            )
    if not listed:
        raise CasekitError("Aucun candidat : complétez eleves.csv.")
    if learners:
        return list(dict.fromkeys(learners))
    days = {name: one.defence.day for name, one in pathways_of(course).items()}
    return sorted(listed, key=lambda name: days.get(name) or date.max)


def _write_forms(course: Any, assignment: str, day: list[str]) -> None:
    from autograder.sheets.oral_form import write_oral_forms

    listed = course.learners()
    for path in write_oral_forms(course, assignment, [listed[name] for name in day]):
        say(f"À imprimer, un exemplaire par évaluateur : {path}.")


def _ask_partner(course: Any, assignment: str, name: str, day: list[str]) -> str:
    from autograder.review.desk.beside import ask_partner
    from autograder.review.model import Marker
    from autograder.review.store import ReviewStore
    from autograder.sheets.oral_form import orals_of

    with ReviewStore.of(course, assignment) as store:
        parts = [store.part(learner, oral.id) for oral in orals_of(assignment) for learner in day]
        count = ask_partner(store, Marker(name.strip()), parts)
    if not count:
        return "Rien de nouveau : ces passages ont déjà un second évaluateur."
    return (
        f"{count} passage(s) confié(s) à {name}, qui ne verra pas ce qu’écrit l’autre évaluateur, ni l’inverse. Pour "
        f"ouvrir : « casekit review {assignment} --oral --relecteur {argument(name)} »."
    )


def _ask_second(course: Any, assignment: str, name: str, criteria: tuple[str, ...], share: str) -> str:
    from autograder.review.model import Marker
    from autograder.review.sampling import ask_for_share
    from autograder.review.store import ReviewStore

    with ReviewStore.of(course, assignment) as store:
        count = ask_for_share(store, Marker(name.strip()), _percent(share), criteria)
    if not count:
        return f"Rien de nouveau : {name} a déjà ces copies à relire."
    return (
        f"{count} partie(s) confiée(s) à {name}, qui ne verra pas la première relecture. Pour les ouvrir : "
        f"« casekit review {assignment} --relecteur {argument(name)} »."
    )


def _percent(text: str) -> float:
    """Return a share that is written « 20 », « 20 % » or « 12,5 »."""
    share = number_in(text, in_percent=True)
    if share is None:
        raise CasekitError(f"« {text} » n’est pas une part : écrivez par exemple « --part 20 ».")
    return share
