"""The commands that show a company: its tables, its portrait, the draws of a class, the truth behind them."""

from pathlib import Path

import click

from autograder.cli.base import FILE, PATH, choice_option, end, learner_option, main
from autograder.console import say


@main.command()
@click.argument("entreprise", default="")
@learner_option(help="Variante de cette personne (sinon : référence).")
@click.option("--out", "--sortie", "target", type=PATH, help="Dossier à écrire.")
def data(entreprise: str, learner: str, target: Path | None) -> None:
    """Écrit les tables d’une entreprise (CSV et description Frictionless)."""
    from autograder.authoring.editions import write_editions

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
@click.option("--out", "--sortie", "target", type=FILE, help="Page à écrire.")
def case(entreprise: str, rates: bool, number: int, target: Path | None) -> None:
    """Écrit le portrait d’une entreprise : histoire, tables, critères, taux (build/cas/ENTREPRISE.html)."""
    if rates:
        from autograder.authoring.portraits.believable import print_rates
        from autograder.authoring.portraits.believable import rates as measure

        end(not print_rates(entreprise, measure(entreprise, number)))
        return
    from autograder.authoring.portraits.page import write_portrait

    say(f"Portrait écrit dans {write_portrait(entreprise, target)}.")


@main.command()
@click.argument("entreprise")
@click.option(
    "--learners",
    "--apprenants",
    "file",
    type=PATH,
    default=Path("eleves.csv"),
    show_default=True,
    help="Liste de la classe (colonne « identifiant »).",
)
def variants(entreprise: str, file: Path) -> None:
    """Montre le tirage de chacun, ce qui diffère, et les tirages refusés avec leur raison."""
    from autograder.authoring.portraits.classes import draws_of, print_draws
    from autograder.course.class_list import read_learners

    end(not print_draws(entreprise, draws_of(entreprise, list(read_learners(file)))))


@main.command()
@click.argument("entreprise")
@learner_option(help="Personne concernée (sinon : référence).")
@choice_option("--format", "kind", ["table", "json"], "table", "Présentation : un tableau, ou du JSON.")
def truth(entreprise: str, learner: str, kind: str) -> None:
    """Montre au formateur les effets vrais derrière les chiffres d’une variante."""
    from autograder.authoring.portraits.truths import as_json, print_truth

    if kind == "json":
        click.echo(as_json(entreprise, learner).encode("utf-8"), nl=False)
        return
    print_truth(entreprise, learner)
