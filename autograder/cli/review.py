"""The command of the people who mark: the review desk, a second marking asked for."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from autograder.cli.base import course_at, course_option, main
from autograder.console import say
from casestudies.errors import CasekitError
from casestudies.french import number_in


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
@click.option("--port", type=click.IntRange(1024, 65500), default=8888, show_default=True, help="Premier port essayé.")
@click.option("--sans-navigateur", "quiet", is_flag=True, help="N’ouvre pas le navigateur ; l’adresse est affichée.")
@course_option
def review(
    evaluation: str, marker: str, second: str, criteria: tuple[str, ...], part: str, port: int, quiet: bool, root: Path
) -> None:
    """Ouvre la revue des copies dans JupyterLab, ou confie une seconde relecture."""
    course = course_at(root)
    course.require(evaluation)
    if second:
        say(_ask_second(course, evaluation, second, criteria, part))
        return
    from autograder.course.lab import open_notebook
    from autograder.review.desk.opening import ASSIGNMENT_VARIABLE, MARKER_VARIABLE, write_notebook

    os.environ[ASSIGNMENT_VARIABLE] = evaluation
    if marker:
        from autograder.review.model import Marker

        os.environ[MARKER_VARIABLE] = Marker(marker).name
    notebook = write_notebook(course.root)
    sys.exit(open_notebook(course.root, notebook.name, port, browser=not quiet))


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
        f"« casekit review {assignment} --relecteur {name} »."
    )


def _percent(text: str) -> float:
    """Return a share that is written « 20 », « 20 % » or « 12,5 »."""
    share = number_in(text, in_percent=True)
    if share is None:
        raise CasekitError(f"« {text} » n’est pas une part : écrivez par exemple « --part 20 ».")
    return share
