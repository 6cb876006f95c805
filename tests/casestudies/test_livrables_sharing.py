"""A workbook travels and comes back: merged into the file, conflicts shown first, what was there kept."""

import io
from pathlib import Path

import openpyxl
import pytest

import casestudies.dossier as dossier_module
from casestudies import ouvrir_dossier
from casestudies.dossier import Dossier
from casestudies.errors import CasekitError
from casestudies.livrables import loading
from casestudies.livrables.csv_file import write_csv
from casestudies.livrables.model import Row
from casestudies.livrables.store import Shelf
from casestudies.livrables.template import write_xlsx

ESSAIS = Path(__file__).parent / "livrables_essai"
ROAD = loading.read(ESSAIS / "essai-feuille.toml")
SLUG = "essai-feuille"
SENT = f"livrables/{SLUG}-partage.xlsx"
BACK = "recu.xlsx"


def action(name: str, budget: float, owner: str = "Web", day: str = "2026-10-12", days: float = 3.0) -> Row:
    return {"objectif": "O1", "action": name, "responsable": owner, "budget_eur": budget, "debut": day,
            "duree_jours": days}  # fmt: skip


ROWS = [action("Fiche", 100.0), action("Photos", 200.0)]


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(loading, "FOLDER", ESSAIS)
    monkeypatch.setattr(dossier_module, "entry_points", lambda group: [])
    return ouvrir_dossier("hetrabelle", "lea")


def write(folder: Path, rows: list[Row], form: str = "csv") -> None:
    Shelf(folder).save(ROAD, rows, Shelf(folder).path(ROAD, form))


def read(folder: Path) -> list[Row]:
    filled = Shelf(folder).filled(ROAD)
    return filled.rows if filled else []


def comes_back(folder: Path, cells: dict[str, object], who: str = "Zoé", name: str = BACK) -> None:
    """Put beside the notebook the workbook that was sent, as somebody changed it."""
    book = openpyxl.load_workbook(folder / SENT)
    for place, value in cells.items():
        book.worksheets[0][place] = value
    book.properties.lastModifiedBy = who
    book.save(folder / name)


def said(card: object) -> str:
    return card.text().replace("\u00a0", " ").replace("\u202f", " ")  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_two_people_s_work_is_brought_together(dossier: Dossier, tmp_path: Path, form: str) -> None:
    write(tmp_path, ROWS, form)
    assert f'dossier.fusionner("{SLUG}", "{SLUG}-partage.xlsx")' in said(dossier.partager(SLUG))
    comes_back(tmp_path, {"D3": 250, "A4": "O2", "B4": "Salon", "C4": "Contenus", "D4": 50})
    write(tmp_path, [action("Fiche", 120.0), ROWS[1]], form)
    text = said(dossier.fusionner(SLUG, BACK))
    assert "fusion faite" in text
    assert "colonne « Budget (€ HT) » : « 200 » devient « 250 »" in text
    assert "Ajoutée : ligne « O2 · Salon »" in text
    assert [(one["action"], one["budget_eur"]) for one in read(tmp_path)] == [
        ("Fiche", 120.0), ("Photos", 250.0), ("Salon", 50.0),
    ]  # fmt: skip
    assert "rien à fusionner" in said(dossier.fusionner(SLUG, BACK))
    assert "comme avant la fusion" in said(dossier.annuler_fusion(SLUG))
    assert read(tmp_path) == [action("Fiche", 120.0), ROWS[1]]
    assert len(list((tmp_path / "livrables").glob("*.ancien*"))) == 1  # the merged table
    with pytest.raises(CasekitError, match="pas de fusion à annuler"):
        dossier.annuler_fusion(SLUG)


def test_nothing_is_written_before_conflicts_are_settled(dossier: Dossier, tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    dossier.partager(SLUG)
    comes_back(tmp_path, {"D2": 150, "C3": "Contenus", "D3": 210})
    mine = [action("Fiche", 120.0), action("Photos", 220.0)]
    write(tmp_path, mine)
    text = said(dossier.fusionner(SLUG, BACK))
    assert "2 conflits à trancher" in text
    assert "1. Ligne « O1 · Fiche », colonne « Budget (€ HT) » : moi « 120 » ; reçu « 150 »" in text
    assert "modifié en dernier par « Zoé »" in text
    assert '{1: "moi", 2: "reçu"}' in text
    assert "1 autre changement sans conflit attend." in text
    assert read(tmp_path) == mine
    text = said(dossier.fusionner(SLUG, BACK, {1: "reçu"}))
    assert "1 conflit à trancher" in text
    assert read(tmp_path) == mine
    assert "fusion faite" in said(dossier.fusionner(SLUG, BACK, {1: "recu", "2": "Moi"}))
    assert read(tmp_path) == [action("Fiche", 150.0), action("Photos", 220.0, "Contenus")]


def test_a_choice_is_for_the_conflicts_that_were_shown(dossier: Dossier, tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    dossier.partager(SLUG)
    comes_back(tmp_path, {"D2": 150, "D3": 210})
    write(tmp_path, [action("Fiche", 120.0), action("Photos", 220.0)])
    dossier.fusionner(SLUG, BACK)
    mine = [ROWS[0], action("Photos", 230.0)]
    write(tmp_path, mine)
    assert "a changé depuis" in said(dossier.fusionner(SLUG, BACK, {1: "reçu"}))
    assert read(tmp_path) == mine
    assert "fusion faite" in said(dossier.fusionner(SLUG, BACK, {1: "reçu"}))
    assert [one["budget_eur"] for one in read(tmp_path)] == [150.0, 210.0]


def test_one_word_settles_all(dossier: Dossier, tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    dossier.partager(SLUG)
    comes_back(tmp_path, {"D2": 150, "D3": 210})
    write(tmp_path, [action("Fiche", 120.0), action("Photos", 220.0)])
    dossier.fusionner(SLUG, BACK, "reçu")
    assert [one["budget_eur"] for one in read(tmp_path)] == [150.0, 210.0]


@pytest.mark.parametrize("choices", ["les deux", {1: "lui"}, {7: "moi"}, [1], {"x": "moi"}])
def test_a_choice_that_cannot_be_read_is_said(dossier: Dossier, tmp_path: Path, choices: object) -> None:
    write(tmp_path, ROWS)
    dossier.partager(SLUG)
    comes_back(tmp_path, {"D2": 150})
    write(tmp_path, [action("Fiche", 120.0), ROWS[1]])
    with pytest.raises(CasekitError, match=r"Choix|choix|conflit numéro"):
        dossier.fusionner(SLUG, BACK, choices)
    assert read(tmp_path)[0]["budget_eur"] == 120.0


def test_a_workbook_of_their_own_is_compared_cell_by_cell(dossier: Dossier, tmp_path: Path) -> None:
    """What the kit wrote for somebody else names no version of ours: nothing of it is taken for unchanged."""
    write(tmp_path, ROWS)
    (tmp_path / BACK).write_bytes(write_xlsx(ROAD, [action("Fiche", 150.0), action("Salon", 50.0)], "0123456789abcdef"))
    text = said(dossier.fusionner(SLUG, BACK))
    assert "toute différence est donc un conflit" in text
    assert "moi « 100 » ; reçu « 150 »" in text
    dossier.fusionner(SLUG, BACK, "moi")
    assert [one["action"] for one in read(tmp_path)] == ["Fiche", "Salon", "Photos"]
    (tmp_path / "recu.csv").write_bytes(write_csv(ROAD, [action("Bilan", 5.0)]))
    dossier.fusionner(SLUG, "recu.csv")
    assert read(tmp_path)[-1]["action"] == "Bilan"


@pytest.mark.parametrize("version", ["../../x", "0" * 15, "=1+1", "é" * 16])
def test_a_version_that_nobody_shared_is_none(dossier: Dossier, tmp_path: Path, version: str) -> None:
    write(tmp_path, ROWS)
    (tmp_path / BACK).write_bytes(write_xlsx(ROAD, [action("Fiche", 150.0)], version))
    assert "toute différence est donc un conflit" in said(dossier.fusionner(SLUG, BACK))


def test_what_others_wrote_is_quoted(dossier: Dossier, tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    dossier.partager(SLUG)
    comes_back(tmp_path, {"B2": "<script>alert(1)</script> ». Fini « "}, who="<img src=x> » ; moi «")
    write(tmp_path, [action("Fiche signée", 100.0), ROWS[1]])
    html = dossier.fusionner(SLUG, BACK).html()  # type: ignore[union-attr]
    assert "<script" not in html
    assert "<img" not in html
    assert "« &lt;img src=x&gt; &quot; ; moi &quot; »" in html.replace("\u00a0", " ").replace("\u202f", " ")


def test_files_that_cannot_be_merged_say_why(dossier: Dossier, tmp_path: Path) -> None:
    with pytest.raises(CasekitError, match="rien n’est encore rempli"):
        dossier.partager(SLUG)
    write(tmp_path, ROWS)
    (tmp_path / "abime.xlsx").write_bytes(b"PK\x03\x04rien")
    (tmp_path / "mot-de-passe.xlsx").write_bytes(b"\xd0\xcf\x11\xe0rien")
    other = openpyxl.Workbook()
    other.active["A1"] = "Recette"  # type: ignore[index]
    stream = io.BytesIO()
    other.save(stream)
    (tmp_path / "autre.xlsx").write_bytes(stream.getvalue())
    for name, words in (
        ("absent.xlsx", "n’est pas là"), ("abime.xlsx", "abîmé"), ("mot-de-passe.xlsx", "mot de passe"),
        ("autre.xlsx", "introuvable"), (f"livrables/{SLUG}.csv", "votre propre fichier"),
    ):  # fmt: skip
        with pytest.raises(CasekitError, match=words):
            dossier.fusionner(SLUG, name)
    assert read(tmp_path) == ROWS
    with pytest.raises(CasekitError, match="pièce à rendre"):
        dossier.partager("inconnu")


def test_sharing_again_never_replaces_somebody_s_answer(dossier: Dossier, tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    dossier.partager(SLUG)
    dossier.partager(SLUG)
    assert not list((tmp_path / "livrables").glob("*.ancien*"))
    comes_back(tmp_path, {"D2": 150}, name=SENT)
    dossier.partager(SLUG)
    (kept,) = (tmp_path / "livrables").glob("*.ancien*")
    assert openpyxl.load_workbook(io.BytesIO(kept.read_bytes())).worksheets[0]["D2"].value == 150


def test_what_was_handed_in_from_the_notebook_is_shared_too(dossier: Dossier, tmp_path: Path) -> None:
    dossier.verifier("p9-essai", ROWS)
    dossier.partager(SLUG)
    comes_back(tmp_path, {"D2": 150})
    assert "fusion faite" in said(dossier.fusionner(SLUG, BACK))
    assert [one["budget_eur"] for one in read(tmp_path)] == [150.0, 200.0]
    dossier.annuler_fusion(SLUG)
    assert read(tmp_path) == []


def test_at_grading_nothing_is_shared_nor_merged(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, ROWS)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert (dossier.partager(SLUG), dossier.fusionner(SLUG, BACK), dossier.annuler_fusion(SLUG)) == (None, None, None)
    assert dossier.exporter(SLUG) is None
