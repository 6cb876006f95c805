"""The charts of a plan's feasibility: their titles say what the figures show, and their words follow them."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from casestudies.charts import ALT_ATTRIBUTE, chart_to_data
from casestudies.studio import faisabilite


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def title(figure: Figure) -> str:
    return plain(figure.get_suptitle())


def words(figure: Figure) -> str:
    return plain(str(getattr(figure, ALT_ATTRIBUTE)))


def test_the_funnel_names_its_worst_step() -> None:
    figure = faisabilite.dessiner_entonnoir({"leads": 1000, "MQL": 400, "clients": 40})
    assert title(figure) == "Sur 100 leads, 4,0 deviennent clients ; la plus forte perte : entre MQL et clients"
    assert "leads 1 000 ; MQL 400 ; clients 40" in words(figure)


@pytest.mark.parametrize(("aim", "verdict"), [(150, "ne passe pas"), (80, "passe")])
def test_the_bottleneck_says_whether_the_objective_passes(aim: float, verdict: str) -> None:
    figure = faisabilite.dessiner_goulot({"demande": 120, "prospection": 101.9, "vente": 130}, aim)
    assert title(figure) == f"101 clients au plus par la prospection : l’objectif de {aim} {verdict}"
    assert chart_to_data(figure)["bars"] == 3


def test_hours_name_what_takes_the_most() -> None:
    figure = faisabilite.dessiner_heures({"Appeler": 100, "Conclure": 300})
    assert title(figure) == "Conclure : 75 % des heures que demande l’objectif"


def test_sellers_are_named_by_their_codes() -> None:
    table = pd.DataFrame({"activités": [900, 400], "opportunités": [50, 50], "signatures": [8, 12]}, index=["V1", "V2"])
    figure = faisabilite.dessiner_vendeurs(table)
    assert title(figure) == "V1 : 69 % des activités, 40 % des signatures"
    assert "V2 : 400 activités, 50 opportunités, 12 signatures" in words(figure)
    assert [axes.get_xlabel() for axes in figure.axes] == [
        "Activités (nombre)", "Opportunités (nombre)", "Signatures (nombre)"
    ]  # fmt: skip


def test_costs_compare_the_dearest_lever_with_the_cheapest() -> None:
    figure = faisabilite.dessiner_couts(
        pd.Series({"SEO": 2000.0, "Salons": 5000.0}), pd.Series({"SEO": "inbound", "Salons": "outbound"})
    )
    assert title(figure) == "Un client de Salons coûte 2,5 fois celui de SEO"
    assert "Salons (outbound) 5 000 € ; SEO (inbound) 2 000 €" in words(figure)
