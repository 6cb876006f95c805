"""Every component of the market serves a company, and what it documents is what the companies give it."""

import pkgutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import numpy as np
import pytest

import casestudies.market as market
from casestudies.company import COMPANIES, company_class
from casestudies.market.registry import About, Parameter, components

FACTS = {"calendar", "school_holidays"}
"""Components that hold dates only: nothing to draw."""
LEARNERS = ("lea", "sam", "zoe")
MODULES = sorted(one.name for one in pkgutil.iter_modules(market.__path__) if one.name != "registry")

Calls = dict[str, dict[tuple[str, str], list[object]]]
"""By component: what was given to each argument, by its function or class and by its name."""


@contextmanager
def watched(calls: Calls) -> Iterator[None]:
    """Keep what the functions and the classes of the market are called with."""
    here = f"{market.__name__}."

    def note(frame: FrameType, event: str, _: object) -> None:
        if event != "call":
            return
        code, module, owner = frame.f_code, str(frame.f_globals.get("__name__", "")), frame.f_code.co_qualname
        if code.co_name == "__init__" and code.co_filename == "<string>":  # made by dataclass
            made = type(frame.f_locals["self"])
            module, owner = made.__module__, made.__qualname__
        if module.startswith(here):
            for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]:
                calls[module.removeprefix(here)][owner, name].append(frame.f_locals[name])

    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)


@pytest.fixture(scope="module")
def calls() -> Calls:
    """What the market is given while the tables of every company are built for a few learners."""
    found: Calls = defaultdict(lambda: defaultdict(list))
    with watched(found):
        for slug in COMPANIES:
            for learner in LEARNERS:
                company = company_class(slug)(learner, 0)
                for table in company.specs():
                    company.table(table)
    return found


def given(parameter: Parameter, calls: dict[tuple[str, str], list[object]]) -> np.ndarray:
    """Return the numbers given to a parameter, without the zeros that leave an effect out."""
    owner, _, name = parameter.name.rpartition(".")
    values = [
        value for (one, argument), some in calls.items() if argument == name and owner in ("", one) for value in some
    ]
    numbers = np.concatenate([np.ravel(np.asarray(value, dtype=float)) for value in values] or [np.empty(0)])
    return numbers[numbers != 0]


def outside(about: About, calls: dict[tuple[str, str], list[object]]) -> dict[str, tuple[float, float]]:
    """Return the parameters that go out of their range, with the least and the most they were given."""
    ranges = {one: (numbers.min(), numbers.max()) for one in about.parameters if (numbers := given(one, calls)).size}
    return {
        one.name: (float(low), float(high))
        for one, (low, high) in ranges.items()
        if low < one.low - 1e-9 or high > one.high + 1e-9
    }


@pytest.mark.parametrize("name", MODULES)
def test_a_component_presents_itself(name: str) -> None:
    assert name in components(), f"ABOUT manque dans casestudies/market/{name}.py"
    about = components()[name]
    assert about.cause.endswith(".")
    assert len({one.name for one in about.parameters}) == len(about.parameters)
    for parameter in about.parameters:
        assert parameter.unit, parameter.name
        assert parameter.source, parameter.name


@pytest.mark.parametrize("name", MODULES)
def test_a_component_serves_a_company_within_what_it_says(name: str, calls: Calls) -> None:
    assert calls[name], "no company uses it"
    about = components()[name]
    assert outside(about, calls[name]) == {}
    seen = [one.name for one in about.parameters if given(one, calls[name]).size]
    assert seen or name in FACTS, "none of its parameters is an argument of the code"
    qualified = [one.name for one in about.parameters if "." in one.name]
    assert set(qualified) <= set(seen), "a function, a class or an argument was renamed"


def test_a_range_that_does_not_hold_is_seen(calls: Calls) -> None:
    true = components()["promotion"]
    narrow = About(true.cause, tuple(Parameter(one.name, one.unit, 0, 1e-6, one.source) for one in true.parameters))
    assert {"lift", "dip", "discount"} <= set(outside(narrow, calls["promotion"]))
