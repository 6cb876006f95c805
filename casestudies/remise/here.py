"""Handing in from a page that opens no case: the home of a study folder."""

from pathlib import Path

from casestudies.dossier import feedback_service
from casestudies.identity import being_graded, identify, normalise
from casestudies.remise.handing_in import HandedInCard, hand_in
from casestudies.study import home_of


def remettre(identifiant: str = "", evaluation: str = "") -> HandedInCard | None:
    """Read every notebook of an assessment afresh, write its ZIP with a receipt, and say what is in it.

    Parameters
    ----------
    identifiant
        Your identifier; the one kept beside the notebooks when it is empty.
    evaluation
        The assessment's folder in the study folder, for instance « e2-performance »; where the notebook stands when it
        is empty.

    Raises
    ------
    CasekitError
        When the folder has no notebook that asks questions, or cannot be written; the message is in French.
    """
    if being_graded():
        return None
    here = Path.cwd()
    folder = here
    if evaluation and here.name != evaluation:
        folder = (here if (here / evaluation).is_dir() else home_of(here)) / evaluation
    learner = normalise(identifiant) or identify("", folder).learner
    return hand_in(folder, learner, feedback_service())
