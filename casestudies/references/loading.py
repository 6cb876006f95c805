"""Reading the reference tables: beside the packages in a checkout, inside them in an installed wheel."""

import csv
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import casestudies
from casestudies.errors import CasekitError
from casestudies.references.records import LegalRule, ReferenceRecord, VatRate

Row = TypeVar("Row", bound=ReferenceRecord)

MONTHS = 12
"""How long the check of a legal rule or a VAT rate is trusted."""


_LOADED: dict[type[ReferenceRecord], Any] = {}


class ReferencesError(CasekitError):
    """A reference table is missing, or does not say what it must."""


def references_folder() -> Path:
    """Return the folder of the reference tables."""
    package = Path(casestudies.__file__).parent
    installed = package / "_datasets"
    return (installed if installed.is_dir() else package.parent / "datasets") / "references"


def load(kind: type[Row]) -> tuple[Row, ...]:
    """Return the rows of one reference table, read once.

    >>> from casestudies.references.records import Goal
    >>> load(Goal)[7].label
    'Travail décent et croissance économique'
    """
    if kind not in _LOADED:
        _LOADED[kind] = read(kind, references_folder())
    rows: tuple[Row, ...] = _LOADED[kind]
    return rows


def load_rules() -> tuple[LegalRule, ...]:
    """Return the legal rules the cases rely on."""
    return load(LegalRule)


def stale(today: date) -> tuple[LegalRule | VatRate, ...]:
    """Return the legal rules and VAT rates last checked more than twelve months before ``today``.

    >>> stale(date(2026, 11, 25))
    ()
    """
    limit = (today.year * 12 + today.month - MONTHS, today.day)
    laws: tuple[LegalRule | VatRate, ...] = (*load(LegalRule), *load(VatRate))
    return tuple(law for law in laws if (law.checked_on.year * 12 + law.checked_on.month, law.checked_on.day) < limit)


def read(kind: type[Row], folder: Path) -> tuple[Row, ...]:
    """Return the rows of the table of ``kind`` in ``folder``; an unknown, missing or mistyped value is an error."""
    path = folder / f"{kind.TABLE}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            header, *rows = list(csv.reader(stream)) or [[]]
    except FileNotFoundError:
        raise ReferencesError(f"{path.name} : fichier introuvable dans {folder}.") from None
    except (UnicodeDecodeError, csv.Error) as cause:
        raise ReferencesError(f"{path.name} : fichier illisible ({cause}).") from cause
    if tuple(header) != kind.COLUMNS:
        raise ReferencesError(f"{path.name} : les colonnes attendues sont {', '.join(kind.COLUMNS)}.")
    hints = get_type_hints(kind)
    converters = [_CONVERTERS[hints[field.name]] for field in fields(kind)]
    return tuple(kind(*_values(row, kind.COLUMNS, converters, path, line)) for line, row in enumerate(rows, start=2))


def _values(
    row: list[str], columns: tuple[str, ...], converters: list[Callable[[str], Any]], path: Path, line: int
) -> list[Any]:
    if len(row) != len(columns):
        raise ReferencesError(f"{path.name}, ligne {line} : {len(columns)} valeurs attendues, {len(row)} lues.")
    values = []
    for column, convert, text in zip(columns, converters, row, strict=True):
        try:
            values.append(convert(text))
        except ValueError:
            raise ReferencesError(
                f"{path.name}, ligne {line}, colonne « {column} » : « {text} » ne convient pas."
            ) from None
    return values


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError(text)
    return text


_CONVERTERS: dict[Any, Callable[[str], Any]] = {
    str: _text,
    int: int,
    float: float,
    date: date.fromisoformat,
    tuple[str, ...]: lambda text: tuple(text.split()),
    int | None: lambda text: int(text) if text else None,
}
