"""The folders of a class: whose they are, which assignment they hold, and those that nobody can place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.class_list import Learner
from autograder.grading.records import Incident
from autograder.grading.triage.candidates import is_notebook_name
from autograder.grading.triage.files import link_at
from autograder.grading.triage.names import nearest, resembles, simplified
from casestudies.errors import why
from casestudies.identity import normal_form
from casestudies.quoting import argument, is_odd, shown

EARLIER = "une note enregistrée auparavant, s’il y en a une, est celle d’une copie plus ancienne"


@dataclass
class Survey:
    """The submissions of one assignment, by learner.

    ``folders`` can be graded; ``misnamed`` are among them, under another spelling of the assignment's name; ``apart``
    says why something is not graded, by the name of the learner's folder.
    """

    folders: dict[str, Path] = field(default_factory=dict)
    misnamed: dict[str, Path] = field(default_factory=dict)
    apart: list[tuple[str, Incident]] = field(default_factory=list)


def survey(submitted: Path, assignment: str, learners: Mapping[str, Learner], assignments: list[str]) -> Survey:
    """Return what ``submitted`` holds for an assignment; nothing is changed.

    Parameters
    ----------
    learners
        The class, by identifier; when it is empty, every folder counts as a learner's.
    assignments
        Every assignment of the course, so that the folder of another one is not taken for a misspelling.
    """
    seen = Survey()
    for entry in _entries(submitted):
        try:
            _sort_in(entry, assignment, learners, assignments, seen)
        except Exception as error:  # whatever one folder holds, the others are looked at
            reason = why(error) if isinstance(error, OSError) else type(error).__name__
            what = f"Ce dossier ne peut pas être lu ({reason}) : sa copie n’est pas corrigée, et {EARLIER}."
            seen.apart.append((entry.name, Incident("echec", what, "Vérifiez ses droits, puis relancez.")))
    return seen


def _sort_in(
    entry: Path, assignment: str, learners: Mapping[str, Learner], assignments: list[str], seen: Survey
) -> None:
    if entry.is_symlink():
        seen.apart.append((entry.name, link_at(entry)))
    elif not entry.is_dir():
        if is_notebook_name(entry.name):
            what = "Ce notebook n’est dans le dossier de personne."
            advice = f"Dites à qui il est : « casekit intake {assignment} --attribuer FICHIER APPRENANT »."
            seen.apart.append((entry.name, Incident("inconnu", what, advice)))
    elif is_odd(entry.name):
        what = "Le nom de ce dossier contient des caractères invisibles ou illisibles : sa copie n’est pas corrigée."
        seen.apart.append((entry.name, Incident("inconnu", what, "Renommez-le d’après eleves.csv, puis relancez.")))
    elif entry.name != normal_form(entry.name):
        seen.apart.append((entry.name, _misspelt(normal_form(entry.name))))
    elif learners and entry.name not in learners:
        if (entry / assignment).is_dir() or _resembling(entry, assignment, assignments) or _notebooks(entry):
            seen.apart.append((entry.name, _unknown(entry.name, assignment, learners)))
    else:
        _look_for(entry, assignment, assignments, seen)


def settle(seen: Survey, assignment: str) -> dict[str, Incident]:
    """Give misnamed folders the assignment's name; return what to say of each, by learner.

    A folder that cannot be renamed is graded where it is.
    """
    told = {}
    for learner, folder in seen.misnamed.items():
        target = folder.with_name(assignment)
        try:
            folder.rename(target)
        except OSError:
            continue
        seen.folders[learner] = target
        what = f"Le dossier « {shown(folder.name)} » a été renommé « {assignment} »."
        told[learner] = Incident("dossier-renomme", what, "Rien à faire ; rappelez le nom exact du dossier.")
    seen.misnamed.clear()
    return told


def _entries(folder: Path) -> list[Path]:
    """Return what a folder holds in order, hidden things left out; nothing when it cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def _look_for(learner: Path, assignment: str, assignments: list[str], seen: Survey) -> None:
    exact = learner / assignment
    alike = _resembling(learner, assignment, assignments)
    same = [folder for folder in alike if simplified(folder.name) == simplified(assignment)]
    if exact.is_symlink():
        seen.apart.append((learner.name, link_at(exact)))
    elif exact.exists():
        seen.folders[learner.name] = exact
    elif len(same) == 1:
        seen.folders[learner.name] = seen.misnamed[learner.name] = same[0]
    elif alike or _notebooks(learner):
        found = [path.name for path in alike] or [path.name for path in _notebooks(learner)]
        listed = ", ".join(f"« {shown(name)} »" for name in found[:3])
        what = f"Il n’y a pas de dossier « {assignment} », mais {listed}."
        words = f"{argument(f'{learner.name}/{found[0]}')} {argument(learner.name)}"
        advice = f"Si c’est la copie : « casekit intake {assignment} --attribuer {words} »."
        seen.apart.append((learner.name, Incident("dossier-introuvable", what, advice)))


def _resembling(learner: Path, assignment: str, assignments: list[str]) -> list[Path]:
    """Return the folders of a learner whose name may be meant as the assignment's."""
    return [
        path
        for path in _entries(learner)
        if path.is_dir() and not path.is_symlink() and path.name not in assignments and resembles(path.name, assignment)
    ]


def _notebooks(learner: Path) -> list[Path]:
    return [path for path in _entries(learner) if is_notebook_name(path.name)]


def _misspelt(name: str) -> Incident:
    what = f"Ce dossier écrit « {shown(name)} » avec d’autres caractères ; il n’a pas pu prendre ce nom."
    advice = "Un autre dossier l’a sans doute déjà : réunissez leurs fichiers, supprimez celui-ci, puis relancez."
    return Incident("inconnu", what, advice)


def _unknown(name: str, assignment: str, learners: Mapping[str, Learner]) -> Incident:
    alike = ", ".join(f"« {found} »" for found in suggested(name, learners))
    what = f"« {shown(name)} » n’est pas dans la liste de la classe (eleves.csv) : sa copie n’est pas corrigée."
    if alike:
        what += f" Identifiants proches : {alike}."
    command = f"casekit intake {assignment} --attribuer DOSSIER APPRENANT"
    advice = f"Complétez eleves.csv, ou dites à qui elle est : « {command} »."
    return Incident("inconnu", what, advice)


def suggested(name: str, learners: Mapping[str, Learner]) -> list[str]:
    """Return the identifiers of the learners whom ``name``, an identifier or a full name, may mean."""
    known: dict[str, str] = {}
    for one in learners.values():
        known |= dict.fromkeys((one.id, one.full_name, f"{one.last_name} {one.first_name}".strip() or one.id), one.id)
    return list(dict.fromkeys(known[found] for found in nearest(name, known)))
