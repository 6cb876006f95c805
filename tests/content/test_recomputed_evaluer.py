"""The values of E4’s notebook on indicators computed again from the tables, by other ways: for three learners.

Days are walked one by one on the calendar, sums are made row by row, the correlation is the standard library’s.
"""

from collections import defaultdict
from datetime import date, timedelta
from statistics import correlation, fmean, median

import pytest

from autograder.keys.cases import Case, case_of
from autograder.keys.questions import question_of
from autograder.keys.variants import accepted_draw

LEARNERS = ("ana.martin", "zoé", "b07")
HOLIDAYS = {date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25),
            date(2026, 7, 14), date(2026, 8, 15)}  # fmt: skip
"""French public holidays from March to September 2026."""
EXPORT = date(2026, 9, 30)

Row = dict[str, object]


@pytest.fixture(scope="module", params=LEARNERS)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of("septembrune", request.param, accepted_draw("septembrune", request.param))


def number(row: Row, name: str) -> float:
    return float(str(row[name]))


def hours(row: Row) -> float:
    """Return the hours of a day: no day has more than 24, what is more is in minutes."""
    noted = number(row, "heures")
    return noted / 60 if noted > 24 else noted


def people(case: Case) -> dict[str, dict[str, float]]:
    """Return hours, billable, meetings, value and days present of each pseudonym, row by row."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in case.table("temps").to_dict("records"):
        if row["lieu"] == "formation":
            continue
        own = found[row["personne"]]
        own["h"] += hours(row)
        own["m"] += number(row, "heures_reunion")
        own["v"] += number(row, "valeur_livree_ht")
        own["d"] += row["lieu"] in ("bureau", "domicile")
    return found


def walked(start: date, end: date) -> int:
    """Return the working days after ``start``, up to ``end``, met one by one."""
    days = (start + timedelta(step) for step in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in HOLIDAYS for day in days)


def requests(case: Case) -> list[Row]:
    """Return each request once, with its delays; None while it is open."""
    seen: dict[str, Row] = {}
    for row in case.table("tickets").to_dict("records"):
        opened = row["ouverture"].date()
        row["delay"] = None if row["cloture"] != row["cloture"] else walked(opened, row["cloture"].date())
        row["age"] = walked(opened, EXPORT)
        row["first"] = None if row["premiere_cloture"] != row["premiere_cloture"] else walked(
            opened, row["premiere_cloture"].date()
        )  # fmt: skip
        seen[str(row["cle"])] = row
    return list(seen.values())


def slope(people: list[dict[str, float]]) -> float:
    """Return the correlation of hours a day and value by hour, by the standard library."""
    return correlation([one["h"] / one["d"] for one in people], [one["v"] / one["h"] for one in people])


def known_delays(rows: list[Row]) -> list[float]:
    return [float(str(row["delay"])) for row in rows if row["delay"] is not None]


def recomputed(case: Case) -> dict[str, object]:
    workers, asked = people(case), requests(case)
    who = max(workers, key=lambda name: workers[name]["h"])
    middle = median(one["v"] / one["h"] for one in workers.values())
    own = workers[who]
    few = [one for one in workers.values() if one["m"] / one["h"] < 0.2]
    known = [row for row in asked if int(str(row["age"])) >= 60]
    teams = {team: [row for row in known if row["equipe"] == team] for team in ("Studio", "Croissance")}
    first = {
        team: fmean(float(str(row["first"])) for row in rows if row["first"] is not None)
        for team, rows in teams.items()
    }
    quick = known_delays(teams[min(first, key=lambda team: first[team])])
    since = EXPORT - timedelta(91)
    due = [row for row in asked if int(str(row["age"])) >= 5 and row["ouverture"].date() >= since]  # type: ignore[attr-defined]
    places: dict[str, list[float]] = {"bureau": [0.0, 0.0], "domicile": [0.0, 0.0]}
    for row in case.table("temps").to_dict("records"):
        if row["lieu"] in places:
            places[row["lieu"]][0] += number(row, "heures_facturables")
            places[row["lieu"]][1] += hours(row)
    return {
        "t3-facturable": {place: billable / worked for place, (billable, worked) in places.items()},
        "t3-prime": who,
        "t3-valeur-jour": own["v"] / own["d"],
        "t3-ecart-valeur": own["v"] / own["h"] / middle - 1,
        "t3-lien": slope(list(workers.values())),
        "t3-lien-comparables": slope(few),
        "t3-retours": {
            team: sum(int(str(row["reouvertures"])) > 0 for row in rows) / len(rows) for team, rows in teams.items()
        },
        "t3-resolution": {team: fmean(known_delays(rows)) for team, rows in teams.items()},
        "t3-ecart-mediane": fmean(quick) - median(quick),
        "t3-cinq-jours": sum(row["delay"] is not None and int(str(row["delay"])) <= 5 for row in due) / len(due),
        "t3-haute": fmean(known_delays([row for row in known if row["priorite"] == "haute"])),
    }


def test_another_path_gives_the_same_values(case: Case) -> None:
    for name, value in recomputed(case).items():
        key = question_of(name).key
        assert key is not None
        right = key(case).right
        assert right == (value if isinstance(value, str) else pytest.approx(value)), name


def test_the_story_that_the_texts_tell_holds(case: Case) -> None:
    found = recomputed(case)
    places, back, solving = found["t3-facturable"], found["t3-retours"], found["t3-resolution"]
    assert isinstance(places, dict)
    assert isinstance(back, dict)
    assert isinstance(solving, dict)
    assert places["domicile"] / places["bureau"] == pytest.approx(1, abs=0.08)
    assert max(back.values()) > 3 * min(back.values())
    assert max(back, key=lambda team: back[team]) == max(solving, key=lambda team: solving[team])
    assert float(str(found["t3-lien"])) < min(-0.3, float(str(found["t3-lien-comparables"])) - 0.2)
