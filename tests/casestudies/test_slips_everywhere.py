"""What a beginner mistypes in any notebook, in its own kernel, on its own tables: a French card that names the line."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from test_slips import OPEN, QUOTED, run, shown

from autograder.keys.questions import all_keys
from casestudies import friendly
from casestudies.company import Company, company_of
from casestudies.seeds import REFERENCE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = {keys.notebook: keys.company for keys in all_keys()}

BEFORE = {"dossier.message()": OPEN, "identifiant = ana martin": QUOTED}
AFTER = {
    "dossier.mesage()": "« message »",
    'dossier.table("{table}x")': "Vouliez-vous dire « {table} »",
    "dossier.table({table})": "guillemets",
    'dossier["{table}"]': "Il manque le nom de ce que vous demandez",
    't["{number}x"].sum()': "« {number} »",
    "t[{number}].sum()": "est une colonne",
    't("{number}").sum()': "Après une table, ce sont des crochets",
    'somme(t["{number}"])': "« somme » s’écrit « sum »",
    't["{number}"].somme()': "« somme » s’écrit « sum »",
    't["{number}"].sum(': "n’est jamais refermé",
    't["{number}].sum()': "Un texte n’est pas refermé",
    "t[“{number}”].sum()": "Ces guillemets ne sont pas ceux de Python",
    't["{number}"].sum() / 1 000': "Un nombre contient une espace",
    't[t["{number}"] = 3]': "deux signes égal",
    't[(t["{number}"] == 1) et (t["{number}"] == 2)]': "« et »",
    "si t == 3:": "« si » n’est pas un mot de Python",
    "prix = 12 €": "sans son unité",
    "note = 'l'offre'": "Une apostrophe ferme le texte",
    'lignes = [\n    {{"a": 1}}\n    {{"a": 2}},\n]': "virgule",
}
"""What is typed once the case is open and ``t`` is one of its tables, and words of the card."""


def names_of(company: Company) -> dict[str, str]:
    """Return a table of the company, and a column of numbers of it whose name a program can write."""
    for spec in company.specs().values():
        for column in spec.columns:
            if column.type in ("integer", "number") and column.name.isidentifier() and spec.name.isidentifier():
                return {"table": spec.name, "number": column.name}
    raise AssertionError(company.slug)


def typed(notebook: str) -> list[tuple[str, str]]:
    """Return what is run in a notebook, each with the words of its card: empty for its own cells."""
    cells = [cell for cell in nbformat.read(ROOT / f"{notebook}.ipynb", 4).cells if cell.cell_type == "code"]
    opening = next(rank for rank, cell in enumerate(cells) if "= ouvrir_dossier(" in cell.source)
    own = [(cell.source, "") for cell in cells[: opening + 1]]
    names = names_of(company_of(NOTEBOOKS[notebook], REFERENCE, 0))
    table = f't = dossier.table("{names["table"]}")', ""
    after = [(source.format(**names), words.format(**names)) for source, words in AFTER.items()]
    return [*BEFORE.items(), *own, table, *after]


def test_more_than_fifty_are_typed_into_each_kind_of_notebook() -> None:
    assert len(NOTEBOOKS) * (len(AFTER) + len(BEFORE)) > 50


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_slip_gets_one_french_card_that_names_its_line(notebook: str, tmp_path: Path) -> None:
    sources = typed(notebook)
    ran = run(tmp_path, [source for source, _ in sources])
    wrong = {
        source: said
        for (source, words), found in zip(sources, ran, strict=True)
        if (said := told(source, words, found))
    }
    assert wrong == {}


def told(source: str, words: str, outputs: Any) -> str:
    """Return what is wrong with what a cell shows; empty when it is as it should be."""
    cards, seen = shown(outputs)
    errors = [one["traceback"] for one in outputs if one["output_type"] == "error"]
    remarks = [card for card in cards if card.startswith("!") and "édition de référence" not in card.lower()]
    if not words:
        return f"an error: {seen}" if errors else ""
    if len(remarks) != 1 or errors != [[friendly.STOPPED]]:
        return f"{len(remarks)} cards, {errors}"
    line = 2 if "\n" in source else 1
    written = source.split("\n")[line - 1].strip()[:60].replace("`", "'")
    if f"Ligne {line} : `{written}" not in remarks[0] or words not in remarks[0]:
        return remarks[0]
    return "English" if "Traceback" in "".join(seen) or re.search(r"\b(?:Error|Warning)\b:?", " ".join(seen)) else ""
