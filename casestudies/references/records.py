"""One row of each reference table.

``TABLE`` names the file; ``COLUMNS`` are its headers, in the order of the fields. The meaning of each column, in
French, is in ``datasets/references/datapackage.json``.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class ReferenceRecord:
    """What every row has: the name of its table and its columns."""

    TABLE: ClassVar[str]
    COLUMNS: ClassVar[tuple[str, ...]]


@dataclass(frozen=True)
class Goal(ReferenceRecord):
    """One of the 17 sustainable development goals."""

    TABLE = "odd_objectifs"
    COLUMNS = ("numero", "libelle_court", "lien")
    number: int
    label: str
    link: str


@dataclass(frozen=True)
class Target(ReferenceRecord):
    """One of the 169 targets of the goals; ``number`` is « 12.5 » or « 1.a »."""

    TABLE = "odd_cibles"
    COLUMNS = ("numero", "objectif", "libelle_court", "lien")
    number: str
    goal: int
    label: str
    link: str


@dataclass(frozen=True)
class RgaaCriterion(ReferenceRecord):
    """One of the 106 criteria of the French accessibility guidelines (RGAA 4.1.2)."""

    TABLE = "rgaa_criteres"
    COLUMNS = ("numero", "theme_numero", "theme", "libelle_court", "lien")
    number: str
    theme_number: int
    theme: str
    label: str
    link: str


@dataclass(frozen=True)
class RgesnCriterion(ReferenceRecord):
    """One of the 78 criteria of the French ecodesign guidelines (RGESN)."""

    TABLE = "rgesn_criteres"
    COLUMNS = ("numero", "thematique", "priorite", "libelle_court", "lien")
    number: str
    theme: str
    priority: str
    label: str
    link: str


@dataclass(frozen=True)
class VatRate(ReferenceRecord):
    """A French VAT rate, in percent of the price without tax, and what it covers in the cases."""

    TABLE = "tva"
    COLUMNS = ("identifiant", "taux", "libelle", "couvre", "cas", "en_vigueur_depuis", "source", "verifie_le")
    id: str
    percent: float
    label: str
    covers: str
    companies: tuple[str, ...]
    in_force_since: date
    source: str
    checked_on: date


@dataclass(frozen=True)
class Benchmark(ReferenceRecord):
    """A teaching benchmark: a range seen in one sector, never a norm; ``year`` is unknown for an undated source."""

    TABLE = "reperes"
    COLUMNS = (
        "identifiant", "indicateur", "secteur", "bas", "haut", "unite", "source", "date_source", "avertissement",
    )  # fmt: skip
    id: str
    indicator: str
    sector: str
    low: float
    high: float
    unit: str
    source: str
    year: int | None
    warning: str


@dataclass(frozen=True)
class SpecialDay(ReferenceRecord):
    """What makes a day special (« férié », « soldes d’hiver », « vacances zone B »…); a day may have several rows."""

    TABLE = "calendrier"
    COLUMNS = ("date", "type", "libelle", "source")
    day: date
    kind: str
    label: str
    source: str


@dataclass(frozen=True)
class LegalRule(ReferenceRecord):
    """A legal rule in our own words, with where it stands, since when it applies and when it was last checked."""

    TABLE = "regles"
    COLUMNS = ("identifiant", "enonce", "en_vigueur_depuis", "verifie_le", "source", "lien", "portee")
    id: str
    statement: str
    in_force_since: date
    checked_on: date
    source: str
    link: str
    scope: str
