"""The tutor's grid: a form that can be filled but not altered, read back without guessing."""

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from certifying import make_course
from click.testing import CliRunner

from autograder.certification.model import TutorGrid
from autograder.certification.register import Register
from autograder.certification.tutor_form import FIELDS, HEADER, LEVELS, SHEET, as_xlsx
from autograder.certification.tutor_import import read_grid
from autograder.certification.tutor_store import grids_of
from autograder.cli import main
from autograder.course.class_list import Learner
from autograder.referentiel import load_referentiel
from casestudies.errors import CasekitError

LEA = Learner("lea", "Léa", "=cmd|' /C calc'!A0")
TODAY = date(2026, 11, 26)
COMPETENCIES = list(load_referentiel().competencies)
VALUES = ("Société fictive", "Tutrice fictive", "Responsable", date(2026, 1, 5), date(2026, 4, 30), date(2026, 5, 2))


def blank() -> Any:
    return openpyxl.load_workbook(io.BytesIO(as_xlsx(LEA)))


def place(page: Any, text: str) -> Any:
    """Return the cell of the first column that holds a text."""
    return next(cell for cell in page["A"] if cell.value == text)


def fill(page: Any, values: tuple[Any, ...] = VALUES, level: Any = "3 acquis") -> int:
    """Fill the grid; return the line of its header."""
    for label, value in zip(FIELDS, values, strict=True):
        page.cell(place(page, label).row, 3).value = value
    top = place(page, "Code").row
    for line in range(top + 1, top + 1 + len(COMPETENCIES)):
        page.cell(line, 4).value = level
    return top


def read(tmp_path: Path, edit: Callable[[Any, int], None] = lambda page, top: None, **given: Any) -> TutorGrid:
    book = blank()
    top = fill(book[SHEET], **given)
    edit(book[SHEET], top)
    path = tmp_path / "grille.xlsx"
    book.save(path)
    return read_grid(path, {"lea": LEA}, TODAY)


def test_the_form_can_be_filled_and_nothing_else() -> None:
    book = blank()
    page = book[SHEET]
    top = place(page, "Code").row
    assert tuple(page.cell(top, column).value for column in range(1, 6)) == HEADER
    assert [page.cell(line, 1).value for line in range(top + 1, page.max_row + 1)] == COMPETENCIES
    assert page.protection.sheet
    assert page.protection.password is None
    unlocked = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    fields = {f"C{place(page, label).row}" for label in FIELDS}
    assert unlocked == fields | {f"{c}{line}" for c in "DE" for line in range(top + 1, top + 1 + len(COMPETENCIES))}
    assert not page.merged_cells.ranges
    assert list(page.tables) == ["Grille"]
    assert page.print_title_rows == f"${top}:${top}"
    assert (str(page.page_setup.paperSize), page.page_setup.orientation) == (page.PAPERSIZE_A4, "landscape")
    assert book.properties.title
    assert book.properties.language == "fr-FR"
    lists = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    levels = lists[f"D{top + 1}:D{top + len(COMPETENCIES)}"]
    assert levels.formula1 == f'"{",".join(LEVELS)}"'
    assert levels.showErrorMessage
    assert len(levels.formula1) <= 255
    assert max(len(levels.prompt), len(levels.error)) <= 255
    name = next(cell for cell in page["C"] if cell.value == LEA.full_name)
    assert name.data_type == "s"
    assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)


def test_what_a_tutor_wrote_is_read(tmp_path: Path) -> None:
    def edit(page: Any, top: int) -> None:
        page.cell(top + 1, 4).value = "non observé"
        page.cell(top + 2, 5).value = "A fait « cela ».\nPuis autre chose."

    grid = read(tmp_path, edit)
    assert (grid.learner, grid.company, grid.tutor, grid.role, grid.start, grid.end, grid.day) == ("lea", *VALUES)
    assert [rating.competency for rating in grid.ratings] == COMPETENCIES
    assert [rating.level for rating in grid.ratings] == [None] + [3] * (len(COMPETENCIES) - 1)
    assert grid.ratings[1].comment == "A fait « cela ».\nPuis autre chose."


@pytest.mark.parametrize("level", [3, 3.0, "3", "3,0", " 3  acquis ", "3 – Acquis", "3. acquis", "3\u00a0acquis"])
def test_a_level_is_read_however_it_is_typed(tmp_path: Path, level: Any) -> None:
    assert {rating.level for rating in read(tmp_path, level=level).ratings} == {3}


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 5),
        datetime(2026, 1, 5, 14, 30),
        "05/01/2026",
        "5/1/2026",
        "2026-01-05",
        "05.01.2026",
        46027,
        "46027",
    ],
)
def test_a_date_is_read_however_it_is_typed(tmp_path: Path, day: Any) -> None:
    assert read(tmp_path, values=(*VALUES[:3], day, *VALUES[4:])).start == date(2026, 1, 5)


def put(column: int, value: Any, offset: int = 3) -> Callable[[Any, int], None]:
    """Return an edit of a cell of the table."""

    def edit(page: Any, top: int) -> None:
        page.cell(top + offset, column).value = value

    return edit


def put_field(label: str, value: Any) -> Callable[[Any, int], None]:
    """Return an edit of a cell above the table."""

    def edit(page: Any, _: int) -> None:
        page.cell(place(page, label).row, 3).value = value

    return edit


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (put(4, None), r"cellule D\d+ : le niveau manque"),
        (put(4, "5"), r"cellule D\d+ : « 5 » n’est pas un niveau de la liste"),
        (put(4, 2.5), "« 2.5 » n’est pas un niveau"),
        (put(4, "3 fragile"), "« 3 fragile » n’est pas un niveau"),
        (put(4, "très bien"), "« très bien » n’est pas un niveau"),
        (put(4, True), "« True » n’est pas un niveau"),
        (put(4, "=1+2"), r"cellule D\d+ : une formule"),
        (put(5, "x" * 3000), "dépasse 2000 caractères"),
        (put(1, "9.9.9"), r"cellule A\d+ : « 9.9.9 » n’est le code d’aucune compétence"),
        (put(1, COMPETENCIES[0]), "est répété"),
        (put(3, "Autre chose."), "a été changé, ou vient d’une autre version"),
        (put(1, None), "n’est le code d’aucune compétence"),
        (put(4, "x", offset=0), "la ligne de titres"),
        (put_field("Identifiant", "noe"), "« noe » n’est pas dans eleves.csv"),
        (put_field("Entreprise", None), r"cellule C\d+ : « Entreprise » est vide"),
        (put_field("Début de la pratique", "hier"), "« hier » n’est pas une date"),
        (put_field("Début de la pratique", None), "« Début de la pratique » est vide"),
        (put_field("Début de la pratique", 12), "« 1900-01-12 00:00:00 » n’est pas une date"),
        (put_field("Fin de la pratique", date(2025, 1, 1)), "finit avant de commencer"),
        (put_field("Grille remplie le", date(2027, 1, 1)), "dans le futur"),
        (put_field("Grille remplie le", date(2025, 12, 1)), "avant le début de la pratique"),
    ],
)
def test_what_cannot_be_read_for_sure_is_refused(tmp_path: Path, edit: Callable[[Any, int], None], said: str) -> None:
    with pytest.raises(CasekitError, match=said) as error:
        read(tmp_path, edit)
    assert "n’a pas été importée" in str(error.value)


def test_a_line_taken_out_is_missed(tmp_path: Path) -> None:
    def edit(page: Any, top: int) -> None:
        page.delete_rows(top + 2)

    with pytest.raises(CasekitError, match=rf"absente\(s\) du tableau : {COMPETENCIES[1]}"):
        read(tmp_path, edit)


@pytest.mark.parametrize("content", [b"", b"identifiant;voie\n", b"\xd0\xcf\x11\xe0", b"PK\x03\x04"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(CasekitError, match=r"x\.xlsx"):
        read_grid(path, {"lea": LEA}, TODAY)
    with pytest.raises(CasekitError, match="ne peut pas être lu"):
        read_grid(tmp_path / "absent.xlsx", {"lea": LEA}, TODAY)
    book = openpyxl.Workbook()
    book.save(path)
    with pytest.raises(CasekitError, match="n’est pas une grille tuteur"):
        read_grid(path, {"lea": LEA}, TODAY)


def test_the_command_writes_and_imports(tmp_path: Path) -> None:
    course = make_course(tmp_path / "cours", [("lea", "Léa", "Petit"), ("noe", "", "")])
    at = ["--cours", str(course.root)]
    run = CliRunner().invoke
    assert run(main, ["tuteur", *at]).exit_code == 2
    assert run(main, ["tuteur", "personne", *at]).exit_code == 2
    assert run(main, ["tuteur", "--import", *at]).exit_code == 2
    made = run(main, ["tuteur", "--tous", *at])
    assert made.exit_code == 0, made.output
    folder = course.root / "build" / "tuteurs"
    assert {path.name for path in folder.iterdir()} == {"grille-tuteur-lea.xlsx", "grille-tuteur-noe.xlsx"}
    path = folder / "grille-tuteur-lea.xlsx"
    book = openpyxl.load_workbook(path)
    fill(book[SHEET])
    book.save(path)
    done = run(main, ["tuteur", "--import", str(path), str(folder / "grille-tuteur-noe.xlsx"), *at])
    assert done.exit_code == 2, "one of the two is blank"
    assert "grille importée (18 compétence(s) observée(s))" in done.output
    assert "« Entreprise » est vide" in " ".join(done.output.split())
    again = run(main, ["tuteur", "--import", str(path), *at])
    assert again.exit_code == 0
    assert "rien n’a changé" in again.output
    with Register.of(course) as register:
        assert [grid.company for grid in grids_of(register.database)["lea"]] == ["Société fictive"]
