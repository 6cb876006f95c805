"""The report of the gradings, as tables: what is measured on one machine, in one go, and what is required of it."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.grading_class import (
    GROWTH,
    SIZES,
    SMALL_GROWTH,
    SMALL_SIZES,
    Row,
    growth,
    kit_assignment,
    ordinary_assignment,
)
from casestudies.french import french_number
from casestudies.typography import french

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)
NOTHING = "–"
COLUMNS = ("Copies", "Par copie", "Copies/s", "Gain", "Plancher", "Mém. correcteur", "Mém. apprenant", "Mêmes notes")
MEMORY = (
    "Mémoire : pic de mémoire résidente (RSS) de chaque processus, tenu par le noyau et relevé cinq fois par seconde. "
    "Le plancher : les mêmes cellules dans les mêmes processus confinés, sans vérification, points, fichiers ni base."
)


def show_grading(small: bool) -> None:
    """Measure and print stock nbgrader and casekit on the same classes."""
    sizes = SMALL_SIZES if small else SIZES
    _print(ordinary_assignment(sizes, _tell), "Une évaluation nbgrader ordinaire (un notebook, six tests)")
    _print(
        kit_assignment(sizes, _tell),
        "L’évaluation « e2-performance » du kit (cinq notebooks)",
    )
    OUT.print(french(MEMORY))


def show_growth(small: bool) -> None:
    """Measure and print what larger and larger classes cost."""
    rows = growth(SMALL_GROWTH if small else GROWTH, _tell)
    table = _table("Des classes de plus en plus grandes (un notebook de deux cellules)")
    for column in ("Copies", "Temps", "Par copie", "Rapport", "Mém. principal", "Mém. correcteur"):
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(
            french_number(row.copies, 0), french_number(row.seen.seconds, 1, "s"), _milliseconds(row.each),
            french_number(row.each / rows[0].each, 2), _mebi(row.seen.main), _mebi(row.seen.worker),
        )  # fmt: skip
    OUT.print(table)


def _print(rows: Sequence[Row], title: str) -> None:
    table = _table(title)
    table.add_column("Mesure")
    for column in COLUMNS:
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(
            french(row.name), french_number(row.copies, 0), _milliseconds(row.each), french_number(1 / row.each, 2),
            NOTHING if row.stock is None else "× " + french_number(row.stock / row.each, 1),
            NOTHING if row.bare is None else f"{_milliseconds(row.bare)} (× {french_number(row.each / row.bare, 2)})",
            _mebi(row.seen.grader), _mebi(row.seen.learner),
            NOTHING if row.same is None else f"{row.same} sur {row.same}",
        )  # fmt: skip
    OUT.print(table)


def _table(title: str) -> Table:
    return Table(title=french(title), title_justify="left")


def _milliseconds(seconds: float) -> str:
    return french_number(1000 * seconds, 0, "ms")


def _mebi(size: float) -> str:
    return french_number(size, 0, "Mio") if size else NOTHING


def _tell(what: str) -> None:
    ERR.print(french(f"{what}…"))
