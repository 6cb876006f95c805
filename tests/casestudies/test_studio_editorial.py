"""The picture of an editorial calendar: what is drawn, what is said, what is left out."""

import pandas as pd

from casestudies.charts import ALT_ATTRIBUTE
from casestudies.studio.editorial import NOTHING, contents_of, dessiner_editorial

TABLE = pd.DataFrame(
    [
        ("2027-03-24", "Un déjeuner en bocaux", "recette filmée", "Site", "faire acheter"),
        ("01/02/2027", "Trois soupes", "article", "Site", "faire connaître"),
        ("bientôt", "Sans date", "article", "Site", "faire venir"),
        ("2027-03-02", None, "e-mail", "", "inconnu"),
    ],
    columns=["Date", "Thème", "format", "CANAL", "objectif"],
)


def test_contents_are_in_the_order_of_their_days_and_undated_ones_are_left_out() -> None:
    assert [one.day.isoformat() for one in contents_of(TABLE)] == ["2027-02-01", "2027-03-02", "2027-03-24"]


def test_a_box_says_its_sign_day_format_and_theme() -> None:
    assert contents_of(TABLE)[0].lines == ["◆ lun. 1 · article", "Trois soupes"]


def test_the_picture_has_its_alternative_and_its_texts() -> None:
    figure = dessiner_editorial(TABLE)
    axes = figure.axes[0]
    assert axes.get_title(loc="left") == "Calendrier éditorial : 3 contenus sur 2 canaux"
    assert [label.get_text() for label in axes.get_yticklabels()] == ["février 2027", "mars 2027"]
    assert "2027-02-01, article" in getattr(figure, ALT_ATTRIBUTE)


def test_nothing_is_drawn_of_nothing() -> None:
    assert dessiner_editorial(None) is NOTHING
    assert dessiner_editorial(TABLE.iloc[2:3]) is NOTHING
