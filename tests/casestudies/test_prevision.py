"""The forecast budget given to learners: last year changed by shares, cash that cumulates, mistakes said in French."""

import pandas as pd
import pytest

from casestudies import ouvrir_dossier
from casestudies.errors import CasekitError
from casestudies.kerlavandre.company import Kerlavandre
from casestudies.prevision import LEVER_COLUMNS, forecast, prevoir

TABLES = {name: Kerlavandre("lea").table(name) for name in ("budget", "ventes_jour", "hypotheses")}
KNOWN = TABLES["hypotheses"].set_index("cle")["valeur"]


def test_a_renewed_budget_is_last_years() -> None:
    found = forecast(TABLES, {}, 0.0, 0.0)
    assert list(found["mois"]) == [str(month) for month in pd.period_range("2026-07", "2027-06", freq="M")]
    spent = TABLES["budget"].groupby("levier")["reel_ht"].sum()
    for lever, column in LEVER_COLUMNS.items():
        assert found[column].sum() == pytest.approx(spent[lever], abs=0.1)
    assert found["ca_bas_ht"].sum() == pytest.approx(KNOWN["ca_annuel_ht"], abs=1)
    profit = KNOWN["ca_annuel_ht"] * KNOWN["taux_mcv"] - KNOWN["charges_fixes_annuelles_ht"]
    assert found["tresorerie_haut_ht"].iloc[-1] == pytest.approx(KNOWN["tresorerie_debut_ht"] + profit, abs=1)


def test_changes_and_cases_count() -> None:
    usual, changed = forecast(TABLES, {}, 0.0, 0.0), forecast(TABLES, {"SEA": 0.5}, -0.2, 0.1)
    assert changed["sea"].to_numpy() == pytest.approx(1.5 * usual["sea"].to_numpy(), abs=0.01)
    assert (changed["seo"] == usual["seo"]).all()
    assert changed["ca_bas_ht"].to_numpy() == pytest.approx(0.8 * usual["ca_bas_ht"].to_numpy(), abs=0.01)
    cash = changed["resultat_bas_ht"].cumsum() + KNOWN["tresorerie_debut_ht"]
    assert changed["tresorerie_bas_ht"].to_numpy() == pytest.approx(cash.to_numpy(), abs=0.1)


@pytest.mark.parametrize(
    ("changes", "low", "high", "said"),
    [
        ({"Radio": 0.1}, -0.1, 0.1, "Levier inconnu : Radio"),
        ({"SEA": "10 %"}, -0.1, 0.1, "Évolution de « SEA »"),
        ({"SEA": -1}, -0.1, 0.1, "Évolution de « SEA »"),
        ({}, -10, 0.1, "le cas bas"),
        ({}, 0.2, 0.1, "Le cas bas dépasse le cas haut"),
    ],
)
def test_mistakes_are_said(changes: dict, low: float, high: float, said: str) -> None:
    with pytest.raises(CasekitError, match=said):
        forecast(TABLES, changes, low, high)


def test_a_dossier_gives_its_own(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    pd.testing.assert_frame_equal(
        prevoir(ouvrir_dossier("kerlavandre", "lea"), {"SEA": 0.1}, bas=-0.1, haut=0.1).iloc[:, :1],
        forecast(TABLES, {"SEA": 0.1}, -0.1, 0.1).iloc[:, :1],
    )
