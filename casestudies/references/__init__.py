"""The reference tables shared by the cases: goals, criteria, VAT rates, benchmarks, special days, legal rules."""

from casestudies.references.loading import (
    MONTHS,
    ReferencesError,
    load_benchmarks,
    load_calendar,
    load_rgaa,
    load_rgesn,
    load_rules,
    load_sdg_goals,
    load_sdg_targets,
    load_vat,
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
    "load_benchmarks",
    "load_calendar",
    "load_rgaa",
    "load_rgesn",
    "load_rules",
    "load_sdg_goals",
    "load_sdg_targets",
    "load_vat",
    "references_folder",
    "stale",
]
