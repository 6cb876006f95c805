"""The planning workshop: what its corrections do to Bocanterre's plan, and what it refuses."""

import pytest

from casestudies.bocanterre.company import Bocanterre
from casestudies.bocanterre.history import historique_prix
from casestudies.errors import CasekitError
from casestudies.planification import boucle, corriger, essayer, jours_ouvres


@pytest.fixture(scope="module")
def company() -> Bocanterre:
    return Bocanterre("planification")


def test_the_sound_plan_is_found_again(company: Bocanterre) -> None:
    plan, written, team = company.project, company.table("planning_brut"), company.table("equipe_dispo")
    roles = {task.id: task.role for task in plan.sound if task.id in plan.busy | plan.away}
    tried = essayer(written, team, couper=dict([plan.loop]), confier=roles)
    assert tried.planning is not None
    assert tried.planning[["debut", "fin"]].equals(written[["debut", "fin"]])
    assert tried.fin == plan.day(plan.finish({})).date()
    assert f"{tried.fin:%d/%m/%Y}" in repr(tried)
    left = essayer(written, team, couper=dict([plan.loop]))
    assert left.fin == plan.day(plan.finish(plan.busy | plan.away)).date()


def test_a_loop_is_named(company: Bocanterre) -> None:
    tried = essayer(company.table("planning_brut"), company.table("equipe_dispo"), {"": ""}, {"": ""})
    assert (tried.planning, tried.fin) == (None, None)
    assert list(tried.boucle) == boucle(company.table("planning_brut"))
    assert "tourne en rond" in repr(tried)
    assert "text/html" in tried._repr_mimebundle_()


@pytest.mark.parametrize(
    ("cut", "hand", "words"),
    [
        ({"T99": "T01"}, None, "T99"),
        ({"T01": "T02"}, None, "rien à couper"),
        (None, {"T01": "Comptabilité"}, "Comptabilité"),
    ],
)
def test_what_is_not_in_the_plan_is_refused(company: Bocanterre, cut: object, hand: object, words: str) -> None:
    with pytest.raises(CasekitError, match=words):
        corriger(company.table("planning_brut"), cut, hand)  # type: ignore[arg-type]


def test_corrections_leave_the_given_plan_as_it_is(company: Bocanterre) -> None:
    written = company.table("planning_brut")
    before = written.copy()
    found = corriger(written, {"T22": "T20"}, {"T08": "Prestataire web"})
    assert written.equals(before)
    assert found.set_index("tache_id").loc["T22", "predecesseurs"] == "T21"


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert jours_ouvres("2027-03-25", "2027-03-31") == 5
    assert jours_ouvres("2027-03-25", "2027-03-31", ["2027-03-29"]) == 4


def test_prices_follow_each_other(company: Bocanterre) -> None:
    steps = historique_prix(company.table("catalogue"))
    assert [(after - before).days for before, after in zip(steps["au"], steps["du"][1:], strict=False)] == [1, 1, 1]
    assert steps["prix_ttc"].rank().tolist() == [1, 3, 2, 4]
