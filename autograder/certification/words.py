"""How the documents of a jury are said in French, once for every format."""

from autograder.certification.model import Entry
from autograder.certification.proposals import Proposal

UNNAMED_CENTRE = "Centre de formation (nom à écrire dans centre.toml)"


def bloc_name(code: str) -> str:
    """Return « Bloc 1 »."""
    return f"Bloc {code.removeprefix('B')}"


def proposed(proposal: Proposal, entry: Entry | None) -> str:
    """Return what was proposed: as it was when the jury decided, if it did."""
    return entry.decided.proposal if entry and entry.decided.proposal else proposal.proposed.value


def decided(entry: Entry | None) -> str:
    """Return what the jury decided; nothing while nothing is recorded."""
    return entry.ruling.value if entry else ""
