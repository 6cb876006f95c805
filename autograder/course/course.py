"""A course folder: where things are, its nbgrader configuration, its learners."""

import logging
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from nbgrader import api as gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy.engine import make_url
from traitlets.config import Config, PyFileConfigLoader

from autograder.course.class_list import Learner, read_learners
from autograder.course.configuration import MARK, RECORDS
from casestudies.errors import CasekitError

CONFIG_FILE = "nbgrader_config.py"
LEARNERS_FILE = "eleves.csv"
NOT_THE_ORIGINAL = (
    "Ce cours est une copie sans identité : les chiffres des variantes dépendent des identifiants d’origine, rien ne "
    "peut y être distribué ni corrigé de nouveau. Travaillez dans le cours d’origine."
)


@dataclass(frozen=True)
class Course:
    """A course folder made by ``casekit init``."""

    root: Path

    @cached_property
    def config(self) -> Config:
        """Return nbgrader's configuration of this course.

        Raises
        ------
        CasekitError
            When the configuration is missing, fails to load, or is not the kit's: grading would then be wrong.
        """
        if not (self.root / CONFIG_FILE).is_file():
            raise CasekitError(
                f"Ce dossier n’est pas un cours : « {CONFIG_FILE} » manque dans {self.root}. "
                "Placez-vous dans le dossier du cours, ou créez-en un avec « casekit init DOSSIER »."
            )
        try:
            config = PyFileConfigLoader(CONFIG_FILE, path=str(self.root)).load_config()
        except Exception as error:  # the file is the trainer's own Python
            raise CasekitError(
                f"La configuration {self.root / CONFIG_FILE} ne se charge pas ({type(error).__name__} : {error}). "
                "Rien n’a été corrigé. Rétablissez le fichier d’origine avec « casekit init --config »."
            ) from error
        if config.Casekit.get("mark") != MARK:
            raise CasekitError(
                f"La configuration {self.root / CONFIG_FILE} n’appelle pas casekit : la correction serait fausse. "
                "Rien n’a été corrigé. Rétablissez le fichier d’origine avec « casekit init --config »."
            )
        return config

    @cached_property
    def api(self) -> NbGraderAPI:
        """Return nbgrader's Python API on this course."""
        config = self.config.copy()
        config.Application.log_level = logging.ERROR
        config.NbGrader.log_level = logging.ERROR
        return NbGraderAPI(config=config)

    @property
    def db_url(self) -> str:
        """Address of the gradebook's database."""
        return str(self.api.coursedir.db_url)

    @property
    def gradebook_file(self) -> Path | None:
        """The file of a gradebook kept in SQLite; None for another database."""
        url = make_url(self.db_url)
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None

    @property
    def course_id(self) -> str:
        """nbgrader's name for the course."""
        return str(self.config.CourseDirectory.course_id)

    @property
    def records(self) -> Path:
        """Folder where answers and results are kept."""
        return self.root / RECORDS

    def folder(self, step: str) -> Path:
        """Return the folder of a step of nbgrader's: « release », « submitted », « autograded », « feedback »."""
        return self.root / str(getattr(self.config.CourseDirectory, f"{step}_directory"))

    def source(self, assignment: str) -> Path:
        """Return the folder of an assignment's source notebooks."""
        return self.root / str(self.config.CourseDirectory.source_directory) / assignment

    def assignments(self) -> list[str]:
        """Return the assignments of the course, in alphabetical order."""
        base = self.root / str(self.config.CourseDirectory.source_directory)
        return sorted(folder.name for folder in base.glob("*") if any(folder.glob("*.ipynb")))

    def require(self, assignment: str) -> str:
        """Return ``assignment`` when the course has it.

        Raises
        ------
        CasekitError
            When it does not, with the known names.
        """
        if assignment not in self.assignments():
            listed = ", ".join(f"« {name} »" for name in self.assignments()) or "aucune"
            raise CasekitError(f"Le cours n’a pas d’évaluation « {assignment} ». Évaluations présentes : {listed}.")
        return assignment

    def require_original(self) -> None:
        """Refuse to work on a copy under other identifiers, whose figures are not the learners' own.

        Raises
        ------
        CasekitError
            When the course was made by ``casekit anonymise``.
        """
        if self.config.Casekit.get("anonymised"):
            raise CasekitError(NOT_THE_ORIGINAL)

    def learners(self) -> dict[str, Learner]:
        """Return the learners of ``eleves.csv``, by identifier; a file that does not exist gives nobody.

        Raises
        ------
        CasekitError
            When the file cannot be read as announced, with the line at fault.
        """
        path = self.root / LEARNERS_FILE
        return read_learners(path) if path.is_file() else {}


@cache
def _gradebook_version() -> str:
    """Return the version of nbgrader's tables; to ask, nbgrader itself starts « alembic », which takes two seconds."""
    from alembic.script import ScriptDirectory

    return str(ScriptDirectory(ALEMBIC_DIR).get_current_head())


gradebook.get_alembic_version = _gradebook_version
