"""The survey of Kerlavandre: each person once when cleaned, quotas, silence, a story that agrees with the reviews."""

import pandas as pd
import pytest
from cases import variants_of

from casestudies.codage import grille_de_codage
from casestudies.kerlavandre.audience import voices
from casestudies.kerlavandre.company import Kerlavandre
from casestudies.kerlavandre.survey import DAYS, FIRST_DAY, NONE, REPLIES, SILENT, described
from casestudies.packaging import csv_bytes

FAMILIES = "Familles"
HEAVIEST = 15_000
"""Bytes of the table, at most: the edition of the company is near its limit."""


variants = variants_of(Kerlavandre, 40, "enquete")


def cleaned(company: Kerlavandre) -> pd.DataFrame:
    return company.table("enquete").drop_duplicates()


def families(company: Kerlavandre, question: str) -> pd.Series:
    """Return what the families who answered a question said."""
    rows = cleaned(company)
    return rows.loc[(rows["segment"] == FAMILIES) & (rows[question] != SILENT), question]


def test_each_person_is_there_once_when_cleaned(variants: list[Kerlavandre]) -> None:
    for company in variants:
        received, rows = company.table("enquete"), cleaned(company)
        assert len(rows) == REPLIES
        assert rows["repondant_id"].tolist() == [f"R{number:03d}" for number in range(1, REPLIES + 1)]
        assert received["date"].is_monotonic_increasing
        day = (rows["date"] - pd.Timestamp(FIRST_DAY)).dt.days
        assert day.between(0, DAYS - 1).all()
        twice = received[received.duplicated()]
        assert 11 <= len(twice) <= 15
        assert twice["repondant_id"].is_unique
        assert {4, 5} >= {int((twice["segment"] == FAMILIES).sum())}


def test_answers_are_the_codes_of_the_grid_or_said_otherwise(variants: list[Kerlavandre]) -> None:
    grid = grille_de_codage("kerlavandre")
    known = {kind: set(grid.index[grid["type"] == kind]) for kind in ("motivation", "frein")}
    for company in variants:
        rows = cleaned(company)
        assert set(rows["motivation"]) == {*known["motivation"], SILENT}
        assert set(rows["frein"]) == {*known["frein"], NONE, SILENT}
        assert set(rows["decouverte"]) <= set(described()["decouvertes"])
        assert set(rows["importance_prix"]) == {1, 2, 3, 4, 5}
        silent = rows["motivation"] == SILENT
        assert 0.14 < silent.mean() < 0.20
        assert silent[rows["frein"] == SILENT].all()


def test_the_parameters_name_the_same_segments_and_sum_to_one() -> None:
    raw, reviews = described()["segments"], voices()
    assert [one["nom"] for one in raw] == [one["nom"] for one in reviews["segments"]]
    for one in raw:
        assert len(one["motivations"]) == len(reviews["motivations"])
        assert len(one["freins"]) == len(reviews["freins"]) + 1
        for key in ("motivations", "freins", "decouverte", "importance_prix"):
            assert sum(one[key]) == pytest.approx(1), (one["nom"], key)


def test_families_say_the_same_first_reasons_as_their_reviews(variants: list[Kerlavandre]) -> None:
    """Saving before the planet and the price before the carriage, in every variant."""
    for company in variants:
        liked, held = families(company, "motivation").value_counts(), families(company, "frein").value_counts()
        assert liked["economie"] > liked["dechets"] + 3
        assert liked.index[0] == "economie"
        assert held.drop(NONE).index[0] == "prix"
        assert held["prix"] > held["livraison"] + 3
        rows = cleaned(company)
        mine = rows["segment"] == FAMILIES
        assert rows.loc[mine, "importance_prix"].mean() > rows.loc[~mine, "importance_prix"].mean() + 0.4


def test_the_truth_is_found_again(variants: list[Kerlavandre]) -> None:
    for company in variants[:10]:
        truth = company.survey_truth()
        for key, question in (("enquete_motivations", "motivation"), ("enquete_freins", "frein")):
            said = families(company, question).value_counts(normalize=True)
            for code, share in truth[key][FAMILIES].items():
                assert said[code] == pytest.approx(share, abs=1 / 50), (key, code)
        received = company.table("enquete")
        assert int(received.duplicated().sum()) == truth["enquete_doublons"]


def test_the_table_is_light_and_its_own(variants: list[Kerlavandre]) -> None:
    for company in variants[:10]:
        assert len(csv_bytes(company.table("enquete"))) <= HEAVIEST
    plain, asked = Kerlavandre("lea"), Kerlavandre("lea")
    asked.table("enquete")
    pd.testing.assert_frame_equal(plain.table("verbatims"), asked.table("verbatims"))
    assert "clean_orders" not in vars(asked)
