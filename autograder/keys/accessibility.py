"""The formulas of an accessibility audit: rates of pages and of a site, state of conformity, contrast of two colours.

Rates follow the method of the RGAA 4.1.2 (accessibilite.numerique.gouv.fr, « Évaluation de la conformité », read on 27
November 2026), contrasts the WCAG 2.1 (« relative luminance », « contrast ratio »).
"""

from collections.abc import Iterable, Mapping

FLARE = 0.05
"""What is added to both luminances: the light that a screen sends back anyway."""
NONE, PARTLY, WHOLLY = "non conforme", "partiellement conforme", "totalement conforme"


def page_rate(met: int, failed: int) -> float:
    """Return the share of the criteria that apply to a page that it meets; what does not apply is not counted.

    Twelve met, four failed, fourteen that do not apply: 12 ÷ 16.

    >>> page_rate(12, 4)
    0.75
    """
    return met / (met + failed)


def overall_rate(states: Mapping[str, Iterable[str]]) -> float:
    """Return the share of the criteria, among those that apply somewhere, that no page fails; ``states`` by criterion.

    >>> overall_rate({"1.1": ["C", "NC"], "3.2": ["C", "NA"], "4.1": ["NA", "NA"], "8.5": ["C", "C"]}) == 2 / 3
    True
    """
    found = {name: set(states) for name, states in states.items()}
    applying = [seen for seen in found.values() if seen & {"C", "NC"}]
    return sum("NC" not in seen for seen in applying) / len(applying)


def state(rate: float) -> str:
    """Return the state of conformity of an overall rate.

    >>> state(0.49), state(0.5), state(1.0)
    ('non conforme', 'partiellement conforme', 'totalement conforme')
    """
    if rate >= 1:
        return WHOLLY
    return PARTLY if rate >= 0.5 else NONE


def contrast_ratio(one: float, other: float, flare: float = FLARE) -> float:
    """Return the contrast of two luminances, the lighter one over the darker one.

    >>> round(contrast_ratio(0.0, 1.0), 6), round(contrast_ratio(0.2, 0.05), 6)
    (21.0, 2.5)
    """
    return (max(one, other) + flare) / (min(one, other) + flare)
