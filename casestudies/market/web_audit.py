"""What an audit of a website finds: contrasts of colours, criteria met page by page, weight of pages."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casestudies.market.registry import About, Parameter
from casestudies.market.sampling import Floats, Ints, jitter

ABOUT = About(
    "A website excludes people by its colours and its code, and weighs by its images and its scripts.",
    (
        Parameter("ratio", "contrast between text and background", 1.0, 21.0, "WCAG 2.1, relative luminance"),
        Parameter("faulty", "1 for a criterion that is not met somewhere", 0, 1, "assumption"),
        Parameter("failing", "share of the pages where a faulty criterion fails", 0.3, 0.7, "assumption"),
        Parameter("weight_kb", "kilobytes of a page", 300, 9000, "order of HTTP Archive’s distributions; assumption"),
    ),
)

NORMAL_TEXT, LARGE_TEXT = 4.5, 3.0
"""Lowest contrast asked for normal text and for large text or interface parts (RGAA 3.2 and 3.3)."""
MET, FAILED, NOT_APPLICABLE = 0, 1, 2
STATES = ("C", "NC", "NA")


def luminance(rgb: Ints) -> Floats:
    """Return the relative luminance (0–1) of colours given by their channels (0–255) on the last axis."""
    share = np.asarray(rgb) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    found: Floats = linear @ np.array([0.2126, 0.7152, 0.0722])
    return found


def contrast(one: Ints, other: Ints) -> Floats:
    """Return the contrast ratio (1–21) of pairs of colours.

    >>> float(contrast(np.array([0, 0, 0]), np.array([255, 255, 255])))
    21.0
    """
    first, second = luminance(one), luminance(other)
    found: Floats = (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)
    return found


def rgb(hexadecimal: str) -> Ints:
    """Return the three channels of a colour written « #rrggbb »."""
    return np.array([int(hexadecimal[k : k + 2], 16) for k in (1, 3, 5)])


def hexadecimal(colours: Ints) -> list[str]:
    """Write colours as « #RRGGBB »."""
    return [f"#{red:02X}{green:02X}{blue:02X}" for red, green, blue in np.asarray(colours).tolist()]


def shades(hues: Ints, background: Ints, ratios: Floats) -> Ints:
    """Return the shade of each hue whose contrast on its background is nearest to its ratio.

    ``hues`` and ``background`` are (n, 3) channels; every mix with black, then with white, is tried.
    """
    mix = np.linspace(0, 1, 512)
    dark = hues[:, None, :] * mix[None, :, None]
    light = hues[:, None, :] + (255 - hues[:, None, :]) * mix[None, :, None]
    tried = np.round(np.concatenate([dark, light], axis=1)).astype(np.int64)
    gap = np.abs(contrast(tried, background[:, None, :]) - ratios[:, None])
    return np.asarray(tried[np.arange(len(hues)), gap.argmin(axis=1)])


def findings(
    applicable: NDArray[np.bool_], faulty: NDArray[np.bool_], failing: float, rng: np.random.Generator
) -> Ints:
    """Return the state of each criterion on each page, by (page, criterion), a rank in ``STATES``.

    ``applicable`` is by (page, criterion); a ``faulty`` criterion fails on about ``failing`` of its pages, and on one
    at least; the others are met everywhere.
    """
    drawn = np.where(applicable, rng.random(applicable.shape), 2.0)
    worst = drawn == drawn.min(axis=0, keepdims=True)
    fails = applicable & faulty[None, :] & ((drawn < failing) | worst)
    found: Ints = np.where(~applicable, NOT_APPLICABLE, np.where(fails, FAILED, MET)).astype(np.int64)
    return found


@dataclass(frozen=True)
class Rates:
    """Rates of an audit: mean of the pages, and criteria met on all the pages where they apply (shares)."""

    mean: float
    overall: float


def rates(states: Ints) -> Rates:
    """Return the two rates of an audit from the states by (page, criterion); what does not apply is left out.

    >>> found = rates(np.array([[0, 1, 2], [0, 0, 0]]))
    >>> found.mean, round(found.overall, 4)
    (0.75, 0.6667)
    """
    met, failed = states == MET, states == FAILED
    by_page = met.sum(axis=1) / (met | failed).sum(axis=1)
    applicable = (met | failed).any(axis=0)
    return Rates(float(by_page.mean()), float((applicable & ~failed.any(axis=0)).sum() / applicable.sum()))


def weights(total: Floats, shares: Floats, rng: np.random.Generator) -> Ints:
    """Split the weight of pages (kilobytes) between their parts, by (page, part), following ``shares``."""
    pull = shares * jitter(shares.shape, 0.10, rng)
    parts = np.round(total[:, None] * pull / pull.sum(axis=1, keepdims=True))
    found: Ints = np.maximum(parts, 1).astype(np.int64)
    return found
