"""What a deliverable is: the columns of a table, or a note; plain frozen data."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

FieldType = Literal["texte", "nombre", "date", "choix"]
Kind = Literal["tableau", "texte"]

Cell = str | float | None
Row = dict[str, Cell]
"""One row as it is read: a value by column, None where nothing is written."""

_SHORT = {"ht": "HT", "ttc": "TTC"}


@dataclass(frozen=True)
class Field:
    """One column: its name, what it holds, the values to choose from, and one sentence of help in French.

    ``optional`` cells may stay blank, and a file may come without their column; the check does not even ask for a
    column that is ``omissible``. ``title`` is what people read instead of the name, where the name alone would not do
    (« KPI », « Charge (heures) »).
    """

    name: str
    type: FieldType
    help: str
    choices: tuple[str, ...] = ()
    optional: bool = False
    title: str = ""
    omissible: bool = False

    @property
    def label(self) -> str:
        """The name as a person reads it.

        >>> Field("budget_ht", "nombre", "").label, Field("kpi", "texte", "", title="KPI").label
        ('Budget HT', 'KPI')
        """
        if self.title:
            return self.title
        words = " ".join(_SHORT.get(word, word) for word in self.name.split("_"))
        return words[:1].upper() + words[1:]

    @property
    def in_percent(self) -> bool:
        """Whether numbers are percentages: « 12 % » is then read as 12, else as 0.12."""
        return "%" in self.name or "pourcent" in self.name


@dataclass(frozen=True)
class Total:
    """A total kept in sight while a table is filled: of a column of numbers, for each value of the column ``by``."""

    column: str
    by: str = ""
    sums_to_one: bool = False


@dataclass(frozen=True)
class Agenda:
    """The columns that make a task of a row: its name, its days, who answers for it, what sorts and details it.

    A task ends on its day ``end``, else after ``days`` working days, its first one counted; else it lasts a day.
    """

    title: str
    start: str
    end: str = ""
    days: str = ""
    owner: str = ""
    labels: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bars:
    """The columns that a chart of bars shows: a name, a number with its unit, and what colours it."""

    name: str
    number: str
    unit: str
    by: str = ""


@dataclass(frozen=True)
class Deliverable:
    """One deliverable: its title, its company, its assessment, the question that checks it and its place in the plan.

    ``fields`` are the columns of a table (none for a note); ``rows`` the blank rows of the template; ``groups`` the
    column of choices that makes sections; ``figure`` the name of a figure drawn from the table; ``totals`` what is
    added up while it is filled; ``agenda`` the columns that make tasks of its rows, ``bars`` those of a chart of bars;
    ``slide`` those that a slide shows.
    """

    slug: str
    title: str
    company: str
    assessment: str
    question: str
    order: int
    kind: Kind = "tableau"
    fields: tuple[Field, ...] = ()
    rows: int = 0
    groups: str = ""
    figure: str = ""
    totals: tuple[Total, ...] = ()
    agenda: Agenda | None = None
    bars: Bars | None = None
    slide: tuple[str, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it is a table; else it is a note written in the notebook."""
        return self.kind == "tableau"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(field.name for field in self.fields)

    @property
    def sheet(self) -> str:
        """The name of the template's sheet: the title, within what a spreadsheet accepts."""
        return re.sub(r"[\[\]:*?/\\']", " ", self.title)[:31].strip()

    @property
    def notebook(self) -> int:
        """The number of its notebook: its place in the plan is 10 × notebook + rank."""
        return self.order // 10

    def field(self, name: str) -> Field:
        """Return the column of that name: one of its own, else one that people added, of texts."""
        return next((one for one in self.fields if one.name == name), Field(name, "texte", "Colonne ajoutée."))

    def columns(self, rows: Sequence[Row]) -> list[Field]:
        """Return the columns of these rows: its own, then those that people added."""
        added = [self.field(name) for row in rows[:1] for name in row if name not in self.names]
        return [*self.fields, *added]


@dataclass(frozen=True)
class Highlight:
    """What the summary of a plan takes from a deliverable, under a title.

    A figure is the ``total`` of a column, the ``value`` of one on the first row, how many rows there are (``counted``)
    or from when to when its tasks go; a line is written for each row after ``phrase`` (« {produit} : {prix} € »), by
    value of the column ``by`` where there is one. ``only`` keeps the rows where a column has a value.
    """

    title: str
    deliverable: str
    only: tuple[str, str] = ("", "")
    unit: str = ""
    total: str = ""
    value: str = ""
    counted: bool = False
    phrase: str = ""
    by: str = ""


@dataclass(frozen=True)
class Share:
    """How the total of a column is shared out between the values of another one, in a table and a chart."""

    title: str
    deliverable: str
    by: str
    total: str
    unit: str


@dataclass(frozen=True)
class Outline:
    """How the plan of an assessment is entitled, and the heading of each part, by the number of its notebook.

    The parts come in the order of ``headings``. ``company`` is the one that the plan is about: what was worked out on
    others is its training, or its ``annexes`` where they have a title; without it, the plan holds them all. ``figures``
    and ``lines`` make its summary of one page.
    """

    assessment: str
    title: str
    headings: Mapping[int, str]
    company: str = ""
    annexes: str = ""
    figures: tuple[Highlight, ...] = ()
    lines: tuple[Highlight, ...] = ()
    shares: tuple[Share, ...] = ()
