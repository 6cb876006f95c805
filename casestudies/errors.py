"""The errors a learner may meet: each says, in French, what is wrong, where, and what to do."""

from casestudies.french import meant, nearest
from casestudies.typography import french


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
