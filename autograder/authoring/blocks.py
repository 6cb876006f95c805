"""The blocks of a text twin: what people read of a question, written once, as MyST directives.

A block opens with a fence and its kind, holds options (``:name: value``), a blank line, and a body::

    ```{question} q5-roas
    :title: ROAS des leviers payants
    :criterion: B1-C15
    :points: 1
    :answer: roas_payants
    :hint: Quelle source ne compte chaque commande qu’une seule fois ?
    :hint: ROAS = somme des ventes réelles HT ÷ somme de leurs dépenses réelles.
    :hint: 900 € pour 300 €, 100 € pour 100 € : 1 000 ÷ 400 = 2,5.
    :means: Chaque euro dépensé a ramené {value} : à comparer à la marge, pas à 1.

    roas_payants = recettes["ca_reel_ht"].sum() / budget["reel_ht"].sum()
    ```

This module reads the grammar; ``expansion`` makes cells of it, ``texts`` compiles what the kit says of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casestudies.errors import CasekitError

Kind = Literal["question", "choice", "deliverable", "review", "check", "locked", "folded"]
PART = "---"
"""The line that parts a body: lines given to learners, the model solution, lines given after it."""

_OPTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "question": (("title", "criterion", "points", "answer"), ("hint", "check", "means")),
    "choice": (("title", "criterion", "points", "answer", "option"), ("hint", "means")),
    "deliverable": (("title", "criterion", "points", "answer"), ("hint", "check")),
    "review": (("title", "criterion"), ("points", "reads")),
    "check": ((), ()),
    "locked": ((), ("title",)),
    "folded": (("title",), ()),
}
"""The options of each kind of block: those it must have, then those it may have."""
_MANY = ("hint", "option")
_FENCE = re.compile(
    rf"^(?P<fence>`{{3,}})\{{(?P<kind>{'|'.join(_OPTIONS)})\}}[ \t]*(?P<name>[^\n`]*)\n"
    r"(?P<inside>.*?)^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_OPTION = re.compile(r":(?P<name>[a-z]+):[ \t]*(?P<value>.*)")


@dataclass(frozen=True)
class Block:
    """One block: its kind, the name after it (an id, or a deliverable's slug), its options, the parts of its body."""

    kind: Kind
    name: str
    options: dict[str, tuple[str, ...]]
    given: str = ""
    solution: str = ""
    after: str = ""

    def option(self, name: str, default: str = "") -> str:
        """Return the value of an option that stands once."""
        return self.options.get(name, (default,))[0]

    @property
    def hints(self) -> tuple[str, ...]:
        """The hints, from the lightest to the most explicit."""
        return self.options.get("hint", ())

    @property
    def answer(self) -> str:
        """The name of the variable that holds the answer."""
        return self.option("answer").split("=")[0].strip()


def split(text: str) -> Iterator[str | Block]:
    """Yield the pieces of a Markdown text in order: plain text, and blocks.

    Raises
    ------
    CasekitError
        When a block cannot be read; the message quotes its first line.
    """
    end = 0
    for found in _FENCE.finditer(text):
        yield text[end : found.start()]
        yield _block(found)
        end = found.end()
    yield text[end:]


def _block(found: re.Match[str]) -> Block:
    kind, name = found["kind"], found["name"].strip()
    lines = found["inside"].split("\n")
    options: dict[str, list[str]] = {}
    while lines and (option := _OPTION.fullmatch(lines[0])):
        options.setdefault(option["name"], []).append(option["value"].strip())
        lines.pop(0)
    place = f"Bloc « {{{kind}}} {name} »"
    if not name and kind != "folded":
        raise CasekitError(f"{place} : il lui faut un nom, écrit après l’accolade.")
    required, optional = _OPTIONS[kind]
    for option_name, values in options.items():
        if option_name not in required + optional:
            allowed = ", ".join(sorted(required + optional)) or "aucune"
            raise CasekitError(f"{place} : option « {option_name} » inconnue. Options possibles : {allowed}.")
        if len(values) > 1 and option_name not in _MANY:
            raise CasekitError(f"{place} : l’option « {option_name} » est écrite deux fois.")
    missing = [wanted for wanted in required if not options.get(wanted)]
    if missing:
        raise CasekitError(f"{place} : il manque {', '.join(f'« :{wanted}: »' for wanted in missing)}.")
    parts = "\n".join(lines).strip("\n").split(f"\n{PART}\n")
    if len(parts) > 3:
        raise CasekitError(f"{place} : le corps a trois parties au plus, séparées par une ligne « {PART} ».")
    given, solution, after = {1: ("", *parts, ""), 2: (*parts, ""), 3: (*parts,)}[len(parts)]
    kept = {option_name: tuple(values) for option_name, values in options.items()}
    return Block(kind, name, kept, given.strip("\n"), solution.strip("\n"), after.strip("\n"))  # type: ignore[arg-type]
