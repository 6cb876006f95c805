"""The simulator of levers: what it reads from the case, the sentence it says, that it needs no front end."""

import re

import pytest

from casestudies.company import company_of
from casestudies.dossier import Dossier
from casestudies.identity import Identity
from casestudies.market.saturation import Curve, ceiling
from casestudies.studio.leviers import (
    STEP,
    Lever,
    LeversPlan,
    experiment,
    plan_of,
    simulateur_leviers,
    summary,
    to_see,
)
from casestudies.studio.simulator import BACK, LOCK

SEO = Lever("SEO", Curve(60, 50_000), 1000, 10_000, 60_000)
SEA = Lever("SEA", Curve(60, 20_000), 1000, 10_000, 60_000)
VALUES = dict.fromkeys(("SEO", "SEA", "LinkedIn", "Salons", "Webinaires", "Outbound"), 8000.0)


@pytest.fixture
def dossier(tmp_path) -> Dossier:
    return Dossier(company_of("treziflow", "", 0), Identity("", 0), tmp_path, None)


def plan(seo: float, sea: float, budget: float = 60_000) -> LeversPlan:
    return LeversPlan((SEO, SEA), budget, 50, {"SEO": seo, "SEA": sea})


def test_a_year_s_expense_gives_its_clients() -> None:
    assert Curve(ceiling(24.0, 1.5), 1.5 * 40_000).clients(40_000) == pytest.approx(24)


@pytest.mark.parametrize("budget", [0, 20_000, 90_000])
def test_next_euro_is_the_slope(budget: float) -> None:
    slope = (SEO.curve.clients(budget + 0.01) - SEO.curve.clients(budget)) / 0.01
    assert SEO.curve.next_euro(budget) == pytest.approx(slope, rel=1e-4)


def test_plan_by_hand() -> None:
    found = plan(50_000, 10_000)
    assert found.clients == pytest.approx(30 + 20)
    assert found.worth_ht == pytest.approx(50_000)
    assert found.left_ht == 0


def test_moves_go_from_the_least_to_the_most_useful_euro_within_bounds() -> None:
    low, high = plan(50_000, 10_000).moves() or (None, None)
    assert (low, high) == (SEO, SEA)
    low, high = plan(10_000, 60_000).moves() or (None, None)
    assert (low, high) == (SEA, SEO)
    assert LeversPlan((SEA,), 60_000, 50, {"SEA": 60_000}).moves() == (SEA, SEA) or plan(60_000, 60_000).moves() is None


@pytest.mark.parametrize(
    ("seo", "sea", "words"),
    [
        (50_000, 20_000, "dépassez le budget de 10 000 €"),
        (20_000, 10_000, "reste 30 000 €"),
        (50_000, 10_000, "du second vers le premier"),
        (30_000, 30_000, "presque égales"),
    ],
)
def test_the_sentence_says_what_to_do(seo: float, sea: float, words: str) -> None:
    assert words in re.sub(r"[\u00a0\u202f]", " ", to_see(plan(seo, sea)))


def test_summary_compares_with_the_start() -> None:
    words = re.sub(r"[\u00a0\u202f]", " ", summary(plan(30_000, 30_000), plan(50_000, 10_000)))
    assert "objectif de la direction : 50" in words
    assert "+" in words


def test_the_plan_of_a_case_is_within_bounds(dossier: Dossier) -> None:
    found = plan_of(dossier, VALUES)
    assert [lever.name for lever in found.levers] == list(VALUES)
    for lever in found.levers:
        assert lever.least_ht <= found.spends_ht[lever.name] <= lever.most_ht
        assert found.spends_ht[lever.name] % STEP == 0


def test_the_simulator_says_the_split_and_writes_no_answer(dossier: Dossier) -> None:
    simulator = experiment(dossier, VALUES)
    simulator.put("bet", "SEA")
    simulator.press(LOCK)
    before = simulator.view()
    *sliders, _ = before.controls
    assert [one.label for one in sliders] == list(VALUES)
    assert 'role="img" aria-label="' in before.chart
    moving = next(one for one in sliders if not one.off and one.value + STEP <= one.most)
    simulator.put(moving.name, moving.value + STEP)
    after = simulator.view()
    told = [re.search("Répartition[^<]*", view.words) for view in (before, after)]
    assert told[0]
    assert told[1]
    assert told[0][0] != told[1][0]
    assert all(lever in told[0][0] for lever in VALUES)
    assert "repartition =" not in after.words
    assert after.status.startswith(moving.name)
    assert f"{moving.name} +1\u202f000" in after.chart
    simulator.press(BACK)
    assert simulator.view().chart == before.chart


def test_a_cell_shows_a_sentence_that_stays(dossier: Dossier) -> None:
    assert "lancez cette cellule" in simulateur_leviers(dossier, VALUES)._repr_mimebundle_()["text/html"]
