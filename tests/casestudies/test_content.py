"""What no variant of a company changes: read strictly, all of it used, and told apart from the values it labels."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from casestudies.company import COMPANIES, against_landmarks, assumptions, company_folder, content
from casestudies.mistakes import Scene, explain, explain_syntax
from casestudies.strict import ContentError, Table

GOOD = """
[stores]
columns = ["town", "size", "days"]
rows = [["Port", 1.2, [1, 2]], ["Anse", 1, []]]
"""


@dataclass(frozen=True)
class Store:
    """One row."""

    town: str
    size: float
    days: tuple[int, ...]


def read(folder: Path, text: str) -> Table:
    """Return the root table of a file that says ``text``."""
    path = folder / "content.toml"
    path.write_text(text, encoding="utf-8")
    return Table.read(path, ContentError)


def test_rows_become_records(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD).records("stores", Store) == (Store("Port", 1.2, (1, 2)), Store("Anse", 1, ()))


@pytest.mark.parametrize(
    ("given", "written", "said"),
    [
        ('"days"]', '"jours"]', "les colonnes attendues sont town, size, days"),
        ("1.2,", '"1.2",', "ligne 1, colonne « size »"),
        ("1.2,", "true,", "ligne 1, colonne « size »"),
        ("1, []", "1", "ligne 2 : 3 valeurs"),
        ("[1, 2]", "1", "ligne 1, colonne « days »"),
        ("rows = [[", "note = 1\nrows = [[", "clé inconnue"),
        (GOOD[GOOD.index("rows") :], "rows = []", "une liste de lignes"),
        (GOOD[GOOD.index("rows") :], "rows = 3", "une liste de lignes"),
        (GOOD[GOOD.index("rows") :], "", "clé absente"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(tmp_path: Path, given: str, written: str, said: str) -> None:
    with pytest.raises(ContentError, match=rf"content\.toml, table « stores » : .*{said}"):
        read(tmp_path, GOOD.replace(given, written)).records("stores", Store)


@pytest.mark.parametrize("slug", COMPANIES)
def test_all_that_is_written_is_read(slug: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in company_folder(slug).glob("*.py"))
    read_by_all = {"assumptions", "landmarks"}
    assert {key for key in content(slug).data if f'"{key}"' not in code} == read_by_all


@pytest.mark.parametrize("place", [assumptions, against_landmarks])
@pytest.mark.parametrize("slug", COMPANIES)
def test_a_value_without_its_label_is_refused(slug: str, place) -> None:
    with pytest.raises(ContentError, match=r"content\.toml : .*ces clés ne sont pas celles"):
        place(slug, {"inconnue": 1.0})


@pytest.mark.parametrize("error", [SystemExit(1), ArithmeticError("x"), UnicodeDecodeError("utf-8", b"a", 0, 1, "x")])
def test_every_error_has_an_explanation(error: BaseException) -> None:
    assert explain(error, Scene({})).tries
    assert explain_syntax("a message of a later Python").heading == "Python ne comprend pas cette ligne"
