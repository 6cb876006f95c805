"""The reference tables shared by the cases: goals, criteria, VAT rates, benchmarks, special days, legal rules."""

from casestudies.references.loading import (
    MONTHS,
    ReferencesError,
    load,
    load_rules,
    references_folder,
    stale,
)
from casestudies.references.records import (
    Benchmark,
    Goal,
    LegalRule,
    RgaaCriterion,
    RgesnCriterion,
    SpecialDay,
    Target,
    VatRate,
)

__all__ = [
    "MONTHS",
    "Benchmark",
    "Goal",
    "LegalRule",
    "ReferencesError",
    "RgaaCriterion",
    "RgesnCriterion",
    "SpecialDay",
    "Target",
    "VatRate",
    "load",
    "load_rules",
    "references_folder",
    "stale",
]
