"""Names of columns as people read them, in what is said of a deliverable."""

import re
from dataclasses import replace

from casestudies.findings import Finding
from casestudies.livrables.loading import deliverable_of_question
from casestudies.livrables.model import Deliverable

_MISSING = re.compile(r"La colonne « .+ » manque")
"""What says which name to write: it keeps the name itself."""


def in_words(question: str, finding: Finding) -> Finding:
    """Return a finding whose remarks call the columns of the question's deliverable by their labels."""
    deliverable = deliverable_of_question(question)
    if deliverable is None or not finding.remarks:
        return finding
    return replace(finding, remarks=tuple(labelled(deliverable, remark) for remark in finding.remarks))


def labelled(deliverable: Deliverable, text: str) -> str:
    """Return a remark with labels for names that a person does not write so: « Question client », « Budget HT »."""
    if _MISSING.search(text):
        return text
    for field in deliverable.fields:
        if "_" in field.name:
            text = text.replace(f"« {field.name} »", f"« {field.label} »")
    return text
