"""The rules about days, tasks and people: one right answer, then one wrong in just that way."""

from datetime import date

import pytest
from rules import Desk, rows, said, survives

from autograder.keys.checks.dates import (
    BeforeDeadline,
    DatedWithin,
    DateOrder,
    ValidDates,
    WithinLegalPeriod,
    WorkingDays,
    announces_sales,
    day_off,
    read_date,
    working_days,
)
from autograder.keys.checks.plans import Acyclic, AfterPredecessors, WithinCapacity, find_cycle

PLAN = "tâche début fin préd charge rôle"


def plan(*cells: tuple[object, ...]) -> list[dict[str, object]]:
    return rows(PLAN, *cells)


GOOD = plan(
    ("T1", "2027-01-04", "06/01/2027", "", 21, "Design"),
    ("T2", "7 janvier 2027", "2027-01-08", "T1", "14 h".replace(" h", ""), "Design"),
    ("T3", "2027-01-11", "2027-01-12", "t1, T2", 14, "Contenus"),
)


def hours(case: object) -> dict[tuple[str, str], float]:
    """Design is there every working day of January, but on the 20th; nobody else is known."""
    there = working_days(date(2027, 1, 1), date(2027, 1, 31))
    return {("Design", day.isoformat()): 7.0 for day in there if day.day != 20}


def changed(row: int, **cells: object) -> list[dict[str, object]]:
    """Return the good plan with other cells in one row."""
    return [{**line, **cells} if place == row else line for place, line in enumerate(GOOD)]


RULES = {
    "valid dates": (
        ValidDates(("début", "fin")),
        (
            (changed(0, début="début janvier"), "Ligne 1, colonne « début » : « début janvier » ne se lit pas"),
            (changed(1, fin="31/02/2027"), "« 31/02/2027 » ne se lit pas comme une date"),
        ),
    ),
    "date order": (
        DateOrder("début", "fin"),
        ((changed(1, fin="2027-01-05"), "Ligne 2 : « fin » (mardi 5 janvier 2027) tombe avant « début »"),),
    ),
    "working days": (
        WorkingDays(("début", "fin")),
        (
            (changed(2, fin="2027-01-16"), "le samedi 16 janvier 2027 est un samedi"),
            (changed(2, fin="17/05/2027"), "le lundi 17 mai 2027 est un jour férié (Lundi de Pentecôte)"),
        ),
    ),
    "deadline": (
        BeforeDeadline("fin", "2027-01-12"),
        ((changed(2, fin="2027-01-13"), "le mercredi 13 janvier 2027 dépasse l’échéance"),),
    ),
    "deadline of the case": (
        BeforeDeadline("fin", lambda case: date(2027, 1, 12)),
        ((changed(2, fin="13/01/2027"), "dépasse l’échéance"),),
    ),
    "recent": (
        DatedWithin("début", 12, lambda case: date(2027, 2, 1)),
        (
            (changed(0, début="2026-01-15"), "plus de 12 mois avant l’étude"),
            (changed(0, début="2072-01-15"), "c’est après la date de l’étude"),
        ),
    ),
    "predecessors": (
        Acyclic("tâche", "préd"),
        (
            (changed(1, préd="T9"), "Ligne 2, colonne « préd » : « T9 » n’est pas dans la colonne « tâche »"),
            (changed(0, préd="T3"), "en rond : T1 → T3 → T2 → T1"),
            (changed(0, préd="T1"), "en rond : T1 → T1"),
        ),
    ),
    "after predecessors": (
        AfterPredecessors("tâche", "début", "fin", "préd"),
        ((changed(1, début="2027-01-06"), "« T2 » : elle commence le mercredi 6 janvier 2027, alors que « T1 »"),),
    ),
    "capacity": (
        WithinCapacity("début", "fin", "charge", "rôle", hours),
        (
            (changed(1, charge=20), "« Design » : 2 jours de surcharge. Le jeudi 7 janvier 2027, vous demandez 10 h"),
            (changed(1, début="2027-01-06"), "« Design » : 1 jour de surcharge"),
            (changed(1, charge="beaucoup"), "« beaucoup » n’est pas un nombre d’heures"),
            (changed(1, début="2027-01-20", fin="2027-01-20"), "« Design » n’est là aucun jour de cette tâche"),
        ),
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_accepts_a_good_plan_and_says_what_is_wrong(name: str) -> None:
    rule, wrong = RULES[name]
    assert said(rule, GOOD) == ""
    for answer, words in wrong:
        remark = said(rule, answer)
        assert words in remark
        assert remark.count("\n") == 0


@pytest.mark.parametrize("name", RULES)
def test_a_rule_survives_strange_cells(name: str) -> None:
    survives(RULES[name][0], GOOD)


def periods(*cells: tuple[object, ...]) -> list[dict[str, object]]:
    return rows("période début fin", *cells)


LEGAL = WithinLegalPeriod("période", "début", "fin")


def test_sales_lie_within_the_legal_periods() -> None:
    good = periods(
        ("Soldes d’hiver", "06/01/2027", "2027-02-02"),
        ("Promotion hors soldes", "2027-03-01", "2027-03-10"),
        ("Après les soldes", "2027-02-10", "2027-02-20"),
        ("Rentrée", "2027-09-01", "2027-09-10"),
        ("soldes", "", ""),
    )
    assert said(LEGAL, good) == ""
    survives(LEGAL, good)


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("Soldes de printemps", "2027-04-01", "2027-04-10"),
        ("SOLDES", "2027-01-05", "2027-01-20"),
        ("Grandes soldes", "2027-01-20", "2027-02-03"),
    ],
)
def test_sales_outside_the_legal_periods(label: str, start: str, end: str) -> None:
    assert "on sort des soldes légaux" in said(LEGAL, periods((label, start, end)))


@pytest.mark.parametrize(("label", "announced"), [("solde", True), ("soldat", False), ("avant les soldes", False)])
def test_the_word_that_announces_sales(label: str, announced: bool) -> None:
    assert announces_sales(label) is announced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-01-06", date(2027, 1, 6)),
        ("2027-01-06T00:00:00", date(2027, 1, 6)),
        ("6/1/2027", date(2027, 1, 6)),
        ("06.01.2027", date(2027, 1, 6)),
        ("06\u00a0janvier\u00a02027", date(2027, 1, 6)),
        ("Mercredi 6 JANV. 2027", date(2027, 1, 6)),
        ("1er août 2027", date(2027, 8, 1)),
        (date(2027, 1, 6), date(2027, 1, 6)),
        ("2027-13-06", None),
        ("6 brumaire 2027", None),
        ("janvier 2027", None),
        (20270106.0, None),
        (None, None),
        ([], None),
    ],
)
def test_days_are_read_as_people_write_them(text: object, expected: date | None) -> None:
    assert read_date(text) == expected


def test_french_days_off() -> None:
    assert [day.day for day in working_days(date(2027, 5, 5), date(2027, 5, 10))] == [5, 7, 10]
    assert not list(working_days(date(1, 1, 1), date(9999, 12, 31)))
    assert day_off(date(2027, 5, 6)) == "un jour férié (Ascension)"


def test_a_long_chain_has_no_cycle() -> None:
    chain = {f"T{k}": [f"T{k - 1}"] if k else [] for k in range(5000)}
    assert find_cycle(chain) == []
    assert find_cycle({**chain, "T0": ["T4999"]})[0] == find_cycle({**chain, "T0": ["T4999"]})[-1]


def test_a_desk_without_anything() -> None:
    assert Desk().handed_in("s1-plan") is None
