"""The commands around the kit itself: study folders, JupyterLab, the check of its content, the demonstration."""

import sys
from pathlib import Path

import click

from autograder.cli.base import PATH, course_option, end, main
from autograder.console import say
from casestudies.quoting import argument


@main.command()
@click.argument("dossier", type=PATH)
def study(dossier: Path) -> None:
    """Écrit les notebooks à étudier seul ; un notebook déjà commencé n’est jamais remplacé."""
    from autograder.course.creation import study_folder

    written = study_folder(dossier)
    say(f"{len(written)} fichier(s) écrit(s) dans {dossier}. Ouvrez-les avec « casekit lab {argument(dossier)} ».")


@main.command()
@click.argument("dossier", type=PATH, default=Path("etude"))
@click.option("--port", type=click.IntRange(1024, 65500), default=8888, show_default=True, help="Premier port essayé.")
@click.option("--sans-navigateur", "quiet", is_flag=True, help="N’ouvre pas le navigateur ; l’adresse est affichée.")
def lab(dossier: Path, port: int, quiet: bool) -> None:
    """Ouvre JupyterLab en français sur un dossier d’étude, créé s’il manque (par défaut : etude)."""
    from autograder.course.lab import open_lab

    sys.exit(open_lab(dossier, port, browser=not quiet))


@main.command()
@course_option
def check(root: Path) -> None:
    """Vérifie le contenu du kit (critères, questions, cellules) et la configuration du cours."""
    from autograder.authoring.integrity import check_content, check_course

    statements = [*check_content(), *filter(None, [check_course(root.resolve())])]
    for one in statements:
        say(f"{'✗' if one.problems else '✓'} {one.statement}")
        for problem in one.problems:
            say(f"    {problem}")
        for note in one.notes:
            say(f"    {note}")
    end(any(one.problems for one in statements))


@main.group()
def new() -> None:
    """Prépare un nouveau contenu du kit, pour qui l’écrit."""


@new.command()
@click.argument("nom")
@click.option("--company", "--entreprise", "company", required=True, help="Entreprise étudiée (son nom court).")
@click.option(
    "--criterion", "--critere", "criterion", required=True, help="Premier critère évalué, par exemple B2-C01."
)
def notebook(nom: str, company: str, criterion: str) -> None:
    """Écrit le squelette du notebook NOM (ÉVALUATION/NN-sujet) : texte, clés, livrable."""
    from autograder.authoring.skeletons import checkout, write_skeleton

    root = checkout()
    for path in write_skeleton(root, nom, company, criterion):
        say(f"Écrit : {path.relative_to(root)}")
    say("Remplacez chaque « À ÉCRIRE », puis lancez « make notebooks » et « casekit check ».")


@main.command()
@click.argument("dossier", type=PATH, default=Path("build") / "demo")
def demo(dossier: Path) -> None:
    """Fait tout le chemin sur une classe simulée : cours, copies, correction, retours, fiches."""
    from autograder.demo.run import run_demo

    run_demo(dossier)
