"""The errors a learner may meet: each says, in French, what is wrong, where, and what to do."""

import errno

from casestudies.french import meant, nearest
from casestudies.typography import french

REASONS = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le quota d’espace disque est atteint",
    errno.EROFS: "le disque est en lecture seule",
    errno.EACCES: "les droits ne le permettent pas",
    errno.EPERM: "les droits ne le permettent pas",
    errno.ENOENT: "ce chemin n’existe pas",
    errno.ENOTDIR: "un fichier est là où il faudrait un dossier",
    errno.EISDIR: "un dossier est là où il faudrait un fichier",
    errno.EEXIST: "il existe déjà",
    errno.ENOTEMPTY: "le dossier n’est pas vide",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EIO: "le disque ne répond pas comme il faut",
    errno.EFBIG: "le fichier serait trop grand",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts sur la machine",
    errno.EBUSY: "un autre programme s’en sert",
    errno.ETXTBSY: "un autre programme s’en sert",
    errno.ELOOP: "ses liens tournent en rond",
}
"""What the system's refusals mean, in French."""


def why(error: OSError) -> str:
    """Return in French why the system refused; its own words, quoted, for what is met too rarely to be listed.

    >>> why(OSError(errno.ENOSPC, "No space left on device"))
    'le disque est plein'
    """
    return REASONS.get(error.errno or 0) or f"« {error.strerror or error} »"


class CasekitError(Exception):
    """Base of the kit's errors; the message is in French and is shown without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """Show, in a notebook, the sentence alone (IPython calls this method)."""
        return [french(str(self))]


class UnknownNameError(CasekitError):
    """A company, table, document, period or question that does not exist."""

    @classmethod
    def of(cls, kind: str, given: object, known: tuple[str, ...]) -> "UnknownNameError":
        """Build the message from the kind of thing (« table »), what was given and what exists."""
        choices = ", ".join(f"« {name} »" for name in known) or "aucun nom"
        near = meant(nearest(given, known, 1))
        said = (f"Aucune {kind} ne s’appelle « {given} ».", near, f"Noms possibles : {choices}.")
        return cls(" ".join(part for part in said if part))
