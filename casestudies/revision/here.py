"""Opening the revision of the day from the notebook at hand, without a case."""

from pathlib import Path

from casestudies.dossier import feedback_service
from casestudies.errors import CasekitError
from casestudies.identity import STATE_FOLDER, being_graded, identify, read_json
from casestudies.revision.opening import Revision, revision_of
from casestudies.study import home_of

UNKNOWN = (
    "Écrivez votre identifiant entre les guillemets, par exemple `reviser('ana.martin')`, puis relancez la cellule : "
    "la révision commence par vos propres erreurs."
)


def reviser(identifiant: str = "") -> Revision | None:
    """Open five minutes of revision: your own mistakes first, then what is due, then new questions and words.

    Nothing of it is ever a mark.

    Parameters
    ----------
    identifiant
        Your identifier, given by your trainer; it is kept, so once is enough, here or in a notebook beside.

    Raises
    ------
    CasekitError
        When nobody gave an identifier, or it cannot be used; the message is in French.
    """
    if being_graded():
        return None
    home = home_of(Path.cwd())
    identity = identify(identifiant or _given_in_a_notebook(home), home)
    if identity.is_reference:
        raise CasekitError(UNKNOWN)
    return revision_of(identity.learner, home, feedback_service())


def _given_in_a_notebook(home: Path) -> str:
    """Return the identifier kept beside the notebooks of a study folder, empty when there are several or none."""
    if (home / STATE_FOLDER / "identite.json").exists():
        return ""
    kept = {str(read_json(path).get("identifiant", "")) for path in home.glob(f"*/{STATE_FOLDER}/identite.json")}
    return kept.pop() if len(kept) == 1 else ""
