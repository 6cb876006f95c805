"""What to grade in a submission, what was mended, what to ask for: decided by reading alone, then carried out."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.grading.records import Incident
from autograder.grading.triage.candidates import CandidateFile, candidates_of, digest_of, is_notebook_name
from autograder.grading.triage.deliverables import forgotten
from autograder.grading.triage.files import MAX_TOTAL, Listing, link_at, listing_of, replace_file
from autograder.grading.triage.matching import Cells, Matches, handed_in, kit_cells, match, owner_of
from autograder.grading.triage.names import resembles
from autograder.grading.triage.receipts import receipt_told
from autograder.grading.triage.refusal import NOTHING
from casestudies.errors import why
from casestudies.quoting import is_odd, shown

Others = Mapping[str, Cells]
"""The grade ids of the course's other assignments, by assignment then notebook."""
AskOthers = Callable[[], Others]
"""Reads them, when a file is none of those that are asked for and only then."""

CHOOSE = "casekit intake ÉVALUATION --attribuer FICHIER APPRENANT/NOTEBOOK"


@dataclass
class TriagePlan:
    """What triage found: the notebooks to grade with their bytes, those to write first, and the incidents."""

    ready: dict[str, bytes] = field(default_factory=dict)
    to_write: list[str] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)


def take_in(folder: Path, learner: str, expected: Cells, others: Others | None = None) -> TriagePlan:
    """Look at the submission in ``folder``, mend what can be mended safely, and return what can be graded.

    Parameters
    ----------
    expected
        The grade ids of each notebook of the assignment, by notebook name: those of every cell that nbgrader keeps, so
        that a notebook is known for what it is when some of them were deleted.
    others
        The grade ids of other assignments, by assignment then notebook, to name a notebook handed in to the wrong one;
        those of the kit when None.

    A mended notebook is written under its right name. The file that was handed in stays as it is, under its own name,
    or with « .original » after it when the mended one takes its place. The same folder always gives the same result.
    """
    return carry_out(folder, examine(folder, learner, expected, kit_cells if others is None else lambda: others))


def examine(folder: Path, learner: str, expected: Cells, others: AskOthers) -> TriagePlan:
    """Return what to do with the submission in ``folder``; nothing is written and nothing of it is run."""
    plan = TriagePlan()
    barred = _barred(folder, learner)
    if barred:
        plan.incidents += [replace(barred, notebook=name) for name in expected]
        return plan
    listing = listing_of(folder)
    candidates = candidates_of(folder, listing, expected)
    counted = handed_in(candidates, expected)
    matches = match(counted, expected)
    for name in expected:
        taken = matches.taken.get(name)
        if taken is None or taken.reading is None:
            plan.incidents.append(_missing(name, counted, matches, listing, expected, others))
            continue
        plan.ready[name] = taken.reading.content
        here = next((one for one in candidates if one.name == f"{name}.ipynb"), None)
        if here is None or here.digest != digest_of(taken.reading.content):
            plan.to_write.append(name)
        plan.incidents += _told(name, taken, matches, expected)
        plan.incidents += forgotten(name, taken.reading.content, listing)
    plan.incidents += receipt_told(folder, learner, listing)
    plan.incidents += _left_aside(listing, [name for name in expected if name not in plan.ready])
    return plan


def carry_out(folder: Path, plan: TriagePlan) -> TriagePlan:
    """Write the mended notebooks under their right names, the originals kept beside; return what can be graded."""
    done = replace(plan, ready=dict(plan.ready), incidents=list(plan.incidents))
    for name in plan.to_write:
        try:
            replace_file(folder / f"{name}.ipynb", plan.ready[name])
        except OSError as error:
            del done.ready[name]
            what = f"« {name}.ipynb » devait être réparé, mais n’a pas pu être écrit ({why(error)})."
            done.incidents.append(
                Incident("echec", what, "Vérifiez l’espace disque et les droits, puis relancez.", name)
            )
    return done


def _barred(folder: Path, learner: str) -> Incident | None:
    """Return why nothing of a submission may be looked at: its folder, or the learner's, is a link."""
    for path in (folder.parent, folder):
        if path.is_symlink() and (path == folder or path.name == learner):
            return link_at(path)
    return None


def _told(name: str, taken: CandidateFile, matches: Matches, expected: Cells) -> Iterator[Incident]:
    """Yield what is said of a notebook that can be graded: its name, its repairs, its other versions."""
    place = f"« {name}.ipynb »"
    named = [other for other in expected if taken.was_at(other)]
    if named and named != [name] and matches.taken.get(named[0]) is not None and matches.taken[named[0]].was_at(name):
        what = f"{place} et « {named[0]}.ipynb » avaient échangé leurs noms ; chacun a été corrigé comme ce qu’il est."
        yield Incident("notebooks-echanges", what, NOTHING, name)
    elif named != [name]:
        what = f"Le fichier « {taken.shown} » a été reconnu et corrigé comme {place}."
        yield Incident("renomme", what, "Rien à faire ; rappelez de ne pas renommer les fichiers.", name)
    assert taken.reading is not None  # only what could be read is taken
    kept = f" L’original est gardé sous « {name}.ipynb.original »." if named == [name] else ""
    for note in taken.reading.notes:
        yield replace(note, what=f"« {taken.shown} » : {note.what}{kept}", notebook=name)
    different = [one for one in matches.others[name] if one.reading and one.reading.work != taken.reading.work]
    if different:
        what = f"La copie contient une autre version de {place} : {_listed(different)}. {place} a été corrigé."
        yield Incident("autre-version", what, f"Demandez laquelle compte ; pour changer : « {CHOOSE} ».", name)


def _missing(
    name: str, candidates: list[CandidateFile], matches: Matches, listing: Listing, expected: Cells, others: AskOthers
) -> Incident:
    """Return why a notebook cannot be graded, the most telling reason first."""
    if name in matches.unsettled:
        what = f"Plusieurs versions différentes de « {name}.ipynb », aucune sous ce nom : "
        advice = f"Demandez laquelle compte, puis « {CHOOSE} »."
        return Incident("a-choisir", f"{what}{_listed(matches.unsettled[name])}.", advice, name)
    alike = [one for one in candidates if one.was_at(name)]
    alike += [one for one in candidates if one not in alike and resembles(one.stem, name)]
    for one in alike:
        if one.problem:
            return replace(one.problem, what=f"« {one.shown} » : {one.problem.what}", notebook=name)
        if not owner_of(one, expected) or one.was_at(name):
            return _another(name, one, expected, others)
    strangers = [one for one in candidates if one.reading and not owner_of(one, expected)]
    if strangers:
        return _another(name, strangers[0], expected, others)
    return Incident(
        "notebook-absent",
        f"Le notebook « {name}.ipynb » n’a pas été remis.{_other_files(listing)}",
        "Demandez-le ; sans lui, ses critères restent « à relire ».",
        name,
    )


def _another(name: str, found: CandidateFile, expected: Cells, others: AskOthers) -> Incident:
    """Return the incident of a file that is a notebook, but not the one that was asked for."""
    what = f"« {found.shown} » n’est pas le notebook « {name} » : "
    own = owner_of(found, expected)
    if own:
        return Incident("autre-notebook", f"{what}il contient « {own} ».", f"Demandez « {name}.ipynb ».", name)
    for assignment, cells in others().items():
        own = owner_of(found, cells)
        if own and found.reading and found.reading.grade_ids & cells[own]:
            what += f"il contient « {own} », de l’évaluation « {assignment} »."
            return Incident("autre-notebook", what, f"Demandez « {name}.ipynb ».", name)
    if found.reading and found.reading.grade_ids:
        what += "aucune de ses cellules de contrôle n’est de cette évaluation."
    else:
        what += "il n’a plus aucune cellule de contrôle (copié dans un notebook neuf, ou passé par un autre outil ?)."
    advice = "Demandez le fichier d’origine complété ; à défaut, recopiez les réponses dans un exemplaire vierge."
    return Incident("autre-notebook", what, advice, name)


def _listed(candidates: list[CandidateFile]) -> str:
    return ", ".join(f"« {one.shown} »" for one in candidates[:5]) + (" …" if len(candidates) > 5 else "")


def _other_files(listing: Listing) -> str:
    """Return a sentence on documents that may be what was meant, an empty text when there is none."""
    telling = re.compile(r"\.(?:zip|7z|rar|gz|html?|py|docx?|pdf|odt|json|txt)\Z", re.IGNORECASE)
    found = [shown(name) for name in listing.files if telling.search(name) and not name.endswith("tirages.json")]
    return " La copie contient : " + ", ".join(f"« {name} »" for name in found[:3]) + "." if found else ""


def _left_aside(listing: Listing, missing: list[str]) -> Iterator[Incident]:
    """Yield one incident for each kind of thing that is never taken; the ``missing`` notebooks have their own."""
    links = [name for name in listing.special if name not in [f"{one}.ipynb" for one in missing]]
    if links:
        told = ", ".join(f"« {shown(name)} » ({listing.special[name]})" for name in links[:3])
        what = f"{len(links)} élément(s) de la copie ne sont pas des fichiers et n’ont pas été suivis : {told}."
        yield Incident("fichiers-ecartes", what, "Demandez comment ceci est arrivé dans la copie.")
    odd = [name for name in [*listing.files, *listing.folders] if is_odd(name)]
    if odd:
        told = ", ".join(f"« {shown(name)} »" for name in odd[:3])
        yield Incident("fichiers-ecartes", f"Des noms contiennent des caractères invisibles : {told}.", NOTHING)
    if listing.closed:
        told = ", ".join(f"« {shown(name) or '.'} »" for name in listing.closed[:3])
        yield Incident(
            "fichiers-ecartes", f"Des dossiers de la copie ne peuvent pas être lus : {told}.",
            "Changez leurs droits, puis relancez.",
        )  # fmt: skip
    total = sum(size for name, size in listing.files.items() if not is_notebook_name(name))
    excess = listing.excess or (f"{total // 2**20} Mio de fichiers joints" if total > MAX_TOTAL else "")
    if excess:
        what = f"La copie est démesurée ({excess}) : seuls ses notebooks ont été pris."
        yield Incident("fichiers-ecartes", what, "Demandez un dépôt sans les fichiers inutiles.")
