"""Numbers on the axes of a figure, written the French way: « 12 000 », « 0,5 »."""

from typing import Any

from matplotlib.ticker import ScalarFormatter

from casestudies.typography import NARROW

LARGE = 10_000
"""From this number on, the thousands of an axis stand apart: below, four digits may be a year."""


class FrenchTicks(ScalarFormatter):
    """Write the numbers of an axis as matplotlib would, with a comma, and thousands apart where one is large."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the text of one number."""
        ends = self.axis.get_view_interval() if self.axis else ()
        return french_tick(super().__call__(x, pos), any(abs(end) >= LARGE for end in ends))


def french_tick(text: str, apart: bool) -> str:
    r"""Return a number that matplotlib wrote, the French way; any other text as it is.

    >>> french_tick("12000", True), french_tick("−2000", True), french_tick("−0.50", False), french_tick("2026", False)
    ('12\u202f000', '−2\u202f000', '−0,50', '2026')
    >>> french_tick("T1", False)
    'T1'
    """
    sign = text[: len(text) - len(text.lstrip("-−"))]
    whole, point, decimals = text[len(sign) :].partition(".")
    if not whole.isdecimal() or (point and not decimals.isdecimal()):
        return text
    grouped = f"{int(whole):,}".replace(",", NARROW) if apart else whole
    return sign + grouped + ("," + decimals if point else "")


def write_french(figure: Any) -> None:
    """Write so every axis of a figure whose numbers matplotlib writes by itself; the others keep their own way."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if type(axis.get_major_formatter()) is ScalarFormatter:
                axis.set_major_formatter(FrenchTicks())
