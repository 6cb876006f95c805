"""Every component of the market serves a company, and what it documents is what the companies give it."""

import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import FrameType

import numpy as np
import pytest

import casestudies.market as market
from casestudies.company import COMPANIES, company_class
from casestudies.market import school_holidays

FACTS = {"calendar", "school_holidays"}
"""Components that hold dates only: nothing to draw."""
LEARNERS = ("lea", "sam", "zoe")
MODULES = sorted(one.name for one in pkgutil.iter_modules(market.__path__))
RANGE = re.compile(r"``([\w.]+)`` (−?[\d.,]*\d)(?:(?:–| to )(−?[\d.,]*\d))?")
"""One range as the docstring of a component says it: « ``share`` 0.1–0.5 share of the reviews ».

The name is that of an argument, after its function or class (« Habits.hours ») where several have it; the range holds
but for 0, which leaves an effect out.
"""

Ranges = dict[str, tuple[float, float]]

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
    school_holidays.zone_b.cache_clear()  # another test may have read the holidays already
    found: Calls = defaultdict(lambda: defaultdict(list))
    for module in [one for name, one in sys.modules.items() if name.startswith("casestudies.")]:
        for kept in vars(module).values():  # what an earlier test had built would not be built again
            if callable(getattr(kept, "cache_clear", None)):
                kept.cache_clear()
    with watched(found):
        for slug in COMPANIES:
            for learner in LEARNERS:
                company = company_class(slug)(learner, 0)
                for table in company.specs():
                    company.table(table)
    return found


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def ranges_of(name: str) -> Ranges:
    """Return the ranges that a component documents, by parameter."""
    said = " ".join((import_module(f"{market.__name__}.{name}").__doc__ or "").partition("Ranges ")[2].split())
    return {one: (number(low), number(high or low)) for one, low, high in RANGE.findall(said)}


def given(parameter: str, calls: dict[tuple[str, str], list[object]]) -> np.ndarray:
    """Return the numbers given to a parameter, without the zeros that leave an effect out."""
    owner, _, name = parameter.rpartition(".")
    values = [
        value for (one, argument), some in calls.items() if argument == name and owner in ("", one) for value in some
    ]
    numbers = np.concatenate([np.ravel(np.asarray(value, dtype=float)) for value in values] or [np.empty(0)])
    return numbers[numbers != 0]


def outside(ranges: Ranges, calls: dict[tuple[str, str], list[object]]) -> Ranges:
    """Return the parameters that go out of their range, with the least and the most they were given."""
    seen = {one: (numbers.min(), numbers.max()) for one in ranges if (numbers := given(one, calls)).size}
    return {
        one: (float(low), float(high))
        for one, (low, high) in seen.items()
        if low < ranges[one][0] - 1e-9 or high > ranges[one][1] + 1e-9
    }


@pytest.mark.parametrize("name", MODULES)
def test_a_component_serves_a_company_within_what_it_says(name: str, calls: Calls) -> None:
    assert calls[name], "no company uses it"
    ranges = ranges_of(name)
    assert outside(ranges, calls[name]) == {}
    seen = [one for one in ranges if given(one, calls[name]).size]
    assert seen or name in FACTS, "none of its parameters is an argument of the code"
    qualified = [one for one in ranges if "." in one]
    assert set(qualified) <= set(seen), "a function, a class or an argument was renamed"


def test_a_range_that_does_not_hold_is_seen(calls: Calls) -> None:
    narrow = dict.fromkeys(ranges_of("promotion"), (0.0, 1e-6))
    assert {"lift", "dip", "discount"} <= set(outside(narrow, calls["promotion"]))
