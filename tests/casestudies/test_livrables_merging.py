"""Two versions of a table merged: every change is kept or asked about, whatever both sides did."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casestudies.livrables import loading
from casestudies.livrables.merging import Merged, merge
from casestudies.livrables.model import Deliverable, Field, Row

ROAD = loading.read(Path(__file__).parent / "livrables_essai" / "essai-feuille.toml")
SMALL = Deliverable(
    "petit", "Petit", "hetrabelle", "E3", "p9-petit", 92,
    fields=(Field("action", "texte", ""), Field("qui", "texte", ""), Field("budget", "nombre", "")), rows=3,
)  # fmt: skip


def row(action: str | None, qui: str | None = None, budget: float | None = None) -> Row:
    return {"action": action, "qui": qui, "budget": budget}


BASE = [row("Fiche", "Web", 100.0), row("Photos", "Contenus", 200.0), row("Salon", None, 300.0)]


def changed(place: int, **cells: Any) -> list[Row]:
    return [{**one, **cells} if rank == place else dict(one) for rank, one in enumerate(BASE)]


def test_a_cell_changed_on_one_side_alone_is_taken() -> None:
    made = merge(SMALL, BASE, changed(0, budget=150.0), changed(1, qui="Web"))
    assert made.conflicts == ()
    assert list(made.rows) == [row("Fiche", "Web", 150.0), row("Photos", "Web", 200.0), BASE[2]]
    (change,) = made.changes
    assert (change.label, change.column, change.before, change.after) == ("Photos", "qui", "Contenus", "Web")


def test_a_cell_changed_on_both_sides_waits_for_a_choice() -> None:
    mine, theirs = changed(0, budget=150.0), changed(0, budget=175.0, qui="Contenus")
    made = merge(SMALL, BASE, mine, theirs)
    (conflict,) = made.conflicts
    assert (conflict.number, conflict.column, conflict.mine, conflict.theirs) == (1, "budget", 150.0, 175.0)
    assert made.rows[0] == row("Fiche", "Contenus", 150.0)
    assert merge(SMALL, BASE, mine, theirs, {1: "reçu"}).rows[0] == row("Fiche", "Contenus", 175.0)
    assert merge(SMALL, BASE, mine, theirs, {1: "moi"}).rows[0] == row("Fiche", "Contenus", 150.0)


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    made = merge(SMALL, BASE, changed(0, budget=0.1 + 0.2), changed(0, budget=0.3))
    assert (made.conflicts, made.changes) == ((), ())


def test_added_rows_are_kept_where_they_were_put() -> None:
    theirs = [BASE[0], row("Vidéo", "Web", 50.0), *BASE[1:]]
    made = merge(SMALL, BASE, [*BASE, row("Bilan")], theirs)
    assert [one["action"] for one in made.rows] == ["Fiche", "Vidéo", "Photos", "Salon", "Bilan"]
    assert [one.label for one in made.changes] == ["Vidéo"]
    assert merge(SMALL, [], [], BASE).rows == tuple(BASE)


def test_a_row_that_one_side_deleted_is_asked_about() -> None:
    made = merge(SMALL, BASE, BASE, BASE[1:])
    assert [one.kind for one in made.conflicts] == ["supprimée là-bas"]
    assert made.rows == tuple(BASE)
    assert merge(SMALL, BASE, BASE, BASE[1:], {1: "reçu"}).rows == tuple(BASE[1:])
    assert merge(SMALL, BASE, BASE[1:], BASE).conflicts == ()  # deleted here, as it was there
    back = merge(SMALL, BASE, BASE[1:], changed(0, budget=1.0))
    assert [one.kind for one in back.conflicts] == ["supprimée ici"]
    assert [one["action"] for one in back.rows] == ["Photos", "Salon"]
    restored = merge(SMALL, BASE, BASE[1:], changed(0, budget=1.0), {1: "reçu"}).rows
    assert restored[-1] == row("Fiche", "Web", 1.0)


def test_a_row_renamed_on_one_side_stays_one_row() -> None:
    made = merge(SMALL, BASE, changed(0, budget=150.0), changed(0, action="Fiche produit"))
    assert made.rows[0] == row("Fiche produit", "Web", 150.0)
    assert len(made.rows) == 3


def test_without_a_common_version_whatever_differs_is_a_conflict_and_blanks_are_filled() -> None:
    mine = [row("Fiche", "Web", 100.0), row("Photos", None, 200.0)]
    theirs = [row("fiche", "Web", 120.0), row("Photos", "Contenus"), row("Bilan")]
    made = merge(SMALL, [], mine, theirs)
    assert [(one.column, one.mine, one.theirs) for one in made.conflicts] == [
        ("action", "Fiche", "fiche"), ("budget", 100.0, 120.0),
    ]  # fmt: skip
    assert made.rows[1:] == (row("Photos", "Contenus", 200.0), row("Bilan"))


def test_rows_told_apart_by_their_two_first_columns_are() -> None:
    base = [{"objectif": "O1", "action": name, "budget_eur": 1.0} for name in ("a", "b", "c")]
    theirs = [{**base[0]}, {**base[1], "budget_eur": 2.0}, {**base[2]}]
    made = merge(ROAD, base, base, theirs)
    assert [one["budget_eur"] for one in made.rows] == [1.0, 2.0, 1.0]
    assert made.changes[0].label == "O1 · b"


def test_a_column_that_one_side_added_stays() -> None:
    theirs: list[Row] = [{**one, "note": "vu"} for one in BASE]
    made = merge(SMALL, BASE, BASE, theirs)
    assert [one["note"] for one in made.rows] == ["vu"] * 3


CELLS = st.one_of(st.none(), st.sampled_from(["a", "b", "c"]))
ROWS = st.lists(st.builds(row, CELLS, CELLS, st.sampled_from([None, 1.0, 2.0])), max_size=5).map(
    lambda rows: [one for one in rows if any(cell is not None for cell in one.values())]
)


@st.composite
def edited(draw: Any, base: list[Row], mark: str) -> list[Row]:
    """Return a version of a table whose changes all bear a mark: cells written, rows added, deleted, moved."""
    rows: list[Row] = []
    for place, one in enumerate(base):
        what = draw(st.sampled_from(["same", "same", "cell", "name", "delete"]))
        if what != "delete":
            cells: dict[str, Any] = {"cell": {"qui": f"{mark}{place}"}, "name": {"action": f"{mark}n{place}"}}.get(
                what, {}
            )
            rows.append({**one, **cells})
    for number in range(draw(st.integers(0, 2))):
        rows.insert(draw(st.integers(0, len(rows))), row(f"{mark}r{number}", f"{mark}q{number}"))
    return draw(st.permutations(rows))


@given(st.data())
def test_nothing_that_either_side_wrote_is_lost(data: Any) -> None:
    base = data.draw(ROWS)
    mine, theirs = data.draw(edited(base, "m")), data.draw(edited(base, "t"))
    made = merge(SMALL, base, mine, theirs)
    held = _held(made)
    for one in (*mine, *theirs):
        for cell in one.values():
            assert cell is None or not str(cell).startswith(("m", "t")) or cell in held
    # what is chosen is what results, and the conflicts keep their numbers whatever is chosen
    for side in ("moi", "reçu"):
        again = merge(SMALL, base, mine, theirs, {one.number: side for one in made.conflicts})
        assert again.conflicts == made.conflicts
        cells = [cell for one in again.rows for cell in one.values()]
        assert all((one.mine if side == "moi" else one.theirs) in cells for one in made.conflicts if one.kind == "case")


@given(ROWS, ROWS)
def test_without_a_common_version_every_cell_stays_or_is_asked_about(mine: list[Row], theirs: list[Row]) -> None:
    held = _held(merge(SMALL, [], mine, theirs))
    assert {cell for one in (*mine, *theirs) for cell in one.values() if cell is not None} <= held


@given(ROWS, ROWS)
def test_a_side_that_changed_nothing_changes_nothing(base: list[Row], mine: list[Row]) -> None:
    made = merge(SMALL, base, mine, base)
    assert (list(made.rows), made.conflicts) == (mine, ())
    assert list(merge(SMALL, mine, mine, mine).rows) == mine


def _held(made: Merged) -> set[Any]:
    rows = {cell for one in made.rows for cell in one.values()}
    asked = {cell for one in made.conflicts for cell in (one.mine, one.theirs, *(value for _, value in one.row))}
    return rows | asked


@pytest.mark.parametrize("size", [2000])
def test_a_large_table_is_merged_at_once(size: int) -> None:
    base = [row(f"Action {number}", "Web", float(number)) for number in range(size)]
    theirs = [{**one, "qui": "Contenus"} for one in base]
    assert len(merge(SMALL, base, base, theirs).changes) == size
    assert len(merge(SMALL, [], base, [row(f"Autre {number}") for number in range(size)]).rows) == 2 * size
