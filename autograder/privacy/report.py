"""What is said of an erasing: before it, what goes and what stays; after it, where the person is still named."""

from autograder.console import say
from autograder.course.course import Course
from autograder.privacy import law, trace
from autograder.privacy.forgetting import ErasingPlan
from autograder.privacy.places import ACQUIRED, TABLES
from casestudies.errors import CasekitError

SHOWN = 30
"""Most paths listed one by one."""


def print_plan(course: Course, plan: ErasingPlan, sure: bool) -> bool:
    """Say what an erasing does; return whether there is something to do.

    Raises
    ------
    CasekitError
        When the course does not know this person.
    """
    learner, begun = plan.learner.id, trace.state(course, plan.learner.id)
    if plan.empty and begun != trace.BEGUN:
        if begun == trace.DONE:
            say(f"« {learner} » a déjà été effacé de ce cours : il n’y a plus rien à effacer.")
            _print_kept(plan)
            return False
        raise CasekitError(f"« {learner} » n’apparaît nulle part dans ce cours : vérifiez l’identifiant.")
    say(f"Effacement de « {learner} » :" if sure else f"Serait effacé pour « {learner} » :")
    for path in (*plan.folders, *plan.files):
        say(f"  {path.relative_to(course.root)}")
    for path in plan.lists:
        say(f"  sa ligne dans {path.name}")
    for name, number in plan.rows.items():
        say(f"  {number} ligne(s) de la table {name}")
    if plan.lines:
        say(f"  {plan.lines} ligne(s) d’historique des réévaluations")
    if plan.draws:
        say(f"  {plan.draws} tirage(s) de tirages.json")
    if plan.others:
        say(f"  son identifiant dans {len(plan.others)} résultat(s) d’autres personnes")
    if plan.shared:
        say(f"Supprimé aussi, de toute la classe : {len(plan.shared)} fichier(s) de fiches, d’exports, de sauvegardes.")
    _print_kept(plan)
    for line in law.LINES:
        say(line)
    if not sure:
        say("Rien n’a été effacé. Pour effacer, relancez la même commande avec « --oui ».")
    return True


def print_done(plan: ErasingPlan, found: list[str]) -> bool:
    """Say that it is done and where the person is still named; return whether the trainer has something to look at."""
    say(f"C’est fait. Trace datée, sans identité : {trace.FILE}.")
    say("Un prénom seul, dans un texte écrit par quelqu’un d’autre, n’est pas cherché : relisez les commentaires.")
    if found:
        say(f"« {plan.learner.id} » ou ses nom et prénom se lisent encore à ces endroits, à traiter à la main :")
        for one in found[:SHOWN]:
            say(f"  {one}")
        if len(found) > SHOWN:
            say(f"  … et {len(found) - SHOWN} autre(s).")
    return bool(found)


def _print_kept(plan: ErasingPlan) -> None:
    for name, number in plan.kept.items():
        reason = next(table.kept for table in TABLES if table.name == name)
        say(f"Gardé : {number} ligne(s) de la table {name}. {reason}")
    if plan.kept_files:
        say(f"Gardé : {len(plan.kept_files)} fichier(s) du jury, dont {plan.kept_files[0].name}. {ACQUIRED}")
