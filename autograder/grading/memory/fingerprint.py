"""A hash of the code behind a function: its own instructions and constants, and those of everything it names.

Comments, layout and annotations do not count. What a function reaches only through an object that it is given
(``case``) is not seen from here: the caller adds it to the roots.
"""

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cached_property, partial
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

KIT = ("autograder", "casestudies")
"""The packages whose code is looked into; of any other, the version is enough."""

_PLAIN = (str, bytes, bool, int, float, complex, type(None), type(Ellipsis), date)
_IGNORED = {
    "__annotations__", "__dataclass_fields__", "__dataclass_params__", "__dict__", "__doc__", "__firstlineno__",
    "__match_args__", "__module__", "__static_attributes__", "__weakref__", "_abc_impl",
}  # fmt: skip
"""What a class holds beside its code."""


def fingerprint(roots: Iterable[object], resolve: Callable[[str], object] = lambda _: None) -> str:
    """Return a hash of the code of ``roots`` and of all that it names.

    Parameters
    ----------
    resolve
        Returns what a constant text in the code stands for (the key behind a question's id), or None.
    """
    reader = Reader(resolve)
    for root in roots:
        reader.read(root)
    return reader.digest.hexdigest()


class Reader:
    """Goes through code depth first, each thing once; ``codes`` are the pieces of code that were read."""

    def __init__(self, resolve: Callable[[str], object] = lambda _: None) -> None:
        """Read nothing yet."""
        self.digest = hashlib.blake2b(digest_size=12)
        self.codes: set[CodeType] = set()
        self._resolve = resolve
        self._seen: dict[int, object] = {}

    def read(self, root: object) -> None:
        """Add one thing, and all that it names, to the hash."""
        waiting: list[Iterator[object]] = [iter((root,))]
        while waiting:  # not by recursion: one function may lead to hundreds of others
            for thing in waiting[-1]:
                parts = self._look(thing)
                if parts is not None:
                    waiting.append(parts)
                    break
            else:
                waiting.pop()

    def _look(self, thing: object) -> Iterator[object] | None:
        """Note one thing; return what it is made of, None when there is nothing more to read."""
        if isinstance(thing, _PLAIN):
            self._note(repr(thing))
            return None
        if id(thing) in self._seen:
            return None
        self._seen[id(thing)] = thing  # kept, so that no other object is given the same id
        if _stranger(thing):
            self._note(_version(_home(thing)) + _content(thing))
            return None
        self._note(getattr(thing, "__qualname__", type(thing).__qualname__))
        return self._parts(thing)

    def _note(self, text: str) -> None:
        self.digest.update(text.encode("utf-8", "surrogatepass") + b"\0")

    def _parts(self, thing: Any) -> Iterator[object]:
        if isinstance(thing, FunctionType):
            yield from (thing.__defaults__, thing.__kwdefaults__, getattr(thing, "__wrapped__", None))
            yield from (cell.cell_contents for cell in thing.__closure__ or () if _filled(cell))
            yield from self._named(thing.__code__, thing.__globals__)
        elif isinstance(thing, type):
            yield from thing.__bases__
            for name, member in sorted(vars(thing).items()):
                if name not in _IGNORED:
                    yield from (name, member)
        elif isinstance(thing, dict):
            for name, content in thing.items():
                yield from (name, content)
        elif isinstance(thing, set | frozenset):
            yield from sorted(map(repr, thing))
        elif isinstance(thing, list | tuple):
            yield from thing
        elif not isinstance(thing, ModuleType):
            yield from _inside(thing)

    def _named(self, code: CodeType, known: dict[str, Any]) -> Iterator[object]:
        """Yield a function's instructions, its constants, and what the names in it stand for."""
        self.codes.add(code)
        yield code.co_code
        yield code.co_names
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                yield from self._named(constant, known)
                continue
            yield constant
            yield from map(self._resolve, _texts(constant))
        for name in code.co_names:
            found = known.get(name, sys.modules.get(name) if name.split(".")[0] in KIT else None)
            yield found
            yield from _attributes(found, code.co_names)


def _texts(constant: object) -> Iterator[str]:
    """Yield the texts in a constant, in order."""
    if isinstance(constant, str):
        yield constant
    elif isinstance(constant, tuple | frozenset):
        yield from sorted(text for item in constant for text in _texts(item))


def _attributes(module: object, names: tuple[str, ...]) -> Iterator[object]:
    """Yield what ``names`` stand for in one of the kit's modules, and in its own modules."""
    if not isinstance(module, ModuleType) or _stranger(module):
        return
    inside = f"{module.__name__}."
    for found in (getattr(module, name, None) for name in names):
        if isinstance(found, ModuleType) and found.__name__.startswith(inside):
            yield from _attributes(found, names)
        elif found is not module:
            yield found


def _inside(thing: Any) -> Iterator[object]:
    """Yield what an object is made of: the functions that it wraps, its fields, its class."""
    if isinstance(thing, property):
        yield from (thing.fget, thing.fset)
    elif isinstance(thing, cached_property | partial):
        yield thing.func
        yield from getattr(thing, "args", ())
    elif isinstance(thing, staticmethod | classmethod):
        yield thing.__func__
    elif isinstance(thing, Enum):
        yield from (type(thing), thing.value)
    elif hasattr(thing, "__wrapped__"):
        yield thing.__wrapped__
    elif is_dataclass(thing):
        yield type(thing)
        yield from (getattr(thing, field.name) for field in fields(thing))
    else:
        yield type(thing)
        yield getattr(thing, "__dict__", None)


def _home(thing: Any) -> str:
    """Return the name of the module that a thing comes from."""
    if isinstance(thing, ModuleType):
        return thing.__name__
    named = getattr(thing, "__module__", None) or type(thing).__module__
    return str(named)


def _stranger(thing: object) -> bool:
    """Say whether a thing is somebody else's: its version is then all that counts."""
    if isinstance(thing, list | tuple | dict | set | frozenset | property | cached_property | partial):
        return False
    if isinstance(thing, staticmethod | classmethod):
        return False
    return isinstance(thing, BuiltinFunctionType) or _home(thing).split(".")[0] not in KIT


def _version(module: str) -> str:
    top = module.split(".")[0]
    return f"{top} {getattr(sys.modules.get(top), '__version__', sys.version)}"


def _content(thing: Any) -> str:
    """Return what somebody else's object holds (an array, a pattern, a duration), nothing for code."""
    if isinstance(thing, ModuleType | type) or callable(thing):
        return ""
    if hasattr(thing, "tobytes"):
        return hashlib.blake2b(thing.tobytes(), digest_size=12).hexdigest()
    shown = repr(thing)
    return "" if " at 0x" in shown else shown


def _filled(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False
