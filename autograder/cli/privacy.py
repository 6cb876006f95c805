"""The commands about personal data: a copy that names nobody, the erasing of one person."""

from pathlib import Path

import click

from autograder.cli.base import LEARNER, PATH, course_at, course_option, end, main, target_option
from autograder.console import say


@main.command()
@target_option(type=PATH, help="Dossier à écrire (par défaut : à côté du cours, avec « -anonyme »).")
@click.option("--table", "keep", is_flag=True, help="Écrit aussi, hors de la copie, qui est qui (pour le centre seul).")
@course_option
def anonymise(target: Path | None, keep: bool, root: Path) -> None:
    """Écrit une copie du cours sans identité : pseudonymes, noms masqués, notes privées retirées."""
    from autograder.privacy.anonymising import UNKNOWN, write_table
    from autograder.privacy.anonymising import anonymise as copy

    course = course_at(root)
    made = copy(course, target or course.root.with_name(f"{course.root.name}-anonyme"))
    say(f"Copie écrite dans {made.folder} : {len(made.learners)} apprenant(s), {len(made.markers)} relecteur(s).")
    if made.left_out:
        say(f"{made.left_out} fichier(s) qui ne se masquent pas n’ont pas été copiés.")
    if keep:
        table = write_table(made, made.folder.with_name(f"{made.folder.name}-correspondance.csv"))
        say(f"Correspondance dans {table} : ne la donnez à personne.")
    say(f"À relire avant de la donner, car rien ne le reconnaît : {' ; '.join(UNKNOWN)}. LISEZMOI dit le reste.")


@main.command()
@click.argument("apprenant", type=LEARNER)
@click.option("--oui", "sure", is_flag=True, help="Efface (sinon : montre seulement ce qui serait effacé et gardé).")
@click.option("--tout", "everything", is_flag=True, help="Efface aussi le registre des blocs acquis.")
@course_option
def forget(apprenant: str, sure: bool, everything: bool, root: Path) -> None:
    """Efface d’un cours les données d’une personne, et dit ce que le centre garde et pourquoi."""
    from autograder.privacy import report
    from autograder.privacy.forgetting import forget as erase
    from autograder.privacy.forgetting import plan_of

    course = course_at(root)
    plan = plan_of(course, apprenant, everything)
    if not report.print_plan(course, plan, sure):
        return
    end(sure and report.print_done(plan, erase(course, plan, everything)))
