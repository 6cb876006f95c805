"""Errors as learners see them, in a real kernel: a French card, Python's words folded, and a cell that still fails."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from autograder.course.lab import Lab
from casestudies import friendly, seat

OPEN = """import pandas as pd
from casestudies import ouvrir_dossier
dossier = ouvrir_dossier("kerlavandre", "essai")
table = pd.DataFrame({"sessions": [1, 2], "clients": [3, 4]})
sessions = 12
achats = None
def ratio(a, b):
    return a / b"""

Shown = tuple[dict[str, str], Any, str]
"""The faces of a card, the error output, the status of the reply."""
OPEN_AGAIN = 'dossier = ouvrir_dossier("kerlavandre", "essai")\n'

CASES = {
    "nom": ("panier = 3\nsesions + panier", "« sesions »", "Vouliez-vous dire « sessions » ?", "Ligne 2"),
    "lettre": ("reponse = A  # ma réponse", "« A »", 'Mettez des guillemets : `"A"`'),
    "mot": ("reponses = [oui, non]", "« oui »", 'Mettez des guillemets : `"oui"`'),
    "texte nu": ('table["canal"] = "a"; table["canal"] == boutique', "« boutique »", 'guillemets : `"boutique"`'),
    "nom mal écrit": ("copie = sesions", "« sesions »", "Vouliez-vous dire « sessions » ?"),
    "calcul": ("copie = B + 1", "« B »", "Avez-vous exécuté la cellule qui crée ce nom ?"),
    "colonne": ('table["session"]', "pas de colonne « session »", "« sessions »", "« clients »"),
    "colonnes": ('table[["clients", "sesions"]]', "pas de colonne « sesions »", "Vouliez-vous dire « sessions » ?"),
    "groupes": ('table.groupby("client").sum()', "pas de colonne « client »", "Vouliez-vous dire « clients » ?"),
    "ligne": ("table.loc[9]", "ni ligne ni colonne « 9 »"),
    "clé": ('{"a": 1}["b"]', "« b » n’existe pas ici"),
    "vide": ("achats + 1", "« achats » vaut encore None"),
    "méthode de vide": ("achats.sum()", "« achats » vaut encore None"),
    "texte": ('"a" + 1', "du texte et un nombre"),
    "appel": ("sessions(2)", "pas une fonction"),
    "zéro": ("ratio(1, 0)", "division par zéro", "Ligne 1 : `ratio(1, 0)`", "fonction « ratio » : `return a / b`"),
    "attribut": ("table.clientss", "« clientss »", "Vouliez-vous dire « clients » ?"),
    "module": ("pd.read_cvs", "« pandas »", "read_csv"),
    "nombre": ('float("12,5")', "ne se lit pas comme un nombre", "virgule"),
    "condition": ("if table.sessions > 1: pass", "oui ou non"),
    "fichier": ('open("absent.csv")', "« absent.csv »"),
    "position": ("[1][3]", "La position demandée"),
    "import": ("import pandaz", "« pandaz »"),
    "autre": ("assert sessions == 1", "Python s’est arrêté"),
    "arrêt": ("raise KeyboardInterrupt", "interrompu"),
    "commande": ("%nimporte", "Jupyter ne connaît pas"),
    "pas encore de dossier": (
        "del dossier\ndossier.verifier('q1-sessions', 1)",
        "Ouvrez d’abord votre dossier",
        "`ouvrir_dossier`",
    ),
    "réponse absente": (
        OPEN_AGAIN + 'dossier.verifier("q1-sessions", entree)',
        "Lancez la cellule juste au-dessus",
        "`entree`",
    ),
    "identifiant nu": ("identifiant = ana.martin", "entre guillemets", '`identifiant = "ana.martin"`'),
    "kit": ('dossier.table("absente")', "« absente »", "Noms possibles"),
    "parenthèse": ("x = (1", "jamais refermé", "Parenthèse ou crochet oublié ?", "Ligne 1 : `x = (1`"),
    "guillemet": ("x = 'a", "Un texte n’est pas refermé", "Guillemet oublié ?"),
    "deux points": ("if sessions\n    1", "Il manque « : »"),
    "euro": ("x = 12€", "Un nombre s’écrit sans son unité"),
    "milliers": ("x = 1 234", "contient une espace"),
    "retrait": ("def f():\n    a = 1\n  b = 2", "mal aligné", "Ligne 3"),
    "droite": ("x =", "rien à droite"),
}


def run(sources: list[str], folder: Path, **options: Any) -> tuple[list[Any], list[str]]:
    """Run cells in a real kernel; return the cells and the status of each reply."""
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    statuses: list[str] = []

    def keep(cell: Any, cell_index: int, execute_reply: Any) -> None:
        statuses.append(execute_reply["content"]["status"])

    options = {"allow_errors": True, "resources": {"metadata": {"path": str(folder)}}, **options}
    NotebookClient(nb, on_cell_executed=keep, **options).execute()
    return nb.cells, statuses


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    """Return, for each case, the card's text, the error output and the reply's status."""
    cells, statuses = run([OPEN, *(case[0] for case in CASES.values()), "1"], tmp_path_factory.mktemp("friendly"))
    assert statuses[0] == statuses[-1] == "ok"
    found = {}
    for name, cell, status in zip(CASES, cells[1:-1], statuses[1:-1], strict=True):
        card, error = cell.outputs
        data = {kind: text.replace("\u00a0", " ") for kind, text in card["data"].items()}
        found[name] = (data, error, status)
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_explained_and_the_cell_still_fails(name: str, shown: dict[str, Shown]) -> None:
    card, error, status = shown[name]
    assert status == "error"
    for part in CASES[name][1:]:
        assert part in card["text/plain"]
    assert "\n" not in card["text/plain"]
    assert error["output_type"] == "error"
    assert error["traceback"] == [friendly.STOPPED]


@pytest.mark.parametrize("name", CASES)
def test_what_python_says_is_folded_below_what_is_said_in_french(name: str, shown: dict[str, Shown]) -> None:
    card, error, _ = shown[name]
    before, fold, folded = card["text/html"].partition("<details")
    assert "Traceback" not in before
    assert f"{error['ename']}:" not in before
    if name == "kit":
        assert not fold
    else:
        assert f"{error['ename']}" in folded.partition("</summary>")[2]
        assert "in run_code" not in folded


def test_the_code_shown_keeps_its_own_apostrophes(shown: dict[str, Shown]) -> None:
    assert "`x = 'a`" in shown["guillemet"][0]["text/plain"]


@pytest.mark.slow
def test_running_everything_stops_at_the_mistake(tmp_path: Path) -> None:
    with pytest.raises(CellExecutionError, match="sesions"):
        run([OPEN, "sesions", "1"], tmp_path, allow_errors=False)


def test_grading_keeps_python_s_own_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    cells, statuses = run([OPEN, "sesions"], tmp_path)
    assert statuses == ["ok", "error"]
    (error,) = cells[1].outputs
    assert error["output_type"] == "error"
    assert len(error["traceback"]) > 1


def test_a_study_folder_explains_errors_before_the_case_is_opened(tmp_path: Path, monkeypatch) -> None:
    started = Lab(tmp_path, 1, "x").environment({})["PYTHONSTARTUP"]
    monkeypatch.setenv("PYTHONSTARTUP", started)
    cells, statuses = run(
        ["sesions = 1", "sesion", "sorted(name for name in globals() if 'friendly' in name)"], tmp_path
    )
    assert statuses == ["ok", "error", "ok"]
    assert "Vouliez-vous dire" in cells[1].outputs[0]["data"]["text/plain"]
    assert cells[2].outputs[0]["data"]["text/plain"] == "[]"


def test_outside_a_notebook_nothing_is_installed() -> None:
    assert seat.install() is False


def test_a_long_message_keeps_its_end() -> None:
    card = friendly.card_of(ValueError("x" * 9000 + "fin"), None, {})
    assert card.trace.endswith("fin")
    assert len(card.trace) == friendly.MAX_TRACE + 1
    assert card.html().count("<pre") == 1


def test_an_error_that_refuses_to_be_read_still_gets_a_card() -> None:
    class MuteError(Exception):
        def __str__(self) -> str:
            raise ValueError

    card = friendly.card_of(MuteError(), None, {})
    assert "Python s’est arrêté" in card.text()
    assert "MuteError" in card.html()
