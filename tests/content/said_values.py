"""Which numbers a text says, however it writes them, and whether one of them is a given value."""

import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?<![\w,.])(?P<whole>\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,](?P<part>\d+))?(?:e(?P<power>[-+]?\d+))?"
    r"[ \u00a0\u202f]?(?P<unit>%|pour cent|points?\b|‰|k€|k\b|milliers?\b|M€|M\b|millions?\b)?(?![^\W_])"
)
_SCALES = {"%": 0.01, "pour cent": 0.01, "point": 0.01, "‰": 0.001, "k": 1e3, "millier": 1e3, "M": 1e6, "million": 1e6}
ENOUGH = 3
"""From so many significant digits on, a number that a value rounds to says the value."""


@dataclass(frozen=True)
class Said:
    """A number as it is written: its value without sign, what its last digit is worth, how many digits count."""

    value: float
    step: float
    digits: int
    scale: float = 1.0

    def says(self, value: float) -> bool:
        """Whether this is ``value``, in its unit, as a percentage of it or written with another unit; signs aside."""
        for scale in {1.0, 0.01, 100.0, self.scale}:
            gap = abs(self.value * scale - abs(value))
            if gap <= 1e-9 * abs(value) or (self.digits >= ENOUGH and gap <= 0.5001 * self.step * scale):
                return True
        return False


def numbers_in(text: str) -> list[Said]:
    """Return the numbers of a text, French or English, in percent or not, whatever stands after them."""
    found = []
    for match in _NUMBER.finditer(text):
        whole, part, power = re.sub(r"\s", "", match["whole"]), match["part"] or "", int(match["power"] or 0)
        unit = (match["unit"] or "").removesuffix("€").removesuffix("s")
        value, step = float(f"{whole}.{part or 0}") * 10**power, 10.0 ** (power - len(part))
        found.append(Said(value, step, len(f"{whole}{part}".lstrip("0")), _SCALES.get(unit, 1.0)))
    return found


def says(text: str, value: float) -> bool:
    """Whether a text says a value."""
    return any(number.says(value) for number in numbers_in(text))
