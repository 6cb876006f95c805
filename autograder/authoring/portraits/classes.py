"""A class before the files are given: who gets which draw, what differs, how many draws were refused and why."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from rich.markup import escape
from rich.table import Table

from autograder.authoring.portraits.truths import said, shown, truth_of
from autograder.console import out, say
from autograder.keys.cases import case_of
from autograder.keys.variants import MAX_DRAWS, objections
from autograder.parallel import spread
from casestudies.company import company_class
from casestudies.identity import normalise
from casestudies.typography import french

COLUMNS = 4
"""True values shown for each learner: those that differ most between them."""


@dataclass(frozen=True)
class Drawn:
    """One learner: the accepted draw (none when all were refused), why others were refused, the true values."""

    learner: str
    draw: int | None
    refused: tuple[tuple[str, ...], ...] = ()
    truth: dict[str, Any] = field(default_factory=dict)


def draw_of(slug: str, learner: str) -> Drawn:
    """Return what happens when ``learner`` is given a variant of ``slug``."""
    refused: list[tuple[str, ...]] = []
    for draw in range(MAX_DRAWS):
        reasons = tuple(objections(case_of(slug, learner, draw)))
        if not reasons:
            return Drawn(learner, draw, tuple(refused), truth_of(slug, learner, draw))
        refused.append(reasons)
    return Drawn(learner, None, tuple(refused))


def draws_of(slug: str, learners: Sequence[str], workers: int | None = None) -> list[Drawn]:
    """Return the draws of a class, computed through a process pool.

    Raises
    ------
    CasekitError
        When the company is unknown or an identifier odd.
    """
    company_class(slug)
    names = [normalise(name) for name in learners]
    return spread(partial(draw_of, slug), names, f"{len(names)} apprenant(s)", workers)


def differing(drawn: Sequence[Drawn]) -> list[str]:
    """Return the names of the true values that are not the same for all, the most varied first."""
    truths = [one.truth for one in drawn if one.truth]
    kinds = {key: len({str(truth.get(key)) for truth in truths}) for key in (truths[0] if truths else ())}
    return sorted((key for key, count in kinds.items() if count > 1), key=lambda key: -kinds[key])


def _kind(reason: str) -> str:
    """Return a reason without its measure, so that the same reasons are counted together."""
    return re.sub(r" à [\d.]+ ?% du résultat juste$", " trop près du résultat juste", reason)


def print_draws(slug: str, drawn: Sequence[Drawn]) -> bool:
    """Print who got which draw and why others were refused; return whether everyone has a variant."""
    varying = differing(drawn)
    head = [key for key in (drawn[0].truth if drawn else ()) if key in varying and " · " not in key][:COLUMNS]
    table = Table(title=french(f"Variantes de « {slug} »"), title_justify="left")
    for name in ("Apprenant", "Tirage", "Refusés", *map(said, head)):
        table.add_column(escape(name), justify="left" if name == "Apprenant" else "right")
    for one in drawn:
        cells = [french(shown(one.truth[key])) if key in one.truth else "" for key in head]
        draw = "aucun" if one.draw is None else str(one.draw)
        table.add_row(escape(one.learner), draw, str(len(one.refused) or ""), *map(escape, cells))
    out.print(table)
    same = len({tuple(sorted((key, str(value)) for key, value in one.truth.items())) for one in drawn if one.truth})
    say(f"{len(varying)} valeurs vraies diffèrent d’un apprenant à l’autre ; {same} variantes distinctes.")
    reasons = Counter(kind for one in drawn for draw in one.refused for kind in {_kind(reason) for reason in draw})
    total = sum(len(one.refused) for one in drawn)
    say(f"{total} tirage(s) refusé(s) pour {len(drawn)} apprenant(s).")
    for reason, count in reasons.most_common():
        say(f"• {count} fois, {reason}")
    missing = [one.learner for one in drawn if one.draw is None]
    if missing:
        say(f"Sans variante acceptable : {', '.join(missing)}.")
    return not missing
