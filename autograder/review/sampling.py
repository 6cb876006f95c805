"""Which parts a second marker is asked to read: a share of each, drawn the same way whoever asks and whenever."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from math import ceil

from autograder.review.model import Marker, Part, Seen, Stage
from autograder.review.order import shuffled
from autograder.review.store import ReviewStore
from casestudies.errors import CasekitError


def drawn(parts: Iterable[Part], share: float) -> list[Part]:
    """Return a share of the learners of each part, drawn in another order than the one in which copies are read.

    Parameters
    ----------
    share
        From 0 (nothing) to 1 (everything); at least one learner of each part otherwise.
    """
    by_id: defaultdict[str, dict[str, Part]] = defaultdict(dict)
    for part in parts:
        by_id[part.id][part.learner] = part
    found: list[Part] = []
    for identifier, mine in by_id.items():
        some = next(iter(mine.values()))
        order = shuffled(mine, some.assignment, f"{identifier}/seconde")
        found += [mine[learner] for learner in order[: ceil(share * len(order))]]
    return found


def ask_for_share(store: ReviewStore, marker: Marker, percent: float, criteria: Collection[str] = ()) -> int:
    """Ask ``marker`` to mark a share of the parts a second time, of some criteria or of all; return how many are new.

    Parts that they marked first, and those asked of somebody else, are left alone.

    Raises
    ------
    CasekitError
        When the share is not between 0 and 100, nothing is graded yet, no part has such a criterion, or all of
        them are already taken.
    """
    if not 0 < percent <= 100:
        raise CasekitError("La part à relire une seconde fois va de 1 à 100 %.")
    known = store.parts()
    if not known:
        raise CasekitError(
            f"Aucune copie de « {store.assignment} » à relire pour le moment : corrigez-les d’abord, avec "
            f"« casekit grade {store.assignment} »."
        )
    reviewed = {part.criterion for part in known}
    if unknown := sorted(set(criteria) - reviewed):
        raise CasekitError(
            f"Aucune copie à relire pour {_listed(unknown)}. Critères relus ici : {_listed(sorted(reviewed))}."
        )
    wanted = drawn((part for part in known if not criteria or part.criterion in criteria), percent / 100)
    seconds = store.seconds()
    free = [part for part in wanted if seconds.get((part.learner, part.id), marker.name) == marker.name]
    readable = [part for part, seen in store.see_all(marker, free).items() if _may_read(marker, seen)]
    if wanted and not readable:
        raise CasekitError(
            f"« {marker.name} » a déjà relu ces copies, ou elles sont confiées à une autre personne : rien n’a été "
            "demandé. Prenez une autre personne, d’autres critères ou une plus grande part."
        )
    return store.ask_second(marker, readable)


def _may_read(marker: Marker, seen: Seen) -> bool:
    """Whether the second reading can be theirs: nobody marks the same part twice."""
    return seen.stage is Stage.SECOND or seen.mine is None or seen.mine.marker != marker.name


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"« {name} »" for name in names) or "aucun"
