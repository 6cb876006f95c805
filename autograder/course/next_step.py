"""What a course waits for, told from its folders alone: what ``casekit`` says by itself."""

from collections.abc import Iterator
from pathlib import Path

from autograder.course.class_list import read_learners
from casestudies.errors import CasekitError
from casestudies.typography import french

CONFIG, LIST, BUILD = "nbgrader_config.py", "eleves.csv", "build"
NO_COURSE = (
    "Ce dossier n’est pas un cours. « casekit init DOSSIER » en crée un ; « casekit lab DOSSIER » ouvre les notebooks "
    "pour étudier seul."
)


def next_steps(root: Path) -> list[str]:
    """Return, in French, what to do next in a course; in another folder, how to begin."""
    if not (root / CONFIG).is_file():
        return [NO_COURSE]
    return [french(step) for step in _steps(root)]


def _steps(root: Path) -> Iterator[str]:
    try:
        learners = read_learners(root / LIST) if (root / LIST).is_file() else {}
    except CasekitError as error:
        yield str(error)
        return
    if not learners:
        yield "eleves.csv est vide : complétez-le, ou « casekit classe LISTE »."
        return
    given = [
        path.name for path in sorted((root / "notebooks").glob("*")) if (root / BUILD / "release" / path.name).is_dir()
    ]
    if not given:
        yield "Rien n’est distribué : « casekit release e2-performance », par exemple."
    for assignment in given:
        yield _of_assignment(root / BUILD, assignment, len(learners))
    if (root / BUILD / "fiches").is_dir():
        yield "Pour le jury : « casekit parcours », puis « casekit jury »."


def _of_assignment(build: Path, assignment: str, people: int) -> str:
    """Return the next step of an assignment that was handed out."""
    received = {path.parent.name for path in (build / "submitted").glob(f"*/{assignment}")}
    graded = {path.name for path in (build / "answers" / assignment).glob("*") if path.is_dir()}
    told = {path.parent.name for path in (build / "feedback").glob(f"*/{assignment}")}
    done = len(received & graded)
    said = f"{assignment} : {len(received)} copie(s) reçue(s) pour {people} personne(s), {done} corrigée(s)"
    if not received:
        step = f"« casekit recevoir {assignment} DOSSIER|ZIP »"
    elif received - graded:
        step = f"« casekit grade {assignment} »"
    elif graded - told:
        step = f"« casekit review {assignment} --relecteur NOM », puis « casekit feedback {assignment} »"
    elif not (build / "fiches" / assignment).is_dir():
        step = f"« casekit sheets {assignment} »"
    else:
        step = f"« casekit rendre {assignment} »"
    return f"{said}. Ensuite : {step}."
