"""The checks of a number, and of a number for each label."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from autograder.keys.cases import Case
from autograder.keys.checks.reading import Keyed, plain, read_number, same
from autograder.keys.misconceptions import load_misconceptions
from casestudies.answers import Value
from casestudies.findings import Finding, Outcome

if TYPE_CHECKING:
    from autograder.keys.model import Key


PROPORTION = "proportion"
_FACTORS = ((100.0, "100 fois"), (1000.0, "1 000 fois"), (1_000_000.0, "un million de fois"))


@dataclass(frozen=True)
class CloseTo(Keyed):
    """Accept a number within 0.5 %, or within half of the announced rounding.

    ``unit`` is written in French and shown to the learner (« € HT », « points »…); ``decimals`` is the rounding
    announced in the question, None when nothing is announced.
    """

    unit: str
    decimals: int | None = None

    @property
    def step(self) -> float:
        """The announced rounding step, 0 when there is none."""
        return 0.0 if self.decimals is None else float(10.0**-self.decimals)

    def judge(self, case: Case, key: Key, answer: Value) -> Finding:
        """Return the finding for one answer."""
        read = read_number(answer)
        if read is None:
            return Finding(Outcome.UNREADABLE, 0.0, f"On attend un seul nombre, en {self.unit}. {_seen(answer)}")
        return self._compared(key, read.share if self.unit == PROPORTION else read.value)

    def _compared(self, key: Key, given: float) -> Finding:
        right = float(key.right)  # type: ignore[arg-type]
        if same(given, right, self.step):
            return Finding(Outcome.RIGHT, 1.0, "C’est le bon résultat.")
        known = [wrong.misconception for wrong in key.wrong if same(given, float(wrong.value), self.step)]  # type: ignore[arg-type]
        if known:
            return misconception_finding(known)
        if rounded_too_far(given, right):
            message = "Vous y êtes presque : votre résultat est arrondi trop fort. Gardez tous les chiffres du calcul."
            return Finding(Outcome.ALMOST, 0.0, message, "Que donne la même ligne, sans arrondir ?")
        return self._unit_finding(given, right) or Finding(
            Outcome.WRONG,
            0.0,
            "Ce n’est pas le résultat attendu, et ce n’est pas une erreur que nous reconnaissons.",
            "Quelles lignes et quelles colonnes avez-vous retenues ? Demandez un indice si besoin.",
        )

    def _unit_finding(self, given: float, right: float) -> Finding | None:
        for factor, words in _FACTORS:
            if self.unit == PROPORTION and factor == 100 and same(given, right * factor):
                return misconception_finding(["M05"], Outcome.UNIT)
            for scaled, sense in ((right * factor, "trop grand"), (right / factor, "trop petit")):
                if same(given, scaled):
                    message = f"Votre résultat est {words} {sense} : vérifiez l’unité. On attend {self.unit}."
                    return Finding(Outcome.UNIT, 0.0, message, "Dans quelle unité sont les colonnes utilisées ?")
        if same(-given, right, self.step):
            message = "La valeur est la bonne, mais le signe est inversé."
            return Finding(Outcome.UNIT, 0.0, message, "Est-ce une hausse ou une baisse, un gain ou une perte ?")
        return None


def rounded_too_far(given: float, right: float) -> bool:
    """Say whether ``given`` is ``right`` rounded to one, two or three significant digits.

    >>> rounded_too_far(0.39, 0.3943), rounded_too_far(0.4, 0.3943), rounded_too_far(0.41, 0.3943)
    (True, True, False)
    """
    return given != 0 and any(math.isclose(given, float(f"{right:.{digits}g}"), rel_tol=1e-9) for digits in (1, 2, 3))


def misconception_finding(identifiers: list[str], outcome: Outcome = Outcome.MISCONCEPTION) -> Finding:
    """Return the finding that explains one or several misconceptions leading to the same value."""
    catalogue = load_misconceptions()
    entries = [catalogue[identifier] for identifier in dict.fromkeys(identifiers)]
    message = " Ou bien : ".join(entry.explanation for entry in entries)
    if len(entries) > 1:
        message = f"Plusieurs erreurs donnent cette valeur. {message}"
    return Finding(outcome, 0.0, message, entries[0].question, tuple(entry.id for entry in entries))


def separation(key: Key) -> Iterator[tuple[str, float]]:
    """Yield, for each catalogued wrong value of a numeric key, its relative distance to the right value."""
    right = float(key.right)  # type: ignore[arg-type]
    for wrong in key.wrong:
        value = float(wrong.value)  # type: ignore[arg-type]
        yield wrong.misconception, abs(value - right) / max(abs(value), abs(right), 1e-12)


def _seen(answer: Value) -> str:
    names = {list: "une liste", dict: "une série", str: "un texte", bool: "vrai ou faux"}
    return f"Nous avons reçu {names.get(type(answer), 'un tableau')}."


@dataclass(frozen=True)
class SameValues(Keyed):
    """Accept a dict, a Series, or a table with a label column and one column of numbers.

    ``label`` names what each row is (« levier »), ``unit`` what the numbers are in.
    """

    label: str
    unit: str

    def judge(self, case: Case, key: Key, answer: Value) -> Finding:
        """Return the finding; each right label earns its share."""
        given = self._read(answer)
        if given is None:
            message = (
                f"On attend un nombre par {self.label}, en {self.unit} : une série, ou un tableau à deux colonnes."
            )
            return Finding(Outcome.UNREADABLE, 0.0, message)
        right: Mapping[str, float] = key.right  # type: ignore[assignment]
        good = [name for name in right if _agree(given, right, name)]
        if len(good) == len(right):
            return Finding(Outcome.RIGHT, 1.0, "Toutes les valeurs sont justes.")
        known = [w.misconception for w in key.wrong if all(_agree(given, w.value, name) for name in right)]  # type: ignore[arg-type]
        if known:
            return misconception_finding(known)
        missing = [name for name in right if plain(name) not in given]
        remarks = tuple(f"« {name} » : absent." for name in missing) + tuple(
            f"« {name} » : à revoir." for name in right if name not in good and name not in missing
        )
        message = f"{len(good)} valeur(s) juste(s) sur {len(right)}."
        return Finding(
            Outcome.WRONG, len(good) / len(right), message, "Que change-t-il entre ces lignes ?", (), remarks
        )

    def _read(self, answer: Value) -> dict[str, float] | None:
        if isinstance(answer, pd.DataFrame) and answer.shape[1] == 2:
            labelled = plain(self.label) in [plain(name) for name in answer.columns]
            position = [plain(name) for name in answer.columns].index(plain(self.label)) if labelled else 0
            answer = dict(zip(answer.iloc[:, position], answer.iloc[:, 1 - position], strict=True))
        if not isinstance(answer, dict):
            return None
        numbers = {plain(name): read_number(item) for name, item in answer.items()}
        if any(number is None for number in numbers.values()):
            return None
        return {name: number.value for name, number in numbers.items() if number is not None}


def _agree(given: Mapping[str, float], expected: Mapping[str, float], name: str) -> bool:
    return plain(name) in given and same(given[plain(name)], expected[name])
