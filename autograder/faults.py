"""What a disk or a database refuses, said in French: what, where, what to do. The one place where it is said.

Whatever is stopped by such a fault can be asked for again: files are written whole or not at all, and the gradebook's
transactions too, so that the same command takes up what is left.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from casestudies.errors import CasekitError, why

AGAIN = "Ce qui était enregistré l’est toujours : relancez ensuite la même commande, elle fera le reste."
_FREE_SPACE = f"le disque est plein. Libérez de la place. {AGAIN}"
_CASES: tuple[tuple[str, str], ...] = (
    (
        "locked|busy",
        "un autre programme l’occupe depuis trop longtemps. Fermez le formgrader, ou attendez la fin de l’autre "
        f"commande. {AGAIN}",
    ),
    (
        "readonly|read-only",
        f"elle est en lecture seule. Rendez ce fichier et son dossier modifiables (droits, disque). {AGAIN}",
    ),
    ("disk is full|No space left", _FREE_SPACE),
    (
        "not a database|malformed|file is encrypted",
        "ce fichier est abîmé. « casekit restaurer » montre les sauvegardes du cours et en remet une en place, en "
        "gardant ce fichier de côté. Sans sauvegarde, mettez-le ailleurs : « casekit release » puis « casekit grade » "
        "refont les notes de la machine d’après les copies ; les relectures, elles, ne se refont pas.",
    ),
    (
        "unable to open",
        f"elle ne peut pas être ouverte. Vérifiez que son dossier existe, ses droits et la place du disque. {AGAIN}",
    ),
    ("disk I/O", f"le disque ne répond pas comme il faut. Vérifiez-le, et la place qui y reste. {AGAIN}"),
    (
        "no such (table|column)|has no column",
        "elle n’a pas les tables attendues. Faites-en une copie, puis lancez « nbgrader db upgrade » dans le dossier "
        f"du cours. {AGAIN}",
    ),
)
"""What a database's own words mean, the first that fits."""
_FILE_IN_LOG = re.compile(r"OSError|PermissionError|FileNotFoundError|NotADirectoryError|shutil\.Error")
_ERRNO = re.compile(r"\[Errno (\d+)\] ([^:\n]*)(?:: '([^'\n]*)')?")
_DATABASE_IN_LOG = re.compile(r"(?:sqlite3|exc|psycopg[\w.]*|errors)\.(?:\w*Error)\b\)?:? *([^\n]*)")


def database_sentence(error: BaseException) -> str:
    """Return what to say of an error of SQLAlchemy's or of SQLite's."""
    cause = str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__]
    notes = getattr(error, "__notes__", ())
    return _of_database(cause[0], notes[0] if notes else "")


def file_sentence(error: OSError) -> str:
    """Return what to say of a file or a folder that the system refuses."""
    if error.errno is None:  # such as shutil's, which hold those of several files as text
        return in_log(f"OSError {error}") or f"Un fichier ne peut pas être lu ou écrit : {why(error)}. {AGAIN}"
    name = error.filename2 or error.filename
    where = f"« {name} » ne peut pas être lu ou écrit" if isinstance(name, str) else "L’écriture s’est arrêtée"
    return f"{where} : {why(error)}. Réglez cela. {AGAIN}"


def in_log(log: str) -> str:
    """Return what to say of the last fault that a log of nbgrader's tells, an empty text when it tells none."""
    database = list(_DATABASE_IN_LOG.finditer(log))
    if database and any(re.search(signs, database[-1][1], re.IGNORECASE) for signs, _ in _CASES):
        return _of_database(database[-1][1].rstrip(")"), "")
    files = list(_ERRNO.finditer(log)) if _FILE_IN_LOG.search(log) else []
    if not files:
        return ""
    number, told, name = files[-1].groups()
    return file_sentence(OSError(int(number), told, name))


@contextmanager
def told_in_french() -> Iterator[None]:
    """Turn what a database or a disk refuses into the kit's own error.

    Raises
    ------
    CasekitError
        In place of any error of SQLAlchemy's, of SQLite's or of the system's.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CasekitError(file_sentence(error)) from error
    except Exception as error:
        if not isinstance(error, _database_errors()):
            raise
        raise CasekitError(database_sentence(error)) from error


def _database_errors() -> tuple[type[Exception], ...]:
    """Return the kinds of error of the databases that are in use: nothing is imported to know them."""
    known = (("sqlite3", "Error"), ("sqlalchemy.exc", "SQLAlchemyError"))
    return tuple(getattr(sys.modules[module], name) for module, name in known if module in sys.modules)


def _of_database(cause: str, place: str) -> str:
    where = f"La base de notes « {place} »" if place else "La base de notes du cours"
    for signs, told in _CASES:
        if re.search(signs, cause, re.IGNORECASE):
            return f"{where} ne répond pas : {told}"
    return f"{where} ne répond pas ou ne peut pas être écrite : « {cause} ». {AGAIN}"
