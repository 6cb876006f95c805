"""A planning shown: a chart of its tasks, and a workbook in the company's documentary standard.

Nothing is decided here: the columns « état », « début », « fin » say what to show. A state is always told by a sign, a
word and a texture besides its colour.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import matplotlib.dates
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from casestudies.charts import decrire
from casestudies.display import Card
from casestudies.dossier import being_graded
from casestudies.errors import CasekitError
from casestudies.typography import french

mdates: Any = matplotlib.dates
"""Its functions say no types."""

FEUILLE, EAU, TERRE, ENCRE, CREME, BLANC = "#3A6E3E", "#286282", "#C45428", "#26302B", "#FAF6EC", "#FFFFFF"
"""Colours of the charter; white on the first three has a contrast of at least 4.5:1, as the fourth on the fifth."""


@dataclass(frozen=True)
class State:
    """How one state of a task is told: a word, a sign, a colour, a texture."""

    word: str
    sign: str
    colour: str
    hatch: str = ""


STATES = {
    "fait": State("fait", "✓", FEUILLE, "."),
    "prevu": State("prévu", "○", EAU),
    "alerte": State("alerte", "!", TERRE, "//"),
}
NAME = re.compile(r"\d{4}-\d{2}-\d{2}_[a-z0-9]+(?:-[a-z0-9]+)*_v\d+")
"""Form of a file name in the standard: « AAAA-MM-JJ_sujet_vN »."""
HEADER = ("titre", "fichier", "auteur", "date", "version", "destinataires", "statut")
NOTICE = (
    "Durées en jours de présence du rôle, charges en heures. Source : planning du projet et disponibilités de l’équipe."
)
_WIDTHS = {"libelle": 38, "role": 26, "suppleant": 26, "livrable": 28, "predecesseurs": 22}
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
Header = pd.DataFrame | Mapping[str, object] | list[dict[str, object]] | None
"""What fills the header: a table of one row, a mapping, a list of one row."""

_NOTHING = Card("Rien à montrer", "mixed", "!", ("Le planning est vide : remplissez-le, puis relancez cette cellule.",))


@dataclass(frozen=True)
class _Bar:
    task: str
    label: str
    role: str
    start: date
    end: date
    state: State

    @property
    def name(self) -> str:
        return f"{self.state.sign} {self.task} · {self.label}"


def dessiner_planning(table: pd.DataFrame | None, echeance: date | None = None) -> Figure | Card:
    """Return the chart of a planning: one bar per task, from its first to its last day.

    Parameters
    ----------
    table
        The planning, with the columns « tache_id », « libellé », « rôle », « début », « fin » and « état » (fait,
        prévu, alerte); rows without readable days are left out. A critical task is one in the state « alerte ».
    echeance
        Day drawn as a line, when given.
    """
    bars = [] if table is None else _bars(table)
    if not bars:
        return _NOTHING
    figure = Figure(figsize=(10.5, 1.9 + 0.33 * len(bars)), layout="constrained")
    axes = figure.add_subplot()
    for place, bar in enumerate(bars):
        axes.barh(
            place, (bar.end - bar.start).days + 1, left=mdates.date2num(bar.start), height=0.66,
            color=bar.state.colour, hatch=bar.state.hatch, edgecolor=BLANC if bar.state.hatch else bar.state.colour,
        )  # fmt: skip
        axes.annotate(
            bar.role, (mdates.date2num(bar.end) + 1, place), xytext=(4, 0), textcoords="offset points", va="center",
            fontsize=8, color=ENCRE,
        )  # fmt: skip
    _dress(axes, bars, echeance)
    decrire(figure, _alternative(bars, echeance))
    return figure


def _bars(table: pd.DataFrame) -> list[_Bar]:
    names = {_plain(name): position for position, name in enumerate(table.columns)}
    found = []
    for cells in table.itertuples(index=False, name=None):
        row = {name: cells[position] for name, position in names.items()}
        start, end = _day(row.get("debut")), _day(row.get("fin"))
        if start and end and start <= end:
            state = STATES.get(_plain(row.get("etat", "")), STATES["prevu"])
            texts = [str(row.get(name) or "") for name in ("tache_id", "libelle", "role")]
            found.append(_Bar(texts[0], texts[1], texts[2], start, end, state))
    return found


def _dress(axes: Any, bars: list[_Bar], deadline: date | None) -> None:
    """Add title, axes, legend and deadline."""
    first, last = min(bar.start for bar in bars), max(bar.end for bar in bars)
    alerts = [bar for bar in bars if bar.state is STATES["alerte"]]
    title = f"Planning de {len(bars)} tâches, fin le {last:%Y-%m-%d}"
    axes.set_title(f"{title} ; {len(alerts)} en alerte (chemin critique)" if alerts else title, loc="left")
    axes.set_yticks(range(len(bars)), [bar.name for bar in bars], fontsize=8.5, color=ENCRE)
    for label, bar in zip(axes.get_yticklabels(), bars, strict=True):
        label.set_fontweight("bold" if bar.state is STATES["alerte"] else "normal")
    axes.invert_yaxis()
    years = " et ".join(dict.fromkeys(str(day.year) for day in (first, last)))
    axes.set_xlabel(f"Lundis de {years} (jour/mois)")
    axes.set_ylabel("Tâche, dans l’ordre du tableau")
    axes.xaxis.set_major_locator(mdates.WeekdayLocator(mdates.MO, interval=1 if (last - first).days < 120 else 2))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%d/%m"))
    axes.tick_params(axis="x", labelrotation=45)
    if deadline:
        axes.axvline(mdates.date2num(deadline) + 1, color=ENCRE, linestyle="--", linewidth=1.2)
        axes.annotate(
            f"échéance {deadline:%Y-%m-%d}", (mdates.date2num(deadline) + 1, 0), xytext=(-4, 2), ha="right",
            textcoords="offset points", fontsize=8, color=ENCRE,
        )  # fmt: skip
        last = max(last, deadline)
    span = (last - first).days + 1
    axes.set_xlim(mdates.date2num(first) - 0.01 * span, mdates.date2num(last) + 1 + 0.2 * span)
    axes.grid(axis="x", alpha=0.35)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    kinds = [state for state in STATES.values() if any(bar.state is state for bar in bars)]
    patches = [
        Patch(facecolor=state.colour, hatch=state.hatch, edgecolor=BLANC, label=f"{state.sign} {state.word}")
        for state in kinds
    ]
    axes.figure.legend(
        handles=patches, loc="outside lower center", ncols=len(patches), frameon=False, handlelength=3, handleheight=1.2
    )


def _alternative(bars: list[_Bar], deadline: date | None) -> str:
    """Return the alternative text of the chart."""
    first, last = min(bar.start for bar in bars), max(bar.end for bar in bars)
    words = f"Diagramme de Gantt de {len(bars)} tâches, du {first:%Y-%m-%d} au {last:%Y-%m-%d}."
    alerts = ", ".join(bar.task for bar in bars if bar.state is STATES["alerte"])
    words += f" En alerte, sur le chemin critique : {alerts}." if alerts else ""
    return french(words + (f" Échéance : {deadline:%Y-%m-%d}." if deadline else ""))


def exporter_planning(table: pd.DataFrame | None, chemin: str | Path, entete: Header = None) -> Card:
    """Write the planning as an XLSX workbook in the company's standard, and say where it is.

    Parameters
    ----------
    table
        The planning, its columns in the order wanted.
    chemin
        The file, with or without « .xlsx », or the folder where the file named in the header goes. The name of the
        file follows the standard « AAAA-MM-JJ_sujet_vN ».
    entete
        What the header says: titre, fichier, auteur, date, version, destinataires, statut; a table of one
        row, or a list of one row, will do.

    Raises
    ------
    CasekitError
        When the name of the file is not in the standard; the message is in French.
    """
    if table is None or table.empty:
        return _NOTHING
    facts = _header(entete)
    path = Path(chemin)
    name, folder = path.name.removesuffix(".xlsx"), path.parent
    if facts.get("fichier") and not NAME.fullmatch(name):
        name, folder = facts["fichier"].removesuffix(".xlsx"), path
    if not NAME.fullmatch(name):
        raise CasekitError(
            f"« {name} » ne suit pas la norme « AAAA-MM-JJ_sujet_vN » : sans espace, ni accent, ni majuscule."
        )
    path = folder / f"{name}.xlsx"
    book = _workbook(table, {**facts, "fichier": name})
    if not being_graded():
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
    return Card("Planning exporté", "good", "✓", (f"Ouvrez `{path.as_posix()}` dans votre tableur et relisez-le.",))


def _header(given: Header) -> dict[str, str]:
    """Return the facts of the header by plain name, blanks left out."""
    if isinstance(given, pd.DataFrame):
        given = given.to_dict("records")  # type: ignore[assignment]
    if isinstance(given, list):
        given = given[0] if given else {}
    facts = {_plain(name): value for name, value in (given or {}).items()}
    shown = {name: day.isoformat() if (day := _moment(value)) else str(value) for name, value in facts.items()}
    return {name: text for name, text in shown.items() if text.strip() and text != "None"}


def _workbook(table: pd.DataFrame, facts: Mapping[str, str]) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one sheet
    sheet.title = "Planning"
    book.properties.title = facts.get("titre", "Planning")
    book.properties.creator = facts.get("auteur", "casekit")
    book.properties.language = "fr-FR"
    for line, name in enumerate((name for name in HEADER if facts.get(name)), start=1):
        sheet.cell(line, 1, name.capitalize()).font = Font(bold=True, color=ENCRE[1:])
        sheet.cell(line, 2, facts[name]).font = Font(color=ENCRE[1:], bold=name == "titre")
    top = sheet.max_row + 2
    _titles(sheet, table, top)
    for line, cells in enumerate(table.itertuples(index=False, name=None), start=top + 1):
        for number, (name, value) in enumerate(zip(table.columns, cells, strict=True), start=1):
            _write(sheet.cell(line, number), _plain(name), value, striped=(line - top) % 2 == 0)
    note = sheet.cell(top + len(table) + 2, 1, french(f"{NOTICE} Signes de l’état : {_legend()}."))
    note.font = Font(italic=True, color=ENCRE[1:])
    _page(sheet, top)
    return book


def _legend() -> str:
    return ", ".join(f"{state.sign} {state.word}" for state in STATES.values())


def _titles(sheet: Any, table: pd.DataFrame, top: int) -> None:
    for number, name in enumerate(table.columns, start=1):
        cell = sheet.cell(top, number, str(name))
        cell.font = Font(bold=True, color=BLANC[1:])
        cell.fill = PatternFill("solid", fgColor=FEUILLE[1:])
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        width = _WIDTHS.get(_plain(name), max(13, len(str(name)) + 3))
        sheet.column_dimensions[get_column_letter(number)].width = width


def _write(cell: Any, name: str, value: object, striped: bool) -> None:
    """Write one cell: true dates, a coloured state with its sign and word, one line in two on a light ground."""
    day = _day(value) if name in ("debut", "fin") else None
    state = STATES.get(_plain(value)) if name == "etat" else None
    text = "" if value is None or (isinstance(value, float) and value != value) else value
    cell.value = day or (f"{state.sign} {state.word}" if state else text)
    cell.number_format = "yyyy-mm-dd" if day else "General"
    cell.font = Font(color=(BLANC if state else ENCRE)[1:], bold=bool(state))
    ground = state.colour if state else (CREME if striped else BLANC)
    cell.fill = PatternFill("solid", fgColor=ground[1:])
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = Border(bottom=Side(style="thin", color=ENCRE[1:]))


def _page(sheet: Any, top: int) -> None:
    sheet.freeze_panes = sheet.cell(top + 1, 3)
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "Page &P sur &N"


def _plain(text: object) -> str:
    """Return a text without case or accents.

    >>> _plain(" État ")
    'etat'
    """
    letters = unicodedata.normalize("NFKD", str(text)).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()


def _moment(value: object) -> date | None:
    return value.date() if isinstance(value, pd.Timestamp) else value if isinstance(value, date) else None


def _day(value: object) -> date | None:
    """Return the day of a cell: a date, or text such as « 2027-01-04 » or « 04/01/2027 »; None for anything else."""
    moment = _moment(value)
    if moment is not None or not isinstance(value, str):
        return moment if moment == moment else None
    found = _FRENCH_DAY.fullmatch(value.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None
