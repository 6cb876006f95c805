"""The receipt that a learner's machine put in the copy: what differs from it is said, never held against anybody.

A file that triage mended is compared as it was handed in; one that took another name on the way is the same file.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from autograder.grading.records import Incident
from autograder.grading.triage.candidates import is_notebook_name
from autograder.grading.triage.files import MAX_TOTAL, Listing, opened, read_file
from autograder.grading.triage.refusal import RefusedError
from casestudies.identity import normal_form
from casestudies.quoting import quoted, shown
from casestudies.remise.receipt import MAX_BYTES, NAME, DamagedReceiptError, Receipt, fingerprint_of, read_receipt

UNREAD = "recu-illisible"
OTHERWISE = "recu-different"
NAMED = 4
_AGAIN = "La copie est corrigée telle qu’elle est ; si quelque chose manque, demandez le ZIP d’origine."


def receipt_in(folder: Path) -> Receipt | None:
    """Return the receipt of the submission in ``folder``; None when there is none, or none that can be read."""
    try:
        with opened(folder / NAME) as file:
            return read_receipt(file.read(MAX_BYTES + 1))
    except (RefusedError, DamagedReceiptError):
        return None


def receipt_told(folder: Path, learner: str, listing: Listing) -> Iterator[Incident]:
    """Yield what is to be said of a submission that holds a receipt: it is another's, or files differ from it."""
    if NAME not in listing.files:
        return
    receipt = receipt_in(folder)
    if receipt is None:
        what = f"Le reçu « {NAME} » ne peut pas être lu, ou a été modifié : il ne dit rien de la remise."
        yield Incident(UNREAD, what, "Comparez au dépôt de la plateforme ; la copie est corrigée normalement.")
        return
    if normal_form(receipt.learner) != normal_form(learner):
        what = f"Le reçu de la copie est celui de {quoted(receipt.learner)}, pas de {quoted(learner)}."
        yield Incident(OTHERWISE, what, "Demandez une explication ; la correction a utilisé la personne inscrite.")
    here = _digests(folder, listing, receipt)
    lacking = [name for name, digest in receipt.files.items() if digest not in here.values()]
    for names, said in (
        ([name for name in lacking if name in listing.files], "a changé depuis la remise"),
        ([name for name in lacking if name not in listing.files], "n’est pas dans la copie"),
    ):
        if names:
            yield Incident(OTHERWISE, f"D’après le reçu, {_listed(names)} {said}.", _AGAIN)


def _digests(folder: Path, listing: Listing, receipt: Receipt) -> dict[str, str]:
    """Return the fingerprints of the files that may be those of a receipt, within what a submission may hold."""
    names = [name for name in receipt.files if name in listing.files]
    names += [name for name in listing.files if is_notebook_name(name) and name not in receipt.files]
    found: dict[str, str] = {}
    left = MAX_TOTAL
    for name in names:
        left -= listing.files[name]
        if left < 0:
            break
        with suppress(RefusedError, OSError):  # it is said elsewhere
            found[name] = fingerprint_of(read_file(folder / name))
    return found


def _listed(names: list[str]) -> str:
    told = ", ".join(f"« {shown(name)} »" for name in names[:NAMED])
    return told + (f" (et {len(names) - NAMED} autres)" if len(names) > NAMED else "")
