"""Writing a company's tables as a Frictionless data package: CSV files and their dictionary, all or nothing."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from casestudies.company import Company, TableSpec

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}


FLOAT_FORMAT = "%.12g"
"""Every digit of an amount in cents, and no idle « .0 »."""


def descriptor(company: Company) -> dict[str, Any]:
    """Return the ``datapackage.json`` of a company: every table, and every column with its type, unit and meaning."""
    return {
        "profile": "tabular-data-package",
        "name": company.slug,
        "title": f"{company.name}\u00a0: les données du cas",
        "description": "Entreprise fictive\u00a0: ces données sont produites par simulation.",
        "licenses": [LICENCE],
        "resources": [_resource(spec) for spec in company.specs().values()],
    }


def _resource(spec: TableSpec) -> dict[str, Any]:
    notes = [f"Une ligne\u00a0: {spec.grain}.", *spec.defects]
    fields = []
    for column in spec.columns:
        field = {"name": column.name, "type": column.type, "description": column.meaning}
        fields.append({**field, "unit": column.unit} if column.unit else field)
    return {
        "profile": "tabular-data-resource",
        "name": spec.name,
        "path": f"{spec.name}.csv",
        "title": spec.title,
        "description": " ".join(notes),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "schema": {"fields": fields},
    }


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as it is written in the package."""
    text: str = table.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d", float_format=FLOAT_FORMAT)
    return text.encode("utf-8")


def write_package(company: Company, folder: Path) -> list[Path]:
    """Write every table of ``company`` and its dictionary in ``folder``, and return the files written.

    The package is written beside ``folder``, then takes its place: a reader sees the old one or the new one, and a
    failure leaves the old one untouched. Anything else in ``folder`` disappears with the old package.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        fresh = Path(temporary) / "new"
        fresh.mkdir()
        for name in company.specs():
            (fresh / f"{name}.csv").write_bytes(csv_bytes(company.table(name)))
        text = json.dumps(descriptor(company), ensure_ascii=False, indent=2) + "\n"
        (fresh / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")
        _replace(fresh, folder, Path(temporary) / "old")
    return sorted(folder.iterdir())


def _replace(fresh: Path, folder: Path, aside: Path) -> None:
    if folder.exists():
        folder.rename(aside)
    try:
        fresh.rename(folder)
    except OSError:
        if aside.exists():
            shutil.move(aside, folder)
        raise
