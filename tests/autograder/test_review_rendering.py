"""Answers as markers read them: French numbers, captions, cuts that are said, and nothing of a learner's runs."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from autograder.review.shown.rendering import MAX_ROWS, answer_html
from casestudies.answers import encode
from casestudies.livrables.loading import deliverables

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def shown(value: object, slug: str = "", picture: str = "") -> BeautifulSoup:
    described = deliverables()[slug] if slug else None
    return BeautifulSoup(answer_html(described, "Le titre", encode(value), picture), "html.parser")


def text(value: object, slug: str = "") -> str:
    return " ".join(shown(value, slug).get_text(" ").split())


def test_a_table_of_the_kit_is_grouped_and_its_numbers_are_french() -> None:
    rows = [
        {"repère": "Fo1", "quadrant": "Force", "facteur": "Note", "poids": "0,25", "intensité": 4, "ajout": 1234.5},
        {"repère": "Me1", "quadrant": "menace", "facteur": HOSTILE, "poids": 0.125, "intensité": 5.0, "ajout": None},
    ]  # fmt: skip
    page = shown(rows, "swot")
    assert [one.get_text() for one in page.find_all("caption")] == [
        "Tableau SWOT\u00a0: force", "Tableau SWOT\u00a0: menace",
    ]  # fmt: skip
    cells = [cell.get_text() for cell in page.find("tbody").find_all("td")]
    assert {"Fo1", "0,25", "4", "1\u202f234,5"} <= set(cells)
    assert all(one.get("scope") == "col" for one in page.find_all("th"))
    assert page.find(["script", "img"]) is None
    assert HOSTILE in page.get_text()


def test_any_other_table_is_shown_too() -> None:
    frame = pd.DataFrame({"Mot clé": ["café", None], "clics": [12000, 3.5]})
    page = shown(frame)
    assert page.find("caption").get_text() == "Le titre"
    assert [one.get_text() for one in page.find_all("th")] == ["Mot clé", "Clics"]
    assert [one.get_text() for one in page.find_all("td")] == ["café", "12\u202f000,0", "–", "3,5"]


def test_what_is_cut_is_said() -> None:
    page = shown(pd.DataFrame({"a": range(MAX_ROWS + 1)}))
    assert len(page.find("tbody").find_all("tr")) == MAX_ROWS
    assert f"{MAX_ROWS + 1} lignes" in page.find("p", class_="note").get_text()
    assert "70 colonnes" in text(pd.DataFrame({f"c{number}": [1, 2] for number in range(70)}))
    assert "coupé" in text("mot " * 20_000)
    assert f"{MAX_ROWS} premiers" in text([1] * 300)


def test_a_note_is_paragraphs_and_counts_its_words() -> None:
    page = shown(f"Un titre\n\nUne phrase : {HOSTILE}\n- un\n- deux")
    assert [one.get_text() for one in page.find_all("li")] == ["un", "deux"]
    assert page.find("script") is None
    assert page.find(class_="note").get_text().endswith("\u00a0mots")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "Rien n’est écrit ici."), ("  ", "Rien n’est écrit ici."), (1234.5, "1\u202f234,5"), (True, "oui"),
        (pd.Timestamp("2026-10-05"), "5 octobre 2026"), (["a", 2.0], "a 2"), ({"SEA": 0.5}, "0,5"),
        (print, "Réponse illisible"), (pd.DataFrame({"a": [None]}), "Le tableau est vide."),
    ],
)  # fmt: skip
def test_other_answers(value: object, expected: str) -> None:
    assert " ".join(expected.split()) in text(value)


def test_a_chart_has_its_alternative_text_and_says_what_is_absent() -> None:
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

    from casestudies.charts import decrire

    _, ax = plt.subplots()
    ax.set_title("Les ventes doublent")
    decrire(ax, 'Une courbe "qui monte"')
    page = shown(ax, picture="data:image/png;base64,AAAA")
    plt.close("all")
    assert page.img["alt"] == 'Une courbe "qui monte"'
    said = dict(zip((one.get_text() for one in page.find_all("dt")), page.find_all("dd"), strict=True))
    assert said["Titre"].get_text() == "Les ventes doublent"
    assert said["Axe horizontal"].get_text() == "absent"
    assert "pas dans la copie" in text(ax)
