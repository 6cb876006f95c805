"""An ordinary nbgrader assignment, as a trainer may have from before the kit: tests in the notebook, some hidden."""

import csv
import random
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ASSIGNMENT, NOTEBOOK = "boutique", "ventes-en-ligne"
ROWS, SEED, POINTS, WRITTEN_POINTS = 200, 11, 2, 4
SOURCES = ("Référencement", "Annonces", "Lettre", "Réseaux", "Partenaires")
WRITTEN = "conseil"
ADVICE = "Mettre plus de budget là où un euro dépensé rapporte le plus, et vérifier chaque mois que cela reste vrai."
OPENING = """import matplotlib
import numpy as np
import pandas as pd

matplotlib.use("agg")
import matplotlib.pyplot as plt

visites = pd.read_csv("data/visites.csv", parse_dates=["jour"])
visites.head()"""


@dataclass(frozen=True)
class Exercise:
    """One function to write: its head, a right body, a wrong body, what learners see tested and what they do not."""

    name: str
    head: str
    right: str
    wrong: str
    shown: str
    hidden: str
    after: str = ""

    def answer(self, body: str) -> str:
        """Return the cell with ``body`` in it."""
        return "\n".join(filter(None, [self.head, body, self.after]))

    @property
    def source(self) -> str:
        """The cell of the source notebook, with the solution between nbgrader's own marks."""
        return self.answer(f"    ### BEGIN SOLUTION\n{self.right}\n    ### END SOLUTION")

    @property
    def test(self) -> str:
        """The test cell of the source notebook."""
        return f"{self.shown}\n### BEGIN HIDDEN TESTS\n{self.hidden}\n### END HIDDEN TESTS"


EXERCISES = (
    Exercise(
        "paniers",
        "def taux_de_panier(table):",
        "    return table['paniers'].sum() / table['visites'].sum()",
        "    return (table['paniers'] / table['visites']).mean()",
        "assert 0 < taux_de_panier(visites) < 1",
        "debut = visites.head(20)\n"
        "assert np.isclose(taux_de_panier(visites), visites['paniers'].sum() / visites['visites'].sum())\n"
        "assert np.isclose(taux_de_panier(debut), debut['paniers'].sum() / debut['visites'].sum())",
    ),
    Exercise(
        "cout",
        "def cout_par_commande(table):",
        "    return table['depense'].sum() / table['commandes'].sum()",
        "    return table['depense'].sum() / table['paniers'].sum()",
        "assert cout_par_commande(visites) > 0",
        "assert np.isclose(cout_par_commande(visites), visites['depense'].sum() / visites['commandes'].sum())",
    ),
    Exercise(
        "rapport",
        "def rapport_par_source(table):",
        "    sommes = table.groupby('source')[['ventes', 'depense']].sum()\n"
        "    return (sommes['ventes'] / sommes['depense']).sort_values(ascending=False)",
        "    return table.groupby('source')['ventes'].sum()",
        "rapport = rapport_par_source(visites)\nassert isinstance(rapport, pd.Series) and len(rapport) == 5",
        "sommes = visites.groupby('source')[['ventes', 'depense']].sum()\n"
        "attendu = (sommes['ventes'] / sommes['depense']).sort_index()\n"
        "pd.testing.assert_series_equal(rapport.sort_index(), attendu, check_names=False)\n"
        "assert rapport.is_monotonic_decreasing",
    ),
    Exercise(
        "mois",
        "def ventes_par_mois(table):",
        "    return table.set_index('jour')['ventes'].resample('MS').sum()",
        "    return table.set_index('jour')['ventes'].resample('MS').mean()",
        "par_mois = ventes_par_mois(visites)\nassert len(par_mois) == 12",
        "janvier = visites.loc[visites['jour'].dt.month == 1, 'ventes']\n"
        "assert np.isclose(par_mois.sum(), visites['ventes'].sum())\n"
        "assert np.isclose(par_mois.iloc[0], janvier.sum())",
    ),
    Exercise(
        "figure",
        "def dessiner(table):",
        "    figure, axes = plt.subplots(figsize=(6, 3))\n"
        "    table.groupby('source')['ventes'].sum().plot.bar(ax=axes)\n"
        "    axes.set_title('Ventes par source')\n"
        "    axes.set_xlabel('Source')\n"
        "    axes.set_ylabel('Ventes (€)')\n"
        "    return axes",
        "    figure, axes = plt.subplots(figsize=(6, 3))\n"
        "    table.groupby('source')['ventes'].sum().plot.bar(ax=axes, ylabel='')\n"
        "    return axes",
        "assert axes is not None",
        "assert len(axes.patches) == 5\nassert axes.get_xlabel() and axes.get_ylabel()",
        "\naxes = dessiner(visites)",
    ),
    Exercise(
        "budget",
        "def partager(table, budget):",
        "    rapport = rapport_par_source(table)\n    return (rapport / rapport.sum() * budget).round(2)",
        "    raise ValueError('pas fini')",
        "parts = partager(visites, 12000)\nassert len(parts) == 5",
        "sommes = visites.groupby('source')[['ventes', 'depense']].sum()\n"
        "assert abs(parts.sum() - 12000) < 0.1\n"
        "assert parts.idxmax() == (sommes['ventes'] / sommes['depense']).idxmax()",
    ),
)
"""Six functions: ratios of sums, sums by group, sums by month, a bar plot, a budget shared out."""


def tag(grade_id: str, cell_type: str = "code", points: int | None = None, solution: bool = False) -> dict[str, object]:
    """Return nbgrader's metadata of a cell: locked unless it is to be filled in."""
    found = {"schema_version": 3, "grade_id": grade_id, "grade": points is not None, "solution": solution}
    found |= {"locked": not solution, "task": False, "cell_type": cell_type}
    return {"nbgrader": found | ({} if points is None else {"points": points})}


def notebook() -> NotebookNode:
    """Return the source notebook: six answers and their tests, and one written part."""
    title = "# Une boutique en ligne\nComplétez les six fonctions, puis rédigez votre conseil."
    cells = [
        new_markdown_cell(title, metadata=tag("titre", "markdown")),
        new_code_cell(OPENING, metadata=tag("ouverture")),
    ]
    for number, exercise in enumerate(EXERCISES, start=1):
        cells += [
            new_markdown_cell(f"## Question {number}"),
            new_code_cell(exercise.source, metadata=tag(exercise.name, solution=True)),
            new_code_cell(exercise.test, metadata=tag(f"test-{exercise.name}", points=POINTS)),
        ]
    written = f"### BEGIN SOLUTION\n{ADVICE}\n### END SOLUTION"
    cells += [
        new_markdown_cell("## Votre conseil (relu par un formateur)"),
        new_markdown_cell(written, metadata=tag(WRITTEN, "markdown", WRITTEN_POINTS, solution=True)),
    ]
    return in_python(cells)


def in_python(cells: list[NotebookNode]) -> NotebookNode:
    """Return a notebook of these cells, for Jupyter's Python kernel."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def write_source(folder: Path) -> None:
    """Write the source notebook and its table in ``folder``."""
    (folder / "data").mkdir(parents=True)
    nbformat.write(notebook(), folder / f"{NOTEBOOK}.ipynb")
    chance = random.Random(SEED)
    with (folder / "data" / "visites.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["jour", "source", "visites", "paniers", "commandes", "depense", "ventes"])
        writer.writerows(row(number, chance) for number in range(ROWS))


def row(number: int, chance: random.Random) -> list[object]:
    """Return one line of the table: a day, a source, and what came of its visits."""
    seen = chance.randint(800, 40_000)
    baskets = chance.randint(10, seen // 20)
    orders = chance.randint(1, max(1, baskets // 4))
    day = f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}"
    spent, sold = round(baskets * chance.uniform(0.2, 1.5), 2), round(orders * chance.uniform(20, 95), 2)
    return [day, SOURCES[number % len(SOURCES)], seen, baskets, orders, spent, sold]
