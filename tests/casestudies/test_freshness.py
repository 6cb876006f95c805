"""An answer is judged only when a fresh run of the cells, as they are written, would make the same one."""

import contextlib
import io
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casestudies.cell_names import cell_names
from casestudies.freshness import Doubt, SessionTokens, doubt_of


@pytest.mark.parametrize(
    ("source", "reads", "makes"),
    [
        ("a = b + 1", {"b"}, {"a"}),
        ("a = 1\nb = a", set(), {"a", "b"}),
        ("t['c'] = t['a'] / taux", {"t", "taux"}, {"t"}),
        ("total = sum(x for x in t if x > seuil)", {"sum", "t", "seuil"}, {"total"}),
        ("for c in t:\n    print(c)", {"t", "print"}, {"c"}),
        ("if essai:\n    a = 1\nb = a", {"essai", "a"}, {"a", "b"}),
        ("def f(x, y=k):\n    z = x + outre\n    return z", {"k", "outre"}, {"f"}),
        ("import pandas as pd\nt = pd.DataFrame()", set(), {"pd", "t"}),
        ("t.sort_values('a', inplace=True)", {"t"}, {"t"}),
        ("t.head()", {"t"}, set()),
        ("l.append(1)", {"l"}, {"l"}),
        ("n += 1", {"n"}, {"n"}),
        ("f = lambda v: v * k", {"k"}, {"f"}),
        ("a, (b, *c) = d", {"d"}, {"a", "b", "c"}),
        ("del a", set(), {"a"}),
        ("ceci n’est pas du Python", set(), set()),
        ("%time a = b", {"b"}, {"a"}),
        ("%%capture vu\na = b", {"b"}, {"a"}),
        ("if b:\n    !ls\n    a = 1", {"b"}, {"a"}),
        ("a = (b\n% 3)", {"b"}, {"a"}),
        ("a = !ls", set(), {"a"}),
        ("a = %time b", {"b"}, {"a"}),
        ("%%bash\na=3", set(), set()),
        ("%%bash --out a\necho 3", set(), {"a"}),
    ],
)
def test_names_of_a_cell(source: str, reads: set[str], makes: set[str]) -> None:
    found = cell_names(source)
    assert (found.reads, found.makes) == (reads, makes)


@dataclass
class Seat:
    """A notebook and its kernel: cells that can be edited, run and run again, in any order."""

    cells: list[str]
    space: dict[str, Any] = field(default_factory=dict)
    tokens: SessionTokens = field(default_factory=SessionTokens)
    filled: dict[str, str] = field(default_factory=dict)

    def run(self, rank: int) -> None:
        source = self.cells[rank]
        self.tokens.ran(f"c{rank}", source, execute(source, self.space), self.outside)

    def restart(self) -> None:
        self.space, self.tokens = {}, SessionTokens()

    def outside(self, slug: str) -> str:
        return self.filled.get(slug, "")

    def doubt(self, answer: str = "reponse") -> Doubt | None:
        return doubt_of(
            answer, [(f"c{rank}", source) for rank, source in enumerate(self.cells)], self.tokens, self.outside
        )


def execute(source: str, space: dict[str, Any]) -> bool:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(source, space)
    except Exception:
        return False
    return True


NOTHING = object()


def afresh(cells: list[str]) -> object:
    """Return the answer of one run from the top, in which a cell that fails does not stop the others."""
    space: dict[str, Any] = {}
    for source in cells:
        execute(source, space)
    return space.get("reponse", NOTHING)


def worked(*cells: str) -> Seat:
    seat = Seat(list(cells))
    for rank in range(len(cells)):
        seat.run(rank)
    return seat


def test_a_notebook_run_in_order_is_fresh() -> None:
    seat = worked("t = {'a': 2}", "t['b'] = t['a'] * 3", "reponse = t['b']")
    assert seat.doubt() is None


def test_cells_run_again_stay_fresh() -> None:
    seat = worked("t = {'a': 2}", "t['b'] = t['a'] * 3", "reponse = t['b']")
    for rank in (1, 1, 2, 2):
        seat.run(rank)
    assert seat.doubt() is None
    seat.cells[1] = "t['b'] = t['a'] * 4"
    assert seat.doubt() == Doubt(("c1",))
    seat.run(1)
    assert seat.doubt() is not None
    seat.run(2)
    assert seat.doubt() is None
    assert seat.space["reponse"] == 8


def test_a_cell_that_fails_leaves_a_stale_value() -> None:
    seat = worked("reponse = 3")
    seat.cells[0] = "reponse = trois"
    seat.run(0)
    assert seat.space["reponse"] == 3
    doubt = seat.doubt()
    assert doubt is not None
    assert doubt.failed
    assert doubt.cells == ("c0",)


def test_a_cell_that_no_longer_compiles_is_named() -> None:
    seat = worked("k = 1", "reponse = 3")
    seat.cells[1] = "reponse = trois("
    seat.run(1)
    assert seat.doubt() == Doubt(("c1",), failed=True)


def test_a_cell_that_starts_a_program_leaves_no_answer_to_judge() -> None:
    seat = Seat(["k = 2", "!true\nm = 3", "reponse = k * 3", "autre = m"])
    for rank, source in enumerate(seat.cells):
        seat.tokens.ran(f"c{rank}", source, True, seat.outside)
    assert seat.doubt() is None, "nothing of it comes from the program's cell"
    assert seat.doubt("autre") == Doubt(("c1",), program=True)
    seat.cells[1] = "m = 3"
    seat.tokens.ran("c1", seat.cells[1], True, seat.outside)
    seat.tokens.ran("c3", seat.cells[3], True, seat.outside)
    assert seat.doubt("autre") is None


def test_an_edit_that_was_not_run_is_seen_and_undone() -> None:
    seat = worked("k = 2", "reponse = k * 3")
    seat.cells[0] = "k = 5"
    assert seat.doubt() == Doubt(("c0",))
    seat.cells[0] = "k = 2"
    assert seat.doubt() is None


def test_a_count_run_twice_can_only_be_settled_by_a_fresh_run() -> None:
    seat = worked("n = 1", "n = n + 1", "reponse = n")
    seat.run(1)
    seat.run(2)
    doubt = seat.doubt()
    assert doubt is not None
    assert doubt.settle


def test_a_value_typed_elsewhere_and_gone_is_not_the_notebook_s() -> None:
    seat = worked("reponse = 3")
    seat.tokens.ran("gone", "reponse = 12", True, seat.outside)
    assert seat.doubt() is not None
    seat.cells.clear()
    assert seat.doubt() == Doubt((), settle=True)


def test_what_a_function_reads_counts_when_it_is_called() -> None:
    seat = worked("a = 1", "def f(v):\n    return v + a", "a = 2", "reponse = f(1)")
    assert seat.doubt() is None
    seat.run(0)
    seat.run(3)
    assert seat.space["reponse"] == 2
    assert seat.doubt() is not None


def test_a_deliverable_filled_since_is_seen() -> None:
    seat = worked("dossier = None", "reponse = 0")
    seat.cells[1] = 'reponse = dossier.livrable("swot")'
    seat.tokens.ran("c1", seat.cells[1], True, seat.outside)
    assert seat.doubt() is None
    seat.filled["swot"] = "autre"
    assert seat.doubt() is not None


PIECES = (
    "a = 1",
    "a = 2",
    "b = a + 1",
    "b = a * 3",
    "t = {'x': a}",
    "t['y'] = t['x'] + b",
    "t['y'] = 7",
    "a += 1",
    "b = inconnu",
    "l = [a]",
    "l.append(b)",
    "reponse = b",
    "reponse = t['y']",
    "reponse = sum(l)",
    "def f(v):\n    return v + a",
    "reponse = f(b)",
    "for a in (5, 6):\n    b = a",
    "if b > 2:\n    reponse = a",
    "t = {**t, 'z': 1}\nreponse = t['z']",
    "x = 1 +",
    "del b",
)
STEPS = st.one_of(
    st.tuples(st.just("run"), st.integers(0, 5)),
    st.tuples(st.just("edit"), st.integers(0, 5), st.sampled_from(PIECES)),
    st.tuples(st.just("all")),
    st.tuples(st.just("restart")),
)


@settings(max_examples=600, deadline=None)
@given(cells=st.lists(st.sampled_from(PIECES), min_size=2, max_size=6), steps=st.lists(STEPS, max_size=25))
def test_what_is_said_to_be_fresh_is_what_a_fresh_run_gives(cells: list[str], steps: list[tuple[Any, ...]]) -> None:
    seat = Seat(cells)
    for step in steps:
        match step:
            case ("run", rank) if rank < len(seat.cells):
                seat.run(rank)
            case ("edit", rank, piece) if rank < len(seat.cells):
                seat.cells[rank] = piece
            case ("all",):
                for rank in range(len(seat.cells)):
                    seat.run(rank)
            case ("restart",):
                seat.restart()
        if "reponse" in seat.space and seat.doubt() is None:
            assert seat.space["reponse"] == afresh(seat.cells)
