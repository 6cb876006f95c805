"""What the kit proposes for each bloc, before a jury decides: it proposes, the jury is sovereign."""

from dataclasses import dataclass
from enum import StrEnum

from autograder.certification.model import Entry, Ruling
from autograder.certification.pathway import VAE, Pathway
from autograder.referentiel import Bloc
from autograder.sheets.blocs import BlocDecision
from autograder.sheets.model import Verdict


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


UNDECIDED = (Proposed.TO_REVIEW, Proposed.ABSENT, Proposed.WITHDRAWN, Proposed.NOT_ASSESSED)
"""What the assessments leave undecided: a jury that decides all the same says why."""
RULINGS = {Proposed.VALIDATE: Ruling.VALIDATED, Proposed.NOT_VALIDATE: Ruling.NOT_VALIDATED}
"""What a jury decides when it confirms a proposal."""
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
    """What is proposed for one bloc of one learner, by which way, and why; ``entry`` validated it already, if any."""

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


def propose(decision: BlocDecision, pathway: Pathway | None, way: str, entry: Entry | None) -> Proposal:
    """Return what is proposed for a bloc, from its assessments or, by VAE, from the dossier and the interview."""
    bloc = decision.bloc
    if entry is not None:
        since = f"Acquis le {entry.session.day:%d/%m/%Y}, session « {entry.session.name} » : il le reste."
        return Proposal(bloc, entry.way or way, Proposed.ACQUIRED, (since,), entry)
    if way == VAE and pathway is not None:
        said = "VAE : le jury décide d’après le dossier de valorisation et l’entretien."
        dossier = () if pathway.dossier else ("Dossier de valorisation non reçu.",)
        interview = () if pathway.interview.day else ("Entretien non passé.",)
        return Proposal(bloc, way, Proposed.JURY, (said, *dossier, *interview))
    return Proposal(bloc, way, BY_VERDICT[decision.verdict], decision.reasons)
