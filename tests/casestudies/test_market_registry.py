"""Every component of the market says what it causes, and its parameters with units, ranges and sources."""

import pkgutil

import pytest

import casestudies.market as market
from casestudies.market.registry import components

FACTS = {"school_holidays"}
"""Components that hold dates only: nothing to draw."""
MODULES = sorted(one.name for one in pkgutil.iter_modules(market.__path__) if one.name != "registry")


@pytest.mark.parametrize("name", MODULES)
def test_a_component_presents_itself(name):
    assert name in components(), f"ABOUT manque dans casestudies/market/{name}.py"
    about = components()[name]
    assert about.cause.endswith(".")
    assert len(about.cause.split()) >= 4
    assert about.parameters or name in FACTS, name
    for parameter in about.parameters:
        assert parameter.name
        assert parameter.unit, parameter.name
        assert parameter.source, parameter.name
        assert parameter.low <= parameter.high, parameter.name
    assert len({parameter.name for parameter in about.parameters}) == len(about.parameters)
