"""What several tests of companies share: facts that take minutes, found once; a learner's case, and it opened."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import kept_thousand
import pytest
import thousand
from thousand import Thousand

from autograder.keys.cases import Case, case_of
from casestudies.company import company_of
from casestudies.dossier import Dossier
from casestudies.identity import Identity


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


@pytest.fixture(params=["", "lea", "karim"])
def learner(request: pytest.FixtureRequest) -> str:
    """A learner, the reference edition first."""
    return str(request.param)


@pytest.fixture
def case(request: pytest.FixtureRequest, learner: str) -> Case:
    """What is computed of the learner's variant of the company that the module names (``COMPANY``)."""
    return case_of(request.module.COMPANY, learner, 0)


@pytest.fixture
def dossier(request: pytest.FixtureRequest, learner: str, tmp_path: Path) -> Dossier:
    """The learner's variant of that company, opened."""
    return Dossier(company_of(request.module.COMPANY, learner, 0), Identity(learner, 0), tmp_path, None)
