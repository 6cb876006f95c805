"""The values of E3's notebook on objectives computed again from the tables, by other paths, for three learners."""

import numpy as np
import pandas as pd
import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw

LEARNERS = ("ana.martin", "zoé", "b07")
STEPS = ["mql", "sql", "opp", "client"]


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("treziflow", request.param, accepted_draw("treziflow", request.param))


def recomputed(case: Case) -> dict[str, object]:
    """Return ten values by question, each by a path of its own: solved and simulated, not divided backwards."""
    known = case.table("hypotheses").set_index("cle")["valeur"]
    raw = case.table("leads").groupby("lead_id", as_index=False).first()
    levers = case.table("leviers")
    raw["lever"] = raw["source"].map(
        lambda text: next(name for name in levers["levier"] if name.upper() == text.strip().upper())
    )
    old = raw[(raw["date_creation"] >= "2025-04-01") & (raw["date_creation"] <= "2025-12-31")]
    reached = [len(old), *(int(old[f"date_{step}"].notna().sum()) for step in STEPS)]

    # the target is the last of a chain of equations x[i+1] = rate[i] x[i]: solved at once
    chain = np.zeros((4, 4))
    for rank in range(3):
        chain[rank, rank], chain[rank, rank + 1] = reached[rank + 2] / reached[rank + 1], -1
    chain[3, 3] = 1
    aim = known["objectif_clients"]
    mql, sql, offers, _ = np.linalg.solve(chain, [0, 0, 0, aim])
    load = {
        "prospection": mql * known["minutes_par_mql"] / 60,
        "vente": sql * known["minutes_par_sql"] / 60 + offers * known["minutes_par_opportunite"] / 60,
    }
    team = case.table("equipe_commerciale").merge(
        case.table("absences_prevues").pivot_table(index="commercial_id", values="semaines", aggfunc="sum"),
        on="commercial_id", how="left",
    )  # fmt: skip
    team["hours"] = team.eval("heures_vente_semaine * (@known['semaines_travaillees'] - semaines)")
    kinds = {"prospection": "Chargé de prospection", "vente": "Commercial"}
    hours = {name: team.loc[team["role"] == role, "hours"].sum() for name, role in kinds.items()}
    possible = {name: aim * hours[name] / load[name] for name in kinds}

    months = case.table("couts_acquisition").assign(month=lambda rows: rows["mois"].dt.strftime("%Y-%m"))
    paid = months.query("'2025-05' <= month <= '2026-04'").merge(levers, on="levier")
    won = raw[raw["date_client"].between("2025-07-01", "2026-06-30")].merge(levers, left_on="lever", right_on="levier")
    demand = known["budget_2026_2027_ht"] / paid["reel_ht"].sum() * len(won)
    limits = {"demande": demand, **possible}
    offered = old[old["date_opp"].notna()]
    closing = offered["date_client"].notna().groupby(offered["commercial_id"]).mean()
    months_paid = case.table("abonnements").groupby("client_id").last().query("churn != 'oui'")
    counts = months_paid["formule"].value_counts()

    def followers(plan: str) -> int:
        rows = case.table("plans_suivi").set_index(["plan", "formule"]).loc[plan]
        minutes = rows.eval("contacts_par_an * minutes_par_contact + contacts_par_an * minutes_de_trajet")
        whole = float((minutes * counts).sum())
        people, left = divmod(whole, 60 * 22 * known["semaines_travaillees"])
        return int(people) + (left > 1e-6)

    week = {"prospection": 24, "vente": 16}
    return {
        "p1-mql": mql,
        "p1-charge": load,
        "p1-capacite": hours,
        "p1-possibles": possible,
        "p1-plafond": min(limits.values()),
        "p1-goulot": pd.Series(limits).idxmin(),
        "p1-effectif": {name: -(-load[name] // (week[name] * known["semaines_travaillees"])) for name in week},
        "p1-vendeur": closing[closing.index.str.startswith("V")].idxmax(),
        "p1-portefeuille": counts.to_dict(),
        "p1-suivi": followers("À distance"),
        "p1-suivi-rapproche": followers("Rapproché"),
        "p1-cout-approche": {
            name: rows["reel_ht"].sum() / (won["approche"] == name).sum() for name, rows in paid.groupby("approche")
        },
    }


def test_another_path_gives_the_same_values(case: Case) -> None:
    for name, value in recomputed(case).items():
        key = question_of(name).key
        assert key is not None
        right = key(case).right
        assert right == (value if isinstance(value, str) else pytest.approx(value, rel=1e-6)), name
