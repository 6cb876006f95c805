"""What every company is: parameters drawn once, tables built when asked for, a dictionary for each column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Literal, get_args

import numpy as np
import pandas as pd

from casestudies.errors import UnknownNameError
from casestudies.names import named
from casestudies.seeds import REFERENCE, seed_of, stream
from casestudies.strict import Table, packaged

COMPANIES = tuple(sorted(path.parent.name for path in Path(__file__).parent.glob("*/company.py")))
"""The companies of the kit: each is a folder of this package with a ``company.py`` that defines ``COMPANY``."""

ColumnType = Literal["string", "integer", "number", "date", "boolean"]


@dataclass(frozen=True)
class Column:
    """One documented column: its Frictionless type, its unit (empty when none) and its meaning in French."""

    name: str
    type: ColumnType
    unit: str
    meaning: str


@dataclass(frozen=True)
class TableSpec:
    """One documented table: French title, grain (what one row is), columns and the defects left in it."""

    name: str
    title: str
    grain: str
    columns: tuple[Column, ...]
    defects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Period:
    """A window of whole days, both ends included. Learners read it, so its names are French."""

    nom: str
    libelle: str
    debut: date
    fin: date

    @property
    def jours(self) -> int:
        """Number of days in the window."""
        return (self.fin - self.debut).days + 1

    def filtrer(self, table: pd.DataFrame, colonne: str = "date") -> pd.DataFrame:
        """Return the rows of ``table`` whose ``colonne`` falls in the window."""
        moment = pd.to_datetime(table[colonne]).to_numpy()
        first, after = np.datetime64(self.debut), np.datetime64(self.fin + timedelta(days=1))
        return table[(moment >= first) & (moment < after)]


@dataclass(frozen=True)
class Headline:
    """One rate that a professional looks at first, and the range in which it is believed.

    ``value``, ``low`` and ``high`` are in ``unit`` (« proportion », « € », « jours »…); ``source`` says where the range
    comes from, or « hypothèse ».
    """

    label: str
    value: float
    low: float
    high: float
    unit: str = "proportion"
    source: str = "hypothèse"

    def __post_init__(self) -> None:
        """Keep the value as a plain float: it comes from numpy and pandas."""
        object.__setattr__(self, "value", float(self.value))

    @property
    def believable(self) -> bool:
        """Whether the value is in its range."""
        return self.low <= self.value <= self.high


@dataclass(frozen=True)
class Recovery:
    """One parameter of the market, and what the tables alone say of it.

    ``error`` is the sampling error that one expects (one standard deviation, in the unit of the parameter).
    """

    label: str
    true: float
    estimated: float
    error: float

    def __post_init__(self) -> None:
        """Keep plain floats: they come from numpy and pandas."""
        for name in ("true", "estimated", "error"):
            object.__setattr__(self, name, float(getattr(self, name)))

    @classmethod
    def of_share(cls, label: str, true: float, hits: float, tries: float) -> "Recovery":
        """Return the recovery of a share seen on ``tries`` independent cases: its error is √(p (1 − p) / n)."""
        return cls(label, true, hits / tries, np.sqrt(true * (1 - true) / tries))

    @property
    def distance(self) -> float:
        """Distance between the two, in expected standard deviations."""
        return abs(self.estimated - self.true) / self.error


class Company:
    """One company under one variant.

    A subclass names itself (``slug``, ``name``), draws its parameters in ``params``, and has one method
    ``table_<name>`` for each table of its ``tables.toml``; intermediate results are cached properties. What its tables
    say is in the functions of its modules ``story`` (``invariants``, ``headlines``) and ``truth`` (``recoveries``,
    ``truth``), which take the company.
    """

    slug: ClassVar[str]
    name: ClassVar[str]

    def __init__(self, learner: str = REFERENCE, draw: int = 0) -> None:
        """Prepare the variant of ``learner`` at ``draw``; nothing is computed yet."""
        self.learner = learner
        self.draw = draw
        self._seed = seed_of(self.slug, learner, draw)
        self._built: dict[str, pd.DataFrame] = {}

    def rng(self, name: str) -> np.random.Generator:
        """Return a fresh generator for the stream called ``name``."""
        return stream(self._seed, name)

    @classmethod
    def specs(cls) -> Mapping[str, TableSpec]:
        """Return the documented tables, by name, in the order of ``tables.toml``."""
        return _specs(cls.slug)

    def table(self, name: str) -> pd.DataFrame:
        """Return a copy of the table ``name``, columns in the documented order.

        Raises
        ------
        UnknownNameError
            When no table has this name.
        """
        specs = self.specs()
        if name not in specs:
            raise UnknownNameError.of("table", name, tuple(specs))
        if name not in self._built:
            built: pd.DataFrame = getattr(self, f"table_{name}")()
            self._built[name] = built[[column.name for column in specs[name].columns]].reset_index(drop=True)
        return self._built[name].copy(deep=False)  # written to, it becomes its own: pandas copies on write

    @cached_property
    def periods(self) -> dict[str, Period]:
        """Return the named windows of the case; none unless the company says otherwise."""
        return {}

    def fields(self) -> dict[str, str]:
        """Return the figures of this variant that the brief and the documents quote, written the French way."""
        return {}

    def invariants(self) -> dict[str, bool]:
        """Return each statement of the story and whether this variant keeps it."""
        held: dict[str, bool] = self._module("story").invariants(self)
        return held

    def headlines(self) -> tuple[Headline, ...]:
        """Return the headline rates of this variant, computed from its tables."""
        rates: tuple[Headline, ...] = self._module("story").headlines(self)
        return rates

    def recoveries(self) -> tuple[Recovery, ...]:
        """Return the market's parameters beside what the tables alone say of them."""
        estimates: tuple[Recovery, ...] = self._module("truth").recoveries(self)
        return estimates

    def truth(self) -> dict[str, Any]:
        """Return the true effects behind the figures; for trainers only."""
        effects: dict[str, Any] = self._module("truth").truth(self)
        return effects

    def _module(self, role: str) -> ModuleType:
        """Return the module of the company that has this role; loaded here, since it reads the company's class."""
        return import_module(f"casestudies.{self.slug}.{role}")


@cache
def content(slug: str) -> Table:
    """Return what no variant of a company changes (``content.toml``): texts, products, places… read once."""
    return packaged(f"casestudies.{slug}", "content.toml", named)


def content_table(slug: str, key: str, /, **columns: type) -> pd.DataFrame:
    """Return the rows of ``content.toml`` under ``key``, whose columns have these types, as a table."""
    return pd.DataFrame(content(slug).rows(key, **columns), columns=list(columns))


def assumptions(slug: str, values: Mapping[str, float]) -> pd.DataFrame:
    """Return the table of management assumptions: ``content.toml`` says all of each but its value, given by key.

    Raises
    ------
    ContentError
        When the keys are not those of the values.
    """
    told = content_table(slug, "assumptions", cle=str, libelle=str, unite=str, source=str)
    _require_keys(slug, "assumptions", told["cle"], values)
    told.insert(2, "valeur", [values[key] for key in told["cle"]])
    return told


def against_landmarks(slug: str, values: Mapping[str, float]) -> tuple[Headline, ...]:
    """Return the headline rates of a company: ``content.toml`` says all of each but its value, given by key.

    Raises
    ------
    ContentError
        When the keys are not those of the values.
    """
    landmarks = content(slug).rows("landmarks", key=str, label=str, low=float, high=float, unit=str, source=str)
    _require_keys(slug, "landmarks", [key for key, *_ in landmarks], values)
    return tuple(Headline(label, values[key], *believed) for key, label, *believed in landmarks)


def _require_keys(slug: str, place: str, keys: Iterable[str], values: Mapping[str, float]) -> None:
    if sorted(keys) != sorted(values):
        content(slug).fail(place, "ces clés ne sont pas celles des valeurs calculées")


@cache
def _specs(slug: str) -> dict[str, TableSpec]:
    root = packaged(f"casestudies.{slug}", "tables.toml", named)
    return {name: _spec(name, root.table(name)) for name in root.data}


def _spec(name: str, table: Table) -> TableSpec:
    table.only("title", "grain", "columns", optional=("defects",))
    columns = table.table("columns")
    defects = table.texts("defects") if "defects" in table.data else ()
    described = tuple(_column(key, columns.table(key)) for key in columns.data)
    return TableSpec(name, table.text("title"), table.text("grain"), described, defects)


def _column(name: str, table: Table) -> Column:
    table.only("type", "meaning", optional=("unit",))
    kind: ColumnType = table.one_of("type", get_args(ColumnType))  # type: ignore[assignment]
    return Column(name, kind, table.text("unit", ""), table.text("meaning"))


def company_class(slug: str) -> type[Company]:
    """Return the class of the company ``slug``.

    Raises
    ------
    UnknownNameError
        When no company has this name.
    """
    if slug not in COMPANIES:
        raise UnknownNameError.of("entreprise", slug, COMPANIES)
    found: type[Company] = import_module(f"casestudies.{slug}.company").COMPANY
    return found


@lru_cache(maxsize=8)
def company_of(slug: str, learner: str, draw: int) -> Company:
    """Return the company under one variant; the last few are kept, so that both sides share the tables built."""
    return company_class(slug)(learner, draw)


def company_folder(slug: str) -> Path:
    """Return the folder that holds the brief and the documents of a known company."""
    company_class(slug)
    return Path(str(files(f"casestudies.{slug}")))
