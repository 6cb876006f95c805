"""Taking in a folder downloaded from a learning platform: whose each deposit is, from identifiers and full names.

Moodle gives « Prénom NOM_12345_assignsubmission_file_ », as a folder or at the head of a file's name; Canvas gives
« nomprenom_123_456_fichier.ipynb »; other platforms and people put the identifier or the name first or last. A deposit
that may be two people's, or whose name holds words that nothing explains, is left to the trainer. Where a name says
nothing, the receipt of the hand-in does.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course.class_list import Learner
from autograder.grading.triage.candidates import is_notebook_name
from autograder.grading.triage.files import listing_of
from autograder.grading.triage.names import position_of, words
from autograder.grading.triage.receipts import receipt_in
from autograder.keys.sessions import origin_of
from casestudies.identity import normal_form
from casestudies.quoting import shown

_MOODLE = re.compile(r"(?P<name>.+?)_\d+_assignsubmission_(?P<kind>file|onlinetext)_?(?P<rest>.*)", re.DOTALL)
_NEUTRAL = {
    "depot", "devoir", "rendu", "rendus", "copie", "travail", "final", "finale", "version", "notebook", "evaluation",
    "exercice", "etude", "cas", "de", "du", "la", "le", "et", "late", "copy", "submission", "v1", "v2", "v3",
}  # fmt: skip
"""Words of a deposit's name that say nothing of whose it is."""
_SHORT_NUMBER = 3
"""An identifier made of so few digits, or fewer, may be anything in a name: only a folder's whole name is proof."""


@dataclass(frozen=True)
class Deposit:
    """Something downloaded: its name, its files with the place each takes in the submission, and whose it is.

    ``learner`` is empty when that is not certain, and ``why`` then says why, in French.
    """

    label: str
    files: tuple[tuple[Path, str], ...]
    learner: str = ""
    why: str = ""


def deposits_of(
    entries: Iterable[Path], learners: Mapping[str, Learner], assignment: str, notebooks: Iterable[str]
) -> list[Deposit]:
    """Return the deposits of a download, each with its learner when that is certain."""
    known = [words(name) for name in notebooks]
    found = [_deposit(path, learners, words(assignment), dict(zip(known, notebooks, strict=True))) for path in entries]
    return _without_conflicts([deposit for deposit in found if deposit])


def _deposit(
    path: Path, learners: Mapping[str, Learner], assignment: tuple[str, ...], notebooks: dict[tuple[str, ...], str]
) -> Deposit | None:
    label = shown(path.name)
    if path.is_symlink() or not (path.is_dir() or path.is_file()):
        return Deposit(label, (), why="ce n’est ni un dossier ni un fichier ordinaire ; il n’est jamais ouvert.")
    moodle = _MOODLE.fullmatch(path.name)
    if moodle and moodle["kind"] == "onlinetext":
        return None
    whole = words(moodle["name"]) if moodle else words(path.name if path.is_dir() else path.stem)
    rest, notebook = _without_notebook(whole, notebooks)
    if path.is_dir():
        files = tuple((path / name, name) for name in listing_of(path).files)
        rest = whole
    else:
        name = (moodle["rest"] if moodle else "") or path.name
        files = ((path, f"{notebook}.ipynb" if notebook and is_notebook_name(path.name) and not moodle else name),)
    owners = [learner.id for learner in learners.values() if whole in _keys(learner)]
    if not owners and not moodle:
        owners = _partial_owners(rest, assignment, learners)
    receipt = receipt_in(path) if path.is_dir() else None
    if receipt and not owners and not moodle:
        owners = [name for name in [normal_form(receipt.learner)] if name in learners]
    asked = {assignment, words(origin_of("-".join(assignment)))}  # a learner's machine names the first session
    if receipt and words(receipt.assignment) not in asked:
        return Deposit(label, files, why=f"son reçu est celui de l’évaluation « {shown(receipt.assignment)} ».")
    if len(owners) == 1:
        return Deposit(label, files, owners[0])
    if owners:
        listed = ", ".join(f"« {name} »" for name in owners[:4])
        return Deposit(label, files, why=f"plusieurs personnes possibles : {listed}.")
    return Deposit(label, files, why="personne de la classe n’est reconnu dans ce nom.")


def _without_notebook(name: tuple[str, ...], notebooks: dict[tuple[str, ...], str]) -> tuple[tuple[str, ...], str]:
    """Return the words of a file's name without those of a notebook, and the notebook; the longest name wins."""
    for known in sorted(notebooks, key=len, reverse=True):
        place = position_of(known, name)
        if place >= 0:
            return (*name[:place], *name[place + len(known) :]), notebooks[known]
    return name, ""


def _keys(learner: Learner) -> set[tuple[str, ...]]:
    """Return the sequences of words that name a learner: identifier, first and last names in both orders, or as one."""
    first, last = words(learner.first_name), words(learner.last_name)
    keys = {words(learner.id)}
    if first and last:
        keys |= {(*first, *last), (*last, *first), ("".join((*first, *last)),), ("".join((*last, *first)),)}
    return keys - {()}


def _partial_owners(name: tuple[str, ...], assignment: tuple[str, ...], learners: Mapping[str, Learner]) -> list[str]:
    """Return who is named at the head or at the end of ``name``, when nothing else there is unexplained."""
    place = position_of(assignment, name)
    if place >= 0:
        name = (*name[:place], *name[place + len(assignment) :])
    owners = []
    for learner in learners.values():
        for key in _keys(learner):
            if len(key) == 1 and key[0].isdigit() and len(key[0]) <= _SHORT_NUMBER:
                continue
            rests = [
                rest
                for rest, at in ((name[len(key) :], name[: len(key)]), (name[: -len(key)], name[-len(key) :]))
                if at == key
            ]
            if any(all(word.isdigit() or word in _NEUTRAL for word in rest) for rest in rests):
                owners.append(learner.id)
                break
    return owners


def _without_conflicts(deposits: list[Deposit]) -> list[Deposit]:
    """Set apart what cannot be put together: two files of one learner that would take the same place.

    Files go back to their own names, which triage sorts out; whole folders are left to the trainer.
    """
    places: dict[tuple[str, str], list[int]] = {}
    for index, deposit in enumerate(deposits):
        for _, place in deposit.files if deposit.learner else ():
            places.setdefault((deposit.learner, place), []).append(index)
    clashing = {index for indexes in places.values() if len(indexes) > 1 for index in indexes}
    return [_apart(deposit) if index in clashing else deposit for index, deposit in enumerate(deposits)]


def _apart(deposit: Deposit) -> Deposit:
    path, place = deposit.files[0]
    if len(deposit.files) == 1 and place != path.name and path.name == deposit.label:
        return replace(deposit, files=((path, path.name),))
    return replace(deposit, learner="", why=f"« {deposit.learner} » a plusieurs dépôts qui se contredisent.")
