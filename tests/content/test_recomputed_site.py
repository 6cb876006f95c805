"""The values of E3’s notebook on the site computed again from the tables by other ways: keys agree.

Rates are counted row by row, light is read from the definition of the WCAG, clients are walked order by order.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw
from casestudies.choices import shown_letter

LEARNERS = ("ana.martin", "zoé", "b07")
END = date(2026, 10, 31)


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("bocanterre", request.param, accepted_draw("bocanterre", request.param))


def light(colour: str) -> float:
    """Return the relative luminance of « #RRGGBB », as the WCAG 2.1 define it."""
    value = int(colour.lstrip("#"), 16)
    total = 0.0
    for shift, weight in ((16, 0.2126), (8, 0.7152), (0, 0.0722)):
        share = (value >> shift & 255) / 255
        total += weight * (share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4)
    return total


def contrasts(case: Case, criterion: str) -> dict[str, float]:
    found = {}
    for row in case.table("audit_rgaa").to_dict("records"):
        if row["critere"] == criterion:
            dark, clear = sorted((light(row["couleur_avant_plan"]), light(row["couleur_fond"])))
            found[row["page"]] = (clear + 0.05) / (dark + 0.05)
    return found


def site(case: Case) -> tuple[dict[str, float], float, str]:
    """Return the rate of each page, the rate of the site, and its state once three pages are mended."""
    met: dict[str, int] = defaultdict(int)
    seen: dict[str, int] = defaultdict(int)
    failed, left, criteria = set(), set(), set()
    for row in case.table("audit_rgaa").to_dict("records"):
        if row["statut"] == "NA":
            continue
        criteria.add(row["critere"])
        seen[row["page"]] += 1
        met[row["page"]] += row["statut"] == "C"
        if row["statut"] == "NC":
            failed.add(row["critere"])
            if row["page"] not in ("Accueil", "Panier", "Choix du retrait"):
                left.add(row["critere"])
    state = "A" if 2 * len(left) > len(criteria) else "B"
    return {page: met[page] / seen[page] for page in seen}, (len(criteria) - len(failed)) / len(criteria), state


def kept_orders(case: Case) -> dict[str, list[tuple[date, float, bool]]]:
    """Return the orders of each private client, in the order of their days: each once, collected."""
    professional = set(case.table("comptes_pro")["client_id"])
    once: dict[str, tuple[str, date, float, bool]] = {}
    for row in case.table("click_collect").to_dict("records"):
        if row["statut"] == "retirée" and row["client_id"] not in professional:
            first = row["premiere_commande"] == "oui"
            once[row["commande_id"]] = (row["client_id"], row["date"].date(), row["ca_ttc"], first)
    found: dict[str, list[tuple[date, float, bool]]] = defaultdict(list)
    for client, day, amount, first in sorted(once.values(), key=lambda order: order[1]):
        found[client].append((day, amount, first))
    return found


def came_back(orders: dict[str, list[tuple[date, float, bool]]], within: int) -> float:
    ripe = back = 0
    for mine in orders.values():
        begun = next((day for day, _, first in mine if first), None)
        if begun is None or begun > END - timedelta(within):
            continue
        ripe += 1
        later = [day for day, _, first in mine if not first]
        back += bool(later) and (min(later) - begun).days <= within
    return back / ripe


def recomputed(case: Case) -> dict[str, Any]:
    decided = dict(case.table("cadrage_relation")[["cle", "valeur"]].itertuples(index=False))
    pages, overall, _ = site(case)
    orders = kept_orders(case)
    amounts = [sum(amount for _, amount, _ in mine) for mine in orders.values()]
    old = [(END - max(day for day, _, _ in mine)).days > decided["sommeil_jours"] for mine in orders.values()]
    visits = case.table("site_jour").pivot_table(
        index="deviceCategory", values=["sessions", "ecommercePurchases"], aggfunc="sum"
    )
    return {
        "p6-taux-pages": pages,
        "p6-taux-global": overall,
        "p6-contrastes": contrasts(case, "3.2"),
        "p6-conversion": {name: row["ecommercePurchases"] / row["sessions"] for name, row in visits.iterrows()},
        "p6-montant": sum(amounts) / len(amounts),
        "p6-sommeil": sum(old) / len(old),
        "p6-reachat": came_back(orders, int(decided["retour_jours"])),
        "p6-contraste-bouton": contrasts(case, "3.3")["Choix du retrait"],
    }


def test_another_path_gives_the_same_values(case: Case) -> None:
    for name, value in recomputed(case).items():
        key = question_of(name).key
        assert key is not None
        assert key(case).right == pytest.approx(value, rel=1e-6, abs=1e-9), name


def test_another_path_gives_the_same_state(case: Case) -> None:
    key, company = question_of("p6-etat").key, case.company
    assert key is not None
    expected = shown_letter("p6-etat", site(case)[2], company.slug, company.learner, company.draw)
    assert key(case).right == expected
