"""The leads of Tréziflow as three notebooks read them; use each function through ``case.fact``."""

import pandas as pd

from autograder.keys.cases import Case
from casestudies.treziflow import story


def leads(case: Case) -> pd.DataFrame:
    """Return the leads once each, their source under its one name."""
    return story.cleaned(case.table("leads"))


def cohort(case: Case) -> pd.DataFrame:
    """Return the leads whose story is over."""
    return case.period("cohortes_mures").filtrer(case.fact(leads), "date_creation")
