"""The commands that write what other software reads: Moodle, CASE, flat tables."""

from pathlib import Path

import click

from autograder.cli.base import course_at, course_option
from autograder.console import say
from casestudies.typography import french

KEYS = {"matricule": "ID_NUMBER", "compte": "USERNAME", "courriel": "EMAIL"}


def _folder_option(command: click.decorators.FC) -> click.decorators.FC:
    return click.option(
        "--sortie",
        "target",
        type=click.Path(path_type=Path, file_okay=False),
        help="Dossier à écrire (par défaut : build/exports/ÉVALUATION).",
    )(command)


def _names_option(command: click.decorators.FC) -> click.decorators.FC:
    return click.option("--noms", "names", is_flag=True, help="Ajoute les prénoms et les noms.")(command)


@click.group()
def export() -> None:
    """Écrit les résultats ou le référentiel pour un autre logiciel."""


@export.command()
@click.argument("evaluation")
@click.option(
    "--par",
    "key",
    type=click.Choice(list(KEYS)),
    default="matricule",
    show_default=True,
    help="Ce que Moodle connaît des personnes : numéro d’identification, nom d’utilisateur ou adresse.",
)
@click.option("--niveaux", "levels", is_flag=True, help="Donne les niveaux (1 à 4) plutôt que les verdicts.")
@_names_option
@_folder_option
@course_option
def moodle(evaluation: str, key: str, levels: bool, names: bool, target: Path | None, root: Path) -> None:
    """Écrit les notes à importer dans Moodle, et le référentiel de compétences."""
    from autograder.exports.moodle import SCALE, MoodleKey, framework, gradebook
    from autograder.exports.tables import Separators, write_tables
    from autograder.referentiel import load_referentiel
    from autograder.review.store import take_in
    from autograder.sheets.build import build_sheets

    course = course_at(root)
    take_in(course, evaluation)
    sheets = build_sheets(course, evaluation)
    tables = [gradebook(sheets, MoodleKey[KEYS[key]], levels, names), framework(load_referentiel())]
    for path in write_tables(tables, target or _exports(course.root, evaluation), Separators.ENGLISH):
        say(f"Écrit : {path}")
    say("Dans Moodle : encodage UTF-8, séparateur virgule.")
    if not levels:
        say(f"Les verdicts vont dans des éléments notés sur le barème « {', '.join(SCALE)} », à créer d’abord.")


@export.command()
@click.option(
    "--sortie", "target", type=click.Path(path_type=Path, dir_okay=False), help="Fichier à écrire (sinon : affiché)."
)
def case(target: Path | None) -> None:
    """Écrit le référentiel et ses grilles au format d’échange CASE 1.1 (JSON)."""
    from autograder.exports.case import as_case
    from autograder.referentiel import load_referentiel, load_rubrics
    from autograder.sheets.files import write_whole

    content = as_case(load_referentiel(), load_rubrics()).encode("utf-8")
    if target is None:
        click.echo(content, nl=False)
        return
    say(f"Écrit : {write_whole(target, content)}")


@export.command()
@click.argument("evaluation")
@click.option("--anonyme", "anonymous", is_flag=True, help="Remplace les personnes par des pseudonymes stables.")
@click.option(
    "--separateurs",
    "separators",
    type=click.Choice(["fr", "en"]),
    default="fr",
    show_default=True,
    help="Point-virgule et virgule décimale (fr), ou virgule et point (en).",
)
@_names_option
@_folder_option
@course_option
def csv(evaluation: str, anonymous: bool, separators: str, names: bool, target: Path | None, root: Path) -> None:
    """Écrit des tables pour un tableur : critères, erreurs, relectures."""
    from autograder.exports.flat import flat_tables
    from autograder.exports.tables import Separators, write_tables
    from autograder.review.store import take_in
    from autograder.sheets.build import build_sheets

    course = course_at(root)
    take_in(course, evaluation)
    tables = flat_tables(course, evaluation, build_sheets(course, evaluation), names, anonymous)
    for path in write_tables(tables, target or _exports(course.root, evaluation), Separators(separators)):
        say(f"Écrit : {path}")


def _exports(root: Path, evaluation: str) -> Path:
    return root / "build" / "exports" / evaluation


for _one in export.commands.values():
    _one.help = french(_one.help or "")
COMMANDS = (export,)
