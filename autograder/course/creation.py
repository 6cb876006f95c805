"""Making folders for people: a course for a trainer, a study folder for a learner."""

import shutil
import tempfile
from pathlib import Path

from autograder.content import notebooks_folder
from autograder.course.course import CONFIG_FILE, LEARNERS_FILE, Course
from autograder.course.home import write_home
from autograder.course.private import private_folder
from autograder.course.revision import write_revision
from autograder.grading.release import release
from autograder.review.desk.opening import write_notebook
from autograder.sheets.centre import FILE as CENTRE_FILE
from autograder.sheets.centre import example
from casestudies.errors import CasekitError, why

CONFIG = '''"""La configuration du cours : tout est dit dans casekit, pour que tous les cours soient corrigés pareil."""

from autograder.course.configuration import configure

configure(get_config(), __file__)
'''
ANONYMISED = CONFIG.replace("__file__)", "__file__, anonymised=True)")
"""That of a copy without identities, which cannot be graded again."""
LEARNERS = "identifiant;prenom;nom\n"


def assignments() -> list[str]:
    """Return the names of the kit's own assignments."""
    return sorted(folder.name for folder in notebooks_folder().iterdir() if any(folder.glob("*.ipynb")))


def init_course(root: Path) -> Course:
    """Make a course folder ready for nbgrader: configuration, source notebooks, an empty class list, the review desk.

    The centre's settings are there too, all at their defaults. Nobody but the owner of the folder can enter it.

    Raises
    ------
    CasekitError
        When the folder already holds something, or cannot be written.
    """
    if root.exists() and any(root.iterdir()):
        raise CasekitError(f"Le dossier {root} n’est pas vide : choisissez-en un autre, rien n’a été changé.")
    try:
        private_folder(root)
        ignored = shutil.ignore_patterns("*.md", "*.py", ".*", "tirages.json")
        for name in assignments():
            shutil.copytree(notebooks_folder() / name, root / "notebooks" / name, ignore=ignored)
        write_config(root)
        write_notebook(root)
        (root / LEARNERS_FILE).write_text(LEARNERS, encoding="utf-8-sig")  # its mark: a spreadsheet reads the accents
        (root / CENTRE_FILE).write_text(example(), encoding="utf-8")
    except OSError as error:
        raise CasekitError(f"Le dossier {root} ne peut pas être écrit : {why(error)}.") from error
    return Course(root.resolve())


def write_config(root: Path, anonymised: bool = False) -> Path:
    """Write the course's configuration again, and return its path; nothing else changes.

    ``anonymised`` writes that of a copy under other identifiers, which refuses to be graded.
    """
    path = root / CONFIG_FILE
    path.write_text(ANONYMISED if anonymised else CONFIG, encoding="utf-8")
    return path


def study_folder(target: Path) -> list[Path]:
    """Write the learners' versions of every assignment under ``target``, to study alone; return the notebooks.

    Work already there is never overwritten: an existing notebook is kept as it is. The home and the notebook of
    daily revision stand at the root.

    Raises
    ------
    CasekitError
        When the folder cannot be written.
    """
    written: list[Path] = []
    with tempfile.TemporaryDirectory() as temporary:
        course = init_course(Path(temporary) / "etude")
        for name in course.assignments():
            for source in sorted(release(course, name).rglob("*")):
                path = target / name / source.relative_to(course.folder("release") / name)
                if source.is_file() and source.name != "tirages.json" and not path.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source, path)
                    written.append(path)
    return written + write_revision(target) + write_home(target)
