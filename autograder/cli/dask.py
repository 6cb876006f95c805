"""The commands around a Dask cluster, which grades beyond one machine."""

from pathlib import Path

import click

from autograder.cli.base import PATH, course_option, main
from autograder.console import say


@main.group()
def dask() -> None:
    """Prépare la correction sur plusieurs machines, avec Dask."""


@dask.command()
@click.argument("dossier", type=PATH, required=False)
@course_option
def certificats(dossier: Path | None, root: Path) -> None:
    """Écrit les certificats qui chiffrent et réservent l’accès (par défaut : certificats-dask, dans le cours)."""
    from autograder.grading.certificates import FOLDER, how_to_use, make_certificates

    for line in how_to_use(make_certificates((dossier or root / FOLDER).resolve())):
        say(line)
