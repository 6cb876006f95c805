"""The jury's record as JSON: identifiers, no candidate's name; what is not known is null."""

import json
from dataclasses import asdict
from typing import Any

from autograder.certification.record import Candidate, JuryRecord, RecordLine
from autograder.referentiel.loader import referentiel_digest
from casestudies import __version__


def as_json(record: JuryRecord) -> str:
    """Return a record as JSON text."""
    sitting = record.session.sitting
    content = {
        "session": record.session.name,
        "date": record.session.day.isoformat(),
        "place": sitting.place or None,
        "opened": sitting.hours[0] or None,
        "closed": sitting.hours[1] or None,
        "kit_version": __version__,
        "referentiel": referentiel_digest(),
        "members": [asdict(one) for one in record.members],
        "remarks": list(record.remarks),
        "undecided": {one.id: [each.bloc.code for each in one.undecided] for one in record.undecided},
        "candidates": [_candidate(one) for one in record.candidates],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "learner": candidate.id,
        "way": candidate.way or None,
        "excluded_members": list(candidate.linked),
        "complete": candidate.progress.complete,
        "dossier": asdict(candidate.progress.dossier) if candidate.progress.dossier else None,
        "practice": asdict(candidate.progress.practised),
        "beyond": {step.name: {"state": step.state.value, "detail": step.detail} for step in candidate.progress.beyond},
        "blocs": {line.code: _line(line) for line in candidate.lines},
        "certification": _line(candidate.whole),
    }


def _line(line: RecordLine) -> dict[str, Any]:
    entry = line.entry
    return {
        "way": line.proposal.way or None,
        "proposal": line.proposed,
        "reasons": list(line.reasons),
        "decision": entry.ruling.value if entry else None,
        "decision_reason": entry.reason if entry else None,
        "votes": asdict(entry.votes) if entry and entry.votes else None,
        "register": entry.id if entry else None,
    }
