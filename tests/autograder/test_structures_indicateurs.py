"""The table of indicators of notebook 01: what may be written otherwise, and faults that the breakers do not know."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.evaluation import evaluate
from autograder.keys.questions import question_of
from autograder.keys.questions.e2_performance.indicateurs_promotion_tables import UNITS, indicators
from casestudies.answers import encode
from casestudies.findings import Finding, Outcome
from casestudies.french import french_number

Row = dict[str, Any]
QUESTION = question_of("q1-tableau")
CHOSEN = (
    "Sessions",
    "Commandes payées",
    "Taux de conversion",
    "Part des nouveaux clients",
    "Clients",
    "CA HT par jour",
)
SESSIONS, ORDERS, CONVERSION, SHARE, CLIENTS, REVENUE = range(6)


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("kerlavandre", "eleve-structure", 0)


def model(case: Case) -> list[Row]:
    rows = []
    values = indicators(case)
    for kpi, found in ((name, values[name]) for name in CHOSEN):
        scale = 100 if found.is_rate else 1
        change = 100 * (found.after - found.before) if found.is_rate else found.after / found.before - 1
        rows.append(
            {
                "kpi": kpi,
                "définition": "Ce que l’on compte, dit en une ligne",
                "formule": "un total divisé par un autre",
                "source": "commandes",
                "avant": scale * found.before,
                "pendant": scale * found.after,
                "unité": UNITS[kpi][0],
                "évolution": change,
            }
        )
    return rows


def judge(case: Case, table: object) -> Finding:
    return evaluate(QUESTION, case, encode(table))


def test_model_is_ready(case: Case) -> None:
    found = judge(case, model(case))
    assert (found.outcome, found.fraction, found.remarks) == (Outcome.READY, 1.0, ())
    assert "relu" not in found.message


def test_french_writing_is_read(case: Case) -> None:
    rows = model(case)
    for row in rows:
        rate = row["kpi"] in (CHOSEN[CONVERSION], CHOSEN[SHARE])
        unit = "%" if rate else ""
        for name in ("avant", "pendant"):
            row[name] = french_number(row[name], 2 if rate else 0, unit)
        change = row["évolution"]
        row["évolution"] = french_number(change, 2, "points") if rate else f"+{french_number(100 * change, 1, '%')}"
    assert judge(case, rows).outcome is Outcome.READY


def test_rates_may_be_proportions(case: Case) -> None:
    rows = model(case)
    for row in (rows[CONVERSION], rows[SHARE]):
        row.update({"unité": "proportion", "avant": row["avant"] / 100, "pendant": row["pendant"] / 100})
    assert judge(case, rows).outcome is Outcome.READY


def test_other_rows_are_welcome(case: Case) -> None:
    assert len(model(case)) > 5
    assert judge(case, model(case)).outcome is Outcome.READY


def test_an_indicator_of_ones_own_is_not_among_the_twelve(case: Case) -> None:
    extra = model(case)[SESSIONS] | {"kpi": "Panier rêvé", "unité": "€ HT"}
    assert judge(case, [*model(case), extra]).outcome is Outcome.TO_COMPLETE


def in_per_cent_not_scaled(row: Row) -> None:
    row.update({"avant": row["avant"] / 100, "pendant": row["pendant"] / 100, "évolution": row["évolution"] / 100})


BROKEN: dict[str, tuple[Callable[[list[Row]], object], str]] = {
    "change in %": (lambda rows: rows[CONVERSION].update({"évolution": "7 %"}), r"« évolution » : l’écart.*en points"),
    "text change": (lambda rows: rows[CLIENTS].update({"évolution": "hausse"}), r"« évolution » : on attend un nombre"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_broken_alone_gives_just_its_remark(case: Case, name: str) -> None:
    break_it, pattern = BROKEN[name]
    rows = model(case)
    break_it(rows)
    found = judge(case, rows)
    assert found.outcome is Outcome.TO_COMPLETE
    assert found.fraction == pytest.approx(8 / 9)
    assert len(found.remarks) == 1
    assert re.search(pattern, found.remarks[0].replace("\u00a0", " "))


def test_unscaled_rate_is_seen_on_both_values(case: Case) -> None:
    rows = model(case)
    in_per_cent_not_scaled(rows[CONVERSION])
    remarks = judge(case, rows).remarks
    assert all("Taux de conversion" in remark and "n’est pas celle" in remark for remark in remarks)
    assert len(remarks) == 2


def test_remarks_never_give_a_value(case: Case) -> None:
    rows = [row | {"avant": 1, "pendant": 2, "évolution": 3} for row in model(case)]
    remarks = judge(case, rows).remarks
    assert remarks
    assert not any(re.search(r"\d", remark) for remark in remarks)
