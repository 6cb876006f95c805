"""Deliverables: descriptions read strictly, files written and read back, whatever spreadsheets made of them."""

import csv
import io
import json
import tomllib
import zipfile
from datetime import date, datetime
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from casestudies import ouvrir_dossier
from casestudies.answers import decode, encode
from casestudies.errors import CasekitError, UnknownNameError
from casestudies.french import french_digits
from casestudies.livrables import deliverable_of_question, deliverables, loading
from casestudies.livrables.cells import frame_of
from casestudies.livrables.csv_file import read_csv, write_csv
from casestudies.livrables.model import Deliverable, Row, Total
from casestudies.livrables.store import Shelf
from casestudies.livrables.template import GUIDE, LISTS, write_xlsx
from casestudies.livrables.xlsx_file import read_xlsx, replace_rows
from casestudies.studio.editeur import Grid

ESSAIS = Path(__file__).parent / "livrables_essai"
SWOT = loading.read(ESSAIS / "essai-swot.toml")
ROWS: list[Row] = [
    {"quadrant": "force", "facteur": "Atelier local ; délai « court »", "poids": 0.5, "intensité": 4.0,
     "date_relevé": "2027-01-06"},
    {"quadrant": "opportunité", "facteur": "=1+1, écrit\nsur deux lignes", "poids": 0.25, "intensité": 3.0,
     "date_relevé": None},
    {"quadrant": "menace", "facteur": None, "poids": None, "intensité": None, "date_relevé": None},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("CASEKIT_LEARNER", "JUPYTERHUB_USER", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(loading, "FOLDER", ESSAIS)
    return tmp_path


@pytest.fixture
def dossier(folder: Path):
    return ouvrir_dossier("hetrabelle", "lea")


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / "livrables" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def book(edit=None, rows=ROWS) -> bytes:
    """Return a filled workbook, changed by ``edit``."""
    opened = openpyxl.load_workbook(io.BytesIO(write_xlsx(SWOT, rows)))
    if edit:
        edit(opened)
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()


# --- descriptions


def described(tmp_path: Path, change=None, column=None, name="essai") -> Deliverable:
    data = tomllib.loads((ESSAIS / "essai-swot.toml").read_text(encoding="utf-8"))
    data.update(change or {})
    data["colonnes"][0].update(column or {})
    data = {key: value for key, value in data.items() if value is not None}
    data["colonnes"] = [{k: v for k, v in one.items() if v is not None} for one in data["colonnes"]]
    several = {"colonnes": data.pop("colonnes"), "totaux": data.pop("totaux", [])}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in data.items()]
    for name_of, tables in several.items():
        for one in tables:
            written = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in one.items())
            lines += [f"[[{name_of}]]", *written]
    path = tmp_path / f"{name}.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return loading.read(path)


def test_a_description_says_everything() -> None:
    assert (SWOT.slug, SWOT.title, SWOT.company, SWOT.assessment, SWOT.question) == (
        "essai-swot", "Tableau SWOT d’essai", "hetrabelle", "E1", "s2-essai"
    )  # fmt: skip
    assert (SWOT.order, SWOT.kind, SWOT.rows, SWOT.groups, SWOT.figure) == (24, "tableau", 6, "quadrant", "swot")
    assert SWOT.names == ("quadrant", "facteur", "poids", "intensité", "date_relevé")
    assert SWOT.field("quadrant").choices == ("force", "faiblesse", "opportunité", "menace")
    assert SWOT.field("date_relevé").optional
    assert SWOT.totals == (Total("poids", "quadrant", sums_to_one=True),)
    assert not loading.read(ESSAIS / "essai-note.toml").is_table


def test_a_column_that_may_be_missing_may_stay_blank_too(tmp_path: Path) -> None:
    known = described(tmp_path, column={"colonne_facultative": True}).field("quadrant")
    assert (known.omissible, known.optional) == (True, True)
    blank = described(tmp_path, column={"facultatif": True}, name="vide").field("quadrant")
    assert (blank.omissible, blank.optional) == (False, True)


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"titre": None}, None, "« titre » : clé absente"),
        ({"titr": "x"}, None, "« titr » : clé inconnue"),
        ({"titre": " "}, None, "« titre » : un texte non vide"),
        ({"evaluation": None}, None, "« evaluation » : clé absente"),
        ({"evaluation": "E9"}, None, "« evaluation » : « E9 » n’est pas l’une des valeurs permises : « E1 »"),
        ({"ordre": "24"}, None, "« ordre » : un nombre entier"),
        ({"ordre": True}, None, "« ordre » : un nombre entier"),
        ({"lignes": 0}, None, "« lignes » : un nombre entier de 1"),
        ({"lignes": None}, None, "« lignes » : clé absente"),
        ({"entreprise": "inconnue"}, None, "« entreprise »"),
        ({"genre": "texte"}, None, "« colonnes » : un texte n’a pas"),
        ({"genre": "dessin"}, None, "« genre » : « dessin » n’est pas l’une"),
        ({"figure": "nuage"}, None, "« figure » : « nuage » n’est pas l’une"),
        ({"groupes": "facteur"}, None, "« groupes » : « facteur » n’est pas"),
        (None, {"nom": "Quadrant"}, "« colonnes » n° 1 (Quadrant) : clé « nom »"),
        (None, {"nom": "FACTEUR".lower()}, "« colonnes » n° 2 (facteur) : clé « nom » : ce nom est déjà"),
        (None, {"type": "liste"}, "« type » : « liste » n’est pas l’une"),
        (None, {"choix": ["force"]}, "« choix » : une liste d’au moins deux"),
        (None, {"choix": ["force", "Force"]}, "« choix » : un choix est répété"),
        (None, {"type": "texte"}, "« choix » : une colonne de type « texte »"),
        (None, {"aide": None}, "« aide » : clé absente"),
        (None, {"facultatif": "oui"}, "« facultatif » : « true » ou « false »"),
        (None, {"colonne_facultative": "oui"}, "« colonne_facultative » : « true » ou « false »"),
        (None, {"aidee": "x"}, "« aidee » : clé inconnue"),
        ({"totaux": [{"colonne": "facteur"}]}, None, "« totaux » n° 1 (facteur) : clé « colonne » : « facteur » n’est"),
        ({"totaux": [{"colonne": "poids", "par": "côté"}]}, None, "clé « par » : « côté » n’est pas l’une"),
        ({"totaux": [{"colonne": "poids", "somme_un": 1}]}, None, "clé « somme_un » : « true » ou « false »"),
        ({"totaux": [{"colonne": "poids", "somme": 1}]}, None, "clé « somme » : clé inconnue"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tmp_path: Path, change, column, words: str) -> None:
    with pytest.raises(loading.DescriptionError) as caught:
        described(tmp_path, change, column)
    assert "essai.toml" in str(caught.value)
    assert words in str(caught.value)


REPEATED = 'titre = "T"\nentreprise = "kerlavandre"\nevaluation = "E1"\nquestion = "s7-essai"\nordre = 71\n'


def test_a_deliverable_may_repeat_the_shape_of_another(tmp_path: Path) -> None:
    described(tmp_path)
    path = tmp_path / "autre.toml"
    path.write_text(f'{REPEATED}reprend = "essai"\n', encoding="utf-8")
    other = loading.read(path)
    assert (other.slug, other.title, other.company, other.question, other.order) == (
        "autre", "T", "kerlavandre", "s7-essai", 71
    )  # fmt: skip
    assert (other.fields, other.rows, other.groups, other.figure, other.totals) == (
        SWOT.fields, SWOT.rows, SWOT.groups, SWOT.figure, SWOT.totals
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('reprend = "essai"\nlignes = 3', "« lignes » : clé inconnue"),
        ('reprend = "absent"', "« reprend » : le nom d’un autre livrable"),
        ('reprend = "../essai"', "« reprend » : le nom d’un autre livrable"),
        ('reprend = "autre"', "« reprend » : le nom d’un autre livrable"),
        ("reprend = 3", "« reprend » : un texte non vide"),
        ('reprend = "tiers"', "« reprend » : « tiers » ne décrit pas ses propres colonnes"),
    ],
)
def test_a_shape_that_cannot_be_repeated_is_refused(tmp_path: Path, lines: str, words: str) -> None:
    described(tmp_path)
    for name, content in (("tiers", 'reprend = "essai"'), ("autre", lines)):
        (tmp_path / f"{name}.toml").write_text(f"{REPEATED}{content}\n", encoding="utf-8")
    with pytest.raises(loading.DescriptionError) as caught:
        loading.read(tmp_path / "autre.toml")
    assert "autre.toml" in str(caught.value)
    assert words in str(caught.value)


def test_two_deliverables_of_one_question_are_refused(tmp_path: Path, monkeypatch) -> None:
    described(tmp_path, name="un")
    described(tmp_path, name="deux")
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    with pytest.raises(loading.DescriptionError, match="est déjà celle de"):
        deliverables()


def test_a_bad_file_or_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "casse.toml").write_text("titre = ", encoding="utf-8")
    with pytest.raises(loading.DescriptionError, match=r"casse\.toml : TOML illisible"):
        loading.read(tmp_path / "casse.toml")
    with pytest.raises(loading.DescriptionError, match="nom du fichier"):
        described(tmp_path, name="Mon SWOT")


def test_every_description_of_the_kit_is_right_and_in_order() -> None:
    found = list(deliverables().values())
    assert [one.order for one in found] == sorted(one.order for one in found)
    for one in found:
        assert deliverable_of_question(one.question) == one


# --- the three ways give the same answer


def example(deliverable: Deliverable) -> list[Row]:
    """Return three rows of every type, with a blank in the middle one."""
    values = {
        "texte": ["a ; « b »", None, "1,5\nfin"],
        "nombre": [1.0, None, -1234.5],
        "date": ["2027-01-06", None, "2026-12-31"],
    }
    return [
        {
            field.name: (values.get(field.type) or [field.choices[0], field.choices[-1], field.choices[0]])[number]
            for field in deliverable.fields
        }
        for number in range(3)
    ]


def decoded(value: object) -> pd.DataFrame:
    table = decode(encode(value))
    assert isinstance(table, pd.DataFrame)
    return table


@pytest.mark.slow
@pytest.mark.parametrize(
    "deliverable", [SWOT, *(one for one in deliverables().values() if one.is_table)], ids=lambda one: one.slug
)
def test_a_list_a_csv_a_workbook_and_the_editor_give_the_same_answer(deliverable: Deliverable, tmp_path: Path) -> None:
    rows = [row for row in example(deliverable) if any(cell is not None for cell in row.values())]
    written = decoded(rows)
    for form, content in (("csv", write_csv(deliverable, rows, 4)), ("xlsx", write_xlsx(deliverable, rows))):
        put(tmp_path, f"{deliverable.slug}.{form}", content)
        filled = Shelf(tmp_path).filled(deliverable)
        assert filled is not None
        pd.testing.assert_frame_equal(decoded(frame_of(deliverable, filled.rows)), written)
    shelf = Shelf(tmp_path / "edited")
    grid = Grid(deliverable, shelf)
    for number, row in enumerate(rows):
        for name, cell in row.items():
            text = french_digits(cell) if isinstance(cell, float) else cell or ""
            grid.hear({"do": "write", "row": f"r{number}", "column": name, "text": text})
    pd.testing.assert_frame_equal(decoded(frame_of(deliverable, shelf.filled(deliverable).rows)), written)


def test_numbers_are_numbers_and_blanks_are_none() -> None:
    frame = frame_of(SWOT, ROWS)
    assert frame["poids"].sum() == 0.75
    assert np.isnan(frame["poids"][2])
    assert frame["date_relevé"][1] is None


# --- the template


def test_the_template_helps_to_fill_it_in() -> None:
    opened = openpyxl.load_workbook(io.BytesIO(write_xlsx(SWOT)))
    sheet = opened[SWOT.sheet]
    assert [cell.value for cell in sheet[1]] == list(SWOT.names)
    assert sheet.freeze_panes == "A2"
    assert "Où placez-vous" in sheet["A1"].comment.text
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert rules["A2"].type == "list"
    assert [cell.value for cell in opened[LISTS]["A"]] == ["force", "faiblesse", "opportunité", "menace"]
    assert "De 1" in rules["D2"].prompt
    assert rules["E2"].prompt.endswith("(Facultatif.)")
    assert all(sheet.column_dimensions[letter].width >= 14 for letter in "ABCDE")
    words = " ".join(str(cell.value) for row in opened[GUIDE].iter_rows() for cell in row)
    assert "essai-swot.xlsx" in words
    assert read_xlsx(SWOT, write_xlsx(SWOT), "x.xlsx") == []


def test_texts_are_never_formulas_and_dates_are_dates() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(SWOT, ROWS)))[SWOT.sheet]
    assert sheet["B3"].data_type == "s"
    assert sheet["E2"].value == datetime(2027, 1, 6)
    assert read_xlsx(SWOT, write_xlsx(SWOT, ROWS), "x.xlsx") == ROWS


def test_the_csv_opens_in_a_french_spreadsheet() -> None:
    content = write_csv(SWOT, ROWS)
    assert content.startswith(b"\xef\xbb\xbfquadrant;facteur;")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert lines[1][2] == "0,5"


# --- what spreadsheets make of files


HEADER = "Quadrant;FACTEUR;Poids;intensite;Date relevé\r\n"


@pytest.mark.parametrize(
    "content",
    [
        (HEADER + "Force;Atelier;0,5;4;06/01/2027\r\n;;;;\r\n").encode("utf-8-sig"),
        (HEADER + "FORCE;Atelier;0.50;4,0;6 janvier 2027\r\n").encode("cp1252"),
        (HEADER.replace(";", "\t") + "force\tAtelier\t50 %\t4\t2027-01-06\r\n").encode("utf-16"),
        ("sep=,\r\n" + HEADER.replace(";", ",") + 'force,Atelier,"0,5",4,2027-01-06\r\n').encode(),
        ("Mon tableau;;;;\n\n" + HEADER.replace("\r", "") + " force ; Atelier ;0,5;4;06.01.27\n").encode(),
        ("date_relevé;poids;facteur;quadrant;intensité\r2027-01-06;0,5;Atelier;force;4\r").encode(),
    ],
    ids=["ordinary", "cp1252", "utf16-tabs", "commas", "title-above", "other-order"],
)
def test_a_csv_is_read_whatever_its_form(content: bytes) -> None:
    expected = {"quadrant": "force", "facteur": "Atelier", "poids": 0.5, "intensité": 4.0, "date_relevé": "2027-01-06"}
    assert read_csv(SWOT, content, "x.csv") == [expected]


def test_what_cannot_be_read_stays_as_text_and_added_columns_are_kept() -> None:
    content = (HEADER.strip() + ";remarque\r\natout;x;lourd;4;bientôt;à revoir\r\n").encode()
    row = read_csv(SWOT, content, "x.csv")[0]
    assert (row["quadrant"], row["poids"], row["date_relevé"], row["remarque"]) == (
        "atout", "lourd", "bientôt", "à revoir"
    )  # fmt: skip
    assert read_csv(SWOT, write_csv(SWOT, [row]), "x.csv") == [row]
    assert read_xlsx(SWOT, write_xlsx(SWOT, [row]), "x.xlsx") == [row]
    assert frame_of(SWOT, [row])["poids"].tolist() == ["lourd"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rien", "c’est un classeur"),
        (b"\x89\x8d\0\x9d\x01", "le fichier est abîmé"),
        (b"a;b\r\n1;2\r\n", "aucun titre de colonne n’est reconnu"),
        ((HEADER.replace("Poids", "masse") + "force;x;1;2;\r\n").encode(), "colonne introuvable : « poids »"),
        ((HEADER.replace("Date relevé", "POIDS")).encode(), "« poids » est là deux fois"),
        ((HEADER + "force;x;1;2;;oubli\r\n").encode(), "la 6e case est remplie"),
        ((HEADER + 'force;"x;1;2;\r\n').encode(), "guillemet"),
        ((HEADER + "force;x;1;2;\r\n" * 2001).encode(), "2001 lignes remplies"),
        ((HEADER + f"force;{'x' * 10_001};1;2;\r\n").encode(), "10001 caractères"),
        (b"x" * (2 * 2**20 + 1), "2 Mio"),
    ],
)
def test_a_bad_csv_is_explained(content: bytes, words: str) -> None:
    with pytest.raises(CasekitError) as caught:
        read_csv(SWOT, content, "livrables/essai-swot.csv")
    assert str(caught.value).startswith("livrables/essai-swot.csv : ")
    assert words in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_workbook_is_read_after_its_values() -> None:
    def edit(opened) -> None:
        sheet = opened[SWOT.sheet]
        sheet["A1"], sheet["D1"] = "QUADRANT", "Intensite"
        sheet["A2"], sheet["C2"], sheet["C2"].number_format = "Force", 0.5, "0 %"
        sheet["E2"].value, sheet["E2"].number_format = date(2027, 1, 6), "DD/MM/YY"
        sheet["E3"].value, sheet["E3"].number_format = 46393, "General"
        sheet["B4"] = 12
        sheet.insert_rows(1, 2)
        sheet["B1"] = "Mon titre"

    rows = read_xlsx(SWOT, book(edit), "x.xlsx")
    assert rows[0] == ROWS[0]
    assert rows[1]["date_relevé"] == "2027-01-06"
    assert rows[2]["facteur"] == "12"


def test_another_sheet_name_is_found_by_its_columns() -> None:
    def edit(opened) -> None:
        opened[SWOT.sheet].title = "Feuil1"

    assert read_xlsx(SWOT, book(edit), "x.xlsx") == ROWS


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (41 * 2**20))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: book(lambda b: b[SWOT.sheet].merge_cells("A2:A3")), "A2:A3 sont fusionnées"),
        (lambda: book(lambda b: b.remove(b[SWOT.sheet])), "d’essai » est introuvable"),
        (lambda: book(lambda b: b[SWOT.sheet].cell(2, 3, "=1/2")), "case C2, la formule n’a pas de valeur"),
        (lambda: book(lambda b: b[SWOT.sheet].cell(2, 3, "#REF!")), "l’erreur #REF!"),
        (lambda: book(lambda b: b[SWOT.sheet].cell(1_000_000, 3, "loin")), "la case C1000000 est remplie"),
        (lambda: book(lambda b: b[SWOT.sheet].cell(2, 9, "oubli")), "la 9e case est remplie"),
        (lambda: book(lambda b: b[SWOT.sheet].cell(1, 3, "masse")), "colonne introuvable : « poids »"),
        (lambda: book()[:2000], "abîmé"),
        (lambda: b"quadrant;facteur", "abîmé"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "mot de passe"),
        (bomb, "démesuré"),
        (lambda: b"PK\x03\x04" + b"\0" * (5 * 2**20), "démesuré"),
    ],
)  # fmt: skip
def test_a_bad_workbook_is_explained(make, words: str) -> None:
    with pytest.raises(CasekitError) as caught:
        read_xlsx(SWOT, make(), "livrables/essai-swot.xlsx")
    assert str(caught.value).startswith("livrables/essai-swot.xlsx : ")
    assert words in str(caught.value)


def test_two_sheets_that_may_be_the_table_are_not_chosen_between() -> None:
    def edit(opened) -> None:
        opened.copy_worksheet(opened[SWOT.sheet]).title = "Essai 2"
        opened[SWOT.sheet].title = "Essai 1"

    with pytest.raises(CasekitError, match="« Essai 1 », « Essai 2 »"):
        read_xlsx(SWOT, book(edit), "x.xlsx")


def test_replacing_rows_keeps_the_rest_of_a_workbook() -> None:
    def edit(opened) -> None:
        opened.create_sheet("Brouillon")["A1"] = "à garder"
        opened[SWOT.sheet]["G2"].value = None
        opened[SWOT.sheet]["A2"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")

    changed = [{**ROWS[1], "quadrant": "faiblesse", "remarque": "ajout"}]
    content = replace_rows(SWOT, book(edit), changed, "x.xlsx")
    assert read_xlsx(SWOT, content, "x.xlsx") == changed
    opened = openpyxl.load_workbook(io.BytesIO(content))
    assert opened["Brouillon"]["A1"].value == "à garder"
    assert opened[SWOT.sheet]["A2"].fill.fgColor.rgb.endswith("FFFF00")


# --- in the open case


def test_nothing_filled_is_none(dossier, folder: Path) -> None:
    assert dossier.livrable("essai-swot") is None
    dossier.modele("essai-swot")
    assert dossier.livrable("essai-swot") is None


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_template_is_written_filled_in_and_never_overwritten(dossier, folder: Path, form: str) -> None:
    said = dossier.modele("essai-swot", form).text()
    path = folder / "livrables" / f"essai-swot.{form}"
    assert f"livrables/essai-swot.{form}" in said
    assert path.is_file()
    Shelf(folder).save(SWOT, ROWS, path)
    before = path.read_bytes()
    assert "déjà rempli" in dossier.modele("essai-swot", form).text()
    assert path.read_bytes() == before
    pd.testing.assert_frame_equal(decoded(dossier.livrable("essai-swot")), decoded(ROWS))


def test_a_template_takes_over_what_is_filled_elsewhere(dossier, folder: Path) -> None:
    csv_file = put(folder, "essai-swot.csv", write_csv(SWOT, ROWS))
    dossier.modele("essai-swot")
    assert not csv_file.exists()
    assert (folder / "livrables/essai-swot.csv.ancien").is_file()
    pd.testing.assert_frame_equal(decoded(dossier.livrable("essai-swot")), decoded(ROWS))


def test_two_files_that_differ_are_never_chosen_between(dossier, folder: Path) -> None:
    put(folder, "essai-swot.csv", write_csv(SWOT, ROWS))
    put(folder, "essai-swot.xlsx", write_xlsx(SWOT, ROWS))
    assert len(dossier.livrable("essai-swot")) == 3
    put(folder, "essai-swot.xlsx", write_xlsx(SWOT, ROWS[:1]))
    for call in (dossier.livrable, dossier.modele):
        with pytest.raises(CasekitError, match=r"essai-swot\.xlsx et livrables/essai-swot\.csv ne disent pas"):
            call("essai-swot")
    put(folder, "essai-swot.csv", write_csv(SWOT, [], 5))
    assert len(dossier.livrable("essai-swot")) == 1


def test_a_template_filled_where_it_was_given_out_counts(dossier, folder: Path) -> None:
    (folder / "modeles").mkdir()
    (folder / "modeles/essai-swot.xlsx").write_bytes(write_xlsx(SWOT))
    assert dossier.livrable("essai-swot") is None
    (folder / "modeles/essai-swot.xlsx").write_bytes(write_xlsx(SWOT, ROWS))
    assert len(dossier.livrable("essai-swot")) == 3


def test_wrong_names_are_explained(dossier) -> None:
    with pytest.raises(UnknownNameError, match="essai-swot"):
        dossier.livrable("swot")
    with pytest.raises(UnknownNameError, match="xlsx"):
        dossier.modele("essai-swot", "docx")
    with pytest.raises(CasekitError, match="directement dans le notebook"):
        dossier.livrable("essai-note")
    with pytest.raises(UnknownNameError):
        ouvrir_dossier("kerlavandre").livrable("essai-swot")


def test_a_workbook_open_in_a_spreadsheet_is_not_written_to(folder: Path) -> None:
    path = put(folder, "essai-swot.xlsx", write_xlsx(SWOT))
    put(folder, ".~lock.essai-swot.xlsx#", b"")
    with pytest.raises(CasekitError, match="ouvert dans un tableur"):
        Shelf(folder).save(SWOT, ROWS, path)


def test_at_grading_files_are_read_and_nothing_is_written(folder: Path, monkeypatch) -> None:
    put(folder, "essai-swot.csv", write_csv(SWOT, ROWS))
    for name, value in {"NBGRADER_EXECUTION": "autograde", "CASEKIT_LEARNER": "lea", "CASEKIT_DRAW": "0"}.items():
        monkeypatch.setenv(name, value)
    dossier = ouvrir_dossier("hetrabelle")
    before = sorted(folder.rglob("*"))
    assert dossier.editeur("essai-swot") is dossier.modele("essai-swot") is None
    assert len(dossier.livrable("essai-swot")) == 3
    assert sorted(folder.rglob("*")) == before
