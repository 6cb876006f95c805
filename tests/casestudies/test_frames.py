"""What a cell shows alone in a notebook: a column without pandas' jargon, a sentence without quotes."""

from collections.abc import Iterator

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from casestudies import frames, values


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    InteractiveShell.clear_instance()
    yield InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    InteractiveShell.clear_instance()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (pd.Series({"local": 50, "voyage": 38}), "local     50\nvoyage    38"),
        (pd.Series({"a": 1.5}, name="taux"), "a    1.5"),
        (pd.Series(["x"], dtype="category"), "0    x"),
        (pd.Series(pd.date_range("2026-01-05", periods=1)), "0   2026-01-05"),
        ("Choisissez d’abord vos thèmes.", "Choisissez d’abord vos thèmes."),
        ("mobile", "«\xa0mobile\xa0»"),
    ],
)
def test_what_is_shown_alone(shell: InteractiveShell, value: object, said: str) -> None:
    frames.install()
    values.install(shell)
    assert shell.display_formatter.format(value)[0]["text/plain"] == said
    assert "dtype" in shell.display_formatter.format([pd.Series([1])])[0]["text/plain"], "inside a list, as ever"
