"""The ways in which people are named in texts, and what is left as it is."""

import json

import nbformat
import pytest

from autograder.course.class_list import Learner
from autograder.privacy.masking import ACCOUNT, People
from autograder.privacy.notebooks import masked_notebook
from autograder.privacy.ordinary import WORDS_FILE, common_names

ORDINARY = frozenset(WORDS_FILE.read_text(encoding="utf-8").split()) | {"claire", "tour"}
CLASS = (
    Learner("zmartin7", "Zoé", "Martineau"),
    Learner("mc2", "Marie-Claire", "de La Tour"),
    Learner("gw3", "Gwenaëlle", "Kerbrat", "gw@exemple.fr"),
)
NAMES = {"zmartin7": "P1", "mc2": "P2", "gw3": "P3"}
PEOPLE = People(CLASS, ordinary=ORDINARY)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # escaped
        (r'{"auteur": "Zo\u00e9 Martineau"}', '{"auteur": "P1"}'),
        (r'{"auteur": "Gwena\\u00eblle"}', '{"auteur": "P3"}'),
        (r'"ligne\nGwenaëlle"', r'"ligne\nP3"'),
        ("?nom=Gwena%C3%ABlle+Kerbrat&x=1", "?nom=P3&x=1"),
        ("Gwena&euml;lle, Zo&#233; Martineau", "P3, P1"),
        # lower case, without accents, in either order
        ("vu avec gwenaelle hier", "vu avec P3 hier"),
        ("martineau zoe", "P1"),
        ("une note claire de Claire", "une note claire de P2"),
        ("la tour et La Tour", "la tour et P2"),
        # halves of compound names
        ("Marie, puis Claire", "P2, puis P2"),
        ("Claire de La Tour", "P2"),
        ("claire tour", "P2"),
        ("Mme de La Tour", "Mme P2"),
        # run together, initials
        ("zoemartineau@ailleurs.fr", "P1@ailleurs.fr"),
        ("compte gkerbrat, g.kerbrat et mclatour", "compte P3, P3 et mclatour"),
        ("mcdelatour", "P2"),
        ("ZoéMartineau", "P1"),
        # accounts
        ("/home/gkerbrat/cours/a.csv", "/home/P3/cours/a.csv"),
        ("/home/claire/a.csv", "/home/P2/a.csv"),
        ("/Users/inconnu42/a.csv", f"/Users/{ACCOUNT}/a.csv"),
        (r"C:\Users\Zoé\Documents", r"C:\Users\P1\Documents"),
        (r'"C:\\Users\\Zo\u00e9 Martineau\\Bureau"', r'"C:\\Users\\P1\\Bureau"'),
        ("c:/Users/Gwen Ker/x", f"c:/Users/{ACCOUNT}/x"),
        ("/home/jovyan/work", "/home/jovyan/work"),
        ("https://exemple.fr/home/page", "https://exemple.fr/home/page"),
        # nobody
        ("claires tours, 100 % de zones", "claires tours, 100 % de zones"),
        (r"x = '\u00e9t\u00e9' %C3%A9", r"x = '\u00e9t\u00e9' %C3%A9"),
        ("une mise à jour", "une mise à jour"),
    ],
)
def test_people_are_found_however_they_are_written(before: str, after: str) -> None:
    assert PEOPLE.mask(before, NAMES) == after


def test_a_masked_text_is_masked_again_to_the_same() -> None:
    once = PEOPLE.mask("/home/gkerbrat/x, Zoé Martineau", NAMES)
    assert PEOPLE.mask(once, NAMES) == once


def test_a_name_alone_takes_a_capital_where_ordinary_words_are_not_known() -> None:
    people = People(CLASS)
    assert people.mask("gwenaelle, Gwenaelle", NAMES) == "gwenaelle, P3"


def test_names_of_metadata_are_masked_and_a_notebook_stays_one() -> None:
    notebook = nbformat.v4.new_notebook(
        metadata={"Zoé Martineau": {"gkerbrat": 1}, "kernelspec": {"name": "python3", "display_name": "Python 3"}},
        cells=[
            nbformat.v4.new_markdown_cell("x", metadata={"claire.tour": "a", "nbgrader": {"grade_id": "gkerbrat"}}),
            nbformat.v4.new_code_cell(
                "y", outputs=[nbformat.v4.new_output("stream", text="Gwenaëlle\nKer", name="stdout")]
            ),
        ],
    )
    raw = json.loads(nbformat.writes(notebook))
    raw["cells"][1]["outputs"][0]["text"] = ["Zoé Marti", "neau"]
    made = masked_notebook(json.dumps(raw), lambda text: PEOPLE.mask(text, NAMES))
    assert made is not None
    read = nbformat.reads(made, as_version=4)
    nbformat.validate(read)
    assert read.metadata["P1"] == {"P3": 1}
    assert read.cells[0].metadata["P2"] == "a"
    assert read.cells[0].metadata.nbgrader.keys() == {"grade_id"}
    assert read.cells[1].outputs[0].text == "P1"
    assert read.metadata.kernelspec.name == "python3"


def test_the_names_that_are_words_are_listed() -> None:
    assert common_names(CLASS, ORDINARY) == {"claire", "tour"}
    assert {"rose", "pierre", "petit", "blanc"} <= ORDINARY
