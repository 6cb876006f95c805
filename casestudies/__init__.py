"""The learner's side of casekit: companies, their variants, and the case that a learner opens."""

from casestudies._version import __version__
from casestudies.charts import decrire
from casestudies.dossier import Dossier, ouvrir_dossier

__all__ = ["Dossier", "__version__", "decrire", "ouvrir_dossier"]
