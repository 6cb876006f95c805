"""Which file is which notebook: recognised by the names of its cells first, by its own name only when these agree."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from autograder.grading.triage.candidates import CandidateFile
from autograder.grading.triage.names import resembles
from autograder.keys.questions import questions_of

Cells = Mapping[str, set[str]]
"""The grade ids of each notebook of an assignment (of every cell that nbgrader keeps), by notebook name."""


@cache
def kit_cells() -> dict[str, dict[str, set[str]]]:
    """Return the grade ids of the kit's own questions, by assignment then notebook."""
    found: dict[str, dict[str, set[str]]] = {}
    for question in questions_of():
        assignment, _, notebook = question.notebook.partition("/")
        found.setdefault(assignment, {}).setdefault(notebook, set()).add(question.id)
    return found


@dataclass
class Matches:
    """For each notebook: the file to grade, the other versions of it, and the choice left to the trainer."""

    taken: dict[str, CandidateFile] = field(default_factory=dict)
    others: dict[str, list[CandidateFile]] = field(default_factory=dict)
    unsettled: dict[str, list[CandidateFile]] = field(default_factory=dict)


def handed_in(candidates: list[CandidateFile], expected: Cells) -> list[CandidateFile]:
    """Return the files as they were handed in: one that triage wrote gives way to the file it was made from.

    That file is one set aside, or one under another name. A file set aside also counts when its own place is empty;
    otherwise something else was handed in since.
    """
    places = {candidate.name: candidate for candidate in candidates}
    today = [places[f"{name}.ipynb"] for name in expected if f"{name}.ipynb" in places]
    misplaced = [one for one in candidates if one not in today or not one.was_at(owner_of(one, expected))]
    taken = {name for candidate in today for name in expected if candidate.was_at(name)}
    made: list[str] = []
    kept: list[CandidateFile] = []
    for one in sorted(misplaced, key=lambda one: not one.aside):
        products = [other.name for other in today if other is not one and one.gives(other) and other.name not in made]
        place = next((name for name in expected if one.was_at(name)), None)
        if one not in today and (products or not one.aside or (place is not None and place not in taken)):
            kept.append(one)
        made.extend(products[:1])
    return [one for one in today if one.name not in made] + kept


def owner_of(candidate: CandidateFile, expected: Cells) -> str:
    """Return which notebook a file holds, an empty text when it is none of them.

    More than half of the notebook's cells are proof enough. With fewer, the file's name must agree; a notebook that
    nbgrader keeps no cell of is told by its name alone.
    """
    if candidate.reading is None:
        return ""
    sure = best_owner(candidate.reading.grade_ids, expected)
    if sure:
        return sure
    held = _shares(candidate.reading.grade_ids, expected)
    named = [name for name in expected if candidate.was_at(name)] or [
        name for name in expected if resembles(candidate.stem, name)
    ]
    fitting = [name for name in named if not expected[name] or (held[name] > 0 and held[name] == max(held.values()))]
    return fitting[0] if len(fitting) == 1 else ""


def best_owner(grade_ids: frozenset[str], expected: Cells) -> str:
    """Return the notebook of which more than half of the cells are here, an empty text when there is none."""
    held = _shares(grade_ids, expected)
    best = max(held, key=lambda name: held[name], default="")
    return best if best and held[best] > 0.5 else ""


def _shares(grade_ids: frozenset[str], expected: Cells) -> dict[str, float]:
    return {name: len(grade_ids & known) / len(known) if known else 0.0 for name, known in expected.items()}


def match(candidates: list[CandidateFile], expected: Cells) -> Matches:
    """Return which file is graded as which notebook.

    A file under the right name is preferred. Of several versions under other names none is chosen: neither their
    numbers nor their dates, which a download rewrites, say which one people meant.
    """
    found = Matches()
    owners = [(candidate, owner_of(candidate, expected)) for candidate in candidates]
    for name in expected:
        claims = [candidate for candidate, owner in owners if owner == name]
        claims.sort(key=lambda one: (not one.was_at(name), one.name.count("/"), len(one.name), one.name))
        if not claims:
            continue
        works = {one.reading.work for one in claims if one.reading}
        if claims[0].was_at(name) or len(works) == 1:
            found.taken[name] = claims[0]
            found.others[name] = claims[1:]
        else:
            found.unsettled[name] = claims
    return found
