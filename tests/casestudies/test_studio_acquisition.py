"""The charts of traffic and of the three stages: their titles say what figures show, and their words follow them."""

import pandas as pd
from matplotlib.figure import Figure

from casestudies.charts import ALT_ATTRIBUTE
from casestudies.company import company_of
from casestudies.studio import acquisition


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def title(figure: Figure) -> str:
    return plain(figure.get_suptitle())


def words(figure: Figure) -> str:
    return plain(str(getattr(figure, ALT_ATTRIBUTE)))


def test_visits_name_the_first_lever_and_the_strongest_month() -> None:
    months = pd.to_datetime(["2025-08-01", "2025-09-01"])
    table = pd.DataFrame(
        {"mois": [*months, *months], "levier": ["SEO", "SEO", "SEA", "SEA"], "visites": [50, 250, 50, 50]}
    )
    figure = acquisition.dessiner_visites(table)
    assert title(figure) == "SEO amène 75 % des visites ; septembre : 3,0 fois le mois le plus creux"
    assert "SEO 300 ; SEA 100" in words(figure)
    (axes,) = figure.axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("Mois", "Visites du mois")
    assert len({patch.get_hatch() for patch in axes.patches}) == 2, "colour does not speak alone"


def test_visits_of_a_company_are_all_drawn() -> None:
    table = company_of("treziflow", "lea", 0).table("visites_mensuelles")
    figure = acquisition.dessiner_visites(table)
    assert sum(patch.get_height() for patch in figure.axes[0].patches) == table["visites"].sum()


def test_stages_are_each_out_of_what_enters_them() -> None:
    counts = {"visites": 40000, "leads": 1000, "MQL": 400, "SQL": 200, "opportunités": 100, "clients": 20}
    figure = acquisition.dessiner_etapes(pd.Series(counts))
    assert title(figure) == "Après la visite, le BOFU garde le moins de monde : 10 % des SQL"
    assert [plain(axes.get_title()) for axes in figure.axes] == [
        "TOFU : 2,5 % passent", "MOFU : 20,0 % passent", "BOFU : 10,0 % passent",
    ]  # fmt: skip
    assert [[round(patch.get_width(), 1) for patch in axes.patches] for axes in figure.axes] == [
        [100, 2.5], [100, 40, 20], [100, 50, 10],
    ]  # fmt: skip
    assert "MQL 40,0 % des leads, SQL 50,0 % des MQL" in words(figure)
