"""The main values of the notebook on the range computed again, by other paths, for three learners.

Margins and sales that go together by a product of matrices; growth by a regression on logs; the share that reverses a
decision on the line through two gains; the rest by merges and cross tables of pandas.
"""

import numpy as np
import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw
from casestudies.answers import encode
from casestudies.findings import Outcome

LEARNERS = ("ana.martin", "zoé", "b07")


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("hetrabelle", request.param, accepted_draw("hetrabelle", request.param))


def dropping(case: Case, lost: float) -> pd.Series:
    """Return what dropping each product brings, by a matrix of what goes with what."""
    goods = case.table("gamme").set_index("produit_id")
    together = case.table("ventes_associees").pivot_table(
        index="produit_id", columns="produit_associe_id", values="unites_associees", aggfunc="sum", fill_value=0
    )
    together = together.reindex(index=goods.index, columns=goods.index, fill_value=0)
    unit = goods.eval("prix_net_moyen_ht - cvu_ht")
    beside = pd.Series(together.to_numpy() @ unit.to_numpy(), goods.index)
    fallback = pd.crosstab(goods.index, goods["produit_report_id"]).reindex(index=goods.index, columns=goods.index)
    carried = goods.eval("ventes_2026 * taux_report") * (fallback.fillna(0).to_numpy() @ unit.to_numpy())
    return goods["charges_fixes_ht"] - goods["ventes_2026"] * unit - lost * beside + carried


def recomputed(case: Case) -> dict[str, float | dict[str, float] | str]:
    """Return the values by question."""
    goods = case.table("gamme").set_index("produit_id")
    h = case.table("hypotheses").set_index("cle")["valeur"]
    known = case.table("reperes_gamme").set_index("cle")["valeur"]
    margin = goods.eval("ventes_2026 * (prix_net_moyen_ht - cvu_ht)")
    two = [name for name in goods.index if name in set(margin.sort_values().index[:2])]
    gain = dropping(case, h["part_associee_perdue"])
    kept = gain[two].idxmin()
    none, all_lost = (dropping(case, share)[kept] for share in (0, 1))
    reversing = np.interp(0, [all_lost, none], [1, 0])
    units = np.log(goods.loc[two, ["ventes_2024", "ventes_2025", "ventes_2026"]].to_numpy(float))
    slopes = dict(zip(two, np.exp(np.polyfit([2024, 2026], units[:, [0, 2]].T, 1)[0]), strict=True))
    margins = np.sort(margin.to_numpy())[::-1]
    size = int(np.searchsorted(np.cumsum(margins), known["seuil_classe_a"] * margins.sum())) + 1

    rated = case.table("avis_produits").groupby("avis_id").first().query("motif != 'livraison'")
    marks = pd.crosstab(rated["produit_id"], rated["note"])
    read = marks[marks.sum(axis=1) >= known["avis_minimum"]]
    worst = (read @ read.columns.to_numpy() / read.sum(axis=1)).sort_values().index[0]
    won = margin[worst] * known["ventes_regagnees"] - known["cout_amelioration_ht"]

    asked = case.table("enquete_report").merge(goods.reset_index(), left_on="sinon", right_on="produit_id", how="left")
    taken = asked.eval("prix_net_moyen_ht - cvu_ht").fillna(0.0)
    cost = h.filter(like="cout_").sum()
    launch = h["volume_prevu"] * (known["prix_net_etude_ht"] - cost) - h["volume_prevu"] * taken.mean()
    return {
        "p2-marge": (margin / goods["ventes_2026"])[two[0]],
        "p2-classe-a": size,
        "p2-croissance": {name: slope - 1 for name, slope in slopes.items()},
        "p2-associees": ((dropping(case, 0) - dropping(case, 1))[two]).to_dict(),
        "p2-gain": gain[two].to_dict(),
        "p2-part-seuil": reversing,
        "p2-a-ameliorer": worst,
        "p2-gain-amelioration": won,
        "p2-cannibalisation": 1 - asked["produit_id"].isna().mean(),
        "p2-lancement": launch - h["charges_fixes_lancement_ht"],
        "p2-gain-commode": gain["RAN05"],
    }


def test_another_path_gives_the_same_values(case: Case) -> None:
    for name, value in recomputed(case).items():
        key = question_of(name).key
        assert key is not None
        assert key(case).right == (value if isinstance(value, str) else pytest.approx(value, rel=1e-6)), name


def test_a_wrong_unit_margin_is_paid_for_once(case: Case) -> None:
    goods = case.table("gamme").set_index("produit_id")
    public = case.table("gamme").assign(prix_net_moyen_ht=goods["prix_ttc"].to_numpy())

    class Mistaken(Case):
        def table(self, name: str) -> pd.DataFrame:
            return public if name == "gamme" else super().table(name)

    wrong = recomputed(Mistaken(case.company))
    key = question_of("p2-marge").key
    assert key is not None
    earlier = {"p2-marge": encode(next(one.value for one in key(case).wrong if one.misconception == "M760"))}
    assert evaluate(question_of("p2-marge"), case, earlier["p2-marge"]).outcome is Outcome.MISCONCEPTION
    for name in ("p2-lancement", "p2-gain-commode"):
        found = evaluate(question_of(name), case, encode(wrong[name]), earlier)
        assert found.outcome is Outcome.CONSEQUENCE, (name, found.message)
