"""What the tests of the companies share: their variants, the bytes of their tables, what one table alone builds."""

import hashlib
from typing import Any

import pandas as pd
import pytest

from casestudies.company import Company
from casestudies.packaging import csv_bytes


def fixture_of(make: Any) -> Any:
    """Return a fixture that makes something once for its module."""

    def made() -> Any:
        return make()

    return pytest.fixture(scope="module")(made)


def variants_of(kind: type[Company], size: int, prefix: str = "eleve") -> Any:
    """Return a fixture of ``size`` variants of a company."""
    return fixture_of(lambda: [kind(f"{prefix}-{number}") for number in range(size)])


def digest(company: Company, name: str) -> str:
    """Return the hash of a table as it is written in the package."""
    return hashlib.sha256(csv_bytes(company.table(name))).hexdigest()


def digests(company: Company) -> dict[str, str]:
    """Return the hash of every table."""
    return {name: digest(company, name) for name in company.specs()}


def built_for(kind: type[Company], name: str) -> set[str]:
    """Return the names of what a company has computed, other tables included, to give one table and nothing else."""
    fresh = kind("lea")
    fresh.table(name)
    return (set(vars(fresh)) | set(fresh._built)) - {name}


def paid_lines(company: Company) -> pd.DataFrame:
    """Return the lines of Kerlavandre's orders that were paid, each once."""
    lines = company.table("commandes").drop_duplicates()
    return lines[lines["statut"] == "payée"]
