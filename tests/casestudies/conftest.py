"""What several tests of companies share: facts that take minutes, found once for the same sources."""

from collections.abc import Callable
from dataclasses import asdict

import kept_thousand
import pytest
import thousand
from thousand import Thousand


@pytest.fixture(scope="session")
def thousand_of(pytestconfig: pytest.Config) -> Callable[[str], Thousand]:
    """Return a function that says what a thousand learners of a company are given.

    What « mille.json » does not say of the very same sources is found, and kept in pytest's cache: « pytest
    --cache-clear » finds it again.
    """
    cache = getattr(pytestconfig, "cache", None)

    def of(slug: str) -> Thousand:
        if (known := kept_thousand.kept(slug)) is not None:
            return known
        sources, place = kept_thousand.sources_hash(slug), f"casekit/mille-{slug}"
        told = cache.get(place, None) if cache else None
        if told and told["sources"] == sources:
            return Thousand(**told["found"])
        found = thousand.find(slug)
        if cache:
            cache.set(place, {"sources": sources, "found": asdict(found)})
        return found

    return of
