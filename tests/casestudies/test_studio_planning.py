"""The planning shown: a chart that speaks without colours, a workbook in the company's standard."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from openpyxl import load_workbook

from casestudies.charts import chart_to_data
from casestudies.display import Card
from casestudies.errors import CasekitError
from casestudies.market.web_audit import contrast, rgb
from casestudies.studio import planning_style as style
from casestudies.studio.planning import dessiner_planning, exporter_planning

NAME = "2026-12-07_planning-projet_v2"
HEADER = [{"titre": "Planning du projet", "fichier": NAME, "auteur": "Contenus", "date": "2026-12-07", "version": "v2"}]


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "tache_id": ["A", "B", "C"],
            "libellé": ["Choisir", "Dessiner", "Imprimer"],
            "rôle": ["Offre", "Studio", "Studio"],
            "début": ["2027-01-04", "07/01/2027", pd.Timestamp("2027-01-14")],
            "fin": ["2027-01-06", "2027-01-13", "2027-01-15"],
            "prédécesseurs": ["", "A", "B"],
            "état": ["fait", "alerte", "prévu"],
        }
    )


def test_colours_have_enough_contrast_for_text() -> None:
    for front, back in (
        (style.BLANC, style.FEUILLE),
        (style.BLANC, style.EAU),
        (style.BLANC, style.TERRE),
        (style.ENCRE, style.CREME),
        (style.ENCRE, style.BLANC),
    ):
        assert contrast(rgb(front), rgb(back)) >= 4.5, (front, back)


def test_the_chart_tells_states_by_sign_word_and_texture(table: pd.DataFrame) -> None:
    figure = dessiner_planning(table)
    assert isinstance(figure, Figure)
    axes = figure.axes[0]
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels == ["✓ A · Choisir", "! B · Dessiner", "○ C · Imprimer"]
    assert [label.get_fontweight() for label in axes.get_yticklabels()] == ["normal", "bold", "normal"]
    assert [bar.get_hatch() for bar in axes.patches] == [".", "//", ""] or len(
        {bar.get_hatch() for bar in axes.patches}
    ) == 3
    html = figure._repr_html_()  # type: ignore[attr-defined]
    assert html.startswith("<img")
    assert "Diagramme de Gantt de 3 tâches" in html.replace("\u00a0", " ")
    shown = chart_to_data(figure)
    assert "chemin critique" in shown["title"]
    assert shown["x_label"]
    assert shown["y_label"]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["✓ fait", "○ prévu", "! alerte"]
    assert "En alerte, sur le chemin critique : B." in shown["alternative"].replace("\u00a0", " ")


def test_rows_without_days_are_left_out(table: pd.DataFrame) -> None:
    table.loc[0, "début"] = "bientôt"
    figure = dessiner_planning(table, pd.Timestamp("2027-01-20").date())
    assert isinstance(figure, Figure)
    assert len(figure.axes[0].get_yticklabels()) == 2


def test_nothing_to_show_is_said() -> None:
    for shown in (dessiner_planning(None), dessiner_planning(pd.DataFrame()), exporter_planning(None, NAME)):
        assert isinstance(shown, Card)
        assert "vide" in shown.text()


def test_the_workbook_follows_the_standard(table: pd.DataFrame, tmp_path: Path) -> None:
    exporter_planning(table, tmp_path / "livrables", HEADER)
    book = load_workbook(tmp_path / "livrables" / f"{NAME}.xlsx")
    sheet = book.active
    assert [sheet.cell(line, 2).value for line in range(1, 6)] == [
        "Planning du projet", NAME, "Contenus", "2026-12-07", "v2",
    ]  # fmt: skip
    titles = [cell.value for cell in sheet[7]]
    assert titles == list(table.columns)
    first = {name: sheet.cell(8, number + 1) for number, name in enumerate(titles)}
    assert first["début"].number_format == "yyyy-mm-dd"
    assert first["début"].value.date().isoformat() == "2027-01-04"
    assert first["état"].value == "✓ fait"
    assert first["état"].fill.fgColor.rgb.endswith(style.FEUILLE[1:])
    assert (book.properties.title, book.properties.language) == ("Planning du projet", "fr-FR")
    assert "Source" in str(sheet.cell(12, 1).value)


def test_a_file_named_is_kept_and_a_header_may_be_a_table(table: pd.DataFrame, tmp_path: Path) -> None:
    table["charge_h"] = [21.0, np.nan, 14.0]
    exporter_planning(table, tmp_path / f"{NAME}.xlsx", pd.DataFrame(HEADER))
    assert (tmp_path / f"{NAME}.xlsx").is_file()


@pytest.mark.parametrize("name", ["Planning final", "2026-12-07 planning", "../2026-12-07_x_v1é"])
def test_another_name_is_refused(name: str, table: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(CasekitError, match="AAAA-MM-JJ_sujet_vN"):
        exporter_planning(table, tmp_path / "x", [{"fichier": name}])
