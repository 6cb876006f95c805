"""The list of the market's components: what each causes, its parameters with units and plausible ranges, its source.

A component is one file of this folder with a constant ``ABOUT``; adding one is adding its file.
"""

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import casestudies.market as market


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name in the code, its unit, its plausible range, and where the range comes from.

    The name is that of an argument of the component, after its function or class (« Habits.hours ») where several have
    it; the range holds but for 0, which leaves an effect out.
    """

    name: str
    unit: str
    low: float
    high: float
    source: str


@dataclass(frozen=True)
class About:
    """What a component causes, in one English sentence, and its parameters."""

    cause: str
    parameters: tuple[Parameter, ...] = ()


@cache
def components() -> dict[str, About]:
    """Return every component by the name of its module."""
    found = {}
    for module in pkgutil.iter_modules(market.__path__):
        about = getattr(import_module(f"{market.__name__}.{module.name}"), "ABOUT", None)
        if isinstance(about, About):
            found[module.name] = about
    return found
