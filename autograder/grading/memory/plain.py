"""Plain values as JSON, to the bit: numbers, texts, lists, mappings, and the kit's dataclasses made of them."""

from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

import numpy as np

KIT = ("autograder.", "casestudies.")


class NotPlainError(Exception):
    """A value that cannot be kept: a table, an array, an object of somebody else's."""


def to_plain(value: Any) -> Any:
    """Return ``value`` in a form that JSON keeps as it is.

    >>> from_plain(to_plain({("avant", 2): (1.5, None)}))
    {('avant', 2): (1.5, None)}

    Raises
    ------
    NotPlainError
        When it, or anything in it, is not plain.
    """
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return value
    if isinstance(value, np.generic):
        return {"numpy": kind.__name__, "of": to_plain(value.item())}
    if kind is tuple or kind is list:
        return {kind.__name__: [to_plain(item) for item in value]}
    if kind is dict:
        return {"dict": [[to_plain(key), to_plain(item)] for key, item in value.items()]}
    if is_dataclass(value) and kind.__module__.startswith(KIT) and "<locals>" not in kind.__qualname__:
        held = {field.name: to_plain(getattr(value, field.name)) for field in fields(value) if field.init}
        return {"made": f"{kind.__module__}:{kind.__qualname__}", "of": held}
    raise NotPlainError(kind.__name__)


def from_plain(data: Any) -> Any:
    """Return the value that ``to_plain`` wrote.

    Raises
    ------
    AttributeError, ImportError, KeyError, TypeError, ValueError
        When ``data`` is damaged or names something that is no dataclass of the kit's.
    """
    if not isinstance(data, dict):
        return data
    if "made" in data:
        kind = named(data["made"])
        if not (isinstance(kind, type) and is_dataclass(kind)):
            raise ValueError(data["made"])
        return kind(**{name: from_plain(item) for name, item in data["of"].items()})
    if "numpy" in data:
        return np.dtype(data["numpy"]).type(from_plain(data["of"]))
    if "dict" in data:
        return {from_plain(key): from_plain(item) for key, item in data["dict"]}
    if "tuple" in data:
        return tuple(from_plain(item) for item in data["tuple"])
    return [from_plain(item) for item in data["list"]]


def name_of(thing: Any) -> str | None:
    """Return the name under which ``named`` finds a function or a class of the kit's again; None when it cannot."""
    module, qualified = getattr(thing, "__module__", ""), getattr(thing, "__qualname__", "<")
    return f"{module}:{qualified}" if "<" not in qualified and str(module).startswith(KIT) else None


def named(name: str) -> Any:
    """Return the thing of the kit's that ``name`` (« module:qualified name ») stands for.

    Raises
    ------
    AttributeError, ImportError, ValueError
        When there is none.
    """
    module, _, qualified = name.partition(":")
    if not module.startswith(KIT):
        raise ValueError(name)
    found: Any = import_module(module)
    for part in qualified.split("."):
        found = getattr(found, part)
    return found
