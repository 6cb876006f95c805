"""A beginner's slips typed into the cells of a real notebook, in a kernel where nothing was imported.

Each gives one French card that names the line; none an English traceback outside the part that is folded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.course.lab import Lab
from casestudies import friendly

NOTEBOOK = Path(__file__).parents[2] / "notebooks/e2-performance/01-indicateurs-promotion.ipynb"
LAST = "aq1-email-ouverture"
"""The cell of the notebook before which everything stops."""
TOO_LONG = ("matplotlib", "simulateur_fenetres")
"""What the cells that are left out hold: they draw, and give nothing to the next ones."""


@dataclass(frozen=True)
class Slip:
    """What is typed into the cell ``cell`` in place of what it holds; the card names ``line`` and says ``words``."""

    cell: str
    source: str
    line: int
    words: tuple[str, ...]
    stops: bool = True


def slip(cell: str, source: str, *words: str, line: int = 1) -> Slip:
    """Return a slip that stops the cell."""
    return Slip(cell, source, line, words)


def unseen(cell: str, source: str, *words: str, line: int = 1) -> Slip:
    """Return a slip that Python accepts in silence."""
    return Slip(cell, source, line, words, stops=False)


OPENING, FIRST = "ouverture-dossier-1", "c-f3e2843c317a"
SESSIONS, REPEATS, ORDERS, RATE = "aq1-sessions", "aq1-doublons", "aq1-commandes", "aq1-conversion"
POINTS, GROSS, NET, NEW = "aq1-conversion-points", "aq1-ca-ttc", "aq1-ca-ht", "aq1-nouveaux"
OPEN = "Ouvrez d’abord votre dossier"
QUOTED = "Votre identifiant s’écrit entre guillemets"
POINT = "La virgule d’un nombre s’écrit avec un point"

SLIPS = (
    # Before anything was run, or after a restart.
    slip(OPENING, 'dossier.verifier("q1-entree-conversion", entree_conversion)', OPEN, "Ouverture de votre dossier"),
    slip(OPENING, "dossier.message()", OPEN, "`ouvrir_dossier`"),
    slip(OPENING, 'dossier = ouvrir_dossier("kerlavandre", "ana")', OPEN),
    slip(OPENING, "# mon calcul\nexport.head(8)", OPEN, "« export » n’existe pas encore", "redémarré", line=2),
    slip(OPENING, "pd.DataFrame()", OPEN),
    slip(OPENING, "x = somme([1, 2])", "« somme » s’écrit « sum »"),
    slip(OPENING, "identifiant = ana.martin", QUOTED, '`identifiant = "ana.martin"`'),
    slip(OPENING, "identifiant = ana.martin  # votre identifiant", QUOTED, '`identifiant = "ana.martin"`'),
    slip(OPENING, "identifiant = ana martin", QUOTED, '`identifiant = "ana martin"`'),
    slip(OPENING, "identifiant = “ana”", QUOTED, '`identifiant = "ana"`'),
    slip(OPENING, 'identifiant = "ana.martin', QUOTED, '`identifiant = "ana.martin"`'),
    slip(OPENING, "identifiant = 012", QUOTED, '`identifiant = "012"`'),
    slip(OPENING, "identifiant : ana", QUOTED, '`identifiant = "ana"`'),
    unseen(OPENING, 'identifiant : "ana"', "ne donne aucune valeur", '`identifiant = "ana"`'),
    # Order of cells, names, case.
    slip(FIRST, 'dossier.verifier("q1-entree-conversion", entree_conversion)', "Lancez la cellule juste au-dessus"),
    slip(FIRST, "Dossier.message()", "Vouliez-vous dire « dossier »", "Majuscules"),
    slip(FIRST, "dossier.mesage()", "n’a pas de « mesage »", "« message »"),
    slip(FIRST, "dossier.périodes()", "« periodes »"),
    slip(FIRST, 'table("commandes")', "Il manque « dossier. »", "`dossier.table(…)`"),
    slip(FIRST, 'dossier["commandes"]', "Il manque le nom de ce que vous demandez"),
    slip(FIRST, 'dossier.table["commandes"]', "Après une fonction, ce sont des parenthèses"),
    slip(FIRST, 'dossier.table("commande")', "« commande »", "Vouliez-vous dire « commandes » ?"),
    slip(FIRST, "dossier.table(commandes)", "« commandes »", 'guillemets : `"commandes"`'),
    slip("aq1-entree-points", "entree_points = A", "« A »", 'guillemets : `"A"`'),
    # Sums and columns.
    slip(SESSIONS, 'sessions = somme(visites_pendant["sessions"])', "« somme » s’écrit « sum »", ".sum()`"),
    slip(SESSIONS, 'sessions = visites_pendant["sessions"].somme()', "« somme » s’écrit « sum »", "`.sum()`"),
    slip(SESSIONS, 'sessions = moyenne(visites_pendant["sessions"])', "« moyenne » s’écrit « mean »"),
    slip(SESSIONS, "sessions = longueur(visites_pendant)", "« longueur » s’écrit « len »"),
    slip(SESSIONS, 'sessions = visites_pendant["sessions"].maximum()', "« maximum » s’écrit « max »", "`.max()`"),
    slip(SESSIONS, 'x = 1\nsessions = visites_pendant["session"].sum()', "« sessions »", "« session »", line=2),
    slip(SESSIONS, 'sessions = visites_pendant["Sessions"].sum()', "Vouliez-vous dire « sessions »"),
    slip(SESSIONS, "sessions = visites_pendant[sessions].sum()", "est une colonne", '`visites_pendant["sessions"]`'),
    slip(SESSIONS, 'sessions = visites_pendant("sessions").sum()', "Après une table, ce sont des crochets"),
    slip(SESSIONS, 'sessions = visites_pendant.["sessions"].sum()', "pas de point devant des crochets"),
    slip(SESSIONS, 'sessions = visites_pendant["sessions".sum()', "« [ » n’est jamais refermé"),
    slip(SESSIONS, 'sessions = sum(visites_pendant["sessions"]\nsessions', "« ( » n’est jamais refermé"),
    slip(SESSIONS, 'sessions = visites_pendant["sessions].sum()', "Un texte n’est pas refermé"),
    slip(SESSIONS, 'sessions = visites_pendant["sessions"].sum())', "« ) » ferme ce qui n’a pas été ouvert"),
    slip(SESSIONS, 'sessions = visites_pendant["sessions").sum()', "« ) » ne ferme pas"),
    slip(SESSIONS, "sessions = visites_pendant[“sessions”].sum()", "Ces guillemets ne sont pas ceux de Python"),
    slip(SESSIONS, "sessions = visites_pendant[« sessions »].sum()", "Ces guillemets ne sont pas ceux de Python"),
    slip(SESSIONS, "sessions = # mon calcul", "rien à droite du signe « = »"),
    slip(SESSIONS, 'x = 1\n sessions = visites_pendant["sessions"].sum()', "Une espace est restée", "`#`", line=2),
    slip(SESSIONS, 'sessions = visites_pendants["sessions"].sum()', "Vouliez-vous dire « visites_pendant »"),
    slip(SESSIONS, "print sessions", "parenthèses après « print »"),
    slip(SESSIONS, "%tiem sessions", "Jupyter ne connaît pas"),
    slip(SESSIONS, "%%tiem\nsessions = 1", "Jupyter ne connaît pas"),
    unseen(SESSIONS, "x = 1\n!true", "lance un autre programme", "À la correction, la cellule s’arrêterait", line=2),
    unseen(SESSIONS, "fichiers = !ls", "lance un autre programme", "`fichiers = !ls`"),
    unseen(SESSIONS, "%%bash\ntrue", "lance un autre programme", "Ligne 1 : `%%bash`"),
    unseen(SESSIONS, "import subprocess\nsubprocess.run(['true'])", "lance un autre programme", line=2),
    unseen(SESSIONS, 'sessions = visites_pendant["sessions"].sum', "Il manque les parenthèses", ".sum()`"),
    slip(SESSIONS, 's = visites_pendant["sessions"].sum\ns / 3', "Il manque les parenthèses", line=2),
    slip(REPEATS, "doublons = export.dupliqué().sum()", "« dupliqué » s’écrit « duplicated »"),
    slip(REPEATS, "doublons = 1 234", "Un nombre contient une espace", "`1234`"),
    slip(REPEATS, "doublons = 1\u202f234", "Un nombre contient une espace"),
    # Filters.
    slip(ORDERS, 'p = lignes_pendant[lignes_pendant["statut"] = "payée"]', "deux signes égal", "`==`"),
    slip(ORDERS, 'p = lignes_pendant[lignes_pendant["statut"] == payée]', "« payée »", 'guillemets : `"payée"`'),
    slip(ORDERS, 'p = lignes_pendant[statut == "payée"]', "est une colonne", '`lignes_pendant["statut"]`'),
    slip(ORDERS, 'p = lignes_pendant[lignes_pendant["Statut"] == "payée"]', "Vouliez-vous dire « statut »"),
    unseen(ORDERS, 'p = lignes_pendant[lignes_pendant["statut"] == "payee"]', "Aucune ligne", "« payée »", "l’accent"),
    unseen(ORDERS, 'x = 1\nn = (lignes_pendant["statut"] == "Payée").sum()', "Aucune ligne", "« payée »", line=2),
    slip(
        ORDERS,
        'p = lignes_pendant[(lignes_pendant["qte"] == 1) et (lignes_pendant["tva"] == 20)]',
        "« et »",
        "&",
    ),
    slip(
        ORDERS,
        'p = lignes_pendant[lignes_pendant["qte"] == 1 and lignes_pendant["tva"] == 20]',
        "oui ou non",
        "`and`",
    ),
    slip(ORDERS, 'p = lignes_pendant[lignes_pendant["statut"] == "payée" & lignes_pendant["qte"] == 1]', "parenthèses"),
    slip(ORDERS, 'p = lignes_pendant[lignes_pendant["qte"] => 2]', "mauvais ordre", "`>=`"),
    slip(ORDERS, "if nb_commandes == 3\n    print(1)", "Il manque « : »"),
    slip(ORDERS, "si sessions == 3:\n    print(1)", "« si » n’est pas un mot de Python"),
    slip(ORDERS, "x = vrai", "« vrai » s’écrit « True »"),
    slip(ORDERS, "x = true", "`True`"),
    slip(ORDERS, "nb-commandes = 3", "Un nom s’écrit d’un seul tenant"),
    slip(ORDERS, "debut = 2026-01-06", "Une date s’écrit entre guillemets", '`"2026-01-06"`'),
    unseen(ORDERS, "debut = 2026-11-12", "Une date s’écrit entre guillemets"),
    # Numbers and types.
    slip("q1-conversion", 'dossier.verifier("q1-conversion", conversion_)', "Lancez la cellule juste au-dessus"),
    slip(RATE, 'conversion = "12" / sessions', "du texte et un nombre"),
    slip(RATE, "conversion = nb_commandes / 0.0 / None", "Ces valeurs ne vont pas ensemble|None"),
    slip(RATE, "conversion = 1 / 0", "division par zéro"),
    unseen(RATE, "conversion = nb_commandes / (sessions - sessions)", "division par zéro"),
    slip(RATE, "conversion = nb_commandes ÷ sessions", "Le signe « ÷ »", "`/`"),
    slip(RATE, "conversion = nb_commandes /", "Il manque quelque chose à la fin du calcul"),
    slip(RATE, "conversion = 2 %", "sans le signe %", "`2 / 100`"),
    slip(RATE, "conversion = 0,02", POINT, "`0.02`"),
    unseen(POINTS, "conversion_points = 0,5", POINT, "`0.5`"),
    slip(POINTS, "taux = 0,5\nconversion_points = taux * 2.5", "deux", "`0.5`", line=2),
    slip(POINTS, 'dossier.verifier("q1-conversion-points", 0,5)', POINT, "`0.5`"),
    slip(POINTS, "conversion_points = 100 x (conversion)", "Python ne comprend pas|multiplication"),
    slip(POINTS, "conversion_points = 100 (conversion - conversion_avant)", "pas une fonction", "`*`"),
    slip(GROSS, "ca_ttc = 12 €", "sans son unité", "`12`"),
    slip(GROSS, 'montants = payees_pendant["qte"] * payees_pendant["pu ttc"]', "Vouliez-vous dire « pu_ttc »"),
    slip(GROSS, 'ca_ttc = payees_pendant.sum("pu_ttc")', "pas au bon endroit"),
    slip(NET, 'ca_ht = (montants / (1 + payees_pendant["tva"] / 100).sum()', "« ( » n’est jamais refermé"),
    slip(NET, 'ca_ht = montants / float("20 %")', "ne se lit pas comme un nombre"),
    # Lists and tables.
    slip(NEW, "t = [\n    (1, 2)\n    (3, 4),\n]", "Il manque une virgule", line=2),
    slip(NEW, "t = [\n    [1, 2]\n    [3, 4],\n]", "Il manque une virgule", line=2),
    slip(NEW, 't = [\n    {"kpi": "a"}\n    {"kpi": "b"},\n]', "Il manque un signe", "virgule", line=2),
    slip(NEW, 't = {"kpi": "a",\n     "avant": 3\n     "après": 4}', "Il manque un signe", "virgule", line=2),
    slip(NEW, 't = {"kpi": "a", "avant": 0,5}', POINT),
    slip(NEW, 't = {"avant": 3}\nt["Avant"]', "« Avant » n’existe pas ici", "Vouliez-vous dire « avant »", line=2),
    slip(NEW, "t = 'l'offre'", "Une apostrophe ferme le texte"),
    slip(NEW, "t = [1, 2, 3", "« [ » n’est jamais refermé"),
    slip("aq1-email-ouverture", 'total["Sent"]', "« Sent » n’existe pas ici", "Vouliez-vous dire « sent »"),
)


def _cells() -> Iterator[tuple[str, str, Slip | None]]:
    """Yield what is run: the notebook's cells with their model answers, each after the slips typed into it."""
    for cell in nbformat.read(NOTEBOOK, 4).cells:
        if cell.cell_type == "code" and not any(word in cell.source for word in TOO_LONG):
            yield from ((cell.id, one.source, one) for one in SLIPS if one.cell == cell.id)
            if cell.id == LAST:
                return
            yield cell.id, cell.source, None


def run(folder: Path, sources: list[str]) -> list[Any]:
    """Run cells in one new kernel of a study folder, where nothing was imported; return their outputs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONSTARTUP", Lab(folder, 1, "x").environment({})["PYTHONSTARTUP"])
        nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        NotebookClient(nb, allow_errors=True, resources={"metadata": {"path": str(folder)}}).execute()
    return [cell.outputs for cell in nb.cells]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Slip | None, Any]]:
    """Return each cell that was run, all in one kernel: its id, the slip typed, its outputs."""
    typed = list(_cells())
    outputs = run(tmp_path_factory.mktemp("slips"), [source for _, source, _ in typed])
    return [(place, one, found) for (place, _, one), found in zip(typed, outputs, strict=True)]


def shown(outputs: Any) -> tuple[list[str], list[str]]:
    """Return the cards, and all that can be read without unfolding anything."""
    cards, seen = [], []
    for output in outputs:
        if output["output_type"] == "error":
            seen += output["traceback"]
        elif "data" in output:
            cards.append(output["data"]["text/plain"].replace("\u00a0", " "))
            seen.append(re.sub(r"<details.*?</details>", "", output["data"].get("text/html", ""), flags=re.DOTALL))
        else:
            seen.append(output["text"])
    return cards, seen


def test_fifty_slips_are_typed() -> None:
    assert len(SLIPS) >= 50
    assert len({(one.cell, one.source) for one in SLIPS}) == len(SLIPS)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda one: f"{one.cell} {one.source[:40]!r}")
def test_a_slip_gets_one_french_card_that_names_its_line(slip: Slip, ran: list[tuple[str, Slip | None, Any]]) -> None:
    (outputs,) = [found for _, one, found in ran if one == slip]
    cards, seen = shown(outputs)
    remarks = [card for card in cards if card.startswith("!")]
    assert len(remarks) == 1
    for words in slip.words:
        assert any(word in remarks[0] for word in words.split("|")), remarks[0]
    if not slip.source.startswith("%"):
        written = slip.source.split("\n")[slip.line - 1].strip()
        assert f"Ligne {slip.line} : `{written[:60].replace('`', chr(39))}" in remarks[0]
    assert "Traceback" not in "".join(seen)
    assert not re.search(r"\b(?:Error|Warning)\b:?", " ".join(seen))
    assert [one["traceback"] for one in outputs if one["output_type"] == "error"] == [[friendly.STOPPED]] * slip.stops


def test_the_notebook_itself_gets_no_remark(ran: list[tuple[str, Slip | None, Any]]) -> None:
    own = [(place, outputs) for place, one, outputs in ran if one is None]
    for place, outputs in own:
        assert not [
            one for one in outputs if one["output_type"] in ("error", "stream") and one.get("name") != "stdout"
        ], place
        assert not [card for card in shown(outputs)[0] if "n’est sans doute pas" in card], place
    right = [card for place, outputs in own if place.startswith("q1-") for card in shown(outputs)[0]]
    assert right
    assert all("Juste" in card for card in right)


AFTER_A_RESTART = {
    "q1-conversion": OPEN,
    "aq1-panier": OPEN,
    "c-f3e2843c317a": OPEN,
    "c-92351316649c": OPEN,
    OPENING: "Donnez d’abord votre identifiant",
}


def test_the_cells_of_a_notebook_run_out_of_order_after_a_restart_say_what_to_run_first(tmp_path: Path) -> None:
    sources = {cell.id: cell.source for cell in nbformat.read(NOTEBOOK, 4).cells if cell.id in AFTER_A_RESTART}
    outputs = run(tmp_path, [sources[place] for place in AFTER_A_RESTART])
    for words, found in zip(AFTER_A_RESTART.values(), outputs, strict=True):
        cards, seen = shown(found)
        assert len(cards) == 1
        assert words in cards[0]
        assert "Ligne " in cards[0]
        assert "Traceback" not in "".join(seen)
