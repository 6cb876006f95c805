"""The commands that show a company: its tables, its portrait, the draws of a class, the truth behind them."""

import sys
from pathlib import Path

import click

from autograder.cli.base import LEARNER, WORK_LEFT
from autograder.console import say


@click.command()
@click.argument("entreprise", default="")
@click.option(
    "--learner",
    "--apprenant",
    "learner",
    type=LEARNER,
    default="",
    help="Variante de cette personne (sinon : référence).",
)
@click.option("--out", "--sortie", "target", type=click.Path(path_type=Path), help="Dossier à écrire.")
def data(entreprise: str, learner: str, target: Path | None) -> None:
    """Écrit les tables d’une entreprise (CSV et description Frictionless)."""
    from autograder.authoring.editions import write_editions

    for folder in write_editions(entreprise, learner, target):
        say(f"Tables écrites dans {folder}.")


@click.command()
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
        from autograder.authoring.portraits.believable import print_rates
        from autograder.authoring.portraits.believable import rates as measure

        if not print_rates(entreprise, measure(entreprise, number)):
            sys.exit(WORK_LEFT)
        return
    from autograder.authoring.portraits.page import write_portrait

    say(f"Portrait écrit dans {write_portrait(entreprise, target)}.")


@click.command()
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
    from autograder.authoring.portraits.classes import draws_of, print_draws
    from autograder.course.course import read_learners

    if not print_draws(entreprise, draws_of(entreprise, list(read_learners(file)))):
        sys.exit(WORK_LEFT)


@click.command()
@click.argument("entreprise")
@click.option(
    "--learner", "--apprenant", "learner", type=LEARNER, default="", help="Personne concernée (sinon : référence)."
)
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
    from autograder.authoring.portraits.truths import as_json, print_truth

    if kind == "json":
        click.echo(as_json(entreprise, learner).encode("utf-8"), nl=False)
        return
    print_truth(entreprise, learner)


COMMANDS = (data, case, variants, truth)
