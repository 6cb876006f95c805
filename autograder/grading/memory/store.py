"""One file per learner and company: the plain values computed from the tables of their variant."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.grading.memory.fingerprint import fingerprint
from autograder.grading.memory.plain import NotPlainError, from_plain, name_of, named, to_plain
from autograder.keys.cases import Case
from autograder.keys.questions import questions_of
from casestudies.company import company_class, company_folder, company_of
from casestudies.identity import read_json, write_json
from casestudies.seeds import DATA_VERSION

MAX_LENGTH, MAX_VALUES = 64 * 1024, 2000
"""Characters of JSON beyond which a value is not worth keeping; how many are kept for a learner, the latest."""

_DAMAGED = (ArithmeticError, AttributeError, ImportError, LookupError, TypeError, ValueError)


class Memory:
    """The case of one learner, with what is already known of it; ``save`` keeps what was learnt since."""

    def __init__(self, folder: Path, company: str, learner: str, draw: int) -> None:
        """Read what ``folder`` keeps of this variant; what is damaged or out of date is left aside."""
        self._path = values_path(folder, company, learner)
        self._company, self._draw = company, draw
        self._facts: dict[Any, Any] = {}
        kept = read_json(self._path)
        entries = kept.get("values") if kept.get("draw") == draw else None
        for entry in entries if isinstance(entries, list) else []:
            self._recall(entry)
        self._known = set(self._facts)
        self.case = Case(company_of(company, learner, draw), facts=self._facts)

    def _recall(self, entry: Any) -> None:
        try:
            name, given, seal, value = json.loads(entry)
            if seal == seal_of(name, self._company):
                self._facts[_asked(named(name), given)] = from_plain(value)
        except _DAMAGED:
            return

    def save(self) -> None:
        """Keep the values computed since they were read; a folder that cannot be written only costs time."""
        if self._facts.keys() == self._known:
            return
        entries = entries_of(self._facts, self._company)
        if len(entries) > len(self._known):
            keep(self._path, self._draw, entries)


def keep(path: Path, draw: int, entries: list[str]) -> None:
    """Write the values of one variant; a folder that cannot be written only costs time later."""
    write_json(path, {"draw": draw, "values": entries[-MAX_VALUES:]})


def add(path: Path, draw: int, entries: list[str]) -> None:
    """Keep values beside those that another assignment of the same variant left there."""
    kept = read_json(path)
    others = kept.get("values") if kept.get("draw") == draw else None
    before = [one for one in others if isinstance(one, str)] if isinstance(others, list) else []
    keep(path, draw, list(dict.fromkeys([*before, *entries])))


def values_path(folder: Path, company: str, learner: str) -> Path:
    """Return where the values of a learner's variant are kept."""
    return folder / company / f"{learner}.json"


def entries_of(facts: Mapping[Any, Any], company: str) -> list[str]:
    """Return what can be kept of a case's facts, each value a text."""
    return [entry for asked, value in facts.items() if (entry := _entry(asked, value, company))]


def _entry(asked: Any, value: Any, company: str) -> str:
    """Return one value as the text that is kept; an empty one when it cannot be."""
    compute, given = asked if isinstance(asked, tuple) else (asked, None)
    name = name_of(compute)
    try:
        if name is None or named(name) is not compute:
            return ""
        entry = json.dumps([name, given, seal_of(name, company), to_plain(value)])
        return entry if len(entry) <= MAX_LENGTH else ""
    except (NotPlainError, *_DAMAGED):
        return ""


def _asked(compute: Callable[[Case], Any], given: Any) -> Any:
    """Return how a case names a value: its function, with the earlier answers it was computed from where they count."""
    return compute if given is None else (compute, tuple((name, number) for name, number in given))


@lru_cache(maxsize=4096)
def seal_of(name: str, company: str) -> str:
    """Return the fingerprint of the code of a value: the function's, the case's, the company's, the data version.

    Raises
    ------
    AttributeError, ImportError, ValueError
        When there is no such function any more.
    """
    keys = {question.id: question.key for question in questions_of(company=company)}
    return f"{fingerprint([Case, named(name)], keys.get)}-{data_seal(company)}"


@lru_cache(maxsize=64)
def data_seal(company: str) -> str:
    """Return the fingerprint of what makes the tables of a company."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(company_folder(company).glob("*.toml"))]
    return fingerprint([company_class(company), DATA_VERSION, texts])


def forget_fingerprints() -> None:
    """Look at the code again: it may have changed in this process."""
    seal_of.cache_clear()
    data_seal.cache_clear()
