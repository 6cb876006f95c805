"""The editor without a front end: what each action writes, what two editors do to each other, what cannot be read."""

from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from casestudies.answers import decode, encode
from casestudies.livrables import loading
from casestudies.livrables.cells import frame_of
from casestudies.livrables.csv_file import write_csv
from casestudies.livrables.desk import Desk
from casestudies.livrables.draft import Draft, DraftConflictError
from casestudies.livrables.store import Shelf
from casestudies.livrables.template import write_xlsx
from casestudies.studio.editeur import Editeur
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


def button(editor: Editeur, name: str) -> None:
    boxes = [box for box in editor.panneau.children if getattr(box, "children", ())]
    next(one for box in boxes for one in box.children if one.description == name).click()


def status(editor: Editeur) -> str:
    return editor._status.value.replace("\u00a0", " ")


def fill(editor: Editeur, values: dict[str, str]) -> None:
    for name, text in values.items():
        editor._cells[name].value = text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_typed_is_the_same_answer_as_a_list_of_rows(shelf: Shelf, form: str) -> None:
    if form == "xlsx":
        shelf.template(SWOT, "xlsx")
    editor = Editeur(SWOT, shelf)
    fill(editor, TYPED)
    path = shelf.path(SWOT, form)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert decode(encode(frame_of(SWOT, rows(shelf)))).equals(decode(encode([ROW])))
    assert f"essai-swot.{form}" in status(editor)


def test_rows_are_added_copied_moved_deleted_and_restored(shelf: Shelf) -> None:
    editor = Editeur(SWOT, shelf)
    fill(editor, TYPED)
    button(editor, "Ajouter une ligne")
    fill(editor, {"quadrant": "menace", "facteur": "Prix"})
    button(editor, "Dupliquer")
    assert [row["facteur"] for row in rows(shelf)] == ["Atelier ; local", "Prix", "Prix"]
    button(editor, "Monter")
    button(editor, "Monter")
    button(editor, "Monter")
    assert [row["facteur"] for row in rows(shelf)] == ["Prix", "Atelier ; local", "Prix"]
    button(editor, "Descendre")
    assert editor._list.index == 1
    button(editor, "Supprimer")
    assert [row["facteur"] for row in rows(shelf)] == ["Atelier ; local", "Prix"]
    button(editor, "Annuler la suppression")
    assert [row["facteur"] for row in rows(shelf)] == ["Atelier ; local", "Prix", "Prix"]
    button(editor, "Annuler la suppression")
    assert "Aucune ligne supprimée" in status(editor)
    for _ in range(4):
        button(editor, "Supprimer")
    assert rows(shelf) == []
    assert len(editor._list.options) == 1
    again = Editeur(SWOT, shelf)
    assert again._list.options[0][0] == "1. (vide)"


def test_a_restarted_editor_shows_what_the_file_says(shelf: Shelf) -> None:
    fill(Editeur(SWOT, shelf), TYPED)
    again = Editeur(SWOT, shelf)
    assert again._cells["quadrant"].value == "force"
    assert again._cells["poids"].value == "0,5"
    assert again._cells["date_relevé"].value == "06/01/2027"
    assert "Atelier" in again._preview.value


def test_what_cannot_be_read_is_said_and_kept(shelf: Shelf) -> None:
    odd = {"quadrant": "atout", "facteur": "x", "poids": "lourd", "date_relevé": "bientôt", "note": "à moi"}
    shelf.save(SWOT, [odd], shelf.path(SWOT, "csv"))
    editor = Editeur(SWOT, shelf)
    doubts = editor._doubts.value.replace("\u00a0", " ")
    for words in (
        "« atout » n’est pas dans la liste",
        "« lourd » n’est pas un nombre",
        "« bientôt » n’est pas une date",
    ):
        assert words in doubts
    fill(editor, {"poids": "0,1"})
    assert rows(shelf)[0]["note"] == "à moi"
    assert rows(shelf)[0]["quadrant"] == "atout"


def test_the_other_editors_work_is_never_lost(shelf: Shelf) -> None:
    one, other = Editeur(SWOT, shelf), Editeur(SWOT, shelf)
    fill(one, {"facteur": "de l’un"})
    fill(other, {"facteur": "de l’autre"})
    assert [row["facteur"] for row in rows(shelf)] == ["de l’un"]
    assert "Que garder" in status(other)
    button(other, "Reprendre ce que dit le fichier")
    assert other._cells["facteur"].value == "de l’un"
    kept = shelf.folder / "livrables/essai-swot.csv.ancien"
    assert "de l’autre" in kept.read_text(encoding="utf-8-sig")
    fill(other, {"poids": "0,2"})
    fill(one, {"poids": "0,3"})
    button(one, "Garder ce que je vois ici")
    assert rows(shelf)[0]["poids"] == 0.3
    assert "0,2" in (shelf.folder / "livrables/essai-swot.csv.ancien-2").read_text(encoding="utf-8-sig")
    button(one, "Ajouter une ligne")
    fill(one, {"facteur": "deux"})
    other._list.index = 0
    other._chosen({"new": 0})
    assert len(other._list.options) == 2
    assert "a changé ailleurs" in status(other)


def test_a_file_moved_to_a_workbook_is_followed(shelf: Shelf) -> None:
    editor = Editeur(SWOT, shelf)
    fill(editor, TYPED)
    shelf.template(SWOT, "xlsx")
    fill(editor, {"facteur": "changé"})
    button(editor, "Reprendre ce que dit le fichier")
    fill(editor, {"facteur": "dans le classeur"})
    assert not shelf.path(SWOT, "csv").exists()
    assert rows(shelf)[0]["facteur"] == "dans le classeur"


def test_two_equal_files_become_one_once_edited(shelf: Shelf) -> None:
    for form, write in (("csv", write_csv), ("xlsx", write_xlsx)):
        path = shelf.path(SWOT, form)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(write(SWOT, [ROW]))
    fill(Editeur(SWOT, shelf), {"facteur": "changé"})
    assert rows(shelf)[0]["facteur"] == "changé"
    assert (shelf.folder / "livrables/essai-swot.csv.ancien").is_file()


def test_a_file_that_cannot_be_read_is_explained_then_read(shelf: Shelf) -> None:
    path = shelf.path(SWOT, "xlsx")
    path.parent.mkdir()
    path.write_bytes(b"PK\x03\x04rien")
    editor = Editeur(SWOT, shelf)
    message, again = editor.panneau.children
    assert "abîmé" in message.value
    path.write_bytes(write_xlsx(SWOT, [ROW]))
    again.click()
    assert editor._cells["facteur"].value == ROW["facteur"]


def test_what_cannot_be_written_stays_on_the_screen_and_is_written_later(shelf: Shelf) -> None:
    shelf.template(SWOT, "xlsx")
    lock = shelf.folder / "livrables/.~lock.essai-swot.xlsx#"
    lock.touch()
    editor = Editeur(SWOT, shelf)
    fill(editor, {"facteur": "gardé"})
    assert "Pas encore enregistré" in status(editor)
    assert editor._cells["facteur"].value == "gardé"
    assert rows(shelf) == []
    lock.unlink()
    fill(editor, {"poids": "0,1"})
    assert rows(shelf)[0]["facteur"] == "gardé"


def test_the_figure_is_exported_once_there_is_something_to_draw(shelf: Shelf) -> None:
    editor = Editeur(SWOT, shelf)
    button(editor, "Exporter la figure")
    assert "remplissez d’abord" in status(editor)
    fill(editor, TYPED)
    button(editor, "Exporter la figure")
    assert (shelf.folder / "livrables/essai-swot.png").read_bytes().startswith(b"\x89PNG")


def test_a_draft_refuses_to_write_over_a_change(shelf: Shelf) -> None:
    draft = Draft(SWOT, shelf)
    shelf.save(SWOT, [ROW], shelf.path(SWOT, "csv"))
    with pytest.raises(DraftConflictError):
        draft.add(0)


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


def test_an_editor_starts_from_rows_already_worked_out_and_keeps_them_at_the_first_change(shelf: Shelf) -> None:
    start = [{"quadrant": "force", "facteur": "Atelier", "poids": 0.5}, {"quadrant": "menace", "facteur": "Prix"}]
    editor = Editeur(SWOT, shelf, start)
    assert rows(shelf) == []
    following = next(one for one in editor.panneau.children if getattr(one, "description", "") == "Ligne suivante")
    following.click()
    assert editor._cells["facteur"].value == "Prix"
    fill(editor, {"poids": "0,25"})
    assert [(row["facteur"], row["poids"]) for row in rows(shelf)] == [("Atelier", 0.5), ("Prix", 0.25)]
    following.click()
    assert "dernière ligne" in status(editor)
    assert len(Editeur(SWOT, shelf, start[:1])._draft.rows) == 2


def test_a_template_holds_the_rows_already_worked_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "FOLDER", ESSAIS)
    desk = Desk(tmp_path, "hetrabelle")
    desk.template("essai-swot", "xlsx", pd.DataFrame({"quadrant": ["force"], "facteur": ["Atelier"]}))
    desk.template("essai-swot", "xlsx", [{"facteur": "Autre"}])
    table = desk.table("essai-swot")
    assert table is not None
    assert table["facteur"].tolist() == ["Atelier"]
