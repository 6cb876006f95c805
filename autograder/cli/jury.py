"""The commands on the way to the certification: pathways, tutors' grids, the jury's record, attestations."""

import sys
from datetime import date, time
from pathlib import Path

import click

from autograder.cli.base import (
    FILE,
    LEARNER,
    USAGE_ERROR,
    course_at,
    course_option,
    end,
    learners_option,
    main,
    saved_course_at,
)
from autograder.console import say, warn
from casestudies.errors import CasekitError


def day_of(_context: click.Context, _option: click.Parameter, text: str) -> date | None:
    """Return the day that an option writes, « 30/06/2026 », « 2026-06-30 », « 30 juin 2026 »; None without it.

    Raises
    ------
    click.BadParameter
        When it is not one.
    """
    from casestudies.french import date_in

    found = date_in(text)
    if text and found is None:
        raise click.BadParameter(f"« {text[:40]} » n’est pas une date : écrivez par exemple 30/06/2026 ou 2026-06-30.")
    return found


def hour_of(_context: click.Context, _option: click.Parameter, text: str) -> time | None:
    """Return the hour that an option writes, « 09:30 » or « 9 h 30 »; None without it.

    Raises
    ------
    click.BadParameter
        When it is not one.
    """
    from autograder.course.lists import read_hour

    found = read_hour(text)
    if text and found is None:
        raise click.BadParameter(f"« {text[:40]} » n’est pas une heure : écrivez par exemple 09:30 ou 9 h 30.")
    return found


@main.command()
@click.argument("apprenant", type=LEARNER, default="")
@click.option("--json", "as_text", is_flag=True, help="Écrit le parcours en JSON sur la sortie standard.")
@click.option("--modele", "blank", is_flag=True, help="Écrit un parcours.csv à remplir, sans rien remplacer.")
@course_option
def parcours(apprenant: str, as_text: bool, blank: bool, root: Path) -> None:
    """Dit ce qui est acquis, ce qui manque et la suite, pour une personne ou pour la classe."""
    from autograder.certification.pathway import write_blank
    from autograder.certification.progress import progress_of
    from autograder.certification.showing import as_json, print_class, print_learner
    from autograder.review.store import take_in

    course = course_at(root)
    if blank:
        say(f"À remplir : {write_blank(course)}.")
        return
    take_in(course, *course.assignments())
    found = progress_of(course, [apprenant] if apprenant else None)
    if as_text:
        click.echo(as_json(found).encode("utf-8"), nl=False)
    elif apprenant:
        print_learner(found[0])
    else:
        print_class(found)


@main.command()
@click.argument("cibles", nargs=-1)
@click.option("--tous", "everyone", is_flag=True, help="Écrit la grille de chaque apprenant de la classe.")
@click.option("--import", "importing", is_flag=True, help="Lit plutôt les grilles remplies : CIBLES sont des fichiers.")
@course_option
def tuteur(cibles: tuple[str, ...], everyone: bool, importing: bool, root: Path) -> None:
    """Écrit la grille tuteur de CIBLES (XLSX, à remplir ou à imprimer), ou importe des grilles remplies."""
    from autograder.certification.tutor_desk import import_grids, write_grids

    course = course_at(root)
    if importing:
        kept, problems = import_grids(course, [Path(one) for one in cibles])
        for text in kept:
            say(text)
        for problem in problems:
            warn(problem)
        if problems:
            sys.exit(USAGE_ERROR)
        return
    written = write_grids(course, None if everyone else cibles)
    say(f"{len(written)} grille(s) écrite(s) dans {written[0].parent}.")


@main.command()
@click.option("--session", "name", default="", help="Nom de la session (par défaut : « Session du » et sa date).")
@click.option(
    "--date", "day", default="", callback=day_of, help="Date de la session, par exemple 30/06/2026 (sinon : ce jour)."
)
@click.option("--lieu", "place", default="", help="Lieu de la session, pour le procès-verbal.")
@click.option("--debut", "opened", default="", callback=hour_of, help="Heure du début, par exemple 09:30.")
@click.option("--fin", "closed", default="", callback=hour_of, help="Heure de la fin.")
@click.option("--membres", "members_file", type=FILE, help="Membres du jury (par défaut : membres.csv du cours).")
@learners_option(help="Ne présente que cette personne (répétable).")
@click.option("--valider", "filled", type=FILE, help="Enregistre les décisions de ce fichier decisions.csv rempli.")
@click.option("--par", "author", default="", help="Nom de la personne qui enregistre (avec --valider).")
@click.option(
    "--correction", "correcting", is_flag=True, help="Corrige ce qui est enregistré, avec un motif par ligne."
)
@click.option("--verifier", "trace", type=FILE, help="Dit si une trace, ou un fichier qu’elle cite, a changé.")
@course_option
def jury(
    name: str, day: date | None, place: str, opened: time | None, closed: time | None, members_file: Path | None,
    learners: tuple[str, ...], filled: Path | None, author: str, correcting: bool, trace: Path | None, root: Path,
) -> None:  # fmt: skip
    """Prépare le procès-verbal du jury, enregistre ses décisions, ou vérifie leur trace."""
    from autograder.certification import decisions, showing
    from autograder.certification.members import members_of, read_members
    from autograder.certification.model import Sitting
    from autograder.certification.record import build_record, require_sitting
    from autograder.certification.session_files import write_record
    from autograder.certification.trace import check_trace
    from autograder.review.store import take_in

    if trace:
        end(showing.print_checked(check_trace(trace)))
        return
    if (correcting or author) and not filled:
        raise CasekitError("« --correction » et « --par » accompagnent « --valider decisions.csv ».")
    course = saved_course_at(root, "jury") if filled else course_at(root)
    take_in(course, *course.assignments())
    members = read_members(members_file) if members_file else members_of(course)
    if filled is None:
        held = day or date.today()
        sitting = require_sitting(Sitting(place, opened, closed))
        record = build_record(course, name or f"Session du {held:%d-%m-%Y}", held, members, learners or None, sitting)
        showing.print_record(record, write_record(course, record))
        return
    if name or day or learners or place or opened or closed:
        raise CasekitError(
            "Avec « --valider », la session, la date, le lieu, les heures et les candidats sont ceux du fichier."
        )
    session = decisions.session_in(filled)
    before = build_record(course, session.name, session.day, members, sitting=session.sitting)
    wanted = decisions.read_decisions(filled, before, correcting)
    entries = decisions.record_decisions(course, before, wanted, author, correcting)
    heard = decisions.learners_in(filled)
    after = build_record(course, session.name, session.day, members, heard, session.sitting)
    showing.print_recorded(entries, showing.left_open(after), write_record(course, after, filled))


@main.command()
@click.argument("apprenant", type=LEARNER)
@click.option("--bloc", default="", help="N’atteste que ce bloc, par son code (par exemple B1).")
@course_option
def attestation(apprenant: str, bloc: str, root: Path) -> None:
    """Écrit l’attestation des blocs acquis par une personne, ou de la certification (PDF et DOCX), sans aucune note."""
    from autograder.certification.session_files import write_attestation
    from autograder.certification.showing import print_written

    print_written(write_attestation(course_at(root), apprenant, date.today(), bloc.upper()))


@main.command()
@click.argument("apprenant", type=LEARNER)
@click.option(
    "--modele", "blank", is_flag=True, help="Écrit plutôt le classeur où la personne raconte ses expériences."
)
@click.option("--classeur", "sent", type=FILE, help="Garde d’abord ce classeur rempli, reçu à part (VAE, courriel).")
@course_option
def dossier(apprenant: str, blank: bool, sent: Path | None, root: Path) -> None:
    """Assemble le dossier de valorisation d’une personne (PDF et DOCX), et dit ce qui y manque."""
    from autograder.certification.dossier_files import receive, write_dossier, write_form
    from autograder.certification.showing import print_dossier
    from autograder.review.store import take_in

    course = course_at(root)
    if blank:
        say(f"À remplir par la personne : {write_form(course, apprenant)}.")
        return
    if sent:
        say(f"Classeur gardé : {receive(course, apprenant, sent).name}.")
    take_in(course, *course.assignments())
    end(print_dossier(write_dossier(course, apprenant, date.today())))
