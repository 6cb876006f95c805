"""The answer codec: what goes in comes out, whatever the container; odd objects are refused with a reason."""

import json
from datetime import date, datetime
from decimal import Decimal

import hypothesis.strategies as st
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from IPython.core.formatters import DisplayFormatter

from casestudies.answers import MAX_BYTES, Unreadable, decode, encode, settled

mpl.use("agg")
import matplotlib.pyplot as plt

from casestudies.charts import Chart, decrire

numbers = st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | numbers | st.text(max_size=50) | st.dates()
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(st.characters(), max_size=12), inner, max_size=5)
    ),
    max_leaves=25,
)
KINDS = ("none", "boolean", "number", "text", "date", "list", "mapping", "table", "chart", "unreadable")
PARTS = ("value", "items", "columns", "rows", "reason", "kind", "series", "title", "x", "y", "marks", "axes", "labels")
likely_answers = st.recursive(
    json_values,
    lambda inner: st.builds(
        lambda kind, parts: {**parts, "kind": kind},
        st.sampled_from(KINDS),
        st.dictionaries(st.sampled_from(PARTS), inner | st.lists(inner, max_size=4), max_size=5),
    ),
    max_leaves=12,
)


def round_trip(value):
    return decode(json.loads(json.dumps(encode(value))))


@given(scalars)
def test_a_scalar_comes_back(value) -> None:
    assert round_trip(value) == value


@given(numbers)
def test_a_number_comes_back_from_numpy_and_from_pandas(value: float) -> None:
    assert round_trip(np.float64(value)) == value
    assert round_trip(np.array([value])) == value
    assert round_trip(pd.Series({"a": value})) == {"a": value}


@given(st.dictionaries(st.text(min_size=1, max_size=8), numbers, max_size=6), st.randoms())
def test_a_series_comes_back_whatever_its_order(values, chance) -> None:
    keys = list(values)
    chance.shuffle(keys)
    assert round_trip(pd.Series({key: values[key] for key in keys}, dtype=float)) == values


@given(st.lists(st.fixed_dictionaries({"a": numbers, "b": st.text(max_size=8)}), min_size=1, max_size=6))
def test_rows_and_frame_are_the_same_table(rows) -> None:
    frame = pd.DataFrame(rows)
    expected = round_trip(rows)[["a", "b"]]
    assert round_trip(frame)[["a", "b"]].equals(expected)
    assert round_trip(frame[["b", "a"]])[["a", "b"]].equals(expected)
    assert sorted(round_trip(frame.sample(frac=1, random_state=1))["a"]) == sorted(expected["a"])


def test_a_meaningful_index_is_kept() -> None:
    frame = pd.DataFrame({"levier": ["SEO", "SEA"], "ca": [1.0, 2.0]})
    assert list(round_trip(frame.set_index("levier")).columns) == ["levier", "ca"]
    assert list(round_trip(frame.groupby("levier")[["ca"]].sum()).columns) == ["levier", "ca"]
    multi = frame.set_index("levier", append=True)
    assert "levier" in round_trip(multi).columns


@given(json_values)
def test_nothing_makes_decode_fail(data) -> None:
    decode(data)


@given(likely_answers)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_nothing_like_an_answer_makes_decode_fail(data) -> None:
    decode(data)
    kept = settled(data)
    assert kept is None or json.loads(json.dumps(kept)) == kept
    decode(kept)


@given(json_values)
def test_nothing_makes_encode_fail(value) -> None:
    json.dumps(encode(value), allow_nan=False)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (print, "fonction"),
        (lambda: 1, "fonction"),
        (object(), "object"),
        (float("nan"), "NaN"),
        (float("inf"), "NaN ou infini"),
        (10**400, "démesuré"),
        (list(range(30_000)), "cases"),
        ("x" * (MAX_BYTES + 1), "volumineuse"),
        ([[[[[1]]]]], "niveaux"),
        (pd.DataFrame({"a": [object()]}), "case du tableau"),
        (pd.DataFrame(np.zeros((300, 300))), "cases"),
        (json, "module"),
    ],
)
def test_what_cannot_be_an_answer_says_why(value, words: str) -> None:
    found = round_trip(value)
    assert isinstance(found, Unreadable)
    assert words in found.reason


def test_an_object_that_explodes_is_refused() -> None:
    class Bomb(dict):
        def items(self):
            raise RuntimeError("boum")

    class Endless(list):
        def __iter__(self):
            raise MemoryError

    recursive: list = []
    recursive.append(recursive)
    for value in (Bomb(a=1), Endless([1]), recursive):
        assert isinstance(round_trip(value), Unreadable)


def test_dates_and_odd_numbers() -> None:
    assert round_trip(datetime(2026, 3, 2, 10)) == date(2026, 3, 2)
    assert round_trip(pd.Timestamp("2026-03-02")) == date(2026, 3, 2)
    assert round_trip(np.datetime64("2026-03-02")) == date(2026, 3, 2)
    assert round_trip(Decimal("1.5")) == 1.5
    assert round_trip(np.int64(3)) == 3.0
    assert round_trip(pd.NaT) is None
    assert round_trip(pd.NA) is None


@pytest.mark.parametrize(
    "forged",
    [
        {"kind": "number", "value": True},
        {"kind": "number", "value": "1"},
        {"kind": "score", "value": 10},
        {"kind": "table", "columns": ["a"], "rows": [[{"kind": "number", "value": 1}, {"kind": "none"}]]},
        {"kind": "date", "value": "demain"},
        {"kind": "mapping", "items": [["a"]]},
        {"kind": "chart", "title": 3},
        [1, 2],
        "12",
        7,
    ],
)
def test_a_forged_payload_is_damaged(forged) -> None:
    assert isinstance(decode(forged), Unreadable)


def test_a_chart_is_read_by_its_structure() -> None:
    _, ax = plt.subplots()
    ax.plot([1, 2, 3], [3, 1, 2], label="ventes")
    ax.axvspan(1, 2)
    ax.set(title="Les ventes montent", xlabel="jours", ylabel="unités par jour")
    ax.legend()
    decrire(ax, "Courbe des ventes.")
    found = round_trip(ax)
    assert isinstance(found, Chart)
    assert (found.title, found.lines, found.spans, found.legend) == ("Les ventes montent", 1, 1, ("ventes",))
    assert found.alternative == "Courbe des ventes."
    assert round_trip(ax.figure) == found
    plt.close("all")


def test_a_chart_is_shown_as_an_image_that_carries_its_text() -> None:
    _, ax = plt.subplots()
    ax.plot([1, 2, 3])
    decrire(ax, "Courbe « A » & B.")
    shown, _ = DisplayFormatter().format(ax.figure)
    assert 'alt="Courbe « A » &amp; B."' in shown["text/html"]
    assert shown["image/png"] in shown["text/html"]
    plt.close("all")
