"""The values of E3's notebook 05 by other paths (sets of leads, logarithms, a root by halves, other replays)."""

import math
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.questions.e3_plan_operationnel.trafic_client_tables import NoDeceptiveDesign
from autograder.keys.variants import accepted_draw

LEARNERS = ("ana.martin", "zoé", "b07")
WEB = ("SEO", "SEA", "LinkedIn", "Webinaires")
STEPS = {
    "leads": "date_creation",
    "MQL": "date_mql",
    "SQL": "date_sql",
    "opportunités": "date_opp",
    "clients": "date_client",
}
MATURE = ("2025-04-01", "2025-12-31")
YEAR = ("2025-07-01", "2026-06-30")


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("treziflow", request.param, accepted_draw("treziflow", request.param))


def right(case: Case, question: str) -> object:
    key = question_of(question).key
    assert key is not None
    return key(case).right


def contacts(case: Case) -> pd.DataFrame:
    rows = case.table("leads").groupby("lead_id", as_index=False).first()
    known = {name.casefold(): name for name in (*WEB, "Salons", "Outbound")}
    return rows.assign(lever=[known[text.strip().casefold()] for text in rows["source"]])


def passed(rows: pd.DataFrame, lever: tuple[str, ...]) -> dict[str, set[str]]:
    """Return the leads of some levers that reached each stage, as sets: a cohort by its members."""
    old = rows[rows["date_creation"].between(*MATURE) & rows["lever"].isin(lever)]
    return {name: set(old.loc[old[column].notna(), "lead_id"]) for name, column in STEPS.items()}


def seen(case: Case, first: str, last: str) -> pd.Series:
    rows = case.table("visites_mensuelles")
    return rows[rows["mois"].between(first, last)].pivot_table(index="levier", values="visites", aggfunc="sum")[
        "visites"
    ]


def test_the_funnel_by_sets_and_logarithms(case: Case) -> None:
    reached = passed(contacts(case), WEB)
    visits = float(seen(case, *MATURE).sum())
    sizes = [visits, *(len(members) for members in reached.values())]
    names = list(STEPS)
    assert all(reached[after] <= reached[before] for before, after in pairwise(names))
    logs = dict(zip(names, np.diff(np.log(sizes)), strict=True))
    assert right(case, "p5-taux") == pytest.approx({name: math.exp(log) for name, log in logs.items()})
    whole = math.exp(sum(logs.values()))
    assert right(case, "p5-global") == pytest.approx(whole)
    rates = {name: math.exp(log) for name, log in logs.items()}
    for name, gain in right(case, "p5-point").items():  # type: ignore[attr-defined]
        raised = math.prod(rates[one] + 0.01 * (one == name) for one in names)
        assert gain == pytest.approx(visits * (raised - whole)), name


def test_levers_and_visits_to_find(case: Case) -> None:
    rows, levers = contacts(case), (*WEB, "Salons", "Outbound")
    by_lever = {lever: passed(rows, (lever,)) for lever in levers}
    kept = {lever: len(reached["SQL"]) / len(reached["MQL"]) for lever, reached in by_lever.items()}
    assert right(case, "p5-perte") == min(kept, key=lambda lever: kept[lever])
    paid = case.table("couts_acquisition").pivot_table(index="mois", columns="levier", values="reel_ht", aggfunc="sum")
    cohort_cost, year_cost = paid.loc[MATURE[0] : MATURE[1]].sum(), paid.loc[YEAR[0] : YEAR[1]].sum()
    expected = {lever: cohort_cost[lever] / len(by_lever[lever]["SQL"]) for lever in levers}
    assert right(case, "p5-cout-sql") == pytest.approx(expected)

    known = case.table("hypotheses").set_index("cle")["valeur"]
    signed = rows[rows["date_client"].between(*YEAR)]
    aim = known["objectif_clients"] - sum(lever in ("Salons", "Outbound") for lever in signed["lever"])
    reached = passed(rows, WEB)
    needed = aim * seen(case, *MATURE).sum() / len(reached["clients"])
    assert right(case, "p5-visites") == pytest.approx(needed)

    half = case.table("leviers").set_index("levier")["budget_moitie_ht"]["SEA"]
    today = year_cost["SEA"] / (year_cost["SEA"] + half)
    low, high = 0.0, 1e7
    while high - low > 1e-4:
        middle = (low + high) / 2
        low, high = (middle, high) if middle / (middle + half) < 1.05 * today else (low, middle)
    assert right(case, "p5-budget") == pytest.approx(low)
    assert low < case.table("leviers").set_index("levier")["budget_max_ht"]["SEA"], "past it, the curve is not known"


def pages(case: Case) -> tuple[pd.Series, pd.Series]:
    test = case.table("test_ab_landing")
    wide = test.pivot(index="date", columns="variante", values="visiteurs")
    first, last = case.company.incident  # type: ignore[attr-defined]
    during = wide.loc[str(first) : str(last)]
    assert len(during) == 3
    assert (during["B"] > 1.2 * during["A"]).sum() >= 2, "the days taken away are those that were counted twice"
    kept = test[~test["date"].isin(during.index)].groupby("variante")[["visiteurs", "formulaires"]].sum()
    return kept["visiteurs"], kept["formulaires"]


def test_the_difference_and_its_interval_visit_by_visit(case: Case) -> None:
    visits, forms = pages(case)
    rate = forms / visits
    gap = float(rate["B"] - rate["A"])
    assert right(case, "p5-ecart") == pytest.approx(gap)
    answers = {name: np.repeat([1.0, 0.0], [forms[name], visits[name] - forms[name]]) for name in "AB"}
    spread = math.sqrt(sum(one.var() / len(one) for one in answers.values()))
    law = NormalDist(gap, spread)
    bounds = {"bas": law.inv_cdf(0.025), "haut": law.inv_cdf(0.975)}
    assert right(case, "p5-intervalle") == pytest.approx(bounds, rel=1e-3)


def test_sizes_have_the_power_they_are_said_to_have(case: Case) -> None:
    visits, forms = pages(case)
    webinars = passed(contacts(case), ("Webinaires",))
    rates = {
        "p5-taille": float(forms["B"] / visits["B"]),
        "p5-taille-webinaires": len(webinars["leads"]) / float(seen(case, *MATURE)["Webinaires"]),
    }
    for question, rate in rates.items():
        size = float(right(case, question))  # type: ignore[arg-type]
        spread = math.sqrt((rate * (1 - rate) + 1.2 * rate * (1 - 1.2 * rate)) / size)
        power = 1 - NormalDist(0.2 * rate / spread, 1).cdf(NormalDist().inv_cdf(0.975))
        assert power == pytest.approx(0.80, abs=0.002), question
        drawn = np.random.default_rng(7).binomial(round(size), [rate, 1.2 * rate], (20_000, 2)) / round(size)
        z = np.diff(drawn, axis=1)[:, 0] / np.sqrt((drawn * (1 - drawn)).sum(axis=1) / round(size))
        assert float((z > 1.96).mean()) == pytest.approx(0.80, abs=0.02), question


def test_false_wins_are_what_other_replays_find(case: Case) -> None:
    """Other tests of equal pages, day by day, give the same share within the noise: no seed makes it."""
    visits, forms = pages(case)
    rng = np.random.default_rng(11)
    rate, days, each = float(forms["A"] / visits["A"]), 81, round(float(visits.sum()) / 81 / 2)
    won = rng.binomial(each, rate, (4000, days, 2)).cumsum(axis=1)
    tries = each * np.arange(1, days + 1)
    pooled = won.sum(axis=2) / (2 * tries)
    spread = np.sqrt(np.maximum(pooled * (1 - pooled), 1e-9) * 2 / tries)
    past = np.abs((won[..., 1] - won[..., 0]) / tries / spread) > 1.96
    assert right(case, "p5-alertes") == pytest.approx(past.any(axis=1).mean(), abs=0.06)
    assert past[:, -1].mean() == pytest.approx(0.05, abs=0.015)


@pytest.mark.parametrize(
    "text",
    [
        "un compte à rebours de quinze minutes", "afficher « plus que 2 places »", "case cochée d’avance",
        "un compteur d’inscrits qui monte", "Une offre qui expire ce soir", "publier de faux avis", "dernières places",
        "accord coché par défaut ; refus possible",
    ],
)  # fmt: skip
def test_a_deceptive_design_is_seen(case: Case, text: str) -> None:
    table = pd.DataFrame({"outil": [text]})
    remarks = NoDeceptiveDesign(("outil",))(table, case)
    assert len(remarks) == 1
    assert "interface trompeuse" in remarks[0]


@pytest.mark.parametrize(
    "text",
    [
        "sans compte à rebours ni compteur d’inscrits", "case non cochée d’avance", "aucune case cochée par défaut",
        "une étude de cas signée par le client", "ni faux avis, ni place inventée", "relances : trois au plus",
        "plus que l’an dernier", "le compteur de visites du site",
        "supprimer le compte à rebours de la page",
    ],
)  # fmt: skip
def test_what_is_refused_or_true_is_not(case: Case, text: str) -> None:
    assert NoDeceptiveDesign(("outil",))(pd.DataFrame({"outil": [text]}), case) == []
