"""The deliverables: each described once in a TOML file here, filled in three ways that give the same answer."""

from casestudies.livrables.loading import deliverable_of_question, deliverables
from casestudies.livrables.model import Deliverable, Field

__all__ = ["Deliverable", "Field", "deliverable_of_question", "deliverables"]
