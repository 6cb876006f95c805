"""The learner's side of casekit: companies, their variants, and the case that a learner opens."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from casestudies._version import __version__

if TYPE_CHECKING:
    from casestudies.charts import decrire
    from casestudies.dossier import Dossier, ouvrir_dossier
    from casestudies.home.opening import accueil
    from casestudies.remise.here import remettre
    from casestudies.revision.glossary import glossaire
    from casestudies.revision.here import reviser

_PLACES = {
    "Dossier": "dossier", "accueil": "home.opening", "decrire": "charts", "glossaire": "revision.glossary",
    "ouvrir_dossier": "dossier", "remettre": "remise.here", "reviser": "revision.here",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import what learners use when it is asked for: pandas is slow to import, and few commands need it."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


__all__ = ["Dossier", "__version__", "accueil", "decrire", "glossaire", "ouvrir_dossier", "remettre", "reviser"]
