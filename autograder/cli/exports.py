"""The commands that write what other software reads: Moodle, CASE, flat tables."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.base import FILE, LEARNER, choice_option, course_option, main, sheets_at, target_option
from autograder.console import say

if TYPE_CHECKING:
    from autograder.exports.tables import ExportTable, Separators

KEYS = {"matricule": "ID_NUMBER", "compte": "USERNAME", "courriel": "EMAIL"}
EXPORTS = Path("build") / "exports"
FOLDER = click.Path(path_type=Path, file_okay=False)
_folder_option = target_option(type=FOLDER, help="Dossier à écrire (par défaut : build/exports/ÉVALUATION).")
_names_option = click.option("--noms", "names", is_flag=True, help="Ajoute les prénoms et les noms.")


@main.group()
def export() -> None:
    """Écrit les résultats ou le référentiel pour un autre logiciel."""


@export.command()
@click.argument("evaluation")
@choice_option(
    "--par", "key", list(KEYS), "matricule",
    "Ce que Moodle connaît des personnes : numéro d’identification, nom d’utilisateur ou adresse.",
)  # fmt: skip
@click.option("--niveaux", "levels", is_flag=True, help="Donne les niveaux (1 à 4) plutôt que les verdicts.")
@_names_option
@_folder_option
@course_option
def moodle(evaluation: str, key: str, levels: bool, names: bool, target: Path | None, root: Path) -> None:
    """Écrit les notes à importer dans Moodle, et le référentiel de compétences."""
    from autograder.exports.moodle import SCALE, MoodleKey, framework, gradebook
    from autograder.exports.tables import SEPARATORS
    from autograder.referentiel import load_referentiel

    course, sheets = sheets_at(root, evaluation)
    tables = [gradebook(sheets, MoodleKey[KEYS[key]], levels, names), framework(load_referentiel())]
    _write(tables, target or course.root / EXPORTS / evaluation, SEPARATORS["en"])
    say("Dans Moodle : encodage UTF-8, séparateur virgule.")
    if not levels:
        say(f"Les verdicts vont dans des éléments notés sur le barème « {', '.join(SCALE)} », à créer d’abord.")


@main.command()
@click.argument("evaluation")
@click.option(
    "--moodle", "downloads", multiple=True, type=click.Path(path_type=Path, exists=True),
    help="Le téléchargement des travaux remis : écrit aussi le ZIP que Moodle répartit.",
)  # fmt: skip
@_folder_option
@course_option
def rendre(evaluation: str, downloads: tuple[Path, ...], target: Path | None, root: Path) -> None:
    """Prépare les retours à envoyer : un ZIP par personne, et celui de Moodle."""
    from autograder.cli.base import course_at, end
    from autograder.console import warn
    from autograder.exports.handing_back import hand_back

    course = course_at(root)
    done = hand_back(course, evaluation, target or course.root / EXPORTS / evaluation, list(downloads))
    say(f"{len(done.learners)} retour(s) à envoyer dans {done.folder}.")
    if done.moodle:
        say(f"Pour Moodle : {done.moodle}.")
        say("Dans Moodle : « Téléverser plusieurs fichiers de feedback dans un zip ».")
    for learner, why in done.left:
        warn(f"{learner} : {why}")
    end(done.left)


@export.command()
@target_option(type=FILE, help="Fichier à écrire (sinon : affiché).")
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
@choice_option(
    "--separateurs", "separators", ["fr", "en"], "fr",
    "Point-virgule et virgule décimale (fr), ou virgule et point (en).",
)  # fmt: skip
@_names_option
@_folder_option
@course_option
def csv(evaluation: str, anonymous: bool, separators: str, names: bool, target: Path | None, root: Path) -> None:
    """Écrit des tables pour un tableur : critères, erreurs, relectures."""
    from autograder.exports.flat import flat_tables
    from autograder.exports.tables import SEPARATORS

    course, sheets = sheets_at(root, evaluation)
    tables = flat_tables(course, evaluation, sheets, names, anonymous)
    _write(tables, target or course.root / EXPORTS / evaluation, SEPARATORS[separators])


def _write(tables: "list[ExportTable]", folder: Path, separators: "Separators") -> None:
    from autograder.sheets.files import write_whole

    for table in tables:
        say(f"Écrit : {write_whole(folder / f'{table.name}.csv', table.as_csv(separators))}")


_bloc_option = click.option("--bloc", default="", help="Le seul bloc à écrire (par défaut : tout ce qui est acquis).")
_READ = click.Path(path_type=Path, exists=True, dir_okay=False)


@export.command()
@click.argument("apprenant", type=LEARNER)
@_bloc_option
@click.option("--schema", type=_READ, help="Schéma JSON de 1EdTech, pour vérifier le badge avant de l’écrire.")
@course_option
def badge(apprenant: str, bloc: str, schema: Path | None, root: Path) -> None:
    """Écrit l’Open Badge 3.0, non signé, de chaque bloc acquis par une personne."""
    from autograder.cli.base import course_at
    from autograder.exports.credential_files import write_badges
    from autograder.exports.credentials import OB_SCHEMA

    for path in write_badges(course_at(root), apprenant, bloc.upper(), schema):
        say(f"Écrit : {path}")
    if schema is None:
        say("Non vérifié avec le schéma de 1EdTech, que casekit n’a pas le droit de fournir. Téléchargez-le :")
        click.echo(OB_SCHEMA)
        say("puis donnez-le avec « --schema FICHIER ».")
    say("Un badge non signé ne prouve rien : la plateforme du certificateur le signe et le délivre.")


@export.command()
@click.argument("apprenant", type=LEARNER)
@_bloc_option
@course_option
def elm(apprenant: str, bloc: str, root: Path) -> None:
    """Écrit, non scellé, le European Digital Credential (ELM 3, JSON-LD) de ce qu’une personne a acquis."""
    from datetime import date

    from autograder.cli.base import course_at
    from autograder.exports.credential_files import write_european
    from autograder.exports.credentials import LEFT_TO_THE_SEAL

    say(f"Écrit : {write_european(course_at(root), apprenant, date.today(), bloc.upper())}")
    say(f"Non scellé : l’outil de scellement du certificateur y ajoute {LEFT_TO_THE_SEAL}, puis le cachet.")


@export.command()
@click.option("--xsd", type=_READ, help="Le schéma du fichier à déposer, donné par la Caisse des Dépôts.")
@click.option("--modele", "blank", is_flag=True, help="Écrit les fichiers à remplir, sans rien remplacer.")
@click.option("--session", default="", help="La seule session du jury à déclarer (par défaut : toutes).")
@course_option
def accrochage(xsd: Path | None, blank: bool, session: str, root: Path) -> None:
    """Écrit le XML des certifications prononcées, que le certificateur dépose à la Caisse des Dépôts."""
    from datetime import datetime

    from autograder.cli.base import course_at
    from autograder.console import warn
    from casestudies.errors import CasekitError

    if xsd is None:
        raise CasekitError(
            "Il faut le schéma (XSD) du fichier à déposer : casekit n’en a pas de copie. Le certificateur l’obtient, "
            "avec le dictionnaire des données, sur https://certificateurs.moncompteformation.gouv.fr (« Comment "
            "faire ? »), où il se fait aussi connaître de la Caisse des Dépôts. Puis : « casekit export "
            "accrochage --xsd FICHIER »."
        )
    from autograder.exports import accrochage as export_of
    from autograder.exports import accrochage_model, civil_status

    course = course_at(root)
    if blank:
        model, civil = (course.root / module.FILE for module in (accrochage_model, civil_status))
        there = "Déjà là, laissé tel quel"
        say(f"{there} : {model}" if model.exists() else f"Écrit : {accrochage_model.write_blank(model, xsd)}")
        say(f"{there} : {civil}" if civil.exists() else f"Écrit : {civil_status.write_blank(course)}")
        return
    done = export_of.write_accrochage(course, xsd, datetime.now().astimezone(), session)
    say(f"Écrit : {done.path} ({done.count} passage(s), conforme à {xsd.name}).")
    for name in done.left:
        warn(f"{name} : dans le registre, mais plus dans eleves.csv ; non déclaré.")
    say("Ce fichier porte des états civils : déposez-le, puis supprimez-le.")
