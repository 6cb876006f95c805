"""The funnel of the roles and the chain of a price: titles that say what is found, texts for those who cannot see."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from casestudies.charts import ALT_ATTRIBUTE
from casestudies.display import Card
from casestudies.studio.chaines import dessiner_canaux, dessiner_circuits, dessiner_entonnoirs

SURVEY = pd.DataFrame(
    {
        "role": ["vendeur", "vendeur", "acheteur"], "interroges": [40, 60, 100], "connaissent": [30, 60, 50],
        "preferent": [20, 16, 40], "ont_agi": [18, 12, 30],
    }
)  # fmt: skip
CIRCUITS = pd.DataFrame(
    {
        "circuit": ["direct", "court"], "prix_final_ht_m2": [25.0, 27.0], "cout_production_m2": [12.0, 12.0],
        "cout_logistique_m2": [3.0, 1.0], "cout_commercial_m2": [6.0, 2.0],
    }
)  # fmt: skip

CHANNELS = pd.DataFrame(
    {"famille": ["média", "hors-média"], "role_vise": ["acheteur", "vendeur"]}, index=["radio locale", "PLV"]
)


def said(figure: object) -> str:
    return str(getattr(figure, ALT_ATTRIBUTE)).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_funnel_names_the_narrowest_passage() -> None:
    figure = dessiner_entonnoirs(SURVEY, {"vendeur": 0.9, "acheteur": 0.5})
    assert isinstance(figure, Figure)
    assert "préférer, chez le vendeur (40 %)" in said(figure)
    assert "acheteur : connaître 50 %, préférer 80 %, agir 75 %" in said(figure)
    assert len(figure.axes) == 2


def test_the_funnel_follows_what_its_reader_found() -> None:
    figure = dessiner_entonnoirs(SURVEY, pd.Series({"vendeur": 0.2, "acheteur": 0.5}))
    assert "connaître, chez le vendeur (20 %)" in said(figure)


def test_the_chain_of_a_price_adds_up_to_it() -> None:
    figure = dessiner_circuits(CIRCUITS, pd.Series({"direct": 4.0, "court": 5.25}))
    assert isinstance(figure, Figure)
    assert "Le circuit court laisse le plus : 5,25 € par m², contre 4,00 € pour le circuit direct" in said(figure)
    assert "circuit court : gardé par les distributeurs 6,75" in said(figure)
    widths = [bar.get_width() for bars in figure.axes[0].containers for bar in bars]
    assert sum(widths) == pytest.approx(25 + 27)


def test_the_channels_go_from_the_first_to_the_last_of_those_that_are_known() -> None:
    figure = dessiner_canaux(CHANNELS, {"radio locale": 4.26, "PLV": 6.0, "inconnu": 9.0})
    assert isinstance(figure, Figure)
    assert "En tête : PLV (hors-média), 6,0 sur 10" in said(figure)
    assert said(figure).endswith("PLV (hors-média) 6,0, radio locale (média) 4,3.")
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()] == [
        "radio locale (acheteur)",
        "PLV (vendeur)",
    ]


@pytest.mark.parametrize("nothing", [None, {}, 3.0, "rien", pd.Series(dtype=float)])
def test_without_a_result_a_message_says_so(nothing: object) -> None:
    drawn = (
        dessiner_entonnoirs(SURVEY, nothing),
        dessiner_circuits(CIRCUITS, nothing),
        dessiner_canaux(CHANNELS, nothing),
    )
    for shown in drawn:
        assert isinstance(shown, Card)
        assert "Pas encore" in shown.text()
