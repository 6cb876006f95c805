"""The editor without a page: what each thing asked writes, what two editors do to each other, what cannot be read."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from casestudies.answers import decode, encode
from casestudies.livrables import loading
from casestudies.livrables.cells import frame_of
from casestudies.livrables.csv_file import write_csv
from casestudies.livrables.desk import Desk
from casestudies.livrables.draft import Draft, DraftConflictError
from casestudies.livrables.pasting import cells_in
from casestudies.livrables.store import Shelf
from casestudies.livrables.template import write_xlsx
from casestudies.livrables.totals import totals_of
from casestudies.livrables.xlsx_file import read_xlsx
from casestudies.studio.editeur import Editeur, Grid
from casestudies.studio.swot import balance, dessiner_swot, factors_of

ESSAIS = Path(__file__).parent / "livrables_essai"
SWOT = loading.read(ESSAIS / "essai-swot.toml")
TYPED = {
    "quadrant": "force",
    "facteur": "Atelier ; local",
    "poids": "0,50",
    "intensité": "4",
    "date_relevé": "6/1/2027",
}
ROW = {"quadrant": "force", "facteur": "Atelier ; local", "poids": 0.5, "intensité": 4.0, "date_relevé": "2027-01-06"}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def rows(shelf: Shelf) -> list[dict]:
    filled = shelf.filled(SWOT)
    return filled.rows if filled else []


def factors(shelf: Shelf) -> list[object]:
    return [row["facteur"] for row in rows(shelf)]


def ask(grid: Grid, do: str, **more: object) -> dict[str, Any]:
    """Ask one thing, as the page does, and return what there is to see then."""
    grid.hear({"do": do, "page": "p", "number": 1, **more})
    return grid.shown


def fill(grid: Grid, row: str, values: dict[str, str]) -> None:
    for name, text in values.items():
        ask(grid, "write", row=row, column=name, text=text)


def said(grid: Grid) -> str:
    return f"{grid.shown['said']} {grid.shown['alert']}".replace("\u00a0", " ")


def cells(grid: Grid, row: int) -> dict[str, str]:
    """Return the texts of one row as the page shows them."""
    names = [column["name"] for column in grid.shown["columns"]]
    return dict(zip(names, (text for text, _ in grid.shown["rows"][row][1]), strict=True))


def doubts(grid: Grid, row: int) -> dict[str, str]:
    names = [column["name"] for column in grid.shown["columns"]]
    found = zip(names, grid.shown["rows"][row][1], strict=True)
    return {name: doubt.replace("\u00a0", " ") for name, (_, doubt) in found if doubt}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_typed_is_the_same_answer_as_a_list_of_rows(shelf: Shelf, form: str) -> None:
    if form == "xlsx":
        shelf.template(SWOT, "xlsx")
    grid = Grid(SWOT, shelf)
    fill(grid, "a", TYPED)
    path = shelf.path(SWOT, form)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert decode(encode(frame_of(SWOT, rows(shelf)))).equals(decode(encode([ROW])))
    assert f"essai-swot.{form}" in said(grid)
    assert cells(grid, 0) == {**TYPED, "poids": "0,5", "date_relevé": "06/01/2027"}


def test_rows_are_added_copied_moved_deleted(shelf: Shelf) -> None:
    grid = Grid(SWOT, shelf)
    fill(grid, "a", TYPED)
    ask(grid, "insert", row="b", after="a", copied=False)
    fill(grid, "b", {"quadrant": "menace", "facteur": "Prix"})
    ask(grid, "insert", row="c", after="a", copied=True)
    assert factors(shelf) == ["Atelier ; local", "Atelier ; local", "Prix"]
    ask(grid, "move", row="b", step=-1)
    ask(grid, "move", row="b", step=-1)
    ask(grid, "move", row="b", step=-1)
    assert factors(shelf) == ["Prix", "Atelier ; local", "Atelier ; local"]
    ask(grid, "move", row="b", step=1)
    assert factors(shelf) == ["Atelier ; local", "Prix", "Atelier ; local"]
    ask(grid, "delete", row="c")
    ask(grid, "delete", row="c")
    assert factors(shelf) == ["Atelier ; local", "Prix"]
    for key in ("a", "b"):
        ask(grid, "delete", row=key)
    assert rows(shelf) == grid.shown["rows"] == []


def test_each_change_is_undone_in_turn(shelf: Shelf) -> None:
    grid = Grid(SWOT, shelf)
    assert not grid.shown["undo"]
    fill(grid, "a", {"facteur": "un"})
    fill(grid, "a", {"facteur": "un"})
    ask(grid, "insert", row="b", after="a", copied=True)
    fill(grid, "b", {"facteur": "deux"})
    ask(grid, "move", row="b", step=-1)
    ask(grid, "delete", row="a")
    kept = []
    while grid.shown["undo"]:
        kept.append(factors(shelf))
        ask(grid, "undo")
    assert kept == [["deux"], ["deux", "un"], ["un", "deux"], ["un", "un"], ["un"]]
    assert rows(shelf) == []
    ask(grid, "undo")
    assert "Rien à annuler" in said(grid)


def test_what_is_written_in_a_row_deleted_meanwhile_is_kept(shelf: Shelf) -> None:
    grid = Grid(SWOT, shelf)
    fill(grid, "a", {"facteur": "un"})
    ask(grid, "delete", row="a")
    fill(grid, "a", {"poids": "0,5"})
    assert [(row["facteur"], row["poids"]) for row in rows(shelf)] == [(None, 0.5)]


# --- paste


def paste(grid: Grid, row: str, column: str, text: str) -> str:
    ask(grid, "paste", row=row, column=column, text=text)
    return said(grid)


def test_cells_of_a_spreadsheet_are_pasted_from_one_cell_on(shelf: Shelf) -> None:
    grid = Grid(SWOT, shelf)
    fill(grid, "a", TYPED)
    told = paste(grid, "a", "facteur", 'Atelier\t0,25\t3\r\n"sur\ndeux lignes"\t12,5 %\t4\r\nPrix\t1\xa0234,5\t\r\n')
    assert "3 lignes, 9 cases" in told
    assert [(row["quadrant"], row["facteur"], row["poids"], row["intensité"]) for row in rows(shelf)] == [
        ("force", "Atelier", 0.25, 3.0), (None, "sur\ndeux lignes", 0.125, 4.0), (None, "Prix", 1234.5, None),
    ]  # fmt: skip
    ask(grid, "undo")
    assert rows(shelf) == [ROW]


def test_titles_that_were_copied_too_say_where_the_cells_go(shelf: Shelf) -> None:
    grid = Grid(SWOT, shelf)
    paste(grid, "a", "intensité", "Date relevé\tFacteur\tpoids\n6/1/2027\tAtelier\t0,5\n\tPrix\t0,5")
    assert [(row["facteur"], row["poids"], row["date_relevé"]) for row in rows(shelf)] == [
        ("Atelier", 0.5, "2027-01-06"), ("Prix", 0.5, None),
    ]  # fmt: skip


def test_what_has_no_place_or_cannot_be_read_is_said(shelf: Shelf) -> None:
    grid = Grid(SWOT, shelf)
    told = paste(grid, "a", "intensité", "fort\thier\tde trop\n4\t\t\n")
    assert "1 case à droite de la dernière colonne" in told
    assert doubts(grid, 0) == {
        "intensité": "« fort » n’est pas un nombre.",
        "date_relevé": "« hier » n’est pas une date (jour/mois/année).",
    }
    assert [row["intensité"] for row in rows(shelf)] == ["fort", 4.0]


@pytest.mark.parametrize("text", ["x\n" * 2500, "x" * 20_000, "\t".join("x" * 600_000)])
def test_a_paste_without_measure_is_refused_and_changes_nothing(shelf: Shelf, text: str) -> None:
    grid = Grid(SWOT, shelf)
    fill(grid, "a", TYPED)
    assert "au plus" in paste(grid, "a", "facteur", text)
    assert rows(shelf) == [ROW]
    assert cells(grid, 0)["facteur"] == TYPED["facteur"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [[""]]),
        ("a", [["a"]]),
        ("a\tb\n\nc", [["a", "b"], [""], ["c"]]),
        ('"a ""b""\tc"\td', [['a "b"\tc', "d"]]),
        ('"ouvert\tb\nc', [['"ouvert', "b"], ["c"]]),
        ("a\rb\r", [["a"], ["b"]]),
    ],
)
def test_a_copied_text_is_cut_as_spreadsheets_write_it(text: str, expected: list[list[str]]) -> None:
    assert cells_in(text) == expected


# --- what the page is told


def test_a_restarted_editor_shows_what_the_file_says(shelf: Shelf) -> None:
    fill(Grid(SWOT, shelf), "a", TYPED)
    assert cells(Grid(SWOT, shelf), 0) == {**TYPED, "poids": "0,5", "date_relevé": "06/01/2027"}


def test_what_cannot_be_read_is_said_in_its_cell_and_kept(shelf: Shelf) -> None:
    odd = {"quadrant": "atout", "facteur": "x", "poids": "lourd", "date_relevé": "bientôt", "note": "à moi"}
    shelf.save(SWOT, [odd], shelf.path(SWOT, "csv"))
    grid = Grid(SWOT, shelf)
    assert doubts(grid, 0) == {
        "quadrant": "« atout » n’est pas dans la liste.",
        "poids": "« lourd » n’est pas un nombre.",
        "date_relevé": "« bientôt » n’est pas une date (jour/mois/année).",
    }
    assert cells(grid, 0)["note"] == "à moi"
    fill(grid, grid.shown["rows"][0][0], {"poids": "0,1", "note": "toujours à moi"})
    assert rows(shelf)[0]["note"] == "toujours à moi"
    assert rows(shelf)[0]["quadrant"] == "atout"


def test_totals_follow_what_is_typed(shelf: Shelf) -> None:
    grid = Grid(SWOT, shelf)
    assert grid.shown["totals"] == []
    paste(
        grid, "a", "quadrant", "force\tA\t0,6\nforce\tB\t0,5\nmenace\tC\t0,997\nfaiblesse\tD\t0,25\n\tE\t9\nforce\tF\tx"
    )
    [told] = grid.shown["totals"]
    assert told.replace("\u00a0", " ") == (
        "Total « Poids » : force 1,1 (0,1 de trop pour faire 1) ; menace 0,997 ✓ ; "
        "faiblesse 0,25 (il manque 0,75 pour faire 1)"
    )


def test_a_total_may_be_of_a_whole_column() -> None:
    levers = loading.deliverables()["leviers"]
    assert totals_of(levers, [{"budget_ht": 12000.0}, {"budget_ht": 500.5}, {"budget_ht": None}]) == [
        "Total « Budget (€ HT) » : 12\u202f500,5"
    ]


def test_the_page_knows_which_of_its_messages_was_heard(shelf: Shelf) -> None:
    grid = Grid(SWOT, shelf)
    grid.hear({"do": "look", "page": "p", "number": 3})
    grid.hear({"do": "look", "page": "q", "number": 8})
    assert (grid.shown["heard"]["p"], grid.shown["heard"]["q"]) == (3, 8)


@pytest.mark.parametrize(
    "message", [None, "x", {}, {"do": "effacer"}, {"do": "write"}, {"do": ["write"]}, {"do": "move"}]
)
def test_a_strange_message_changes_nothing_and_stops_nothing(shelf: Shelf, message: object) -> None:
    grid = Grid(SWOT, shelf)
    fill(grid, "a", TYPED)
    grid.hear(message)
    ask(grid, "write", row="a", column="inconnue", text="x")
    assert "n’y est plus" in said(grid)
    assert rows(shelf) == [ROW]
    fill(grid, "a", {"facteur": "encore"})
    assert factors(shelf) == ["encore"]


# --- the file, the other editor, the workbook


def test_the_other_editors_work_is_never_lost(shelf: Shelf) -> None:
    one, other = Grid(SWOT, shelf), Grid(SWOT, shelf)
    fill(one, "a", {"facteur": "de l’un"})
    fill(other, "b", {"facteur": "de l’autre"})
    assert factors(shelf) == ["de l’un"]
    assert "Que garder" in said(other)
    assert other.shown["asking"]
    ask(other, "look")
    assert cells(other, 0)["facteur"] == "de l’autre"
    assert other.shown["asking"]
    ask(other, "theirs")
    assert not other.shown["asking"]
    assert cells(other, 0)["facteur"] == "de l’un"
    kept = shelf.folder / "livrables/essai-swot.csv.ancien"
    assert "de l’autre" in kept.read_text(encoding="utf-8-sig")
    fill(other, other.shown["rows"][0][0], {"poids": "0,2"})
    fill(one, "a", {"poids": "0,3"})
    ask(one, "mine")
    assert rows(shelf)[0]["poids"] == 0.3
    assert "0,2" in (shelf.folder / "livrables/essai-swot.csv.ancien-2").read_text(encoding="utf-8-sig")
    fill(one, "n", {"facteur": "deux"})
    key = other.shown["rows"][0][0]
    ask(other, "look")
    assert "a changé ailleurs" in said(other)
    assert [cells(other, row)["facteur"] for row in (0, 1)] == ["de l’un", "deux"]
    assert other.shown["rows"][0][0] == key


def test_what_was_typed_before_the_file_was_read_again_is_never_written_over_it(shelf: Shelf) -> None:
    grid = Grid(SWOT, shelf)
    fill(grid, "a", {"facteur": "d’ici"})
    seen = grid.shown["edition"]
    shelf.save(SWOT, [{"facteur": "d’ailleurs"}], shelf.path(SWOT, "csv"))
    ask(grid, "look")
    key = grid.shown["rows"][0][0]
    ask(grid, "write", row=key, column="facteur", text="d’ici encore", edition=seen)
    assert grid.shown["asking"]
    assert factors(shelf) == ["d’ailleurs"]
    assert cells(grid, 0)["facteur"] == "d’ici encore"
    ask(grid, "mine")
    assert factors(shelf) == ["d’ici encore"]
    assert "d’ailleurs" in (shelf.folder / "livrables/essai-swot.csv.ancien").read_text(encoding="utf-8-sig")
    ask(grid, "write", row=key, column="facteur", text="puis", edition=grid.shown["edition"])
    assert factors(shelf) == ["puis"]


def test_a_file_moved_to_a_workbook_is_followed(shelf: Shelf) -> None:
    grid = Grid(SWOT, shelf)
    fill(grid, "a", TYPED)
    shelf.template(SWOT, "xlsx")
    fill(grid, "a", {"facteur": "changé"})
    ask(grid, "theirs")
    fill(grid, grid.shown["rows"][0][0], {"facteur": "dans le classeur"})
    assert not shelf.path(SWOT, "csv").exists()
    assert factors(shelf) == ["dans le classeur"]


def test_two_equal_files_become_one_once_edited(shelf: Shelf) -> None:
    for form, write in (("csv", write_csv), ("xlsx", write_xlsx)):
        path = shelf.path(SWOT, form)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(write(SWOT, [ROW]))
    grid = Grid(SWOT, shelf)
    fill(grid, grid.shown["rows"][0][0], {"facteur": "changé"})
    assert factors(shelf) == ["changé"]
    assert (shelf.folder / "livrables/essai-swot.csv.ancien").is_file()


def test_a_file_that_cannot_be_read_is_explained_then_read(shelf: Shelf) -> None:
    path = shelf.path(SWOT, "xlsx")
    path.parent.mkdir()
    path.write_bytes(b"PK\x03\x04rien")
    grid = Grid(SWOT, shelf)
    assert not grid.shown["open"]
    assert "abîmé" in said(grid)
    ask(grid, "look")
    assert "abîmé" in said(grid)
    path.write_bytes(write_xlsx(SWOT, [ROW]))
    assert ask(grid, "open")["open"]
    assert cells(grid, 0)["facteur"] == ROW["facteur"]


def test_what_cannot_be_written_stays_on_the_screen_and_is_written_later(shelf: Shelf) -> None:
    shelf.template(SWOT, "xlsx")
    lock = shelf.folder / "livrables/.~lock.essai-swot.xlsx#"
    lock.touch()
    grid = Grid(SWOT, shelf)
    fill(grid, "a", {"facteur": "gardé"})
    assert "Pas encore enregistré" in said(grid)
    assert cells(grid, 0)["facteur"] == "gardé"
    assert rows(shelf) == []
    ask(grid, "look")
    assert "Pas encore enregistré" in said(grid)
    lock.unlink()
    ask(grid, "look")
    assert factors(shelf) == ["gardé"]


def test_the_figure_is_shown_and_saved_once_there_is_something_to_draw(shelf: Shelf) -> None:
    grid = Grid(SWOT, shelf)
    sent: list[dict] = []
    grid.send = lambda content, buffers=None: sent.append(content)  # type: ignore[method-assign]
    ask(grid, "figure")
    assert sent == [{"figure": "", "text": ""}]
    assert "remplissez d’abord" in ask(grid, "export")["said"]
    fill(grid, "a", TYPED)
    ask(grid, "figure")
    assert sent[1]["figure"].startswith("data:image/png;base64,")
    assert "Tableau SWOT" in sent[1]["text"]
    assert "essai-swot.png" in ask(grid, "export")["said"]
    assert (shelf.folder / "livrables/essai-swot.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_workbook_that_is_sent_holds_the_same_rows(shelf: Shelf, form: str) -> None:
    if form == "xlsx":
        shelf.template(SWOT, "xlsx")
    grid = Grid(SWOT, shelf)
    fill(grid, "a", TYPED)
    sent: list[tuple[dict, bytes]] = []
    grid.send = lambda content, buffers=(): sent.append((content, *buffers))  # type: ignore[method-assign]
    ask(grid, "workbook")
    [(content, workbook)] = sent
    assert content == {"file": "essai-swot.xlsx"}
    assert read_xlsx(SWOT, workbook, "x") == [ROW]


def test_a_draft_refuses_to_write_over_a_change(shelf: Shelf) -> None:
    draft = Draft(SWOT, shelf)
    shelf.save(SWOT, [ROW], shelf.path(SWOT, "csv"))
    with pytest.raises(DraftConflictError):
        draft.write("a", "facteur", "x")
    assert rows(shelf) == [ROW]


def test_an_editor_starts_from_rows_already_worked_out_and_keeps_them_at_the_first_change(shelf: Shelf) -> None:
    start = [{"quadrant": "force", "facteur": "Atelier", "poids": 0.5}, {"quadrant": "menace", "facteur": "Prix"}]
    grid = Grid(SWOT, shelf, start)
    assert rows(shelf) == []
    fill(grid, grid.shown["rows"][1][0], {"poids": "0,25"})
    assert [(row["facteur"], row["poids"]) for row in rows(shelf)] == [("Atelier", 0.5), ("Prix", 0.25)]
    assert len(Grid(SWOT, shelf, start[:1]).shown["rows"]) == 2


def test_a_notebook_opened_again_without_a_kernel_says_where_the_rows_are(shelf: Shelf) -> None:
    editor = Editeur(SWOT, shelf)
    faces = editor._repr_mimebundle_()
    assert f'data-casekit-editeur="{editor.grid.key}"' in faces["text/html"]
    assert all("livrables/" in text and "Lancez cette cellule" in text for text in faces.values())


# --- the figure


FACTORS = [
    {"quadrant": "Forces", "facteur": "A", "poids": 0.5, "intensité": 2},
    {"quadrant": "force", "facteur": "B", "poids": "0,5", "intensité": 4},
    {"quadrant": "faiblesse", "facteur": "C", "poids": None, "intensité": 4},
    {"quadrant": "menace", "facteur": "D", "poids": 1, "intensité": 5},
    {"quadrant": "ailleurs", "facteur": "E", "poids": 1, "intensité": 5},
    {"quadrant": "menace", "facteur": " ", "poids": 1, "intensité": 5},
]


def test_factors_are_sorted_by_weight_and_intensity() -> None:
    found = factors_of(FACTORS)
    assert [(one.text, one.score) for one in found["force"]] == [("B", 2.0), ("A", 1.0)]
    assert [(one.text, one.score) for one in found["faiblesse"]] == [("C", None)]
    assert [one.text for one in found["menace"]] == ["D"]


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ((2, 1, 2, 1), "s’appuyer sur les forces"),
        ((2, 1, 1, 2), "contrer les menaces"),
        ((1, 2, 2, 1), "corriger les faiblesses"),
        ((1, 2, 1, 2), "réduire les faiblesses"),
        ((1, 2, 0, 0), "SWOT à compléter"),
    ],
)
def test_the_title_says_what_follows(scores: tuple[int, ...], words: str) -> None:
    names = ("force", "faiblesse", "opportunité", "menace")
    table = [
        {"quadrant": name, "facteur": "x", "poids": 1, "intensité": score}
        for name, score in zip(names, scores, strict=True)
    ]
    assert words in balance(factors_of(table))


@pytest.mark.parametrize("table", [[], FACTORS, FACTORS * 8])
def test_the_figure_has_four_quadrants_and_a_text(table: list[dict]) -> None:
    figure = dessiner_swot(table)
    assert len(figure.axes) == 4
    assert figure.get_suptitle()
    assert all(axes.get_title(loc="left") for axes in figure.axes)
    assert figure.casekit_alt.startswith("Tableau SWOT")


LONG = " ".join(["délai de livraison mesuré sur une année"] * 4)


@pytest.mark.parametrize("count", [1, 3, 6])
def test_the_labels_of_the_figure_are_whole_and_never_touch(count: int) -> None:
    table = [
        {"quadrant": name, "facteur": f"{number} {LONG}", "poids": 0.2, "intensité": 4}
        for name in ("force", "faiblesse", "opportunité", "menace")
        for number in range(count)
    ]
    figure = dessiner_swot(table)
    figure.draw_without_rendering()
    right = figure.bbox.x1
    for axes in figure.axes:
        labels = [text for text in axes.texts if "délai" in text.get_text()]
        assert [" ".join(text.get_text().split()) for text in labels] == [f"{number} {LONG}" for number in range(count)]
        boxes = [text.get_window_extent() for text in axes.texts] + [bar.get_window_extent() for bar in axes.patches]
        assert all(box.x1 <= right for box in boxes)
        assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_a_template_holds_the_rows_already_worked_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "FOLDER", ESSAIS)
    desk = Desk(tmp_path, "hetrabelle")
    desk.template("essai-swot", "xlsx", pd.DataFrame({"quadrant": ["force"], "facteur": ["Atelier"]}))
    desk.template("essai-swot", "xlsx", [{"facteur": "Autre"}])
    table = desk.table("essai-swot")
    assert table is not None
    assert table["facteur"].tolist() == ["Atelier"]


def test_a_table_is_shared_and_its_dated_actions_taken_away_from_the_grid(shelf: Shelf) -> None:
    road = loading.read(ESSAIS / "essai-feuille.toml")
    grid = Grid(road, shelf)
    assert grid.shown["agenda"]
    assert not Grid(SWOT, shelf).shown["agenda"]
    sent: list[tuple[dict, bytes]] = []
    grid.send = lambda content, buffers=(): sent.append((content, *buffers))  # type: ignore[method-assign]
    assert "rien n’est encore rempli" in ask(grid, "share")["alert"]
    assert "aucune ligne" in ask(grid, "calendar")["alert"]
    fill(grid, "a", {"objectif": "O1", "action": "Lancer", "debut": "12/10/2026", "duree_jours": "5"})
    assert 'dossier.fusionner("essai-feuille", "essai-feuille-partage.xlsx")' in ask(grid, "share")["said"]
    assert "importez-le" in ask(grid, "calendar")["said"]
    ask(grid, "board")
    assert [content["file"] for content, _ in sent] == [
        "essai-feuille-partage.xlsx", "essai-feuille.ics", "essai-feuille-taches.csv",
    ]  # fmt: skip
    assert all(content["said"] for content, _ in sent)
    assert b"DTSTART;VALUE=DATE:20261012" in sent[1][1]
    assert b"2026-10-12,2026-10-16" in sent[2][1]
