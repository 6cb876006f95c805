"""What the kit proposes for each bloc and for the whole, before a jury decides: it proposes, the jury is sovereign."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from autograder.certification.model import WHOLE, Entry, Ruling
from autograder.certification.pathway import VAE, Oral, Pathway
from autograder.referentiel import Bloc
from autograder.sheets.blocs import BlocDecision
from autograder.sheets.model import Verdict
from casestudies.french import french_list


class Proposed(StrEnum):
    """What is proposed; the values are the words of the documents."""

    VALIDATE = "validé"
    NOT_VALIDATE = "non validé"
    TO_REVIEW = "à relire"
    ABSENT = "absent"
    WITHDRAWN = "retiré"
    NOT_ASSESSED = "non évalué"
    JURY = "au jury de décider"
    ACQUIRED = "déjà acquis"
    NOT_YET = "conditions non réunies"


WHOLE_BLOC = Bloc(WHOLE, "Certification entière")
"""What a proposal on the certification as a whole is about."""
UNDECIDED = (Proposed.TO_REVIEW, Proposed.ABSENT, Proposed.WITHDRAWN, Proposed.NOT_ASSESSED)
"""What the assessments leave undecided: a jury that decides all the same says why."""
RULINGS = {Proposed.VALIDATE: Ruling.VALIDATED, Proposed.NOT_VALIDATE: Ruling.NOT_VALIDATED}
"""What a jury decides when it confirms a proposal."""
HOPEFUL = (Proposed.ACQUIRED, Proposed.VALIDATE, Proposed.JURY)
"""What a bloc may be for the whole to be pronounced in the same session."""
BY_VERDICT = {
    Verdict.ACQUIRED: Proposed.VALIDATE,
    Verdict.PARTIAL: Proposed.NOT_VALIDATE,
    Verdict.NOT_ACQUIRED: Proposed.NOT_VALIDATE,
    Verdict.TO_REVIEW: Proposed.TO_REVIEW,
    Verdict.ABSENT: Proposed.ABSENT,
    Verdict.WITHDRAWN: Proposed.WITHDRAWN,
    None: Proposed.NOT_ASSESSED,
}


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one bloc of one learner, by which way, and why; ``entry`` validated it already, if any.

    ``bloc`` is ``WHOLE_BLOC`` for the certification as a whole.
    """

    bloc: Bloc
    way: str
    proposed: Proposed
    reasons: tuple[str, ...]
    entry: Entry | None = None

    @property
    def undecided(self) -> bool:
        """Whether the assessments do not decide it."""
        return self.proposed in UNDECIDED

    def needs_reason(self, ruling: Ruling) -> bool:
        """Whether a jury that decides so must say why."""
        if self.proposed is Proposed.JURY:
            return ruling is Ruling.VALIDATED and bool(self.gaps)
        return RULINGS.get(self.proposed) is not ruling

    @property
    def gaps(self) -> tuple[str, ...]:
        """What a bloc asked by VAE still lacks for the jury to decide."""
        return self.reasons[1:] if self.proposed is Proposed.JURY else ()


def propose(
    decision: BlocDecision, pathway: Pathway | None, way: str, entry: Entry | None, day: date = date.max
) -> Proposal:
    """Return what is proposed for a bloc, from its assessments or, by VAE, from the dossier and the interview.

    ``day`` is the one of the jury: a dossier or an interview of a later day is not there yet.
    """
    bloc = decision.bloc
    if entry is not None:
        since = f"Acquis le {entry.session.day:%d/%m/%Y}, session « {entry.session.name} » : il le reste."
        return Proposal(bloc, entry.way or way, Proposed.ACQUIRED, (since,), entry)
    if way == VAE and pathway is not None:
        received = pathway.dossier is not None and pathway.dossier <= day
        met = pathway.interview.day is not None and pathway.interview.day <= day
        said = (
            f"VAE : le jury décide d’après le dossier de valorisation{_received(pathway) if received else ''} "
            f"et l’entretien{_met(pathway.interview) if met else ''}."
        )
        dossier = () if received else ("Dossier de valorisation non reçu.",)
        failed = ("Résultat de l’entretien défavorable.",) if pathway.interview.passed is False else ()
        interview = failed if met else ("Entretien non passé.",)
        return Proposal(bloc, way, Proposed.JURY, (said, *dossier, *interview))
    return Proposal(bloc, way, BY_VERDICT[decision.verdict], decision.reasons)


def propose_whole(
    way: str, blocs: Sequence[Proposal], missing: Sequence[str], unknown: Sequence[str], entry: Entry | None
) -> Proposal:
    """Return what is proposed for the certification as a whole, from what is proposed for its blocs.

    Parameters
    ----------
    missing
        What the way asks for beside the blocs, and is not there.
    unknown
        The orals that took place, and whose result nobody wrote yet.
    """
    if entry is not None:
        since = f"Acquise le {entry.session.day:%d/%m/%Y}, session « {entry.session.name} »."
        return Proposal(WHOLE_BLOC, entry.way or way, Proposed.ACQUIRED, (since,), entry)
    if not way:
        said = "La voie de cette personne n’est pas renseignée dans parcours.csv."
        return Proposal(WHOLE_BLOC, way, Proposed.NOT_YET, (said,))
    by_jury = _numbers(blocs, Proposed.JURY)
    short = _numbers(blocs, *(one for one in Proposed if one not in HOPEFUL))
    lacking = [
        *([f"Ni acquis ni proposé : {french_list(short)}."] if short else []),
        *([f"Manque : {french_list(missing)}."] if missing else []),
    ]
    if lacking:
        return Proposal(WHOLE_BLOC, way, Proposed.NOT_YET, tuple(lacking))
    waiting = [
        *([f"À la condition que le jury valide : {french_list(by_jury)}."] if by_jury else []),
        *([f"Résultat à apprécier : {french_list(unknown)}."] if unknown else []),
    ]
    if waiting:
        return Proposal(WHOLE_BLOC, way, Proposed.JURY, (" ".join(waiting),))
    said = "Les blocs sont acquis ou proposés, et les autres conditions du parcours sont réunies."
    return Proposal(WHOLE_BLOC, way, Proposed.VALIDATE, (said,))


def _numbers(blocs: Iterable[Proposal], *states: Proposed) -> list[str]:
    return [f"bloc {one.bloc.code.removeprefix('B')}" for one in blocs if one.proposed in states]


def _received(pathway: Pathway) -> str:
    return f", reçu le {pathway.dossier:%d/%m/%Y}," if pathway.dossier else ""


def _met(interview: Oral) -> str:
    result = {True: ", favorable", False: ", défavorable", None: ""}[interview.passed]
    return f" du {interview.day:%d/%m/%Y}{result}"
